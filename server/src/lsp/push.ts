// Diagnostics sent to clients that do not ask for them: with the version that they speak of, and only where something is new.
import { PublishDiagnosticsNotification, type PublishDiagnosticsParams } from 'vscode-languageserver';
import type { Checked } from './checker';
import type { Documents } from './documents';
import type { Folders } from './folders';
import type { Outbox } from './outbox';

export interface Reporter {
  /** A file was checked. */
  checked(checked: Checked): void;
  /** Nothing more is waiting to be checked. */
  idle(): void;
  /** Folders came or went: what the client was told may speak of files that are nobody's now. */
  foldersChanged(): void;
  closed(uri: string): void;
}

interface Sent {
  readonly uri: string;
  readonly digest: string;
  readonly version: number | null;
}

export function createPush(outbox: Outbox, documents: Documents, folders: Folders): Reporter {
  const send = (params: PublishDiagnosticsParams): void => outbox.notify(PublishDiagnosticsNotification.method, params);
  const sent = new Map<string, Sent>();
  const clear = (key: string): void => {
    const last = sent.get(key);
    sent.delete(key);
    if (last && last.digest !== '') send({ uri: last.uri, diagnostics: [] });
  };
  return {
    checked({ folder, path, after, diagnostics }) {
      const uri = folder.uriOf(path);
      const key = folder.keyOf(path);
      // the file has moved to another folder, which speaks for it
      if (folders.locate(uri)?.folder !== folder) return;
      if (!after) return clear(key);
      const version = documents.get(key)?.text.version ?? null;
      const last = sent.get(key);
      if (after.digest === (last?.digest ?? '') && (version === null || version === last?.version)) return;
      sent.set(key, { uri, digest: after.digest, version });
      send(version === null ? { uri, diagnostics: [...diagnostics] } : { uri, version, diagnostics: [...diagnostics] });
    },
    idle() {},
    foldersChanged() {
      for (const [key, { uri }] of [...sent]) {
        const home = folders.locate(uri);
        if (!home?.folder.has(home.path)) clear(key);
      }
    },
    closed() {},
  };
}
