// Requests and notifications between client and server beyond LSP: names and plain types only. The one server file that client/ imports.

/** Client to server, once after start and when trust or settings change: what the server may do and how it finds files. */
export interface InitializationOptions {
  /** false in a workspace that the user has not trusted: nothing outside the folder's own files is read */
  readonly trusted: boolean;
  /** true where the server has no file system (browser): the client sends the files of all folders; else only of those whose scheme is not `file` */
  readonly clientFiles: boolean;
  readonly settings: Settings;
  /** URI of a code's documentation, with `{code}` in the place of the code, for a finding's `codeDescription`; absent: none is sent */
  readonly docs?: string;
}

/** The section `countersign` of the editor's settings. */
export interface Settings {
  /** diagnostic code or `family/*` to `off | hint | information | warning | error` */
  readonly severity?: Readonly<Record<string, string>>;
  /** globs, relative to the workspace folder, that are not searched */
  readonly exclude?: readonly string[];
}

/** Notification, client to server: files of a virtual file system, in batches. */
export const FILES = 'countersign/files';
export interface FilesParams {
  /** URI of the workspace folder */
  readonly folder: string;
  /** contents; `text: null` when the file vanished (it, not what lies below it) */
  readonly files: readonly { readonly uri: string; readonly text: string | null }[];
  /** paths (relative, forward slashes) of files that exist and are not read */
  readonly listed?: readonly string[];
  /** files that were wanted and could not be had, for the log and for `syntax/too-large` */
  readonly skipped?: readonly SkippedFile[];
  /** true with the last batch of a walk: what no batch of it named is gone */
  readonly complete?: boolean;
  /** with `complete`: the walk reached a limit, so a file that was not named may exist all the same */
  readonly partial?: boolean;
}
export interface SkippedFile {
  readonly uri: string;
  readonly reason: 'too-large' | 'binary' | 'unreadable';
  readonly why: string;
}

/** Request, client to server: `true` for each path (relative, forward slashes) whose content the server would read. */
export const WANTED = 'countersign/wanted';
export interface WantedParams {
  readonly folder: string;
  readonly paths: readonly string[];
}
export type WantedResult = readonly boolean[];

/** Notification, server to client: files (paths, relative) that are needed now although they were not wanted before; the client sends them as if they had changed. */
export const NEEDED = 'countersign/needed';
export interface NeededParams {
  readonly folder: string;
  readonly paths: readonly string[];
}

/** Request, client to server: `false` for each folder (relative, no slash at the end) that is excluded as a whole, so that a walk leaves it out. */
export const WANTED_FOLDERS = 'countersign/wantedFolders';

/** Notification, server to client: what the status item shows; sent when it changes. */
export const STATUS = 'countersign/status';
export interface StatusParams {
  readonly state: 'indexing' | 'ready';
  /** files read as ours or as a known format */
  readonly files: number;
  readonly agents: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
  /** files that were skipped, with the reason, for the log */
  readonly skipped: number;
}

/** Request: the text of a new document of a kind, for "New Document…"; snippet syntax. */
export const NEW_DOCUMENT = 'countersign/newDocument';
export interface NewDocumentParams {
  readonly kind: 'Agent' | 'Catalog' | 'Policy' | 'Standard' | 'PolicyTest' | 'SnippetLibrary';
  readonly name: string;
  /** URI of the workspace folder it is for; absent: none is open */
  readonly folder?: string;
}
export interface NewDocumentResult {
  /** proposed path, relative to the folder */
  readonly path: string;
  readonly snippet: string;
}

/** Request: documentation of a diagnostic code, Markdown; null where there is none. */
export const EXPLAIN = 'countersign/explain';
export interface ExplainParams {
  readonly code: string;
}
export type ExplainResult = string | null;

/** Notification, server to client: what the simulator shows may no longer hold. Sent once it asked for something, at most once a frame. */
export const SIMULATOR_CHANGED = 'countersign/simulator/changed';

/** A place in a file, for a link; lines and columns from 0. */
export interface SimulatorPlace {
  readonly uri: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number }; readonly end: { readonly line: number; readonly character: number } };
}

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
}
/** `error`: it is no request; `field` is where, as it is written: `args.amount`. */
export type SimulatorDecideResult = { readonly error: { readonly field: string; readonly message: string } } | { readonly decision: SimulatorDecision };
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
  readonly place: SimulatorPlace | null;
  /** the reason that the rule gives */
  readonly reason: string | null;
}
export interface SimulatorTraceRule extends SimulatorRule {
  readonly effect: 'allow' | 'require_approval' | 'deny' | 'oblige';
  readonly decided: boolean;
  readonly matched: boolean;
  readonly because: string;
  readonly detail: string;
  readonly values: readonly { readonly text: string; readonly value: string; readonly place: SimulatorPlace | null }[];
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
export type SimulatorSaveResult = { readonly create: boolean; readonly range: SimulatorPlace['range']; readonly newText: string } | null;

/** Notification, server to client: PolicyTests, or what they test, may have changed. Sent once tests were asked for, a few times a second at most. */
export const TESTS_CHANGED = 'countersign/tests/changed';

/** Request: the PolicyTest files of all folders with their cases. */
export const TESTS_DISCOVER = 'countersign/tests/discover';
export interface TestsDiscoverParams {
  /** the digest of the list that the client has; the same is not sent again */
  readonly known?: string;
}
/** `files`: null where they are those that the client knows */
export interface TestsDiscoverResult {
  readonly digest: string;
  readonly files: readonly TestFile[] | null;
}
export interface TestFile {
  readonly uri: string;
  /** relative to the folder */
  readonly path: string;
  readonly cases: readonly TestCaseAt[];
}
export interface TestCaseAt {
  /** the same while the case keeps its name; no other of the file has it */
  readonly id: string;
  readonly label: string;
  /** of the whole case */
  readonly range: SimulatorPlace['range'];
}

/** Request: runs cases over the text as it is now. */
export const TESTS_RUN = 'countersign/tests/run';
export interface TestsRunParams {
  /** absent: all; without `ids` all cases of the file */
  readonly files?: readonly { readonly uri: string; readonly ids?: readonly string[] }[];
  readonly coverage?: boolean;
}
export interface TestsRunResult {
  readonly cases: readonly TestResult[];
  /** null where it was not asked for */
  readonly coverage: readonly TestCoverage[] | null;
}
export interface TestResult {
  readonly uri: string;
  readonly id: string;
  readonly passed: boolean;
  /** of a case that failed: what differs, or why there is nothing to compare */
  readonly message: string;
  /** the decision, and why each rule that could have a say did so or not; empty where nothing was decided */
  readonly trace: string;
  /** what the case says and what came out, a line each for what it says; null where there is nothing to compare */
  readonly expected: string | null;
  readonly actual: string | null;
  /** where the case's name stands */
  readonly range: SimulatorPlace['range'];
  /** the rules of the trace */
  readonly rules: readonly { readonly label: string; readonly place: SimulatorPlace }[];
}
/** What the cases reached of a policy file. */
export interface TestCoverage {
  readonly uri: string;
  readonly rules: readonly {
    readonly id: string;
    readonly range: SimulatorPlace['range'];
    /** how often it applied */
    readonly hits: number;
    /** the parts of its conditions, and how often they were true and false */
    readonly branches: readonly { readonly range: SimulatorPlace['range']; readonly yes: number; readonly no: number }[];
  }[];
}

/** Request: a request that a rule speaks of, or the first that an agent can make; for the code lens "Simulate". */
export const TESTS_EXAMPLE = 'countersign/tests/example';
export interface TestsExampleParams {
  readonly uri: string;
  /** which of the file's documents, from 0 */
  readonly document: number;
  /** place in the list of rules; absent for an agent */
  readonly rule?: number;
}
/** `request`: null where no agent of the workspace can ask for what the rule speaks of. The result is null where there is no such place any longer. */
export type TestsExampleResult = { readonly request: unknown; readonly folder: string } | null;

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
  readonly place: SimulatorPlace;
  readonly title: string | null;
  readonly purpose: string | null;
  /** the owner team */
  readonly owner: string | null;
  /** null for formats that have none */
  readonly lifecycle: string | null;
  /** of its manifest and of the files that really run */
  readonly findings: { readonly error: number; readonly warning: number; readonly information: number; readonly hint: number };
  readonly parts: Readonly<Record<AgentPartKind, number>>;
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
  readonly place: SimulatorPlace | null;
}
