// Paths written in documents, as paths of the workspace. They come from anybody, so none leaves the folder.

/** The path from the workspace folder, or null for one that is absolute, an address, or leads outside. `relative`: it begins at the file's folder. */
export function resolvePath(from: string, written: string, relative: boolean): string | null {
  if (/^([a-z][a-z0-9+.-]*:|[/\\]|~)/i.test(written) || written.includes('\0')) return null;
  const parts = relative ? from.split('/').slice(0, -1) : [];
  for (const part of written.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** the most steps out of the folder */
const MAX_UP = 10;

/** The path of what lies outside the workspace folder, as seen from there: it begins with `../`, or is `..` (and more of them). Null for what stays inside, is absolute, or is an address. */
export function resolveOutside(from: string, written: string): string | null {
  if (/^([a-z][a-z0-9+.-]*:|[/\\]|~)/i.test(written) || written.includes('\0')) return null;
  const parts = from.split('/').slice(0, -1);
  let up = 0;
  for (const part of written.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) up++;
  }
  return up === 0 || up > MAX_UP ? null : [...Array<string>(up).fill('..'), ...parts].join('/');
}

/** True for files of packages and of other folders, which are there for their snippets alone. */
export const isElsewhere = (path: string): boolean => path.startsWith('node_modules/') || path.startsWith('../');
