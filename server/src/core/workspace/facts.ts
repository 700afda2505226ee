// What one file says, as plain data: computed once from its text, kept while the text stays. Of the tree one compact copy is
// kept; plain values and places are read from it when somebody asks, which is seldom for files that nobody edits.
import type { ConditionPlace, DocumentProblem, ExpiryPlace, Kind, Reference, SchemaName } from '../documents';
import type { ForeignFile } from '../formats';
import type { Problem, Span } from '../text';
import type { Node, PlainValue, SyntaxProblem } from '../yaml';
import type { Declared } from './names';
import type { SettingsSource } from './settings';

/** How a file is taken: Countersign documents, `.countersign.yaml`, a known format of others, a snippet file, or nothing of ours. */
export type Role = 'countersign' | 'config' | 'foreign' | 'snippets' | 'none';

export interface DocumentFacts {
  /** which of the file's documents, from 0 */
  readonly index: number;
  readonly kind: Kind | null;
  readonly schema: SchemaName | null;
  /** `metadata.name` */
  readonly name: string | null;
  /** the place that stands for the document: its name, else its kind, else its first key */
  readonly at: Span;
  readonly span: Span;
  readonly root: Node | null;
  /** the whole document as plain data, made from the tree when asked for */
  readonly value: PlainValue;
  readonly syntax: readonly SyntaxProblem[];
  readonly problems: readonly DocumentProblem[];
  readonly references: readonly Reference[];
  readonly conditions: readonly ConditionPlace[];
  readonly expiries: readonly ExpiryPlace[];
  /** where the rules of a Policy stand; of any other document none */
  readonly rules: readonly RulePlace[];
  /** the places of values and keys by pointer, for findings about content */
  readonly places: Places;
}

/** Where a rule stands, and its id as far as it is declared. */
export interface RulePlace {
  readonly span: Span;
  readonly id: Span | null;
}

/** Where the value at a JSON Pointer stands, and its key. */
export interface Places {
  value(pointer: string): Span | null;
  key(pointer: string): Span | null;
}

/** `# countersign-ignore code: reason`; `line` is the line after it. */
export interface Suppression {
  readonly code: string;
  readonly reason: string;
  readonly span: Span;
  readonly line: Span;
}

export interface FileFacts {
  readonly path: string;
  readonly role: Role;
  /** `countersign` or a foreign format's id; null for a file that is nothing of ours */
  readonly format: string | null;
  /** faults that the file shows by itself and that belong to no document */
  readonly problems: readonly Problem[];
  readonly documents: readonly DocumentFacts[];
  readonly foreign: ForeignFile | null;
  readonly declared: readonly Declared[];
  readonly suppressions: readonly Suppression[];
  readonly config: SettingsSource | null;
  /** files that `.countersign.yaml` extends */
  readonly extends: readonly string[];
}
