// An agent as the workspace knows it: what its manifest declares, joined with the files that it governs, or what an agent file alone tells.
import type { Access, Autonomy, Gate, Lifecycle, Trust } from '../documents';
import type { Span } from '../text';

export interface Agent {
  /** what requests and rules call it */
  readonly name: string;
  /** the name, or `name@path` where two agents have it */
  readonly id: string;
  /** true where another agent has the name */
  readonly ambiguous: boolean;
  /** `countersign` for a manifest, else the agent file's format */
  readonly format: string;
  readonly path: string;
  /** which of the file's documents it is, from 0 */
  readonly document: number;
  /** the place that stands for it */
  readonly span: Span;
  /** the files that really run, from the workspace folder; as written where they lead outside */
  readonly definition: readonly string[];
  readonly title: string | null;
  readonly purpose: string | null;
  readonly owner: AgentOwner | null;
  /** null for formats that have none */
  readonly lifecycle: Lifecycle | null;
  readonly autonomy: Autonomy | null;
  readonly functions: readonly string[];
  readonly labels: { readonly [key: string]: string };
  readonly roles: readonly string[];
  /** patterns over `server/tool`; `*` alone for all */
  readonly tools: readonly Grant[];
  readonly except: readonly string[];
  readonly data: readonly DataAccess[];
  /** names of agents, or `*` */
  readonly delegates: readonly Grant[];
  /** in order of preference */
  readonly models: readonly ModelUse[];
  readonly inputs: readonly { readonly channel: string; readonly trust: Trust | null }[];
  readonly outputs: readonly string[];
  /** null where nothing is said: any environment */
  readonly hosting: readonly string[] | null;
  readonly gates: readonly AgentGate[];
}

/** What a manifest has for its team as long as nobody owns the agent: no name of a team. */
export const UNOWNED = 'unowned';

export interface AgentOwner {
  readonly team: string;
  readonly teams: readonly string[];
  readonly source: 'manifest' | 'metadata' | 'backstage' | 'codeowners';
}

export interface Grant {
  readonly pattern: string;
  /** true where the format's default gives it and nobody wrote it */
  readonly assumed: boolean;
}

export interface DataAccess {
  readonly source: string;
  readonly access: readonly Access[];
}

export interface ModelUse {
  /** as it is shown */
  readonly label: string;
  /** `provider/name` */
  readonly id: string;
}

/** An approval gate of the manifest. */
export interface AgentGate {
  readonly index: number;
  /** null for one that is wrongly written: it then stands before every action that gates can guard */
  readonly gate: Gate | null;
  readonly environment: string | null;
  readonly resources: readonly string[] | null;
  readonly from: readonly string[];
  readonly count: number;
  /** how long a record holds; null: for ever */
  readonly expires: string | null;
  readonly records: readonly ApprovalRecord[];
  readonly span: Span;
}

export interface ApprovalRecord {
  readonly index: number;
  readonly by: string | null;
  readonly on: string | null;
  readonly digest: string | null;
  /** `''` where something stands there that is no text */
  readonly expires: string | null;
  readonly ticket: string | null;
  readonly span: Span;
}

/** `<agent>#approvals/<index>` */
export const gateId = (agent: Agent, gate: AgentGate): string => `${agent.name}#approvals/${gate.index}`;
