// A folder becomes a Workspace: settings first (they say what is left out), then the names of all files, then the texts of those that may be ours.
import { CONFIG_FILE } from '../core/documents';
import { resolve } from 'node:path';
import { findPackage, isLibraryFile, outsideFolders, packageFolders } from '../core/snippets';
import { UNREAD_TEXT, Workspace, holdsPolicies, isOurName, packageFolderOf, wanted as mayBeRead, worthKeeping } from '../core/workspace';
import { isSkipped } from './host';
import type { FileSource, Skipped } from './host';
import { UsageError } from './io';
import { SILENT } from './terminal/progress';
import type { Progress } from './terminal/progress';

export interface Loaded {
  readonly root: string;
  readonly workspace: Workspace;
  /** what was left out although its name says that it may concern us, and folders that could not be read */
  readonly skipped: readonly Skipped[];
  /** offset of the first byte that is not UTF-8, by path */
  readonly damaged: ReadonlyMap<string, number>;
  /** files that could not be taken in through a fault of ours, with the error */
  readonly faults: ReadonlyMap<string, unknown>;
}

/** files read at one time */
const WIDTH = 32;

const UNREAD: ReadonlySet<Skipped['reason']> = new Set<Skipped['reason']>(['too-large', 'binary', 'unreadable']);

export interface LoadOptions {
  readonly progress?: Progress;
  /** gives the real folder for one outside the workspace, as seen from there (`../governance`), where it may be read; null where it may not */
  readonly outside?: (folder: string) => Promise<string | null>;
  /** another state of the workspace: what it knows of a file that is the same here is not read again */
  readonly like?: Workspace;
}

export async function loadWorkspace(host: FileSource, root: string, { progress = SILENT, outside = () => Promise.resolve(null), like }: LoadOptions = {}): Promise<Loaded> {
  const workspace = new Workspace(like && ((path, text, settings) => (like.text(path) === text && like.settings.fingerprint === settings.fingerprint ? like.facts(path) : null)));
  const skipped: Skipped[] = [];
  const damaged = new Map<string, number>();
  const faults = new Map<string, unknown>();
  // whoever runs a command in a folder trusts it
  workspace.applyChange({ now: host.now(), packages: true, cedar: like?.cedar ?? undefined });

  const take = (files: readonly [string, string][]): void => {
    try {
      workspace.applyChange({ files });
    } catch (error) {
      // the fault stays with its file; the others are taken in
      if (files.length > 1) for (const file of files) take([file]);
      else for (const [path] of files) faults.set(path, error);
    }
  };

  /** of a revision, paths begin at its root */
  const whole = (folder: string): string => (root === '' ? folder : resolve(root, folder));
  const packageAt = (folder: string): Promise<string | null> => findPackage(folder, (one) => host.kind(whole(one)));

  /** The configuration of a package lies where its library would; the package is a root of its own. */
  const readOne = async (path: string): ReturnType<FileSource['read']> => {
    const home = workspace.extends(path) ? packageFolderOf(path) : null;
    const found = home === null ? null : await packageAt(home.slice(0, -1));
    if (home === null || found === null) return host.read(root, path);
    const file = await host.read(whole(found), path.slice(home.length));
    return isSkipped(file) ? { ...file, path } : file;
  };

  const read = async (paths: readonly string[]): Promise<[string, string][]> => {
    const texts: [string, string][] = [];
    await Promise.all(paths.map(async (path) => {
      const file = await readOne(path);
      if (isSkipped(file)) {
        // what vanished since it was listed is no longer of interest
        if (!file.gone) skipped.push(file);
        return;
      }
      if (file.damagedAt !== undefined) damaged.set(path, file.damagedAt);
      texts.push([path, file.text]);
    }));
    return texts;
  };

  const configs = new Set<string>();
  for (let next = await existing(host, root); next.length > 0; next = workspace.lacking().filter((path) => !configs.has(path))) {
    for (const path of next) configs.add(path);
    take(await read(next));
  }

  const libraries: (readonly [folder: string, real: string])[] = [];
  for (const folder of packageFolders(workspace)) {
    const found = (await packageAt(folder)) ?? (root === '' ? folder : null);
    if (found !== null) libraries.push([found, whole(found)]);
  }
  for (const folder of outsideFolders(workspace)) {
    const real = await outside(folder);
    if (real === null) continue;
    libraries.push([folder, real]);
    workspace.applyChange({ listed: [[folder, true]] });
  }
  for (const [folder, real] of libraries) {
    const files = await libraryFiles(host, real);
    skipped.push(...files.filter(isSkipped).map((one) => ({ ...one, path: `${folder}/${one.path}` })));
    take(files.flatMap((file): [string, string][] => (isSkipped(file) ? [] : [[`${folder}/${file.path}`, file.text]])));
  }

  const listed = new Set<string>();
  const wanted: string[] = [];
  const links = new Map<string, string>();
  try {
    for await (const entry of host.list(root, workspace.settings.excluded)) {
      if (isSkipped(entry)) {
        if (entry.reason !== 'outside' && entry.reason !== 'loop') skipped.push(entry);
        else if (mayBeRead(entry.path)) skipped.push(entry);
        continue;
      }
      listed.add(entry.path);
      if (listed.size % 500 === 0) progress.update(0, 0, 'files found:');
      if (!mayBeRead(entry.path) || configs.has(entry.path)) continue;
      if (entry.target !== undefined) links.set(entry.path, entry.target);
      wanted.push(entry.path);
    }
  } catch {
    throw new UsageError(`the workspace ${root} cannot be read`);
  }

  const width = host.width ?? WIDTH;
  for (let at = 0; at < wanted.length; at += width) {
    const files = await read(wanted.slice(at, at + width));
    take(files.filter(([path, text]) => worthKeeping(path, text)));
    progress.update(Math.min(at + width, wanted.length), wanted.length, 'files read');
  }
  workspace.applyChange({ files: doubles(workspace, links), listed: [...listed].map((path) => [path, true] as const) });
  // what a manifest governs is signed with it, whatever kind of file it is
  take(await read(workspace.lacking().filter((path) => !configs.has(path) && !skipped.some((one) => one.path === path))));
  // denials may stand in a file of policies that cannot be read: decisions without it are incomplete
  take(skipped.filter(({ path, reason }) => UNREAD.has(reason) && holdsPolicies(path)).map(({ path }) => [path, UNREAD_TEXT]));
  if (workspace.awaitsCedar) skipped.push(...(await giveCedar(host, workspace)));
  return { root, workspace, skipped: skipped.sort((a, b) => (a.path < b.path ? -1 : 1)), damaged, faults };
}

/** Loads Cedar's engine for a workspace that holds Cedar, before anything is decided. */
async function giveCedar(host: FileSource, workspace: Workspace): Promise<readonly Skipped[]> {
  try {
    const cedar = await host.cedar?.();
    if (cedar) workspace.applyChange({ cedar });
    return [];
  } catch {
    return [{ path: 'cedar.wasm', reason: 'unreadable', why: 'Cedar could not be loaded, so that what hangs on Cedar policies is unknown' }];
  }
}

const existing = async (host: FileSource, root: string): Promise<string[]> => ((await host.kind(root === '' ? CONFIG_FILE : `${root}/${CONFIG_FILE}`)) === 'file' ? [CONFIG_FILE] : []);

/** files of one package that are looked at, and those that are read */
const MAX_LISTED = 5_000;
const MAX_READ = 200;

/** The library's files of a package; its folder is a root of its own, so that nothing outside it is read. None where the package is not there. */
async function libraryFiles(host: FileSource, folder: string): Promise<readonly (Skipped | { readonly path: string; readonly text: string })[]> {
  const paths: string[] = [];
  let seen = 0;
  try {
    if ((await host.kind(folder)) !== 'folder') return [];
    for await (const entry of host.list(folder, () => false)) {
      if (++seen > MAX_LISTED) break;
      if (!isSkipped(entry) && isLibraryFile(entry.path)) paths.push(entry.path);
    }
  } catch {
    return [];
  }
  return Promise.all(paths.sort().slice(0, MAX_READ).map(async (path) => {
    const file = await host.read(folder, path);
    return isSkipped(file) ? file : { path, text: file.text };
  }));
}

/** Our own documents that were reached by a link and are read under their own name too: they exist once. (Foreign files mean something by their path.) */
function doubles(workspace: Workspace, links: ReadonlyMap<string, string>): [string, null][] {
  return [...links].filter(([path, target]) => workspace.facts(path)?.role === 'countersign' && workspace.facts(target)?.role === 'countersign').map(([path]) => [path, null]);
}

/** The skipped files whose name says that they are Countersign's: their absence is a finding, not only a line of the log. */
export const missed = (loaded: Loaded): readonly Skipped[] => loaded.skipped.filter((s) => isOurName(s.path));
