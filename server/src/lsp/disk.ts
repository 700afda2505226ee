// Files into a folder's workspace: few reads at a time, taken in in slices, and never an older text over a newer one.
import { CONFIG_FILE } from '../core/documents';
import { UNREAD_TEXT, holdsPolicies, packageFolderOf, worthKeeping } from '../core/workspace';
import type { Folder } from './folder';
import { isSkipped, type Host, type ReadFile, type Skipped } from './host';
import { isLeftOut, packageConfigs, wanted } from './interest';
import { findPackage, isLibraryFile, isOfPackage, packageFolders } from '../core/snippets';
import { nextNeeded } from './needed';
import type { Pause } from './pause';
import { isMissed } from './unread';

/** files read at one time */
const WIDTH = 16;
/** files that are only named: taken in together */
const BATCH = 500;

/** files of one package that are looked at, and those that are read */
const MAX_LISTED = 5_000;
const MAX_LIBRARY_FILES = 200;

export interface DiskReader {
  /** Reads what packages that the settings name bring, their libraries and settings; `again`: also what was read before. */
  libraries(folder: Folder, again?: boolean): Promise<void>;
  /** True where a package that is named was not found: what is installed further up is not watched. */
  lacksLibraries(folder: Folder): boolean;
  /** Reads all of a folder, or what lies under a prefix of it. */
  scan(folder: Folder, prefix?: string, progress?: (done: number, total: number) => void): Promise<void>;
  /** Reads files anew, whatever is known of them. */
  load(folder: Folder, paths: readonly string[], progress?: (done: number, total: number) => void): Promise<void>;
  /** Reads what changed or appeared: files, or folders with all in them. */
  appeared(folder: Folder, files: readonly { readonly path: string; readonly isNew: boolean }[]): Promise<void>;
  /** Takes away what is gone: files, or folders with all in them. */
  vanished(folder: Folder, paths: readonly string[]): void;
}

interface DiskOptions {
  readonly host: Host;
  readonly pause: Pause;
  inDeeper(folder: Folder, path: string): boolean;
  changed(): void;
}

async function inParallel<T>(folder: Folder, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      if (folder.removed) return;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, worker));
}

/** Takes in what a read of a file that is not open gave. */
export function take(folder: Folder, path: string, read: ReadFile | Skipped): void {
  folder.dirty.add(path);
  folder.skipped.delete(path);
  folder.damaged.delete(path);
  if (isSkipped(read)) {
    if (!read.gone) folder.skipped.set(path, read);
    folder.apply({ files: [[path, !read.gone && isMissed(read) && holdsPolicies(path) ? UNREAD_TEXT : null]], listed: [[path, !read.gone]] });
    return;
  }
  const own = worthKeeping(path, read.text);
  const worth = own || folder.workspace.needs(path);
  if (worth && !own) folder.borrowed.add(path);
  else folder.borrowed.delete(path);
  if (worth && read.damagedAt !== undefined) folder.damaged.set(path, read.damagedAt);
  folder.apply({ files: [[path, worth ? read.text : null]], listed: [[path, true]] });
}

export function createDiskReader({ host, pause, inDeeper, changed }: DiskOptions): DiskReader {
  /** the newest read of each file: an older one that comes in late is dropped */
  const tickets = new WeakMap<Folder, Map<string, number>>();
  let ticket = 0;
  /** the libraries of packages that were read */
  const libraries = new WeakMap<Folder, ReadonlySet<string>>();
  const missing = new WeakMap<Folder, Set<string>>();

  const draw = (folder: Folder, path: string): number => {
    let drawn = tickets.get(folder);
    if (!drawn) tickets.set(folder, (drawn = new Map()));
    drawn.set(path, ++ticket);
    return ticket;
  };

  /** The configuration of a package lies where its library would; the package is a root of its own. */
  async function readOne(folder: Folder, path: string): Promise<ReadFile | Skipped | undefined> {
    const { disk } = host;
    const home = folder.workspace.extends(path) ? packageFolderOf(path) : null;
    const there = disk && home !== null ? await findPackage(home.slice(0, -1), (one) => disk.kind(folder.uri, one)) : null;
    if (there === null || home === null) return disk?.read(folder.uri, path);
    const read = await disk?.read(`${folder.uri}/${there}`, path.slice(home.length));
    return read && isSkipped(read) ? { ...read, path } : read;
  }

  async function loadOne(folder: Folder, path: string): Promise<void> {
    const mine = draw(folder, path);
    const read = await readOne(folder, path);
    if (!read) return;
    await pause.ifDue();
    if (folder.removed || tickets.get(folder)?.get(path) !== mine) return;
    tickets.get(folder)?.delete(path);
    if (folder.isOpen(path)) return;
    take(folder, path, read);
    changed();
  }

  async function load(folder: Folder, paths: readonly string[], progress?: (done: number, total: number) => void): Promise<void> {
    let done = 0;
    await inParallel(folder, paths, async (path) => {
      await loadOne(folder, path);
      progress?.(++done, paths.length);
    });
    dropDoubles(folder);
  }

  /** The folder's own settings and what they extend come first: they say what is not searched. */
  async function loadSettings(folder: Folder): Promise<void> {
    await load(folder, [CONFIG_FILE]);
    await loadNeeded(folder);
  }

  /** What is read may need more. */
  async function loadNeeded(folder: Folder): Promise<void> {
    for (let next = nextNeeded(folder); next.length > 0 && !folder.removed; next = nextNeeded(folder)) await load(folder, next);
    await loadLibraries(folder);
  }

  /** Snippet libraries of packages: each package is a root of its own, so that nothing outside it is read. What is no longer named is let go. */
  async function loadLibraries(folder: Folder, again = false): Promise<void> {
    const named = new Set(packageFolders(folder.workspace));
    const before = libraries.get(folder) ?? new Set<string>();
    if (!host.disk || (named.size === 0 && before.size === 0)) return;
    libraries.set(folder, named);
    const lacked = new Set([...(missing.get(folder) ?? [])].filter((library) => named.has(library)));
    missing.set(folder, lacked);
    const gone = [...before].filter((library) => !named.has(library));
    const left = [...folder.workspace.known()].filter((path) => gone.some((library) => isOfPackage(library, path)) && !folder.isOpen(path));
    if (left.length > 0) folder.apply({ files: left.map((path) => [path, null]), listed: left.map((path) => [path, false]) });
    for (const library of named) {
      if (before.has(library) && !again && !lacked.has(library)) continue;
      let place = library;
      const found: string[] = [];
      let seen = 0;
      try {
        const { disk } = host;
        const there = await findPackage(library, (path) => disk.kind(folder.uri, path));
        place = there ?? library;
        if (there === null) lacked.add(library);
        else lacked.delete(library);
        if (there !== null) for await (const entry of disk.list(`${folder.uri}/${there}`, () => false)) {
          if (++seen > MAX_LISTED || folder.removed) break;
          if (!isSkipped(entry) && isLibraryFile(entry.path)) found.push(entry.path);
        }
      } catch {
        continue;
      }
      const taken = new Set(found.sort().slice(0, MAX_LIBRARY_FILES).map((path) => `${place}/${path}`));
      const lost = [...folder.workspace.known()].filter((path) => isOfPackage(library, path) && isLibraryFile(path) && !taken.has(path) && !folder.isOpen(path));
      if (lost.length > 0) folder.apply({ files: lost.map((path) => [path, null]), listed: lost.map((path) => [path, false]) });
      await inParallel(folder, found.slice(0, MAX_LIBRARY_FILES), async (path) => {
        const read = await host.disk?.read(`${folder.uri}/${place}`, path);
        if (!read || folder.removed || folder.isOpen(`${place}/${path}`)) return;
        take(folder, `${place}/${path}`, isSkipped(read) ? { ...read, path: `${place}/${path}` } : read);
      });
    }
    changed();
  }

  async function scan(folder: Folder, prefix = '', progress?: (done: number, total: number) => void): Promise<void> {
    if (!host.disk) return;
    let again = false;
    if (prefix === '') {
      folder.asked.clear();
      again = libraries.has(folder);
      await loadSettings(folder);
      leaveOut(folder);
    }
    const prune = (path: string): boolean =>
      isLeftOut(folder, path) || inDeeper(folder, path) || !(prefix === '' || `${path}/`.startsWith(`${prefix}/`) || `${prefix}/`.startsWith(`${path}/`));
    const toRead: string[] = [];
    const seen = new Set<string>();
    let listed: [string, boolean][] = [];
    const give = (): void => {
      folder.apply({ listed });
      listed = [];
    };
    for await (const entry of host.disk.list(folder.uri, prune)) {
      if (folder.removed) return;
      if (prefix !== '') seen.add(entry.path);
      if (isSkipped(entry)) folder.skipped.set(entry.path, entry);
      else if (!wanted(folder, entry.path)) listed.push([entry.path, true]);
      else if (folder.workspace.text(entry.path) === null || folder.skipped.has(entry.path) || prefix !== '') {
        if (entry.target !== undefined) folder.links.set(entry.path, entry.target);
        toRead.push(entry.path);
      }
      if (listed.length >= BATCH) give();
      await pause.ifDue();
    }
    give();
    if (prefix !== '') forgetUnseen(folder, prefix, seen);
    await load(folder, toRead.filter((path) => !folder.isOpen(path)), progress);
    await loadNeeded(folder);
    // what was installed since
    if (again) await loadLibraries(folder, true);
  }

  /** A folder that was replaced at once by another of its name: what is not in it any more is gone, though nobody said so. */
  function forgetUnseen(folder: Folder, prefix: string, seen: ReadonlySet<string>): void {
    const gone = [...folder.workspace.known()].filter((path) => path.startsWith(`${prefix}/`) && !seen.has(path) && !folder.isOpen(path) && !folder.workspace.needs(path));
    if (gone.length > 0) folder.apply({ files: gone.map((path) => [path, null]), listed: gone.map((path) => [path, false]) });
  }

  /** What the settings leave out now is as if it were not there. */
  function leaveOut(folder: Folder): void {
    const known = [...folder.workspace.known()].filter((path) => isLeftOut(folder, path));
    for (const path of [...folder.skipped.keys()].filter((path) => isLeftOut(folder, path))) {
      folder.skipped.delete(path);
      folder.dirty.add(path);
    }
    if (known.length > 0) folder.apply({ files: known.filter((path) => !folder.isOpen(path)).map((path) => [path, null]), listed: known.map((path) => [path, false]) });
  }

  /** Our own documents that were reached by a link and are read under their own name too exist once. (Foreign files mean something by their path.) */
  function dropDoubles(folder: Folder): void {
    if (folder.links.size === 0) return;
    const ours = (path: string): boolean => folder.workspace.facts(path)?.role === 'countersign';
    const doubles = [...folder.links].filter(([path, target]) => ours(path) && ours(target) && !folder.isOpen(path));
    folder.apply({ files: doubles.map(([path]) => [path, null]) });
  }

  return {
    scan,
    load,
    lacksLibraries: (folder) => (missing.get(folder)?.size ?? 0) > 0 || packageConfigs(folder).some((path) => folder.workspace.text(path) === null),
    async libraries(folder, again) {
      if (folder.source !== 'disk') return;
      const configs = packageConfigs(folder).filter((path) => again || folder.workspace.text(path) === null);
      if (configs.length > 0) {
        await load(folder, configs);
        await loadNeeded(folder);
      }
      await loadLibraries(folder, again);
    },
    async appeared(folder, files) {
      await load(folder, files.map(({ path }) => path).filter((path) => wanted(folder, path)));
      const others = files.filter(({ path, isNew }) => isNew && !wanted(folder, path));
      await inParallel(folder, others, async ({ path }) => {
        const kind = await host.disk?.kind(folder.uri, path);
        if (folder.removed) return;
        if (kind === 'file') folder.apply({ listed: [[path, true]] });
        else if (kind === 'folder') await scan(folder, path);
      });
      changed();
    },
    vanished(folder, paths) {
      const gone = new Set(paths);
      const isGone = (path: string): boolean => {
        for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) if (gone.has(path.slice(0, end))) return true;
        return false;
      };
      const known = [...new Set([...folder.workspace.known(), ...paths])].filter(isGone);
      for (const path of known) {
        draw(folder, path);
        folder.skipped.delete(path);
      }
      folder.apply({ files: known.filter((path) => !folder.isOpen(path)).map((path) => [path, null]), listed: known.map((path) => [path, false]) });
      changed();
    },
  };
}
