// What is offered: the snippets of all libraries that are used, those left out that another library hides.
import { pattern } from '../text';
import { globs, isElsewhere, type Queries } from '../workspace';
import { librariesOf, type Library } from './libraries';
import { readSnippets, type Snippet } from './read-file';
import { shippedLibrary } from './shipped';

/** One snippet with where it comes from. */
export interface Offer {
  readonly snippet: Snippet;
  readonly prefix: string;
  /** null for a snippet file of the workspace that belongs to no library */
  readonly library: Library | null;
  /** the file; of the shipped library its name there */
  readonly path: string;
}

/** snippets of one library: a large one must not take the place of the others */
const MAX_OF_LIBRARY = 1_000;
const MAX_OFFERS = 5_000;
const MAX_PATTERNS = 200;

/** The libraries that are used: those of the workspace and of the packages that it names, then the shipped one. */
export const usedLibraries = (queries: Queries): readonly Library[] => [...librariesOf(queries), shippedLibrary()];

/** Every snippet that can be offered for our documents. In a workspace that is not trusted those of the shipped library alone. */
export function offers(queries: Queries): readonly Offer[] {
  const trusted = queries.settings.packages;
  const libraries = (trusted ? usedLibraries(queries) : [shippedLibrary()]).filter(({ accepted }) => accepted);
  const hidden = libraries.flatMap(({ name, hides }) => hides.slice(0, MAX_PATTERNS).map((one) => ({ by: name, matches: pattern(one) })));
  const found: Offer[] = [];
  const counts = new Map<Library | null, number>();
  const add = (library: Library | null, path: string, snippet: Snippet): void => {
    if (found.length >= MAX_OFFERS || (counts.get(library) ?? 0) >= MAX_OF_LIBRARY || snippet.parsed.faults.length > 0 || !forOurs(snippet)) return;
    const prefix = snippet.prefixes[0]?.text ?? snippet.name;
    const names = library ? [snippet.name, prefix, ...snippet.prefixes.map(({ text }) => text)].map((name) => `${library.name}/${name}`) : [];
    if (hidden.some(({ by, matches }) => by !== library?.name && names.some((name) => matches.matches(name)))) return;
    counts.set(library, (counts.get(library) ?? 0) + 1);
    found.push({ snippet, prefix, library, path });
  };
  for (const library of libraries) for (const file of library.files) for (const snippet of file.snippets) add(library, file.path, snippet);
  if (!trusted) return found;
  const members = new Set(librariesOf(queries).flatMap(({ files }) => files.map(({ path }) => path)));
  for (const path of [...new Set(queries.all('snippet').map((one) => one.path))].sort()) {
    // the editor offers those of its own folder itself
    if (members.has(path) || isElsewhere(path) || path.startsWith('.vscode/')) continue;
    for (const snippet of readSnippets(queries.text(path) ?? '').snippets) add(null, path, snippet);
  }
  return found;
}

/** By its scope: whether a snippet is for our documents, in YAML or in JSON (where what is for YAML is written as JSON). */
const forOurs = (snippet: Snippet): boolean => isFor(snippet, true);

/** By its `include` and `exclude`, as the editor has them: a glob with a slash is for the path, one without for the name. Upper and lower case are one. */
export function isForFile({ include, exclude }: Pick<Snippet, 'include' | 'exclude'>, path: string): boolean {
  const file = path.toLowerCase();
  const matches = (list: readonly string[]): boolean => globs(list.map((one) => one.toLowerCase()))(file);
  return !(exclude && matches(exclude)) && (include === null || matches(include));
}

export const isFor = ({ scope }: Pick<Snippet, 'scope'>, json: boolean): boolean => scope === null || scope.some((language) => language === 'countersign-yaml' || language === 'yaml' || (json && language === 'countersign-json'));
