// Paths written in documents, as paths of the workspace.

/** The path from the workspace folder, `folder` being where `written` begins; null for what is absolute, an address, or leads outside. */
export function workspacePath(folder: string, written: string): string | null {
  if (/^([a-z][a-z0-9+.-]*:|[/\\]|~)/i.test(written) || written.includes('\0')) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of written.split(/[/\\]/)) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
