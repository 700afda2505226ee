// Snippet libraries in other folders that are open in the same window: their files as that folder holds them (unsaved edits too), under their path as seen from here. Nothing is read from the disk.
import { isHoisted, isLibraryFile, outsideFolders } from '../core/snippets';
import type { Folder } from './folder';
import type { Folders } from './folders';

/** files taken from one folder */
const MAX_FILES = 200;

export interface SnippetFolders {
  /** Brings the libraries that a folder names in others up to date; gives whether anything changed. */
  follow(folder: Folder): boolean;
}

interface Source {
  /** as the folder that uses it sees it */
  readonly outside: string;
  readonly from: Folder;
  /** the library's folder in `from`, empty or with a slash at its end */
  readonly prefix: string;
}

export function createSnippetFolders(folders: Folders): SnippetFolders {
  const done = new WeakMap<Folder, { readonly state: string; readonly sources: readonly Source[] }>();

  function sourceOf(folder: Folder, outside: string): Source[] {
    const target = above(folder.key, outside);
    const from = target === null ? undefined : folders.all().find((one) => one.source !== 'none' && one !== folder && `${target}/`.startsWith(`${one.key}/`));
    return from && target !== null ? [{ outside, from, prefix: `${target}/`.slice(from.key.length + 1) }] : [];
  }

  return {
    follow(folder) {
      if (folder.source === 'none' || folder.removed) return false;
      const named = outsideFolders(folder.workspace);
      const before = done.get(folder);
      if (named.length === 0 && !before) return false;
      const sources = named.flatMap((outside) => sourceOf(folder, outside));
      const state = sources.map(({ outside, from }) => `${outside} ${from.key} ${from.workspace.revision}`).join('\n');
      if (before?.state === state) return false;
      done.set(folder, { state, sources });
      const texts = new Map(sources.flatMap(filesOf));
      const known = [...folder.workspace.known()].filter((path) => (path.startsWith('../') && !isHoisted(path)) || path === '..');
      const gone = known.filter((path) => !texts.has(path));
      const listed = new Map([...gone.map((path) => [path, false] as const), ...sources.map(({ outside }) => [outside, true] as const)]);
      const revision = folder.workspace.revision;
      const differs = [...texts].filter(([path, text]) => folder.workspace.text(path) !== text);
      if (differs.length > 0 || gone.length > 0 || sources.some(({ outside }) => !folder.workspace.exists(outside))) folder.apply({ files: [...gone.map((path) => [path, null] as const), ...differs], listed: [...listed] });
      return folder.workspace.revision !== revision;
    },
  };
}

function filesOf({ outside, from, prefix }: Source): (readonly [string, string])[] {
  const paths = new Set([...from.workspace.names('snippet').values(), ...from.workspace.names('library').values()].flatMap((declared) => declared.map(({ path }) => path)));
  return [...paths].filter((path) => path.startsWith(prefix) && isLibraryFile(path)).sort().slice(0, MAX_FILES).flatMap((path) => {
    const text = from.workspace.text(path);
    return text === null ? [] : [[`${outside}/${path.slice(prefix.length)}`, text] as const];
  });
}

/** The key of what lies `../` of a folder; null where there is nothing above. */
function above(key: string, outside: string): string | null {
  let at = key;
  const parts = outside.split('/');
  for (const part of parts) {
    if (part !== '..') at += `/${part}`;
    else {
      const cut = at.lastIndexOf('/');
      if (cut <= at.indexOf('://') + 2) return null;
      at = at.slice(0, cut);
    }
  }
  return at;
}
