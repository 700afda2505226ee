// The files of a revision, as `git ls-tree` names them: what they are, where their content lies, and where links lead.
export interface Entry {
  readonly path: string;
  /** `module`: a repository of its own, of which the tree names a commit */
  readonly kind: 'file' | 'link' | 'module';
  readonly object: string;
  /** bytes */
  readonly size: number;
  /** the repository that holds the content, where it is another than that of the tree */
  readonly repository?: string;
}

/** Folders that are never read, on the disk or in a revision. */
const NEVER_ENTERED = new Set(['.git', 'node_modules']);

/** Reads `ls-tree -r -l -z`: `<mode> <type> <object> <size>\t<path>\0`. */
export function parseTree(listing: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (const line of listing.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const [mode = '', type = '', object = '', size = ''] = line.slice(0, tab).split(/ +/);
    const path = line.slice(tab + 1);
    if (path.split('/').some((part) => NEVER_ENTERED.has(part))) continue;
    const kind = type !== 'blob' ? 'module' : mode === '120000' ? 'link' : 'file';
    entries.push({ path, kind, object, size: Number.parseInt(size, 10) || 0 });
  }
  return entries;
}

/** Where a link leads, from the root of the tree; null for what leaves it. */
export function linkTarget(path: string, written: string): string | null {
  if (written.startsWith('/') || written.includes('\0')) return null;
  const parts = path.split('/').slice(0, -1);
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
