// One workspace folder as the server holds it: its texts, what of it must be looked at again, and what was found last.
import { createLinter, type Finding } from '../core/lint';
import { isHoisted } from '../core/snippets';
import { Workspace, type Change as AnyChange, type Derived } from '../core/workspace';
import { LineIndex } from '../core/text';
import type { Skipped } from './host';
import { Results } from './results';
import { isMissed } from './unread';
import { keyOf, uriWithin } from './uris';

/** A change as `Workspace.applyChange` takes it, to be gone through more than once. */
export interface Change extends AnyChange {
  readonly files?: readonly (readonly [path: string, text: string | null])[];
  readonly listed?: readonly (readonly [path: string, exists: boolean])[];
}

export interface Folder {
  /** see `keyOf`; empty for the documents that lie in no folder */
  readonly key: string;
  readonly uri: string;
  readonly workspace: Workspace;
  readonly linter: Derived<readonly Finding[]>;
  /** who reads its files: nobody for loose documents */
  readonly source: 'disk' | 'client' | 'none';
  /** files whose last result may not hold any longer */
  readonly dirty: Set<string>;
  readonly results: Results;
  /** files that could not be taken in by a fault of ours */
  readonly faults: Set<string>;
  /** files that were not read, with the reason */
  readonly skipped: Map<string, Skipped>;
  /** offset of the first bytes that are not UTF-8, by path */
  readonly damaged: Map<string, number>;
  /** what was reached through a symbolic link: the path of the file itself */
  readonly links: Map<string, string>;
  /** files whose text is only kept because it is needed */
  readonly borrowed: Set<string>;
  /** needed files that were asked for */
  readonly asked: Set<string>;
  /** false until all files were read once: until then nothing is said that another file could refute */
  readonly ready: boolean;
  readonly whenReady: Promise<void>;
  /** Says that all files were read once. */
  finishReading(): void;
  removed: boolean;
  uriOf(path: string): string;
  /** see `keyOf` */
  keyOf(path: string): string;
  isOpen(path: string): boolean;
  /** True when there is something to say of the path. */
  has(path: string): boolean;
  lines(path: string): LineIndex | null;
  apply(change: Change): void;
}

/** The most line tables kept; they are quick to make again. */
const MAX_LINES_KEPT = 64;

/** Of another folder that is open; a package that is installed further up is checked here like any other. */
const isBeside = (path: string): boolean => path.startsWith('../') && !isHoisted(path);

interface FolderOptions {
  readonly key: string;
  readonly uri: string;
  readonly source: Folder['source'];
  /** the URI of a file that is open, as its client writes it */
  openUri(path: string): string | null;
  fault(where: string, error: unknown): void;
}

export function createFolder({ key, uri, source, openUri, fault }: FolderOptions): Folder {
  const workspace = new Workspace();
  const lineTables = new Map<string, { text: string; index: LineIndex }>();
  const uriOf = (path: string): string => openUri(path) ?? uriWithin(uri, path);
  let ready = source === 'none';
  let resolveReady = (): void => {};
  const whenReady = new Promise<void>((resolve) => (resolveReady = resolve));
  if (ready) resolveReady();
  const folder: Folder = {
    key,
    uri,
    workspace,
    linter: createLinter(workspace),
    source,
    dirty: new Set(),
    results: new Results(),
    faults: new Set(),
    skipped: new Map(),
    damaged: new Map(),
    links: new Map(),
    borrowed: new Set(),
    asked: new Set(),
    get ready() {
      return ready;
    },
    whenReady,
    finishReading() {
      if (ready) return;
      ready = true;
      for (const path of workspace.paths()) if (!isBeside(path)) folder.dirty.add(path);
      for (const path of folder.skipped.keys()) if (folder.has(path)) folder.dirty.add(path);
      resolveReady();
    },
    removed: false,
    uriOf,
    keyOf: (path) => (source === 'none' ? (keyOf(uriOf(path)) ?? path) : `${key}/${path}`),
    isOpen: (path) => openUri(path) !== null,
    has: (path) => workspace.text(path) !== null || folder.faults.has(path) || isMissed(folder.skipped.get(path)),
    lines(path) {
      const text = workspace.text(path);
      if (text === null) return null;
      const known = lineTables.get(path);
      if (known?.text === text) return known.index;
      if (lineTables.size >= MAX_LINES_KEPT) lineTables.clear();
      const index = new LineIndex(text);
      lineTables.set(path, { text, index });
      return index;
    },
    apply(change) {
      const take = (part: Change): boolean => {
        try {
          // what lies in another folder is checked there
          for (const path of workspace.applyChange(part)) if (!isBeside(path)) folder.dirty.add(path);
          return true;
        } catch (error) {
          fault(folder.uriOf(part.files?.[0]?.[0] ?? ''), error);
          return false;
        }
      };
      for (const [path] of change.files ?? []) folder.faults.delete(path);
      if (take(change)) return;
      // one file is at fault: it is left out until it changes, the rest is taken in
      const { files, ...rest } = change;
      take(rest);
      for (const file of files ?? []) {
        if (take({ files: [file] })) continue;
        folder.faults.add(file[0]);
        folder.dirty.add(file[0]);
      }
    },
  };
  return folder;
}
