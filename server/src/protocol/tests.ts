// The Test Explorer: cases, their results, coverage.
import type { FilePlace } from './place';

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
  /** its PolicyTest documents that have cases */
  readonly documents: readonly TestDocumentAt[];
  readonly cases: readonly TestCaseAt[];
}
export interface TestDocumentAt {
  /** which of the file's documents, from 0 */
  readonly document: number;
  readonly label: string;
  /** of its name, else where it begins */
  readonly range: FilePlace['range'];
}
export interface TestCaseAt {
  /** which of the file's documents holds it */
  readonly document: number;
  /** the same while the case keeps its name; no other of the file has it */
  readonly id: string;
  readonly label: string;
  /** of the whole case */
  readonly range: FilePlace['range'];
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
  readonly range: FilePlace['range'];
  /** the rules of the trace */
  readonly rules: readonly { readonly label: string; readonly place: FilePlace }[];
}
/** What the cases reached of a policy file. */
export interface TestCoverage {
  readonly uri: string;
  readonly rules: readonly {
    readonly id: string;
    readonly range: FilePlace['range'];
    /** how often it applied */
    readonly hits: number;
    /** the parts of its conditions, and how often they were true and false */
    readonly branches: readonly { readonly range: FilePlace['range']; readonly yes: number; readonly no: number }[];
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
