// A finding of a format: what it is, its documentation with two examples that tests execute, and the check itself.
import type { Fix, Problem, Related, Span } from '../text';

export type FormatSeverity = 'error' | 'warning' | 'information' | 'hint';

/** A file as an example: the path takes part in recognition. */
export interface FormatExample {
  readonly path: string;
  readonly text: string;
}

export interface FormatRuleInfo {
  /** `format/<format>/<name>`, stable */
  readonly code: string;
  readonly severity: FormatSeverity;
  readonly title: string;
  /** markdown: what it is, why it matters, where that is known from, how to mend it */
  readonly documentation: string;
  /** gives exactly this code, once */
  readonly bad: FormatExample;
  /** gives nothing */
  readonly good: FormatExample;
  /** the text under the finding is a secret: reports must not show the line */
  readonly sensitive?: boolean;
}

export interface Found {
  readonly span: Span;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}

/** `Subject` is what the format's reader has made of the file. */
export interface FormatRule<Subject> extends FormatRuleInfo {
  check(subject: Subject, report: (found: Found) => void): void;
}

/** All that the rules find, in the order of the rules. */
export function runRules<Subject>(rules: readonly FormatRule<Subject>[], subject: Subject): Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) rule.check(subject, (found) => problems.push({ code: rule.code, ...found }));
  return problems;
}
