// Where the server has no file system (browser, virtual workspaces) the client reads for it: a bounded walk of each folder, then every change.
import { FileType, RelativePattern, workspace, type Disposable, type Uri, type WorkspaceFolder } from 'vscode';
import { FILES, NEEDED, WANTED, WANTED_FOLDERS, type FilesParams, type NeededParams, type SkippedFile, type WantedResult } from '../../server/src/protocol';
import { readText } from './read-text';
import type { Server } from './server';
import { inParallel, NEVER_ENTERED, walk } from './walk';

/** files asked about, and sent, at one time */
const BATCH = 200;
/** bytes sent at one time, and in all */
const BATCH_BYTES = 1_000_000;
const MAX_BYTES = 100_000_000;
/** files of packages that may be of a snippet library, which the server then says */
const OF_LIBRARIES = /\.(?:code-snippets|ya?ml|json)$/i;
/** events that come together are answered together */
const SETTLE_MS = 50;

const neverEntered = (path: string): boolean => path.split('/').some((part) => NEVER_ENTERED.has(part));

/** Starts with the server and stops when disposed. `needed` tells for which folders. */
export function provideFiles(server: Server, needed: (folder: WorkspaceFolder) => boolean): Disposable {
  let folders = new Map<string, FolderFiles>();
  const close = (): void => {
    folders.forEach((folder) => folder.dispose());
    folders = new Map();
  };
  const open = (folder: WorkspaceFolder): void => {
    const files = new FolderFiles(server, folder);
    folders.set(folder.uri.toString(), files);
    void files.read();
  };
  const begin = (): void => {
    close();
    (workspace.workspaceFolders ?? []).filter(needed).forEach(open);
  };
  const parts = [
    server.client.onNotification(NEEDED, ({ folder, paths }: NeededParams) => folders.get(folder)?.needed(paths)),
    server.onRunning(begin),
    workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const { uri } of removed) {
        folders.get(uri.toString())?.dispose();
        folders.delete(uri.toString());
      }
      if (server.running) added.filter(needed).forEach(open);
    }),
    workspace.onDidSaveTextDocument(({ uri }) => {
      const folder = workspace.getWorkspaceFolder(uri);
      if (folder) folders.get(folder.uri.toString())?.changed(uri);
    }),
  ];
  return { dispose: () => (close(), parts.forEach((part) => part.dispose())) };
}

/** One workspace folder: what was sent of it, and what has to be sent next. */
class FolderFiles {
  private stopped = false;
  private bytes = 0;
  private timer: unknown;
  private walking: Promise<void> | undefined;
  private readonly pending = new Map<string, Uri>();
  /** folders of packages that the server wants, with a slash at their end */
  private readonly packages = new Set<string>();
  /** URIs of the files that the server knows of, to say which are gone with a folder */
  private readonly known = new Set<string>();
  private readonly watchers: readonly Disposable[];

  constructor(private readonly server: Server, private readonly folder: WorkspaceFolder) {
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '**/*'));
    const changed = (uri: Uri): void => this.changed(uri);
    this.watchers = [watcher, watcher.onDidCreate(changed), watcher.onDidChange(changed), watcher.onDidDelete(changed)];
  }

  dispose(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.watchers.forEach((watcher) => watcher.dispose());
  }

  /** Walks the whole folder and sends what the server wants of it. Never rejects. */
  async read(): Promise<void> {
    this.walking = this.readAll().catch((error: unknown) => {
      this.server.log.error(`Reading ${this.folder.name}: ${error instanceof Error ? error.message : String(error)}`);
    });
    await this.walking;
    this.walking = undefined;
    if (this.pending.size > 0) this.settle();
  }

  /** The server asks for files that it only knew by name, and for what a package holds (a slash at the end), which no walk enters. */
  needed(paths: readonly string[]): void {
    const packages = paths.filter((path) => path.endsWith('/'));
    for (const path of packages) this.packages.add(path);
    for (const path of paths) if (!path.endsWith('/')) this.pending.set(this.uriOf(path).toString(), this.uriOf(path));
    if (packages.length > 0 && !this.walking) void this.readPackages().catch((error: unknown) => this.server.log.error(`Reading packages: ${String(error)}`));
    if (this.pending.size > 0 && !this.walking) this.settle();
  }

  /** True for a package that the server named, what may be of its library, and the folders that it lies in. */
  private ofPackages(path: string): boolean {
    return [...this.packages].some((folder) => folder.startsWith(`${path}/`) || (path.startsWith(folder) && OF_LIBRARIES.test(path)));
  }

  /** What the server wants of the packages that it named. */
  private async readPackages(): Promise<void> {
    for (const path of this.packages) {
      const uri = this.uriOf(path.slice(0, -1));
      const there = await workspace.fs.stat(uri).then(() => true, () => false);
      const batches = there ? walk(uri, { batch: BATCH, stopped: () => this.stopped, wanted: (inner) => Promise.resolve(inner.map(() => true)), log: (message) => this.server.log.warn(`${this.folder.name}, ${path}: ${message}`) }) : undefined;
      for (let next = await batches?.next(); next && !next.done && !this.stopped; next = await batches?.next()) await this.offer(next.value.filter((inner) => OF_LIBRARIES.test(inner)).map((inner) => this.uriOf(`${path}${inner}`)), false);
    }
  }

  changed(uri: Uri): void {
    const path = this.pathOf(uri);
    if (path === undefined || path === '' || (neverEntered(path) && !this.ofPackages(path))) return;
    this.pending.set(uri.toString(), uri);
    if (!this.walking) this.settle();
  }

  private settle(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.sendChanges().catch((error: unknown) => this.server.log.error(`Reading changes: ${String(error)}`)), SETTLE_MS);
  }

  private async readAll(): Promise<void> {
    this.known.clear();
    this.bytes = 0;
    // First, because it says what is excluded.
    await this.offer([this.uriOf('.countersign.yaml')], false);
    const batches = walk(this.folder.uri, {
      batch: BATCH,
      stopped: () => this.stopped,
      wanted: (paths) => this.ask(WANTED_FOLDERS, paths),
      log: (message) => this.server.log.warn(`${this.folder.name}: ${message}`),
    });
    let partial = false;
    for (let next = await batches.next(); ; next = await batches.next()) {
      if (this.stopped) return;
      if (next.done) {
        partial = next.value.partial;
        break;
      }
      await this.offer(next.value.map((path) => this.uriOf(path)), true);
    }
    await this.readPackages();
    if (this.bytes > MAX_BYTES) this.server.log.warn(`${this.folder.name}: more than ${MAX_BYTES / 1e6} MB of files; the rest was left out.`);
    await this.send({ files: [], complete: true, ...(partial || this.bytes > MAX_BYTES ? { partial: true } : {}) });
  }

  /** Asks which of the files the server wants, reads those and sends them; the others are named. `present`: they are known to exist. */
  private async offer(uris: readonly Uri[], present: boolean): Promise<void> {
    const wanted = await this.ask(WANTED, uris.map((uri) => this.pathOf(uri) ?? ''));
    const toRead = uris.filter((_, index) => wanted[index]);
    let files: { uri: string; text: string | null }[] = [];
    let size = 0;
    const skipped: SkippedFile[] = [];
    await inParallel(toRead, async (uri) => {
      if (this.stopped) return;
      const key = uri.toString();
      const found = this.bytes > MAX_BYTES ? null : await readText(uri);
      if (found === null) {
        if (!present && this.bytes <= MAX_BYTES) files.push({ uri: key, text: null });
        return;
      }
      this.known.add(key);
      if ('reason' in found) {
        skipped.push({ uri: key, ...found });
        return;
      }
      files.push({ uri: key, text: found.text });
      size += found.text.length;
      this.bytes += found.text.length;
      if (size < BATCH_BYTES) return;
      const full = files;
      files = [];
      size = 0;
      await this.send({ files: full });
    });
    const listed = present ? uris.filter((_, index) => !wanted[index]) : [];
    listed.forEach((uri) => this.known.add(uri.toString()));
    if (files.length + listed.length + skipped.length === 0) return;
    await this.send({ files, listed: listed.map((uri) => this.pathOf(uri) ?? ''), ...(skipped.length > 0 ? { skipped } : {}) });
  }

  private async sendChanges(): Promise<void> {
    const uris = [...this.pending.values()];
    this.pending.clear();
    // What it excludes may be another now, so all is read again.
    if (uris.some((uri) => this.pathOf(uri) === '.countersign.yaml')) return this.read();
    const files: Uri[] = [];
    const gone: { uri: string; text: null }[] = [];
    let installed = false;
    await inParallel(uris, async (uri) => {
      const stat = await workspace.fs.stat(uri).then((found) => found, () => null);
      const directory = stat !== null && (stat.type & FileType.Directory) !== 0;
      if (stat !== null && !directory) files.push(uri);
      if (directory && neverEntered(this.pathOf(uri) ?? '')) installed = true;
      // A folder that came (by a move, say) is walked with all the rest; that is rare, and the server sees no difference.
      else if (directory && ![...this.known].some((key) => key.startsWith(`${uri.toString()}/`))) this.pending.set(this.folder.uri.toString(), this.folder.uri);
      if (stat === null) gone.push(...this.goneWith(uri.toString()));
    });
    if (this.stopped) return;
    if (this.pending.delete(this.folder.uri.toString())) return this.read();
    if (gone.length > 0) await this.send({ files: gone });
    if (installed) await this.readPackages();
    for (let at = 0; at < files.length; at += BATCH) await this.offer(files.slice(at, at + BATCH), true);
  }

  /** The file of this URI and all that lay in a folder of it, no longer known. */
  private goneWith(uri: string): { uri: string; text: null }[] {
    const all = [...this.known].filter((key) => key === uri || key.startsWith(`${uri}/`));
    all.forEach((key) => this.known.delete(key));
    return all.map((key) => ({ uri: key, text: null }));
  }

  /** Without an answer nothing is left out: a file more does no harm. */
  private async ask(method: string, paths: readonly string[]): Promise<WantedResult> {
    const answer = await this.server.ask<WantedResult>(method, { folder: this.folder.uri.toString(), paths });
    return answer ?? paths.map(() => method === WANTED_FOLDERS);
  }

  private send(params: Omit<FilesParams, 'folder'>): Promise<void> {
    return this.stopped ? Promise.resolve() : this.server.notify(FILES, { folder: this.folder.uri.toString(), ...params });
  }

  private uriOf(path: string): Uri {
    return this.folder.uri.with({ path: `${this.folder.uri.path.replace(/\/$/, '')}/${path}` });
  }

  private pathOf(uri: Uri): string | undefined {
    const root = `${this.folder.uri.path.replace(/\/$/, '')}/`;
    if (uri.scheme !== this.folder.uri.scheme || uri.authority !== this.folder.uri.authority) return undefined;
    return uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined;
  }
}
