// Reads the folders when they appear, and again when their settings say that other files count; names in the log what was skipped.
import type { DiskReader } from './disk';
import type { Folder } from './folder';
import { describe } from './guard';
import type { Host } from './host';
import { packageFolders } from '../core/snippets';
import { nextNeeded } from './needed';
import type { Progress } from './progress';
import type { Readiness } from './readiness';

export interface Indexer {
  /** Reads a new folder from the disk, or waits for the client to send it. */
  start(folder: Folder): void;
  /** Reads what lies under a prefix, or what the settings left out until now. */
  rescan(folder: Folder, prefix?: string): void;
  /** Reads again what the settings may have opened, where they changed. */
  followSettings(folder: Folder): void;
  /** Reads what became needed, or has the client send it. */
  followNeeded(folder: Folder): void;
  /** True while any folder is being read. */
  readonly busy: boolean;
}

interface IndexerOptions {
  readonly host: Host;
  readonly disk: DiskReader;
  readonly progress: Progress;
  readonly readiness: Readiness;
  /** has the client send files that only it can read */
  request(folder: Folder, paths: readonly string[]): void;
  log(message: string): void;
  /** called when there is more to check or to show */
  changed(): void;
}

/** lines of the log about the files of one folder */
const MAX_NAMED = 200;
/** milliseconds after which a package that was not there is looked for again, when something changes */
const LOOK_AGAIN = 10_000;

export function createIndexer({ host, disk, progress, readiness, request, log, changed }: IndexerOptions): Indexer {
  /** the packages with libraries that were named last */
  const libraries = new WeakMap<Folder, string>();
  const looked = new WeakMap<Folder, number>();
  const scannedWith = new WeakMap<Folder, string>();
  const named = new WeakMap<Folder, Set<string>>();
  const queues = new WeakMap<Folder, Promise<void>>();
  let running = 0;

  /** One scan of a folder at a time. */
  function enqueue(folder: Folder, work: () => Promise<void>): void {
    running++;
    const before = queues.get(folder) ?? Promise.resolve();
    const mine = before
      .then(() => (folder.removed ? undefined : work()))
      .catch((error: unknown) => log(`Reading ${folder.uri} failed: ${describe(error)}`))
      .then(() => {
        running--;
        folder.finishReading();
        nameSkipped(folder);
        changed();
      });
    queues.set(folder, mine);
  }

  function nameSkipped(folder: Folder): void {
    let known = named.get(folder);
    if (!known) named.set(folder, (known = new Set()));
    let left = 0;
    for (const [path, { why }] of folder.skipped) {
      if (known.has(`${path}: ${why}`)) continue;
      if (known.size >= MAX_NAMED) left++;
      else {
        known.add(`${path}: ${why}`);
        log(`Skipped ${folder.uriOf(path)}: ${why}`);
      }
    }
    if (left > 0) log(`Skipped ${left.toLocaleString('en')} more files in ${folder.uri}.`);
  }

  function scan(folder: Folder, prefix?: string): void {
    enqueue(folder, async () => {
      scannedWith.set(folder, folder.workspace.settings.fingerprint);
      const shown = progress.begin();
      try {
        await disk.scan(folder, prefix, shown.report);
      } finally {
        shown.end();
      }
      // its own settings file was read on the way, before the listing
      scannedWith.set(folder, folder.workspace.settings.fingerprint);
    });
  }

  /** Packages that the settings name now. */
  function followLibraries(folder: Folder): void {
    const named = packageFolders(folder.workspace).join('\n');
    const now = host.now();
    if (named === (libraries.get(folder) ?? '') && !(disk.lacksLibraries(folder) && now - (looked.get(folder) ?? now) > LOOK_AGAIN)) return;
    libraries.set(folder, named);
    looked.set(folder, now);
    // a name with a slash at its end is a folder, of which all is sent
    if (folder.source === 'client') return named === '' ? undefined : request(folder, named.split('\n').map((one) => `${one}/`));
    readiness.reading(disk.libraries(folder).catch((error: unknown) => log(`Reading the libraries of ${folder.uri} failed: ${describe(error)}`)));
  }

  return {
    start(folder) {
      scannedWith.set(folder, folder.workspace.settings.fingerprint);
      if (folder.source === 'disk' && host.disk) scan(folder);
    },
    rescan: scan,
    followSettings(folder) {
      nameSkipped(folder);
      if (folder.source !== 'disk' || !folder.ready || folder.removed) return;
      const now = folder.workspace.settings.fingerprint;
      if (scannedWith.get(folder) === now) return;
      scannedWith.set(folder, now);
      scan(folder);
    },
    followNeeded(folder) {
      if (!folder.ready || folder.removed || folder.source === 'none') return;
      followLibraries(folder);
      const before = folder.workspace.revision;
      const paths = nextNeeded(folder);
      if (folder.workspace.revision !== before) changed();
      if (paths.length === 0) return;
      if (folder.source === 'client') request(folder, paths);
      else readiness.reading(disk.load(folder, paths).catch((error: unknown) => log(`Reading ${folder.uri} failed: ${describe(error)}`)));
    },
    get busy() {
      return running > 0;
    },
  };
}
