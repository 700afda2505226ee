// A file system in memory and real timers: the host of a server under test.
import type { Disk, Host, ReadFile, Skipped } from '../../server/src/lsp';

export interface MemoryHost extends Host {
  /** by URI: a text, or why it cannot be read */
  readonly files: Map<string, string | Skipped>;
  /** how many files were read */
  reads: number;
  /** set to hold reads back until it resolves */
  hold: Promise<void> | null;
  clock: number;
}

export function memoryHost(files: Readonly<Record<string, string>> = {}, withDisk = true): MemoryHost {
  const map = new Map<string, string | Skipped>(Object.entries(files));
  // as a file system does
  const plain = (uri: string): string => {
    for (let at = uri; ; ) {
      const next = at.replace(/\/[^/]+\/\.\.(?=\/|$)/, '');
      if (next === at) return at;
      at = next;
    }
  };
  const within = (named: string): string[] => {
    const folder = plain(named);
    return [...map.keys()].filter((uri) => uri.startsWith(`${folder}/`)).map((uri) => uri.slice(folder.length + 1));
  };
  const disk: Disk = {
    reads: (folder) => folder.startsWith('file:'),
    async *list(folder, prune) {
      for (const path of within(folder)) {
        const parts = path.split('/');
        if (!parts.some((_, index) => prune(parts.slice(0, index + 1).join('/')))) yield { path };
      }
    },
    async read(folder, path): Promise<ReadFile | Skipped> {
      host.reads++;
      const found = map.get(plain(`${folder}/${path}`));
      await host.hold;
      if (found === undefined) return { path, reason: 'unreadable', why: 'it cannot be read (no such file)', gone: true };
      return typeof found === 'string' ? { text: found } : found;
    },
    async kind(folder, path) {
      if (map.has(plain(`${folder}/${path}`))) return 'file';
      return within(`${folder}/${path}`).length > 0 ? 'folder' : null;
    },
  };
  const host: MemoryHost = {
    files: map,
    reads: 0,
    hold: null,
    clock: Date.UTC(2026, 10, 22),
    disk: withDisk ? disk : null,
    timer: {
      soon: (run) => void setImmediate(run),
      after(milliseconds, run) {
        const timer = setTimeout(run, milliseconds);
        timer.unref();
        return () => clearTimeout(timer);
      },
    },
    // the date stands still, the pace does not
    now: () => host.clock + performance.now(),
  };
  return host;
}
