// Which folder is the workspace, and what of it the given paths mean.
import path from 'node:path';
import type { Host } from './host';
import { UsageError } from './io';

const MARKS = ['.countersign.yaml', '.git'];

/** The folder given, else the nearest ancestor of `cwd` with a mark of a workspace, else `cwd`. */
export async function findWorkspace(host: Host, cwd: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    const folder = path.resolve(cwd, given);
    const kind = await host.kind(folder);
    if (kind !== 'folder') throw new UsageError(kind === 'file' ? `the workspace \`${given}\` is a file; name a folder` : `the workspace \`${given}\` is not there or cannot be read`);
    return folder;
  }
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    for (const mark of MARKS) if ((await host.kind(path.join(folder, mark))) !== null) return folder;
    if (path.dirname(folder) === folder) break;
  }
  if ((await host.kind(cwd)) !== 'folder') throw new UsageError('the current folder cannot be read');
  return path.resolve(cwd);
}

/** The real folder for one outside the workspace where it lies in one of the folders that are given; links that lead out of them lead nowhere. */
export async function openBeside(host: Host, cwd: string, root: string, given: readonly string[]): Promise<(folder: string) => Promise<string | null>> {
  const open: string[] = [];
  for (const one of given) {
    const folder = path.resolve(cwd, one);
    const kind = await host.kind(folder);
    if (kind !== 'folder') throw new UsageError(kind === 'file' ? `\`--folder ${one}\` is a file; name a folder` : `the folder \`${one}\` is not there or cannot be read`);
    open.push(await host.real(folder));
  }
  return async (folder) => {
    const real = await host.real(path.resolve(root, folder));
    return open.some((one) => within(one, real) !== null) && (await host.kind(real)) === 'folder' ? real : null;
  };
}

/** True for the files that the given paths name (files, or folders with all in them); without any, for all. A path that is missing or outside is wrong use. */
export async function pathFilter(host: Host, root: string, cwd: string, paths: readonly string[]): Promise<(file: string) => boolean> {
  if (paths.length === 0) return () => true;
  const { files, folders } = await namedPaths(host, root, cwd, paths);
  return (file) => files.has(file) || folders.some((folder) => file.startsWith(folder));
}

/** The given paths within the workspace: files, and folders with a slash at the end (`''` for the workspace itself). */
export async function namedPaths(host: Host, root: string, cwd: string, paths: readonly string[]): Promise<{ readonly files: ReadonlySet<string>; readonly folders: readonly string[] }> {
  const files = new Set<string>();
  const folders: string[] = [];
  for (const given of paths) {
    const absolute = path.resolve(cwd, given);
    // links count as they are written; but the folder itself may be named by two paths
    const relative = within(root, absolute) ?? within(await host.real(root), await host.real(absolute));
    if (relative === null) throw new UsageError(`\`${given}\` lies outside the workspace ${root}`);
    const kind = await host.kind(absolute);
    if (kind === null) throw new UsageError(`\`${given}\` is not there or cannot be read`);
    if (kind === 'folder') folders.push(relative === '' ? '' : `${relative}/`);
    else files.add(relative);
  }
  return { files, folders };
}

function within(root: string, absolute: string): string | null {
  const relative = path.relative(root, absolute).split(path.sep).join('/');
  return relative === '..' || relative.startsWith('../') || path.isAbsolute(relative) ? null : relative;
}
