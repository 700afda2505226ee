// Where the repository of a submodule lies, if it has the commit that a revision names.
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { git } from './run';

/**
 * `folder`: of the repository around it, or within it; `at`: where the submodule stands in that folder, `from` as seen from the repository's root.
 * Only what the repository keeps itself is read: a `.git` that points elsewhere does not count.
 */
export async function moduleRepository(folder: string, at: string, from: string, commit: string): Promise<string | null> {
  const kept = await answer(folder, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
  if (kept === null) return null;
  const modules = path.join(await real(kept), 'modules');
  const worktree = path.join(folder, at);
  for (const place of [worktree, path.join(modules, from)]) {
    const own = await answer(place, ['rev-parse', '--absolute-git-dir']);
    if (own === null) continue;
    const gitFolder = await real(own);
    const isKept = isWithin(gitFolder, modules) || gitFolder === path.join(await real(worktree), '.git');
    if (isKept && (await answer(place, ['cat-file', '-t', commit])) === 'commit') return place;
  }
  return null;
}

/** The first line that git says in a folder; null where the folder is not there or git has nothing to say. */
async function answer(folder: string, words: readonly string[]): Promise<string | null> {
  const result = await git(folder, words);
  return 'failed' in result || result.code !== 0 ? null : (result.stdout.toString('utf8').split('\n')[0] ?? null);
}

const real = (file: string): Promise<string> => realpath(file).catch(() => file);
const isWithin = (file: string, folder: string): boolean => file.startsWith(`${folder}${path.sep}`);
