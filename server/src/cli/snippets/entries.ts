// The JSON that `countersign snippets` prints, and the words of its tables.
import { expand, fragmentPlaces, fromOf, sampleOf, usedLibraries, valuesAt, type FragmentPlace, type Library, type Offer, type Snippet } from '../../core/snippets';
import { LineIndex } from '../../core/text';
import type { Workspace } from '../../core/workspace';

export interface SnippetEntry {
  readonly prefix: string;
  readonly name: string;
  readonly description: string | null;
  /** where it goes: `document`, or a path such as `agent spec.hosting` */
  readonly place: string | null;
  readonly file: string;
  /** from 0 */
  readonly line: number;
}

export interface LibraryEntry {
  readonly library: string;
  readonly version: string | null;
  readonly owner: string | null;
  /** `path:...`, `package:...`, or `shipped` */
  readonly from: string;
  /** false where its version is not in the range that is asked for, so that nothing of it is offered */
  readonly accepted: boolean;
  readonly snippets: readonly SnippetEntry[];
}

/** All libraries that the workspace uses, with what they hold. */
export function listLibraries(workspace: Workspace): readonly LibraryEntry[] {
  const queries = workspace.ask();
  const places = fragmentPlaces();
  return usedLibraries(queries).map((library) => ({
    library: library.name, version: library.version, owner: library.owner, from: library.path === null ? 'shipped' : fromOf(library), accepted: library.accepted,
    snippets: library.files.flatMap(({ path, text, snippets }) => {
      const lines = new LineIndex(text);
      return snippets.map((snippet): SnippetEntry => ({
        prefix: snippet.prefixes[0]?.text ?? snippet.name, name: snippet.name, description: snippet.description, place: placeWords(snippet, places, workspace.now), file: path, line: library.path === null ? 0 : lines.position(snippet.nameSpan.start).line,
      }));
    }),
  }));
}

/** Where a snippet belongs, in a few words; null where that is not known. */
export function placeWords(snippet: Snippet, places: readonly FragmentPlace[], now: number): string | null {
  const sample = sampleOf(expand(snippet.parsed.parts, valuesAt(now), { filler: 'x' }), places);
  if (!sample?.home) return null;
  if (sample.home.kind === 'document') return 'document';
  const { schema, steps } = sample.home.place ?? { schema: '', steps: [] };
  return `${schema} ${steps.join('.').replaceAll('.[]', '[]')}`.trim();
}

/** The snippets that a name means: `library/prefix`, a prefix, or the name in the file. */
export function named(all: readonly Offer[], name: string): readonly Offer[] {
  const is = ({ snippet }: Offer, one: string): boolean => snippet.name === one || snippet.prefixes.some(({ text }) => text === one);
  return all.filter((offer) => is(offer, name) || (offer.library && name.startsWith(`${offer.library.name}/`) && is(offer, name.slice(offer.library.name.length + 1))));
}

export const versionWords = (library: Library | null): string => (library ? `${library.name} ${library.version ?? ''}`.trim() : 'no library');
