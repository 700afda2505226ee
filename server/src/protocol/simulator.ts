// The simulator: choices of its form, the decision and its trace, copies and tests.
import type { FilePlace } from './place';

/** Notification, server to client: what the simulator shows may no longer hold. Sent once it asked for something, at most once a frame. */
export const SIMULATOR_CHANGED = 'countersign/simulator/changed';

/** Request: what can be chosen in the simulator's form, given what is chosen already. What is not chosen, the server proposes. */
export const SIMULATOR_CHOICES = 'countersign/simulator/choices';
export interface SimulatorChoicesParams {
  /** URI of the file in the editor: its agent comes first */
  readonly file?: string;
  /** URI of the folder that the agent is of */
  readonly folder?: string;
  readonly agent?: string;
  readonly action?: string;
  /** without its type */
  readonly resource?: string;
  /** empty: none */
  readonly environment?: string;
  /** the digest of the choices that the client has; the same are not sent again */
  readonly known?: string;
}
export type SimulatorChoicesResult = { readonly digest: string; readonly choices: SimulatorChoices | null };
export interface SimulatorChoices {
  /** true until all files were read once */
  readonly reading: boolean;
  readonly agents: readonly SimulatorAgent[];
  /** how many agents the list leaves out */
  readonly moreAgents: number;
  readonly chosen: SimulatorChosen;
  /** the agent of the file in the editor */
  readonly fileAgent: { readonly id: string; readonly folder: string } | null;
  /** what the chosen agent can ask for, and what its manifest does not name */
  readonly actions: readonly { readonly name: string; readonly declared: boolean; /** of its resources */ readonly type: string }[];
  /** of the chosen action */
  readonly resources: readonly SimulatorOption[];
  readonly environments: readonly SimulatorOption[];
  readonly people: readonly string[];
  readonly roles: readonly string[];
  readonly channels: readonly string[];
  /** the arguments of the chosen tool; null where it does not say which it takes */
  readonly fields: readonly SimulatorField[] | null;
  /** what the chosen tool does */
  readonly description: string | null;
  readonly policies: number;
}
export interface SimulatorChosen {
  readonly folder: string | null;
  readonly agent: string | null;
  readonly action: string;
  readonly resource: string | null;
  readonly environment: string;
}
export interface SimulatorAgent {
  readonly id: string;
  readonly folder: string;
  /** a few words beside the name */
  readonly detail: string;
}
export interface SimulatorOption {
  readonly name: string;
  readonly detail: string;
  /** false: it can be asked for, and the agent's manifest does not name it */
  readonly declared: boolean;
}
export interface SimulatorField {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'json';
  readonly required: boolean;
  /** what it must be, in a few words */
  readonly words: string;
  readonly description: string | null;
  /** of `choice`: the values, any JSON */
  readonly choices: readonly unknown[];
}

/** Request: the decision of a request in its short form (or AuthZEN's), from the text as it is now. */
export const SIMULATOR_DECIDE = 'countersign/simulator/decide';
export interface SimulatorDecideParams {
  /** URI of the folder that the agent is of; absent: the first */
  readonly folder?: string;
  readonly request: unknown;
  /** the decision of the base is wanted too */
  readonly compare?: boolean;
}
/** `error`: it is no request; `field` is where, as it is written: `args.amount`. */
export type SimulatorDecideResult =
  | { readonly error: { readonly field: string; readonly message: string } }
  | { readonly decision: SimulatorDecision; /** null: there is nothing to compare with */ readonly base?: SimulatorBase | null };
/** What the folder is compared with, and its decision where that was asked for; `message`: why there is none. */
export interface SimulatorBase {
  readonly label: string;
  readonly decision: SimulatorDecision | null;
  readonly message?: string;
}
export interface SimulatorDecision {
  readonly effect: 'allow' | 'require_approval' | 'deny' | 'unknown';
  readonly cause: string;
  /** why, where no rule says it */
  readonly sentence: string | null;
  /** the rules that decided */
  readonly rules: readonly SimulatorRule[];
  readonly approvals: readonly SimulatorApproval[];
  /** what is logged and what else must be done, in words */
  readonly obligations: readonly string[];
  readonly warnings: readonly string[];
  readonly incomplete: boolean;
  /** why it cannot be told */
  readonly unknown: readonly string[];
  /** what decided or joined in */
  readonly matched: readonly SimulatorTraceRule[];
  /** what did not match, by policy, the closest first */
  readonly others: readonly { readonly policy: string; readonly rules: readonly SimulatorTraceRule[]; readonly more: number }[];
  /** the request in a line */
  readonly words: string;
}
export interface SimulatorRule {
  readonly id: string;
  /** without the policy */
  readonly name: string;
  readonly policy: string;
  /** `payments.policy.yaml:12`, lines from 1 */
  readonly label: string;
  readonly place: FilePlace | null;
  /** the reason that the rule gives */
  readonly reason: string | null;
}
export interface SimulatorTraceRule extends SimulatorRule {
  readonly effect: 'allow' | 'require_approval' | 'deny' | 'oblige';
  readonly decided: boolean;
  readonly matched: boolean;
  readonly because: string;
  readonly detail: string;
  readonly values: readonly { readonly text: string; readonly value: string; readonly place: FilePlace | null }[];
}
export interface SimulatorApproval {
  readonly rule: string;
  /** any of them */
  readonly from: readonly string[];
  /** who is left to approve; the first few */
  readonly people: readonly string[];
  readonly morePeople: number;
  /** what must be known beside: how many, how long, that nobody is left */
  readonly notes: readonly string[];
}

/** Request: the request as text in another form. */
export const SIMULATOR_COPY = 'countersign/simulator/copy';
export interface SimulatorCopyParams extends SimulatorDecideParams {
  readonly as: 'authzen' | 'command' | 'short';
}
/** null where it is no request */
export type SimulatorCopyResult = string | null;

/** Request: the files that a test case can be added to, and a name and a path for a new one. */
export const SIMULATOR_TESTS = 'countersign/simulator/tests';
export interface SimulatorTestsResult {
  /** relative to the folder */
  readonly files: readonly { readonly uri: string; readonly path: string }[];
  readonly newPath: string;
  /** a name for the case */
  readonly name: string;
}

/** Request: the edit that adds a case with the decision as it is now. */
export const SIMULATOR_SAVE = 'countersign/simulator/save';
export interface SimulatorSaveParams extends SimulatorDecideParams {
  /** URI of the PolicyTest file; one that is not there is created */
  readonly file: string;
  readonly name: string;
}
/** null where it cannot be done: no request, or no PolicyTest in the file */
export type SimulatorSaveResult = { readonly create: boolean; readonly range: FilePlace['range']; readonly newText: string } | null;
