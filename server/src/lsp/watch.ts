// Changes of files on the disk, as the client tells them: those that come together are read together.
import { DidChangeWatchedFilesNotification, FileChangeType, RegistrationRequest, WatchKind, type Connection, type FileEvent } from 'vscode-languageserver';
import type { Client } from './client';
import type { DiskReader } from './disk';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { describe, Malformed, type Guard } from './guard';
import type { Host } from './host';
import { isLeftOut, mayInstall, wanted } from './interest';
import type { Outbox } from './outbox';
import type { Readiness } from './readiness';

/** milliseconds for which events are gathered */
const GATHER = 20;
/** milliseconds after the last sign of an installation: it writes many files */
const INSTALLING = 300;

/** All that comes and goes (a folder too, and files that are only named), and all that changes: a manifest may govern files of any kind. */
const WATCHERS = [{ globPattern: '**/*', kind: WatchKind.Create | WatchKind.Change | WatchKind.Delete }];

export function registerWatchers(outbox: Outbox, client: Client): void {
  if (!client.registersWatchers) return;
  const registration = { id: 'countersign-files', method: DidChangeWatchedFilesNotification.method, registerOptions: { watchers: WATCHERS } };
  void outbox.ask(RegistrationRequest.method, { registrations: [registration] });
}

interface WatchOptions {
  readonly connection: Connection;
  readonly host: Host;
  readonly guard: Guard;
  readonly folders: Folders;
  readonly disk: DiskReader;
  readonly readiness: Readiness;
  log(message: string): void;
}

export function watchFiles({ connection, host, guard, folders, disk, readiness, log }: WatchOptions): void {
  let gathered = new Map<string, FileChangeType>();
  let waiting = false;
  const installing = new Map<Folder, () => void>();

  /** Packages came or went: their libraries are read again when it is over. */
  function installed(folder: Folder): void {
    installing.get(folder)?.();
    installing.set(folder, host.timer.after(INSTALLING, () => {
      installing.delete(folder);
      readiness.reading(disk.libraries(folder, true).catch((error: unknown) => log(`Reading the libraries of ${folder.uri} failed: ${describe(error)}`)));
    }));
  }

  async function process(): Promise<void> {
    waiting = false;
    const events = gathered;
    gathered = new Map();
    const gone = new Map<Folder, string[]>();
    const came = new Map<Folder, { path: string; isNew: boolean }[]>();
    for (const [uri, type] of events) {
      const at = folders.locate(uri);
      if (!at || at.folder.source === 'none') continue;
      if (mayInstall(at.folder, at.path)) installed(at.folder);
      if (type === FileChangeType.Deleted) listOf(gone, at.folder).push(at.path);
      else if (at.folder.source === 'disk' && !isLeftOut(at.folder, at.path)) listOf(came, at.folder).push({ path: at.path, isNew: type === FileChangeType.Created });
    }
    for (const [folder, paths] of gone) disk.vanished(folder, paths);
    const read = [...came].map(([folder, files]) => disk.appeared(folder, files).catch((error: unknown) => log(`Reading changed files of ${folder.uri} failed: ${describe(error)}`)));
    await Promise.all(read);
  }

  /** False for changes of files that nobody reads: a build writes many. */
  function concerns({ uri, type }: FileEvent): boolean {
    if (type !== FileChangeType.Changed) return true;
    const at = folders.locate(uri);
    return at !== null && (wanted(at.folder, at.path) || mayInstall(at.folder, at.path));
  }

  connection.onNotification(
    DidChangeWatchedFilesNotification.type,
    guard.notification('workspace/didChangeWatchedFiles', (params) => {
      if (!Array.isArray(params?.changes)) throw new Malformed('`changes` must be a list');
      for (const change of params.changes) if (typeof change?.uri === 'string' && typeof change.type === 'number' && concerns(change)) gathered.set(change.uri, change.type);
      if (waiting || gathered.size === 0) return;
      waiting = true;
      readiness.reading(new Promise<void>((resolve) => host.timer.after(GATHER, resolve)).then(process));
    }),
  );
}

function listOf<K, V>(map: Map<K, V[]>, key: K): V[] {
  let list = map.get(key);
  if (!list) map.set(key, (list = []));
  return list;
}
