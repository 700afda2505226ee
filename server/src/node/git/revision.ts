// A state of the workspace that git holds, read as files are: nothing is checked out, and nothing of the repository is run.
import { realpath } from 'node:fs/promises';
import { isSkipped } from '../../cli';
import type { FileSource, ListedFile, ReadFile, Revision, Skipped } from '../../cli';
import { MAX_LENGTH } from '../../core/yaml';
import { loadCedar } from '../cedar';
import { decode } from '../decode';
import { nodeHost } from '../host';
import { moduleRepository } from './modules';
import { git, type GitResult } from './run';
import { linkTarget, parseTree, type Entry } from './tree';

const MAX_FILES = 500_000;
/** content asked for at one time: files and bytes */
const BATCH_FILES = 512;
const BATCH_BYTES = 32_000_000;
/** longer than any path */
const MAX_LINK = 4096;

/** The state that `name` stands for, or why there is none. */
export async function revisionOf(root: string, name: string, now: () => number): Promise<Revision | { readonly why: string }> {
  const folder = await realpath(root).catch(() => root);
  const prefix = await git(folder, ['rev-parse', '--show-prefix']);
  if ('failed' in prefix) return { why: prefix.failed === 'missing' ? 'is no folder, and to read it as a revision a `git` must be installed' : 'cannot be read: git does not answer' };
  if (prefix.code !== 0) return { why: `is no folder, and the workspace is no git repository that can be read here${said(prefix)}` };
  const found = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{tree}`]);
  if ('failed' in found || found.code !== 0) return { why: 'is neither a folder nor a revision of this repository; where only a part of the history was fetched, fetch it too' };
  const inside = prefix.stdout.toString('utf8').replace(/\r?\n$/, '').replace(/\/$/, '');
  const tree = found.stdout.toString('utf8').trim();
  const listed = await listingOf(folder, tree, inside);
  return 'why' in listed ? listed : { files: filesOf(folder, await withModules(folder, inside, listed.entries), now) };
}

/** Repositories within repositories that are looked into, and how deep. */
const MAX_MODULES = 200;
const MAX_DEPTH = 4;

/** The files of submodules in the place of their commits, as far as these are here. */
async function withModules(folder: string, inside: string, entries: readonly Entry[], depth = 0): Promise<readonly Entry[]> {
  const modules = entries.filter(({ kind }) => kind === 'module').slice(0, MAX_MODULES);
  if (modules.length === 0 || depth === MAX_DEPTH) return entries;
  const read = new Map<Entry, readonly Entry[]>();
  for (const module of modules) {
    const repository = await moduleRepository(folder, module.path, inside === '' ? module.path : `${inside}/${module.path}`, module.object);
    const listed = repository === null ? null : await listingOf(repository, module.object, '');
    if (repository === null || listed === null || 'why' in listed) continue;
    const found = (await withModules(repository, '', listed.entries, depth + 1)).map((entry) => ({ repository, ...entry, path: `${module.path}/${entry.path}` }));
    read.set(module, found);
  }
  const all = entries.flatMap((entry) => read.get(entry) ?? [entry]);
  return all.length > MAX_FILES ? entries : all;
}

/** A folder that the revision does not have yet is empty there. */
async function listingOf(folder: string, tree: string, inside: string): Promise<{ readonly entries: readonly Entry[] } | { readonly why: string }> {
  const at = inside === '' ? tree : `${tree}:${inside}`;
  if (inside !== '') {
    const kind = await git(folder, ['cat-file', '-t', at]);
    if ('failed' in kind) return { why: 'cannot be read: git does not answer' };
    if (kind.code !== 0 || kind.stdout.toString('utf8').trim() !== 'tree') return { entries: [] };
  }
  const listing = await git(folder, ['ls-tree', '-r', '-l', '-z', '--full-tree', at]);
  if ('failed' in listing) return { why: 'cannot be read: it holds too much' };
  if (listing.code !== 0) return { why: `cannot be read${said(listing)}` };
  const entries = parseTree(listing.stdout);
  return entries.length > MAX_FILES ? { why: `cannot be read: it has more than ${MAX_FILES.toLocaleString('en')} files` } : { entries };
}

/** The first line of what git says, as the end of a sentence. */
function said(result: GitResult): string {
  const line = 'failed' in result ? '' : (result.stderr.split('\n')[0] ?? '').replace(/^fatal: /, '').trim();
  return line === '' ? '' : ` (git says: ${line})`;
}

function filesOf(folder: string, entries: readonly Entry[], now: () => number): FileSource {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const links = new Map<string, string>();
  const readers = new Map<string, ReturnType<typeof reader>>();
  const content = ({ object, repository = folder }: Entry, size: number): Promise<Buffer | null> => {
    let read = readers.get(repository);
    if (!read) readers.set(repository, (read = reader(repository)));
    return read(object, size);
  };
  // packages are in no tree: those that are installed now serve
  const disk = nodeHost();
  const entryOf = (path: string): Entry | undefined => byPath.get(links.get(path) ?? path);
  return {
    width: BATCH_FILES,
    now,
    cedar: loadCedar,
    kind: (path) => (isInPackage(path) || isRepository(path) ? disk.kind(`${folder}/${path}`) : Promise.resolve(entryOf(path)?.kind === 'file' ? 'file' : null)),
    async *list(root, prune): AsyncIterable<ListedFile | Skipped> {
      if (isInPackage(root)) return yield* disk.list(`${folder}/${root}`, prune);
      for (const entry of entries) {
        if (isPruned(entry.path, prune)) continue;
        if (entry.kind === 'file') yield { path: entry.path };
        else if (entry.kind === 'module') yield { path: entry.path, reason: 'unreadable', submodule: true, commit: entry.object, why: 'it is a submodule, and its commit of that revision is not here (`git submodule update --init` brings it)' };
        else for (const found of follow(entry, await content(entry, Math.min(entry.size, MAX_LINK)), byPath, entries)) {
          if (!isSkipped(found)) links.set(found.path, found.target ?? found.path);
          if (!isPruned(found.path, prune)) yield found;
        }
      }
    },
    async read(root, path): Promise<ReadFile | Skipped> {
      if (isInPackage(`${root}/`)) return disk.read(`${folder}/${root}`, path);
      const whole = root === '' ? path : `${root}/${path}`;
      if (isInPackage(whole)) return disk.read(folder, whole);
      const entry = entryOf(path);
      if (entry?.kind !== 'file') return { path, reason: 'unreadable', why: 'it cannot be read (no such file)', gone: true };
      if (entry.size > MAX_LENGTH) return { path, reason: 'too-large', why: `it has ${entry.size.toLocaleString('en')} bytes; files over ${MAX_LENGTH.toLocaleString('en')} are not read` };
      const bytes = await content(entry, entry.size);
      if (!bytes) return { path, reason: 'unreadable', why: 'git does not have its content here' };
      return bytes.includes(0) ? { path, reason: 'binary', why: 'it is not text (it holds a zero byte)' } : decode(bytes);
    },
  };
}

const isInPackage = (path: string): boolean => /(^|\/)node_modules\//.test(path);

/** Up to where packages are looked for. */
const isRepository = (path: string): boolean => /^(?:\.\.\/)*\.git$/.test(path);

/** A folder that is left out is left out with all in it. */
function isPruned(path: string, prune: (path: string) => boolean): boolean {
  for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) if (prune(path.slice(0, at))) return true;
  return prune(path);
}

/** What a link leads to: a file, or the files of a folder; links in there are not followed again. */
function follow(link: Entry, written: Buffer | null, byPath: ReadonlyMap<string, Entry>, entries: readonly Entry[]): readonly (ListedFile | Skipped)[] {
  const target = written && linkTarget(link.path, written.toString('utf8'));
  if (target === null) return [{ path: link.path, reason: 'outside', why: 'the link leads out of the workspace' }];
  if (byPath.get(target)?.kind === 'file') return [{ path: link.path, target }];
  if (target === '' || link.path.startsWith(`${target}/`)) return [{ path: link.path, reason: 'loop', why: 'the link leads to a folder that it lies in' }];
  return entries.filter((entry) => entry.kind === 'file' && entry.path.startsWith(`${target}/`)).map((entry) => ({ path: link.path + entry.path.slice(target.length), target: entry.path }));
}

/** Content by its object: what is asked for at the same time is one run of `cat-file`. */
function reader(folder: string): (object: string, size: number) => Promise<Buffer | null> {
  let waiting: { readonly object: string; readonly size: number; resolve(bytes: Buffer | null): void }[] = [];
  const run = async (): Promise<void> => {
    const asked = waiting;
    waiting = [];
    while (asked.length > 0) {
      let bytes = 0;
      let count = 0;
      for (const { size } of asked) {
        if (count > 0 && bytes + size > BATCH_BYTES) break;
        bytes += size;
        count++;
      }
      const batch = asked.splice(0, count);
      const result = await git(folder, ['cat-file', '--batch'], batch.map(({ object }) => `${object}\n`).join(''));
      const contents = 'failed' in result || result.code !== 0 ? [] : parseBatch(result.stdout, batch.length);
      batch.forEach(({ resolve }, index) => resolve(contents[index] ?? null));
    }
  };
  return (object, size) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(() => void run());
      waiting.push({ object, size, resolve });
    });
}

/** Reads `<object> <type> <size>\n<content>\n`, or `<object> missing\n`, as often as was asked. */
function parseBatch(output: Buffer, count: number): readonly (Buffer | null)[] {
  const contents: (Buffer | null)[] = [];
  let at = 0;
  while (contents.length < count && at < output.length) {
    const end = output.indexOf(0x0a, at);
    if (end < 0) break;
    const [, type = '', size = ''] = output.subarray(at, end).toString('latin1').split(' ');
    at = end + 1;
    if (type !== 'blob' && type !== 'tree' && type !== 'commit' && type !== 'tag') {
      contents.push(null);
      continue;
    }
    const length = Number.parseInt(size, 10);
    contents.push(type === 'blob' ? output.subarray(at, at + length) : null);
    at += length + 1;
  }
  return contents;
}
