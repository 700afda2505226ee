// The machine as the language server needs it: folders by URI, timers that do not keep the process alive.
import { URI, Utils } from 'vscode-uri';
import type { Disk, Host } from '../lsp';
import { loadCedar } from './cedar';
import { nodeHost } from './host';

/** A drive without its slash would be the current folder of the drive. */
const rootOf = (folder: string): string => URI.parse(folder).fsPath.replace(/^[A-Za-z]:$/, '$&\\');

const files = nodeHost();

const disk: Disk = {
  reads: (folder) => URI.parse(folder).scheme === 'file',
  list: (folder, prune) => files.list(rootOf(folder), prune),
  read: (folder, path) => files.read(rootOf(folder), path),
  kind: (folder, path) => files.kind(Utils.joinPath(URI.parse(folder), path).fsPath),
};

export const lspHost: Host = {
  disk,
  timer: {
    soon: (run) => void setImmediate(run),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      timer.unref();
      return () => clearTimeout(timer);
    },
  },
  now: () => Date.now(),
  cedar: loadCedar,
};
