// A SnippetLibrary: its version and files.
import type { CountersignDocument } from '../document';
import { metadataView, specOf, type MetadataView } from './metadata';
import { textAt, textsAt, type Field } from './read';

export interface LibraryView {
  readonly metadata: MetadataView;
  readonly version: Field<string> | null;
  /** paths inside the library; `*` stands for any name */
  readonly snippets: readonly Field<string>[];
  /** `library/prefix` */
  readonly hides: readonly Field<string>[];
}

/** What a SnippetLibrary document says. */
export function libraryView(document: CountersignDocument): LibraryView {
  const spec = specOf(document);
  return { metadata: metadataView(document), version: textAt(spec, 'version'), snippets: textsAt(spec, 'snippets') ?? [], hides: textsAt(spec, 'hides') ?? [] };
}
