// What one file says, as plain data: computed once from its text, kept while the text stays. No tree is kept.
import type { Condition, DocumentProblem, DocumentReference, DocumentView, Kind } from '../documents';
import type { ForeignFile } from '../formats';
import type { Problem, Span } from '../text';
import type { Declared } from './names';
import type { SettingsSource } from './settings';

/** How a file is taken: a Countersign document, `.countersign.yaml`, a known format of others, or nothing of ours. */
export type Role = 'countersign' | 'config' | 'foreign' | 'none';

export interface DocumentFacts {
  /** which of the file's documents, from 0 */
  readonly index: number;
  readonly kind: Kind | null;
  /** `metadata.name` */
  readonly name: string | null;
  /** the place that stands for the document: its name, else its kind, else its first key */
  readonly at: Span;
  readonly span: Span;
  readonly view: DocumentView | null;
  readonly problems: readonly DocumentProblem[];
  readonly references: readonly DocumentReference[];
  readonly conditions: readonly Condition[];
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
