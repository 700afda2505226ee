// What is wrong, where, and how to mend it: the shape that every layer reports in. Severity and file are added by lint.
import type { Span } from './span';

/** A replacement in a file; without `path` in the file of the problem. */
export interface FixEdit {
  readonly span: Span;
  readonly newText: string;
  readonly path?: string;
}

/** `safe`: applying it cannot change what a sound reader took the file to mean, so "fix all" may. */
export interface Fix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly FixEdit[];
  /** true when `newText` holds tab stops in snippet syntax */
  readonly snippet?: boolean;
  /** one of several that nothing speaks for: an editor may list them, a report proposes none */
  readonly choice?: boolean;
}

/** Another place that belongs to the problem; without `path` in the same file. */
export interface Related {
  readonly message: string;
  readonly span: Span;
  readonly path?: string;
}

export interface Problem {
  readonly code: string;
  readonly span: Span;
  readonly message: string;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly Related[];
}
