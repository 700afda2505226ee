// CODEOWNERS of GitHub and GitLab: which teams and people a path belongs to.
import type { ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { readOwners } from './read';
import { rules } from './rules';

export { codeOwnersOf, type CodeOwnersMatch } from './read';

/** Where the platforms look, the first that is there counts: `.github` is GitHub's alone, `.gitlab` GitLab's. */
export const CODEOWNERS_PATHS: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

const PATHS: ReadonlySet<string> = new Set(CODEOWNERS_PATHS);

/** GitHub reads no file of this size or above. */
const MAX_SIZE = 3 * 1024 * 1024;

export const codeowners: Format = {
  id: 'codeowners',
  title: 'CODEOWNERS',
  rules,
  canBe: (path) => PATHS.has(path),
  recognise: (path) => PATHS.has(path),
  read: readCodeOwners,
};

function readCodeOwners(path: string, text: string): ForeignFile {
  const none = { format: 'codeowners', agents: [], servers: [] };
  if (text.length >= MAX_SIZE) return { ...none, problems: [] };
  const { dialect, sections, skipped } = readOwners(path, text);
  return { ...none, problems: runRules(rules, { skipped }), owners: { codeowners: { dialect, sections }, entities: [] } };
}
