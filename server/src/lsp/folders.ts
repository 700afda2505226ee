// The workspace folders, and one more for open documents that lie in none. A file belongs to the deepest folder that holds it.
import type { Documents, OpenDocument } from './documents';
import { createFolder, type Folder } from './folder';
import type { Host } from './host';
import { folderKey, keyOf, loosePath, pathWithin, withoutSlash } from './uris';

export interface Located {
  readonly folder: Folder;
  readonly path: string;
}

export interface Folders {
  all(): readonly Folder[];
  /** Where a file belongs, open or not; null for what is nothing of ours. */
  locate(uri: string): Located | null;
  /** The folder that the client names. */
  named(uri: string): Folder | null;
  /** True when the path lies in a folder within the folder. */
  inDeeper(folder: Folder, path: string): boolean;
  /** Adds and removes folders and moves the open documents to where they belong now. Gives what was added and removed. */
  change(added: readonly string[], removed: readonly string[]): { added: Folder[]; removed: Folder[]; uncovered: { folder: Folder; prefix: string }[] };
  /** Gives the workspaces the texts that were edited since the last time. */
  flush(): void;
}

interface FoldersOptions {
  readonly host: Host;
  readonly documents: Documents;
  readonly clientFiles: boolean;
  /** packages that a folder's settings name may be read */
  readonly trusted: boolean;
  fault(where: string, error: unknown): void;
}

export function createFolders({ host, documents, clientFiles, trusted, fault }: FoldersOptions): Folders {
  /** the deepest first */
  let folders: Folder[] = [];
  const create = (key: string, uri: string, source: Folder['source']): Folder => {
    const folder = createFolder({
      key, uri, source, fault,
      openUri(path) {
        if (source !== 'none') return documents.get(`${key}/${path}`)?.uri ?? null;
        for (const document of documents.all()) if (loosePath(document.uri, document.text.languageId) === path) return document.uri;
        return null;
      },
    });
    folder.apply({ now: host.now(), packages: trusted });
    return folder;
  };
  const loose = create('', '', 'none');

  function locateKey(key: string, uri: string): Located | null {
    for (const folder of folders) {
      const path = pathWithin(folder.key, key);
      if (path !== null) return { folder, path };
    }
    const path = loosePath(uri, documents.get(key)?.text.languageId);
    return path === null ? null : { folder: loose, path };
  }

  const locate = (uri: string): Located | null => {
    const key = keyOf(uri);
    return key === null ? null : locateKey(key, uri);
  };

  function place(document: OpenDocument): void {
    const at = locateKey(document.key, document.uri);
    at?.folder.apply({ files: [[at.path, document.text.getText()]], now: host.now() });
    // a new version is looked at even if its text is what it was
    at?.folder.dirty.add(at.path);
  }

  const api: Folders = {
    all: () => [...folders, loose],
    locate,
    named(uri) {
      const key = folderKey(uri);
      return folders.find((folder) => folder.key === key) ?? null;
    },
    inDeeper: (folder, path) => folders.some((other) => other.key.length > folder.key.length && other.key.startsWith(`${folder.key}/`) && (`${folder.key}/${path}/`).startsWith(`${other.key}/`)),
    change(addedUris, removedUris) {
      api.flush();
      const homes = new Map([...documents.all()].map((document) => [document, locateKey(document.key, document.uri)]));
      const gone = new Set(removedUris.map(folderKey));
      const removed = folders.filter((folder) => gone.has(folder.key));
      folders = folders.filter((folder) => !gone.has(folder.key));
      const added: Folder[] = [];
      for (const given of addedUris) {
        const key = folderKey(given);
        if (key === null || folders.some((folder) => folder.key === key)) continue;
        const uri = key.endsWith('/') ? given : withoutSlash(given);
        const folder = create(key, uri, clientFiles || !host.disk?.reads(uri) ? 'client' : 'disk');
        added.push(folder);
        folders.push(folder);
      }
      folders.sort((a, b) => b.key.length - a.key.length);
      for (const folder of removed) folder.removed = true;
      // what now lies in a deeper folder leaves the one around it
      for (const folder of added.length > 0 ? folders : []) {
        const covered = [...folder.workspace.known()].filter((path) => api.inDeeper(folder, path));
        folder.apply({ files: covered.map((path) => [path, null]), listed: covered.map((path) => [path, false]) });
      }
      for (const [document, before] of homes) {
        const after = locateKey(document.key, document.uri);
        if (after?.folder === before?.folder) continue;
        if (before && !before.folder.removed) before.folder.apply({ files: [[before.path, null]] });
        place(document);
      }
      const uncovered = removed.flatMap((inner) => {
        const folder = folders.find((outer) => inner.key.startsWith(`${outer.key}/`));
        return folder ? [{ folder, prefix: inner.key.slice(folder.key.length + 1) }] : [];
      });
      return { added, removed, uncovered };
    },
    flush() {
      if (documents.pending.size === 0) return;
      const pending = [...documents.pending];
      documents.pending.clear();
      pending.forEach(place);
    },
  };
  return api;
}
