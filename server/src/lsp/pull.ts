// Diagnostics that the client asks for, a file or the whole workspace; it is told to ask again when what it was told no longer holds.
import {
  DocumentDiagnosticReportKind, DocumentDiagnosticRequest, WorkspaceDiagnosticRequest, DiagnosticRefreshRequest,
  type CancellationToken, type Connection, type DocumentDiagnosticReport, type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { Checker } from './checker';
import type { Client } from './client';
import type { Documents } from './documents';
import type { Folder } from './folder';
import type { Folders } from './folders';
import { checkCancelled, Malformed, uriOf, type Guard } from './guard';
import type { Host } from './host';
import type { Outbox } from './outbox';
import type { Pause } from './pause';
import type { Reporter } from './push';
import { keyOf } from './uris';

interface PullOptions {
  readonly connection: Connection;
  readonly outbox: Outbox;
  readonly client: Client;
  readonly host: Host;
  readonly guard: Guard;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly checker: Checker;
  readonly pause: Pause;
  /** Begins to read what became needed by an edit. */
  followNeeded(folder: Folder): void;
  /** Resolves when the folder's results may be told. */
  settled(folder: Folder, token: CancellationToken, toTheEnd: boolean): Promise<void>;
}

/** milliseconds between two requests to ask again */
const PACE = 100;
/** reports in one part of the answer for the workspace */
const PART = 50;

export function createPull({ connection, outbox, client, host, guard, documents, folders, checker, pause, followNeeded, settled }: PullOptions): Reporter {
  /** what the client was told of each file */
  const told = new Map<string, { digest: string; version: number | null }>();
  let askedForAll = false;
  let outdated = false;
  let refreshing = false;

  const idOf = (key: string, digest: string): string => `${documents.get(key)?.text.version ?? ''}:${digest}`;
  const tell = (key: string, digest: string): string => {
    told.set(key, { digest, version: documents.get(key)?.text.version ?? null });
    return idOf(key, digest);
  };

  function refresh(): void {
    if (!client.refreshesDiagnostics || refreshing || !outdated) return;
    outdated = false;
    refreshing = true;
    const done = (): void => {
      host.timer.after(PACE, () => {
        refreshing = false;
        refresh();
      });
    };
    void outbox.ask(DiagnosticRefreshRequest.method).then(done);
  }

  async function document(params: unknown, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const uri = uriOf(params);
    const previous = (params as { previousResultId?: unknown }).previousResultId;
    folders.flush();
    let at = folders.locate(uri);
    if (at) followNeeded(at.folder);
    if (at) await settled(at.folder, token, !client.refreshesDiagnostics);
    checkCancelled(token);
    folders.flush();
    at = folders.locate(uri);
    const key = keyOf(uri);
    if (!at || key === null) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const { diagnostics, after } = checker.check(at.folder, at.path);
    const resultId = tell(key, after?.digest ?? '');
    checker.wake();
    if (previous === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
  }

  async function workspace(params: { previousResultIds?: unknown; partialResultToken?: string | number }, token: CancellationToken): Promise<{ items: WorkspaceDocumentDiagnosticReport[] }> {
    const previous = previousIds(params?.previousResultIds);
    for (const folder of folders.all()) await settled(folder, token, true);
    await checker.idle();
    checkCancelled(token);
    let items: WorkspaceDocumentDiagnosticReport[] = [];
    const partial = params.partialResultToken;
    const give = (): void => {
      if (partial === undefined || items.length === 0) return;
      outbox.part(partial, { items });
      items = [];
    };
    const seen = new Set<string>();
    for (const folder of folders.all()) {
      for (const path of folder.results.paths()) {
        await pause.ifDue();
        checkCancelled(token);
        if (folder.removed || !folder.has(path)) continue;
        const key = folder.keyOf(path);
        seen.add(key);
        const digest = folder.dirty.has(path) ? null : (folder.results.get(path)?.digest ?? null);
        const before = previous.get(key);
        // nothing to say of a clean file that the client does not know
        if (digest === '' && !before) continue;
        const uri = folder.uriOf(path);
        if (digest !== null && before?.id === idOf(key, digest)) {
          const resultId = tell(key, digest);
          items.push({ kind: DocumentDiagnosticReportKind.Unchanged, uri: before.uri, version: documents.get(key)?.text.version ?? null, resultId });
        } else {
          folders.flush();
          const { diagnostics, after } = checker.check(folder, path);
          const resultId = tell(key, after?.digest ?? '');
          items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: documents.get(key)?.text.version ?? null, resultId, items: [...diagnostics] });
        }
        if (items.length >= PART) give();
      }
    }
    for (const [key, { uri }] of previous) {
      if (seen.has(key)) continue;
      told.delete(key);
      items.push({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] });
    }
    give();
    askedForAll = true;
    return { items };
  }

  connection.onRequest(DocumentDiagnosticRequest.type, guard.request('textDocument/diagnostic', document));
  connection.onRequest(WorkspaceDiagnosticRequest.type, guard.request('workspace/diagnostic', workspace));

  return {
    checked({ folder, path, after }) {
      const key = folder.keyOf(path);
      if (folders.locate(folder.uriOf(path))?.folder !== folder) return;
      const version = documents.get(key)?.text.version ?? null;
      const last = told.get(key);
      // of what was just edited the client asks by itself
      if (last ? last.digest === (after?.digest ?? '') || (version !== null && last.version !== version) : !askedForAll || !after?.digest || version !== null) return;
      outdated = true;
    },
    idle: refresh,
    foldersChanged() {
      for (const key of [...told.keys()]) if (!folders.all().some((folder) => folder.key !== '' && key.startsWith(`${folder.key}/`))) outdated = told.delete(key) || outdated;
      refresh();
    },
    closed(uri) {
      const key = keyOf(uri);
      if (key === null) return;
      const last = told.get(key);
      if (last) told.set(key, { ...last, version: null });
    },
  };
}

function previousIds(list: unknown): Map<string, { uri: string; id: string }> {
  const ids = new Map<string, { uri: string; id: string }>();
  if (list === undefined || list === null) return ids;
  if (!Array.isArray(list)) throw new Malformed('`previousResultIds` must be a list');
  for (const entry of list as readonly { uri?: unknown; value?: unknown }[]) {
    const key = typeof entry?.uri === 'string' ? keyOf(entry.uri) : null;
    if (key !== null && typeof entry.uri === 'string' && typeof entry.value === 'string') ids.set(key, { uri: entry.uri, id: entry.value });
  }
  return ids;
}
