// What a rule is: documented codes and one function that looks at one file and asks the workspace the rest.
import type { Problem } from '../text';
import type { FileFacts, Queries } from '../workspace';
import type { ConditionMemo } from './condition-memo';
import type { Severity } from './finding';

/** One file or several: `#- path` begins a file; without it the text is one file of the example's natural name. */
export type Example = string;

/** The documentation of a code. It is executed: `bad` gives the code (and only findings of the code), `good` gives nothing. */
export interface CodeDoc {
  readonly code: string;
  readonly severity: Severity;
  /** the rule in a few words, as "a team that is not declared" */
  readonly title: string;
  /** Markdown: what it means, why it matters, how to mend it */
  readonly doc: string;
  readonly bad?: Example;
  readonly good?: Example;
  /** the text under the finding is a secret: reports never show the line */
  readonly sensitive?: boolean;
  /** why there is no example, for codes that no file can show */
  readonly unshown?: string;
}

export interface RuleContext {
  readonly facts: FileFacts;
  readonly path: string;
  readonly text: string;
  readonly queries: Queries;
  /** conditions parsed and checked before */
  readonly conditions: ConditionMemo;
  /** `severity` only where the code has none of its own; `waived`: it becomes a hint, unless settings switch it off */
  report(problem: Problem, severity?: Severity, waived?: boolean): void;
}

export interface Rule {
  readonly codes: readonly CodeDoc[];
  check(context: RuleContext): void;
}
