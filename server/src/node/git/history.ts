// The commits in which a text came into a file, read from an installed git.
import { realpath } from 'node:fs/promises';
import { git } from './run';

const MAX_COMMITS = 50;

/** The oldest first; none where there is no git, no repository, or no such commit. Nothing of the repository is run, neither converters nor external comparisons. */
export async function revisionsWith(root: string, path: string, text: string): Promise<readonly string[]> {
  const folder = await realpath(root).catch(() => root);
  const found = await git(folder, ['--literal-pathspecs', 'log', `--max-count=${MAX_COMMITS}`, '--format=%H', '--no-ext-diff', '--no-textconv', '--no-show-signature', '--follow', `-S${text}`, '--', path]);
  if ('failed' in found || found.code !== 0) return [];
  return found.stdout.toString('utf8').split('\n').filter((line) => /^[0-9a-f]{40,64}$/.test(line)).reverse();
}
