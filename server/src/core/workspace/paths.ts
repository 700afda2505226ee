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
