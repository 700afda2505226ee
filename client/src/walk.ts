// A walk through `workspace.fs` that always ends: folder by folder, level by level, bounded in number, depth and time.
import { FileType, Uri, workspace } from 'vscode';

export const NEVER_ENTERED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

const MAX_ENTRIES = 50_000;
const MAX_DEPTH = 24;
const MAX_MS = 60_000;
/** requests to the file system at one time: it may be a server far away */
const WIDTH = 8;

export interface WalkOptions {
  /** files given out at one time */
  readonly batch: number;
  readonly stopped: () => boolean;
  /** true for each folder that is to be entered */
  readonly wanted: (folders: readonly string[]) => Promise<readonly boolean[]>;
  readonly log: (message: string) => void;
}

/** Gives the paths (relative, forward slashes) of the files below `root` in batches, and at the end whether a limit was reached. */
export async function* walk(root: Uri, { batch, stopped, wanted, log }: WalkOptions): AsyncGenerator<readonly string[], { partial: boolean }> {
  const end = Date.now() + MAX_MS;
  let entries = 0;
  let level = [''];
  let found: string[] = [];
  const limit = (): string | undefined => {
    if (entries > MAX_ENTRIES) return `there are more than ${MAX_ENTRIES.toLocaleString('en')} files and folders`;
    if (Date.now() > end) return `reading took more than ${MAX_MS / 1000} seconds`;
    return undefined;
  };
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      log(`folders deeper than ${MAX_DEPTH} levels were left out.`);
      yield found;
      return { partial: true };
    }
    const next: string[] = [];
    for (let at = 0; at < level.length; at += WIDTH) {
      const reached = limit();
      if (stopped() || reached) {
        if (reached) log(`${reached}; the rest was left out. Exclude folders in \`.countersign.yaml\`.`);
        yield found;
        return { partial: true };
      }
      const lists = await Promise.all(level.slice(at, at + WIDTH).map((folder) => list(root, folder, log)));
      for (const { files, folders } of lists) {
        entries += files.length + folders.length;
        found.push(...files);
        next.push(...folders);
      }
      while (found.length >= batch) {
        yield found.slice(0, batch);
        found = found.slice(batch);
      }
    }
    const enter = next.length > 0 ? await wanted(next) : [];
    level = next.filter((_, index) => enter[index] !== false);
  }
  if (found.length > 0) yield found;
  return { partial: false };
}

async function list(root: Uri, folder: string, log: (message: string) => void): Promise<{ files: string[]; folders: string[] }> {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for (const [name, type] of await workspace.fs.readDirectory(folder === '' ? root : Uri.joinPath(root, folder))) {
      const path = folder === '' ? name : `${folder}/${name}`;
      // A link may lead out of the workspace or round in a circle.
      if ((type & FileType.SymbolicLink) !== 0 || NEVER_ENTERED.has(name)) continue;
      if ((type & FileType.Directory) !== 0) folders.push(path);
      else if ((type & FileType.File) !== 0) files.push(path);
    }
  } catch (error) {
    log(`\`${folder || '.'}\` cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { files, folders };
}

/** Runs `work` for all items, some at a time. */
export async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  let at = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[at++]; item !== undefined; item = items[at++]) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(WIDTH, items.length) }, worker));
}
