// A workspace in memory and the streams of a run, for tests of the whole command line.
import path from 'node:path';
import { main } from '../../server/src/cli';
import type { Host, Io, ListedFile, Skipped } from '../../server/src/cli';

export const ROOT = path.resolve('/w');

/** Files by absolute path; a value that is not a text is why it was skipped. `revisions`: files of the workspace by the name of a revision. */
export function memoryHost(files: Readonly<Record<string, string | Omit<Skipped, 'path'>>>, stdin = '', revisions: Readonly<Record<string, Readonly<Record<string, string>>>> = {}): Host {
  const absolute = new Map(Object.entries(files).map(([name, text]) => [path.resolve(ROOT, name), text]));
  const relative = (root: string, file: string): string => path.relative(root, file).split(path.sep).join('/');
  return {
    async *list(root, prune): AsyncIterable<ListedFile | Skipped> {
      for (const file of absolute.keys()) {
        const parts = relative(root, file).split('/');
        if (file.startsWith(root + path.sep) && !parts.some((part, at) => part === '.git' || part === 'node_modules' || prune(parts.slice(0, at + 1).join('/')))) yield { path: parts.join('/') };
      }
    },
    read(root, file) {
      const found = absolute.get(path.join(root, file));
      if (found === undefined) return Promise.resolve({ path: file, reason: 'unreadable', why: 'it cannot be read (no such file)' });
      return Promise.resolve(typeof found === 'string' ? { text: found } : { path: file, ...found });
    },
    kind(file) {
      if (absolute.has(file)) return Promise.resolve('file');
      return Promise.resolve([...absolute.keys()].some((known) => known.startsWith(file.endsWith(path.sep) ? file : file + path.sep)) ? 'folder' : null);
    },
    real: (file) => Promise.resolve(file),
    async *input(file) {
      const text = file === null ? stdin : absolute.get(file);
      if (typeof text !== 'string') throw new Error('not there');
      // in pieces that break lines and words
      for (let at = 0; at < text.length; at += 7) yield text.slice(at, at + 7);
    },
    write(root, file, text) {
      absolute.set(path.join(root, file), text);
      return Promise.resolve();
    },
    now: () => Date.UTC(2026, 10, 22, 10),
    serve: () => Promise.resolve(0),
    revisionsWith: () => Promise.resolve([]),
    revision(_, name) {
      const texts = Object.hasOwn(revisions, name) ? revisions[name] : undefined;
      if (!texts) return Promise.resolve({ why: 'is neither a folder nor a revision of this repository' });
      const { list, read, kind, now } = memoryHost(texts);
      return Promise.resolve({ files: { now, list: (__, prune) => list(ROOT, prune), read: (__, file) => read(ROOT, file), kind: (file) => kind(path.join(ROOT, file)) } });
    },
  };
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line; a text is split into arguments at blanks. */
export async function run(command: string | readonly string[], host: Host, io: Partial<Io> = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await main(typeof command !== 'string' ? command : command === '' ? [] : command.split(' '), {
    stdout: { write: (text) => void (out += text) },
    stderr: { write: (text) => void (err += text) },
    cwd: ROOT, env: {}, isTTY: false, isErrorTTY: false, columns: 80, ...io,
  }, host, '1.2.3');
  return { code, out, err };
}
