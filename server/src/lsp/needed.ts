// Files whose text counts although nothing about themselves says so: those that the configuration extends and that manifests govern.
import { worthKeeping } from '../core/workspace';
import type { Folder } from './folder';

/** What is to be read now, each file once until it is needed anew, so that what cannot be read is not tried over and over. Lets go of what nobody needs any more. */
export function nextNeeded(folder: Folder): string[] {
  const { workspace, borrowed, asked } = folder;
  for (const path of borrowed) {
    if (workspace.needs(path)) continue;
    borrowed.delete(path);
    const text = workspace.text(path);
    if (text !== null && !worthKeeping(path, text) && !folder.isOpen(path)) folder.apply({ files: [[path, null]], listed: [[path, true]] });
  }
  for (const path of asked) if (!workspace.needs(path)) asked.delete(path);
  const next = workspace.lacking().filter((path) => !asked.has(path));
  for (const path of next) asked.add(path);
  return next;
}
