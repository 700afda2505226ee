// Which libraries differ from the lock, and the lock as it becomes.
import type { Queries, Workspace } from '../workspace';
import { libraryEntriesOf, librariesOf } from './libraries';
import { bodyHash, hasChanged, originsOf, type Origin } from './origin';
import { LOCK_FILE, entryWords, lockText, lockedOf, readLock, snippetChanges, type LockedLibrary, type SnippetChange } from './lock';

/** `tampered`: another content under the same version; `missing`: still named, and not here, so nothing can be said of it. */
export type LockStatus = 'same' | 'added' | 'removed' | 'updated' | 'tampered' | 'missing';

export interface LockEntry {
  readonly library: string;
  readonly from: string;
  readonly status: LockStatus;
  readonly before: { readonly version: string | null; readonly hash: string } | null;
  readonly after: { readonly version: string | null; readonly hash: string } | null;
  readonly snippets: readonly SnippetChange[];
}

export interface LockState {
  /** by name */
  readonly entries: readonly LockEntry[];
  readonly recorded: readonly LockedLibrary[];
  readonly here: readonly LockedLibrary[];
  /** the lock is there and cannot be read */
  readonly broken: boolean;
}

/** Where the documents of a workspace say that they come from. */
export function originsIn(workspace: Pick<Workspace, 'paths' | 'facts' | 'text'>): readonly (Origin & { readonly path: string })[] {
  return workspace.paths().flatMap((path) => (workspace.facts(path)?.role === 'countersign' ? originsOf(workspace.text(path) ?? '').map((origin) => ({ ...origin, path })) : []));
}

/** The libraries that the configurations name, as they are and as the lock has them. */
export function lockState(queries: Queries): LockState {
  const text = queries.text(LOCK_FILE);
  const read = text === null ? [] : readLock(text);
  const recorded = read ?? [];
  const here = librariesOf(queries).filter(({ entry }) => entry !== null).map(lockedOf);
  const named = new Set(libraryEntriesOf(queries).map(entryWords));
  const names = [...new Set([...recorded, ...here].map(({ name }) => name))].sort();
  const short = (one: LockedLibrary | undefined): LockEntry['before'] => (one ? { version: one.version, hash: one.hash } : null);
  const entries = names.map((name): LockEntry => {
    const [before, after] = [recorded.find((one) => one.name === name), here.find((one) => one.name === name)];
    const status = before && !after && named.has(before.from) && !here.some(({ from }) => from === before.from) ? 'missing' : statusOf(before, after);
    return { library: name, from: (after ?? before)?.from ?? '', status, before: short(before), after: short(after), snippets: before && after ? snippetChanges(before, after) : [] };
  });
  return { entries, recorded, here, broken: read === null };
}

function statusOf(before: LockedLibrary | undefined, after: LockedLibrary | undefined): LockStatus {
  if (!before || !after) return before ? 'removed' : 'added';
  if (before.version !== after.version) return 'updated';
  return before.hash === after.hash ? 'same' : 'tampered';
}

/** The lock with some of the libraries as they are now, the others as they were recorded; what is missing stays as it was. `origins`: of the documents, whose snippets as they were are kept. */
export function nextLock({ entries, recorded, here }: LockState, take: (entry: LockEntry) => boolean, origins: readonly Origin[]): string {
  return lockText(entries.flatMap((entry) => {
    const from = entry.status !== 'missing' && take(entry) ? here : recorded;
    const before = recorded.find(({ name }) => name === entry.library);
    return from.filter(({ name }) => name === entry.library).map((library) => ({ ...library, earlier: earlierOf(library, before, origins) }));
  }));
}

/** The bodies that documents were inserted from and that the library has no longer. */
function earlierOf(now: LockedLibrary, before: LockedLibrary | undefined, origins: readonly Origin[]): LockedLibrary['earlier'] {
  const old = new Map<string, string>();
  for (const origin of origins) {
    const body = origin.library === now.name ? bodyAt(origin, before) : null;
    if (body !== null && bodyAt(origin, { ...now, earlier: {} }) === null) old.set(bodyHash(body), body);
  }
  return old.size > 0 ? Object.fromEntries([...old].sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}

/** The body that a document was inserted from, where it is recorded. */
export function bodyAt(origin: Origin, recorded: LockedLibrary | undefined): string | null {
  if (!recorded) return null;
  return [...Object.values(recorded.snippets), ...Object.values(recorded.earlier ?? {})].find((body) => !hasChanged(origin, body)) ?? null;
}
