// One document of the language as it was read: the tree, what is wrong with it, and nothing that depends on other files.
import type { Problem } from '../text';
import type { Node, Path, PlainValue, SourceDocument } from '../yaml';
import type { Kind } from './kinds';
import type { SchemaName } from './schema';

/** A problem of a document. `path` leads to the faulty value or key; for a missing key to where it belongs, the key included. */
export interface DocumentProblem extends Problem {
  readonly path: Path;
}

export interface CountersignDocument {
  /** which of the file's documents this is, from 0 */
  readonly index: number;
  /** as written, else as the file name says; null for a kind that does not exist */
  readonly kind: Kind | null;
  /** whose schema applies: that of `kind`, else the one that the file name speaks of */
  readonly schema: SchemaName | null;
  /** `metadata.name`, also where it is badly formed; null when absent */
  readonly name: string | null;
  readonly root: Node | null;
  /** span, syntax problems, tags and comments */
  readonly source: SourceDocument;
  /** the whole file's text, to which all offsets belong */
  readonly text: string;
  /** the root as a plain value, made when first asked for */
  readonly value: PlainValue;
  /** shape only (`schema/...`, and `syntax/unquoted` for tags); the syntax problems of the text are in `source` */
  readonly problems: readonly DocumentProblem[];
}

/** `.countersign.yaml`. */
export interface ConfigDocument extends Omit<CountersignDocument, 'kind' | 'schema' | 'name'> {
  readonly kind: null;
  readonly schema: 'config';
  readonly name: null;
}

export const startsWith = (path: Path, prefix: Path): boolean => prefix.length <= path.length && prefix.every((step, i) => String(step) === String(path[i]));

/** The problems at a path or below it: whether a rule, a scope, a variable is malformed in shape. */
export const problemsUnder = (document: { readonly problems: readonly DocumentProblem[] }, path: Path): DocumentProblem[] =>
  document.problems.filter((problem) => startsWith(problem.path, path));
