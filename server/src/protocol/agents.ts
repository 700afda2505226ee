// The tree of agents.
import type { FilePlace } from './place';

/** Notification, server to client: the answer to `AGENTS` may be another. Sent once it was asked for something, and not more often than eyes can follow. */
export const AGENTS_CHANGED = 'countersign/agents/changed';

/** Request: the agents of all folders. */
export const AGENTS = 'countersign/agents';
export interface AgentsParams {
  /** the digest of the agents that the client has; the same are not sent again */
  readonly known?: string;
}
export interface AgentsResult {
  readonly digest: string;
  /** true until all files were read once */
  readonly reading: boolean;
  readonly agents: readonly AgentRow[] | null;
}
export interface AgentRow {
  /** the name, or `name@path` where two agents of the folder have it */
  readonly id: string;
  readonly name: string;
  /** URI of its folder; empty for a document that lies in none */
  readonly folder: string;
  /** of its file, within the folder */
  readonly path: string;
  /** where its name stands */
  readonly place: FilePlace;
  readonly title: string | null;
  readonly purpose: string | null;
  /** the owner team */
  readonly owner: string | null;
  /** what says so, in words: `the manifest`, `CODEOWNERS`; null where nobody owns it */
  readonly ownerSource: string | null;
  /** null for formats that have none */
  readonly lifecycle: string | null;
  /** of its manifest and of the files that really run */
  readonly findings: { readonly error: number; readonly warning: number; readonly information: number; readonly hint: number };
  readonly parts: Readonly<Record<AgentPartKind, number>>;
  /** the stage of the lifecycle that comes next; null where none does */
  readonly next: string | null;
}
export type AgentPartKind = 'tools' | 'data' | 'delegates' | 'channels';

/** Request: what an agent may use; null where there is no such agent any longer. */
export const AGENT_PARTS = 'countersign/agents/parts';
export interface AgentPartsParams {
  readonly folder: string;
  readonly agent: string;
}
export type AgentPartsResult = Readonly<Record<AgentPartKind, readonly AgentPart[]>> | null;
export interface AgentPart {
  readonly name: string;
  /** a few words: whose it is, how it is classified, what is done with it */
  readonly detail: string;
  /** where it is declared, else where the agent names it */
  readonly place: FilePlace | null;
}

/** Request: what Standards ask of an agent before it can go on to the next stage; null where there is no such agent, or no such stage. */
export const AGENT_NEXT = 'countersign/agents/next';
export type AgentNextResult = { readonly stage: string; readonly missing: readonly AgentMissing[] } | null;
export interface AgentMissing {
  /** `production-readiness/red-team` */
  readonly requirement: string;
  /** the requirement in words */
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  /** where it would be written */
  readonly place: FilePlace | null;
}
