// The state that a folder is compared with: a second workspace that shares with the folder all that is the same.
import { CONFIG_FILE } from '../core/documents';
import { Workspace } from '../core/workspace';
import type { ReviewBase } from '../protocol';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { keyOf, pathWithin } from './uris';

export interface Base {
  readonly label: string;
  readonly workspace: Workspace;
  /** what is not open changes with the disk */
  readonly follows: boolean;
}

/** More texts than this are no difference but another workspace. */
const MAX_FILES = 50_000;

/** Makes the base, or brings the one before up to date; null where it cannot be had. */
export function makeBase(folder: Folder, given: ReviewBase, before: Base | null, folders: Folders, now: number): Base | null {
  if (given.kind === 'folder') {
    const other = folders.named(given.uri);
    return other && other !== folder ? { label: given.label, workspace: other.workspace, follows: false } : null;
  }
  const own = before && !folders.all().some(({ workspace }) => workspace === before.workspace) ? before.workspace : new Workspace((path, text, settings) => lent(folder, path, text, settings.fingerprint));
  const texts = textsOf(folder, given.files);
  const changes = new Map<string, string | null>();
  for (const path of own.paths()) if (!texts.has(path)) changes.set(path, null);
  for (const [path, text] of texts) if (own.text(path) !== text) changes.set(path, text);
  own.applyChange({ now, settings: folder.workspace.editorSettings, cedar: folder.workspace.cedar ?? undefined });
  // what is excluded must be known before the rest is read
  const configs = new Set([CONFIG_FILE]);
  for (let next = [CONFIG_FILE]; next.length > 0; next = own.lacking().filter((path) => !configs.has(path))) {
    own.applyChange({ files: next.flatMap((path) => (changes.has(path) ? [[path, changes.get(path) ?? null] as const] : [])) });
    for (const path of next) configs.add(path);
  }
  own.applyChange({ files: changes, listed: listedOf(folder, own, texts) });
  return { label: given.label, workspace: own, follows: given.follows === true };
}

/** Brings what is not open to what the disk says. */
export function followDisk(folder: Folder, { workspace, follows }: Base): void {
  if (!follows) return;
  const changes = new Map<string, string | null>();
  for (const path of folder.workspace.paths()) {
    const text = folder.workspace.text(path);
    if (workspace.text(path) !== text && !folder.isOpen(path)) changes.set(path, text);
  }
  // what is excluded now is not known any longer, and may be there all the same
  for (const path of workspace.paths()) if (folder.workspace.text(path) === null && !folder.isOpen(path) && !folder.workspace.settings.excluded(path)) changes.set(path, null);
  if (changes.size > 0) workspace.applyChange({ files: changes });
}

/** Facts rest on the text and the settings alone. */
const lent = ({ workspace }: Folder, path: string, text: string, settings: string): ReturnType<Workspace['facts']> =>
  workspace.text(path) === text && workspace.settings.fingerprint === settings ? workspace.facts(path) : null;

function textsOf(folder: Folder, files: readonly { readonly uri: string; readonly text: string | null }[]): ReadonlyMap<string, string> {
  const texts = new Map(folder.workspace.paths().map((path) => [path, folder.workspace.text(path) ?? '']));
  for (const { uri, text } of files.slice(0, MAX_FILES)) {
    const path = pathIn(folder, uri);
    if (path === null) continue;
    if (text === null) texts.delete(path);
    else texts.set(path, text);
  }
  return texts;
}

function pathIn(folder: Folder, uri: string): string | null {
  const key = keyOf(uri);
  return key === null ? null : pathWithin(folder.key, key);
}

/** Files that exist unread are taken to be the same on both sides. */
function listedOf(folder: Folder, base: Workspace, texts: ReadonlyMap<string, string>): readonly (readonly [path: string, exists: boolean])[] {
  const here = new Set(folder.workspace.known());
  const listed: [string, boolean][] = [];
  for (const path of base.known()) if (!here.has(path) && !texts.has(path)) listed.push([path, false]);
  for (const path of here) if (!texts.has(path) && folder.workspace.text(path) === null) listed.push([path, true]);
  return listed;
}
