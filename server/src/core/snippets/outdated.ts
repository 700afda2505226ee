// Documents that were inserted from snippets which are others by now, or which their library has no longer.
import type { Workspace } from '../workspace';
import { usedLibraries } from './catalogue';
import type { Library } from './libraries';
import { originsIn } from './lock-state';
import { hasChanged, prefixInOrigin, type Origin } from './origin';
import type { Snippet } from './read-file';
import { SHIPPED_NAME, shippedLibrary } from './shipped';
import { compareVersions, parseVersion } from './version';

export interface Outdated {
  readonly path: string;
  readonly origin: Origin;
  readonly library: Library;
  /** as it is now; null where the library has it no longer */
  readonly snippet: Snippet | null;
}

/** In the order of paths. Of a library that is not here, or that is here in an older version than the document came from, nothing can be said. */
export function outdated(workspace: Workspace): readonly Outdated[] {
  const origins = originsIn(workspace);
  if (origins.length === 0) return [];
  const queries = workspace.ask();
  const libraries = (queries.settings.packages ? usedLibraries(queries) : [shippedLibrary()]).filter(({ accepted }) => accepted);
  return origins.flatMap((origin): Outdated[] => {
    const here = libraries.filter(({ name }) => name === origin.library);
    const found = here.flatMap((library) => library.files.flatMap(({ snippets }) => snippets.flatMap((snippet) => (isOf(snippet, origin.prefix) ? [{ library, snippet }] : []))));
    if (found.some(({ snippet }) => !hasChanged(origin, snippet.body))) return [];
    const library = found[0]?.library ?? here[0];
    return library && !isOlder(library.version, origin.version) ? [{ path: origin.path, origin, library, snippet: found[0]?.snippet ?? null }] : [];
  });
}

/** By the first word that people type, as the comment writes it. */
const isOf = ({ prefixes, name }: Snippet, prefix: string): boolean => prefixInOrigin(prefixes[0]?.text ?? name) === prefix;

/** A colleague has the newer library already: what came from that is not to be taken back. */
function isOlder(here: string | null, then: string | null): boolean {
  const [a, b] = [here === null ? null : parseVersion(here), then === null ? null : parseVersion(then)];
  return a !== null && b !== null && compareVersions(a, b) < 0;
}

/** Whether the library of an origin is the one that comes with Countersign, which remembers its own earlier bodies. */
export const isShipped = ({ library }: Pick<Outdated, 'library'>): boolean => library.path === null && library.name === SHIPPED_NAME;
