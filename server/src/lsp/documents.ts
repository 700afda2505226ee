// The documents that are open in the client. Their text wins over the disk's; it is handed to the workspace when somebody asks, not at each key.
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { keyOf } from './uris';

export interface OpenDocument {
  readonly key: string;
  /** as the client writes it */
  readonly uri: string;
  readonly text: TextDocument;
  /** grows with each edit of any document: the newest is checked first */
  touched: number;
}

export interface Documents {
  open(uri: string, languageId: string, version: number, text: string): OpenDocument | null;
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): OpenDocument | null;
  close(uri: string): OpenDocument | null;
  get(key: string): OpenDocument | undefined;
  all(): Iterable<OpenDocument>;
  /** documents whose text the workspaces do not have yet */
  readonly pending: Set<OpenDocument>;
  /** how often any document was opened, changed or closed */
  readonly edits: number;
}

export function createDocuments(): Documents {
  const byKey = new Map<string, OpenDocument>();
  const pending = new Set<OpenDocument>();
  let edits = 0;
  const find = (uri: string): OpenDocument | undefined => {
    const key = keyOf(uri);
    return key === null ? undefined : byKey.get(key);
  };
  return {
    pending,
    get edits() {
      return edits;
    },
    open(uri, languageId, version, text) {
      const key = keyOf(uri);
      if (key === null) return null;
      const before = byKey.get(key);
      if (before) pending.delete(before);
      const document = { key, uri, text: TextDocument.create(uri, languageId, version, text), touched: ++edits };
      byKey.set(key, document);
      pending.add(document);
      return document;
    },
    change(uri, version, changes) {
      const document = find(uri);
      if (!document) return null;
      TextDocument.update(document.text, [...changes], version);
      document.touched = ++edits;
      pending.add(document);
      return document;
    },
    close(uri) {
      const document = find(uri);
      if (!document) return null;
      edits++;
      byKey.delete(document.key);
      pending.delete(document);
      return document;
    },
    get: (key) => byKey.get(key),
    all: () => byKey.values(),
  };
}
