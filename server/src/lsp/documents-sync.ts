// Opening, editing and closing: the open text wins over the disk's, and closing gives the disk's back.
import { DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, type Connection } from 'vscode-languageserver';
import type { ClientFiles } from './client-files';
import type { DiskReader } from './disk';
import type { Documents } from './documents';
import type { Folders } from './folders';
import { describe, Malformed, rangeOf, uriOf, type Guard } from './guard';
import type { Reporter } from './push';
import type { Readiness } from './readiness';

interface SyncOptions {
  readonly connection: Connection;
  readonly guard: Guard;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly disk: DiskReader;
  readonly clientFiles: ClientFiles;
  readonly readiness: Readiness;
  readonly reporter: Reporter;
  log(message: string): void;
  changed(): void;
}

export function syncDocuments({ connection, guard, documents, folders, disk, clientFiles, readiness, reporter, log, changed }: SyncOptions): void {
  connection.onNotification(
    DidOpenTextDocumentNotification.type,
    guard.notification('textDocument/didOpen', (params) => {
      const uri = uriOf(params);
      const { languageId, version, text } = params.textDocument;
      if (typeof text !== 'string') throw new Malformed('`textDocument.text` must be a text');
      const at = folders.locate(uri);
      if (at?.folder.source === 'client') clientFiles.cover(at.folder, at.path);
      // what was wrong with the bytes on the disk is not wrong with the text in the editor
      at?.folder.skipped.delete(at.path);
      at?.folder.damaged.delete(at.path);
      documents.open(uri, String(languageId), typeof version === 'number' ? version : 0, text);
      changed();
    }),
  );
  connection.onNotification(
    DidChangeTextDocumentNotification.type,
    guard.notification('textDocument/didChange', (params) => {
      const uri = uriOf(params);
      const { contentChanges } = params;
      if (!Array.isArray(contentChanges)) throw new Malformed('`contentChanges` must be a list');
      for (const change of contentChanges) {
        if (typeof change?.text !== 'string') throw new Malformed('each of `contentChanges` must hold a `text`');
        if ('range' in change && change.range !== undefined) rangeOf(change.range);
      }
      const version = params.textDocument.version;
      const known = documents.change(uri, typeof version === 'number' ? version : 0, contentChanges);
      if (!known) log(`textDocument/didChange was ignored: ${uri} is not open`);
      changed();
    }),
  );
  connection.onNotification(
    DidCloseTextDocumentNotification.type,
    guard.notification('textDocument/didClose', (params) => {
      const uri = uriOf(params);
      const at = folders.locate(uri);
      if (!documents.close(uri) || !at) return;
      const { folder, path } = at;
      reporter.closed(uri);
      folder.dirty.add(path);
      if (folder.source === 'none') folder.apply({ files: [[path, null]] });
      else if (folder.source === 'client') clientFiles.restore(folder, path);
      else readiness.reading(disk.load(folder, [path]).catch((error: unknown) => log(`Reading ${uri} failed: ${describe(error)}`)));
      changed();
    }),
  );
}
