// Pieces of a workspace path, which always has forward slashes.

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const folders = (path: string): string[] => path.split('/').slice(0, -1);

/** True when the path is `tail`, or ends with it below any folder. */
export const endsWithPath = (path: string, tail: string): boolean => path === tail || path.endsWith(`/${tail}`);

/** The path that is written in a file, from the file's folder; null for an address, an absolute path, and what leads out of the workspace. */
export function resolveBeside(path: string, written: string): string | null {
  if (/^(?:[a-z][a-z0-9+.-]*:|[/\\]|~)/i.test(written) || written.includes('\0')) return null;
  const parts = folders(path);
  for (const part of written.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
