// Files that the client reads for the server, where only it can: it asks what is wanted, sends that, and says when a walk is complete.
import type { Connection } from 'vscode-languageserver';
import { FILES, WANTED, WANTED_FOLDERS, type FilesParams, type WantedParams, type WantedResult } from '../protocol';
import type { Configuration } from './configuration';
import { take } from './disk';
import type { Documents } from './documents';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { Malformed, type Guard } from './guard';
import type { ReadFile, Skipped } from './host';
import { isLeftOut, wanted } from './interest';
import type { Pause } from './pause';
import type { Readiness } from './readiness';

export interface ClientFiles {
  /** Keeps the text that the client sent, for as long as the document's own wins. */
  cover(folder: Folder, path: string): void;
  /** Gives a file back the text that the client sent last, when its document is closed. */
  restore(folder: Folder, path: string): void;
}

interface ClientFilesOptions {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly folders: Folders;
  readonly documents: Documents;
  readonly configuration: Configuration;
  readonly pause: Pause;
  readonly readiness: Readiness;
  changed(): void;
}

export function acceptFiles({ connection, guard, folders, documents, configuration, pause, readiness, changed }: ClientFilesOptions): ClientFiles {
  /** what was sent of files that are open, whose own text wins for now */
  const covered = new WeakMap<Folder, Map<string, ReadFile | Skipped>>();
  /** what was named since the last walk was complete */
  const namedOf = new WeakMap<Folder, Set<string>>();
  let queue: Promise<void> = Promise.resolve();

  const folderOf = (params: { folder?: unknown } | null | undefined): Folder | null => {
    if (typeof params?.folder !== 'string') throw new Malformed('`folder` must be a URI');
    return folders.named(params.folder);
  };

  const coveredOf = (folder: Folder): Map<string, ReadFile | Skipped> => {
    let files = covered.get(folder);
    if (!files) covered.set(folder, (files = new Map()));
    return files;
  };
  const gone = (path: string): Skipped => ({ path, reason: 'unreadable', why: 'it vanished', gone: true });

  function give(folder: Folder, path: string, read: ReadFile | Skipped): void {
    if (documents.get(folder.keyOf(path))) coveredOf(folder).set(path, read);
    else take(folder, path, read);
  }

  async function accept(folder: Folder, params: FilesParams): Promise<void> {
    let named = namedOf.get(folder);
    if (!named) namedOf.set(folder, (named = new Set()));
    const pathOf = (uri: unknown): string | null => {
      const at = typeof uri === 'string' ? folders.locate(uri) : null;
      return at?.folder === folder ? at.path : null;
    };
    for (const file of listOf(params.files)) {
      const path = pathOf(file.uri);
      if (path === null) continue;
      if (typeof file.text === 'string') {
        named.add(path);
        give(folder, path, { text: file.text });
      } else {
        named.delete(path);
        give(folder, path, gone(path));
      }
      await pause.ifDue();
    }
    for (const { uri, reason, why } of listOf(params.skipped)) {
      const path = pathOf(uri);
      if (path === null || typeof why !== 'string') continue;
      named.add(path);
      give(folder, path, { path, reason, why });
    }
    const listed = listOf(params.listed).filter((path) => typeof path === 'string' && !folders.inDeeper(folder, path));
    for (const path of listed) named.add(path);
    folder.apply({ listed: listed.map((path) => [path, true]) });
    if (params.complete) complete(folder, named, params.partial === true);
    changed();
  }

  function complete(folder: Folder, named: ReadonlySet<string>, partial: boolean): void {
    namedOf.delete(folder);
    configuration.incomplete(folder, partial);
    folder.asked.clear();
    if (!partial) {
      for (const path of [...folder.workspace.known()]) if (!named.has(path) && !path.startsWith('..')) give(folder, path, gone(path));
      for (const path of [...folder.skipped.keys()]) {
        if (named.has(path)) continue;
        folder.skipped.delete(path);
        folder.dirty.add(path);
      }
    }
    folder.finishReading();
  }

  connection.onNotification(
    FILES,
    guard.notification(FILES, (params: FilesParams) => {
      const folder = folderOf(params);
      if (!folder || folder.source !== 'client') return;
      // one batch after the other, in the order in which they came
      queue = queue.then(() => (folder.removed ? undefined : guard.notification(FILES, () => accept(folder, params))(params)));
      readiness.reading(queue);
    }),
  );
  const answer = (say: (folder: Folder, path: string) => boolean) => (params: WantedParams): WantedResult => {
    const folder = folderOf(params);
    if (!Array.isArray(params.paths)) throw new Malformed('`paths` must be a list');
    folders.flush();
    return params.paths.map((path) => folder !== null && typeof path === 'string' && !isLeftOut(folder, path) && !folders.inDeeper(folder, path) && say(folder, path));
  };
  connection.onRequest(WANTED, guard.request(WANTED, answer(wanted)));
  connection.onRequest(WANTED_FOLDERS, guard.request(WANTED_FOLDERS, answer(() => true)));

  return {
    cover(folder, path) {
      const files = coveredOf(folder);
      if (files.has(path)) return;
      const text = folder.workspace.text(path);
      const skipped = folder.skipped.get(path);
      files.set(path, text === null ? (skipped ?? gone(path)) : { text });
      folder.skipped.delete(path);
    },
    restore(folder, path) {
      const files = coveredOf(folder);
      const read = files.get(path);
      files.delete(path);
      if (read) take(folder, path, read);
    },
  };
}

const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? list.filter((entry) => entry !== null && entry !== undefined) : []);
