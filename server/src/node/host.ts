// The file system of the machine, for the command line and the language server: bounded, and nothing outside the folder is read.
import { constants, promises as fs } from 'node:fs';
import path from 'node:path';
import type { Host, ListedFile, ReadFile, SkipReason, Skipped } from '../cli';
import { MAX_LENGTH } from '../core/yaml';
import { loadCedar } from './cedar';
import { decode } from './decode';

const NEVER_ENTERED = new Set(['.git', 'node_modules']);
/** folders read at one time */
const WIDTH = 16;
/** files of one workspace */
const MAX_FILES = 500_000;

// the types of the command line are taken, and nothing of its code: the language server is bundled with this file
const isSkipped = (entry: ListedFile | ReadFile | Skipped): entry is Skipped => 'why' in entry;

export type FileHost = Pick<Host, 'list' | 'read' | 'kind' | 'real' | 'now' | 'cedar'>;

/** Remembers where the roots really lie, so that not every read of a file asks for it again. */
export function nodeHost(): FileHost {
  const roots = new Map<string, Promise<string>>();
  const find = (root: string): Promise<string> => {
    const found = fs.realpath(root);
    roots.set(root, found);
    found.catch(() => roots.delete(root));
    return found;
  };
  return {
    async *list(root, prune) {
      yield* list(await find(root), prune);
    },
    read: (root, file) =>
      read(root, file, async (real) => {
        if (within(await (roots.get(root) ?? find(root)), real) !== null) return true;
        // the root may be a link that leads elsewhere by now
        return within(await find(root), real) !== null;
      }),
    kind,
    real: (absolute) => fs.realpath(absolute).catch(() => absolute),
    now: () => Date.now(),
    cedar: loadCedar,
  };
}

interface Folder {
  /** relative to the root, empty or with a slash at its end */
  readonly prefix: string;
  readonly absolute: string;
  /** within a folder reached by a link: the real prefix; links in there are not followed again, so a walk ends */
  readonly target?: string;
}

async function* list(real: string, prune: (path: string) => boolean): AsyncIterable<ListedFile | Skipped> {
  const queue: Folder[] = [{ prefix: '', absolute: real }];
  let files = 0;
  while (queue.length > 0) {
    const found = await Promise.all(queue.splice(-WIDTH).map((folder) => entries(real, folder, prune)));
    for (const { folders, rest } of found) {
      queue.push(...folders);
      for (const entry of rest) {
        if (!isSkipped(entry) && ++files > MAX_FILES) {
          yield skip('', 'too-many', `the workspace has more than ${MAX_FILES.toLocaleString('en')} files; the rest was left out. Exclude folders in \`.countersign.yaml\``);
          return;
        }
        yield entry;
      }
    }
  }
}

async function entries(root: string, folder: Folder, prune: (path: string) => boolean): Promise<{ folders: Folder[]; rest: (ListedFile | Skipped)[] }> {
  const folders: Folder[] = [];
  const rest: (ListedFile | Skipped)[] = [];
  let names;
  try {
    names = await fs.readdir(folder.absolute, { withFileTypes: true });
  } catch (error) {
    return { folders, rest: [skip(folder.prefix.replace(/\/$/, ''), 'unreadable', `the folder cannot be read (${reasonOf(error)})`)] };
  }
  for (const entry of names) {
    const at = folder.prefix + entry.name;
    const absolute = path.join(folder.absolute, entry.name);
    const target = folder.target === undefined ? undefined : folder.target + entry.name;
    if (NEVER_ENTERED.has(entry.name) || prune(at)) continue;
    if (entry.isDirectory()) folders.push({ prefix: `${at}/`, absolute, target: target && `${target}/` });
    else if (entry.isFile()) rest.push({ path: at, target });
    else if (entry.isSymbolicLink()) {
      const found = await follow(root, at, absolute, folder.target !== undefined);
      if (found && 'prefix' in found) folders.push(found);
      else if (found) rest.push(found);
    }
  }
  return { folders, rest };
}

/** What a link leads to: a file or folder of the workspace, a reason why not, or null for what is neither. */
async function follow(root: string, at: string, absolute: string, linked: boolean): Promise<Folder | ListedFile | Skipped | null> {
  let real: string;
  let stat;
  try {
    real = await fs.realpath(absolute);
    stat = await fs.stat(real);
  } catch (error) {
    return skip(at, codeOf(error) === 'ELOOP' ? 'loop' : 'unreadable', `the link leads nowhere (${reasonOf(error)})`);
  }
  const target = within(root, real);
  if (target === null) return skip(at, 'outside', 'the link leads out of the workspace');
  if (target.split('/').some((part) => NEVER_ENTERED.has(part))) return null;
  if (stat.isFile()) return { path: at, target };
  if (!stat.isDirectory()) return null;
  if (target === '' || `${at}/`.startsWith(`${target}/`)) return skip(at, 'loop', 'the link leads to a folder that it lies in');
  if (linked) return skip(at, 'loop', 'a link within a linked folder is not followed');
  return { prefix: `${at}/`, absolute: real, target: `${target}/` };
}

async function read(root: string, file: string, isInside: (real: string) => Promise<boolean>): Promise<ReadFile | Skipped> {
  let handle;
  try {
    const real = await fs.realpath(path.join(root, file));
    if (!(await isInside(real))) return skip(file, 'outside', 'it lies outside the workspace');
    // not to wait for a writer where a pipe took the place of a file
    handle = await fs.open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stat = await handle.stat();
    if (!stat.isFile()) return skip(file, 'unreadable', 'it is not a file');
    if (stat.size > MAX_LENGTH) return skip(file, 'too-large', `it has ${stat.size.toLocaleString('en')} bytes; files over ${MAX_LENGTH.toLocaleString('en')} are not read`);
    const bytes = await handle.readFile();
    if (bytes.includes(0)) return skip(file, 'binary', 'it is not text (it holds a zero byte)');
    return decode(bytes);
  } catch (error) {
    const skipped = skip(file, 'unreadable', `it cannot be read (${reasonOf(error)})`);
    return codeOf(error) === 'ENOENT' ? { ...skipped, gone: true } : skipped;
  } finally {
    await handle?.close();
  }
}

async function kind(absolute: string): Promise<'file' | 'folder' | null> {
  try {
    const stat = await fs.stat(absolute);
    if (stat.isFile()) return 'file';
    if (!stat.isDirectory()) return null;
    // only an attempt says whether it can be read
    await (await fs.opendir(absolute)).close();
    return 'folder';
  } catch {
    return null;
  }
}

/** The path of `real` relative to `root` with forward slashes, or null when it lies outside. */
function within(root: string, real: string): string | null {
  const relative = path.relative(root, real);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) return null;
  return relative.split(path.sep).join('/');
}

const skip = (at: string, reason: SkipReason, why: string): Skipped => ({ path: at, reason, why });
const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied', EPERM: 'permission denied', ENOENT: 'no such file', ELOOP: 'links in a circle', ENAMETOOLONG: 'its name is too long', EMFILE: 'too many open files',
};
const reasonOf = (error: unknown): string => WORDS[codeOf(error)] ?? (codeOf(error) || 'unknown reason');
