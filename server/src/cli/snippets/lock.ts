// Which libraries differ from the lock, and the lock as it becomes.
import { LOCK_FILE, hasChanged, librariesOf, lockText, lockedOf, offers, originsOf, readLock, snippetChanges, type LockedLibrary, type SnippetChange } from '../../core/snippets';
import { LineIndex } from '../../core/text';
import type { Workspace } from '../../core/workspace';

/** `tampered`: another content under the same version. */
export type LockStatus = 'same' | 'added' | 'removed' | 'updated' | 'tampered';

export interface LockEntry {
  readonly library: string;
  readonly from: string;
  readonly status: LockStatus;
  readonly before: { readonly version: string | null; readonly hash: string } | null;
  readonly after: { readonly version: string | null; readonly hash: string } | null;
  readonly snippets: readonly SnippetChange[];
}

/** A document that was inserted from a snippet which is another by now. */
export interface OutdatedDocument {
  readonly file: string;
  /** from 0 */
  readonly line: number;
  readonly snippet: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface LockState {
  readonly entries: readonly LockEntry[];
  readonly recorded: readonly LockedLibrary[];
  readonly here: readonly LockedLibrary[];
  /** the lock is there and cannot be read */
  readonly broken: boolean;
}

/** The libraries that `.countersign.yaml` names, as they are and as the lock has them. */
export function lockState(workspace: Workspace): LockState {
  const queries = workspace.ask();
  const text = queries.text(LOCK_FILE);
  const read = text === null ? [] : readLock(text);
  const recorded = read ?? [];
  const here = librariesOf(queries).filter(({ entry }) => entry !== null).map(lockedOf);
  const names = [...new Set([...recorded, ...here].map(({ name }) => name))].sort();
  const short = (one: LockedLibrary | undefined): LockEntry['before'] => (one ? { version: one.version, hash: one.hash } : null);
  const entries = names.map((name): LockEntry => {
    const [before, after] = [recorded.find((one) => one.name === name), here.find((one) => one.name === name)];
    return { library: name, from: (after ?? before)?.from ?? '', status: statusOf(before, after), before: short(before), after: short(after), snippets: before && after ? snippetChanges(before, after) : [] };
  });
  return { entries, recorded, here, broken: read === null };
}

function statusOf(before: LockedLibrary | undefined, after: LockedLibrary | undefined): LockStatus {
  if (!before || !after) return before ? 'removed' : 'added';
  if (before.version !== after.version) return 'updated';
  return before.hash === after.hash ? 'same' : 'tampered';
}

/** The lock with some of the libraries as they are now, the others as they were recorded. */
export function nextLock({ entries, recorded, here }: LockState, take: (entry: LockEntry) => boolean): string {
  return lockText(entries.flatMap((entry) => {
    const from = take(entry) ? here : recorded;
    return from.filter(({ name }) => name === entry.library);
  }));
}

/** The documents whose comment names a snippet that has changed. */
export function outdatedDocuments(workspace: Workspace): readonly OutdatedDocument[] {
  const known = new Map(offers(workspace.ask()).flatMap((offer) => (offer.library ? [[`${offer.library.name}/${offer.prefix}`, offer] as const] : [])));
  return workspace.paths().flatMap((file) => {
    const text = workspace.facts(file)?.role === 'countersign' ? (workspace.text(file) ?? '') : '';
    const origins = originsOf(text);
    if (origins.length === 0) return [];
    const lines = new LineIndex(text);
    return origins.flatMap((origin): OutdatedDocument[] => {
      const offer = known.get(`${origin.library}/${origin.prefix}`);
      if (!offer || !hasChanged(origin, offer.snippet.body)) return [];
      return [{ file, line: lines.position(origin.span.start).line, snippet: `${origin.library}/${origin.prefix}`, before: origin.version, after: offer.library?.version ?? null }];
    });
  });
}
