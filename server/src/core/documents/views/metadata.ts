// What every document says of itself.
import type { CountersignDocument } from '../document';
import { at, cursorOf, labelsAt, textAt, type Cursor, type Field } from './read';

export interface MetadataView {
  readonly name: Field<string> | null;
  readonly title: Field<string> | null;
  readonly description: Field<string> | null;
  /** not on Agent */
  readonly owner: Field<string> | null;
  readonly labels: ReadonlyMap<string, string>;
}

export function metadataView(document: CountersignDocument): MetadataView {
  const metadata = at(cursorOf(document.root), 'metadata');
  return {
    name: textAt(metadata, 'name'), title: textAt(metadata, 'title'), description: textAt(metadata, 'description'),
    owner: document.kind === 'Agent' ? null : textAt(metadata, 'owner'), labels: labelsAt(metadata, 'labels'),
  };
}

export const specOf = (document: CountersignDocument): Cursor | null => at(cursorOf(document.root), 'spec');
