// A second CODEOWNERS, which the platform does not read.
import type { Queries } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';

const DOC: CodeDoc = {
  code: 'format/codeowners/ignored-file',
  severity: 'warning',
  title: 'A CODEOWNERS file that the platform does not read',
  doc:
    'A platform reads one CODEOWNERS file: GitHub the first of `.github/CODEOWNERS`, `CODEOWNERS` and `docs/CODEOWNERS`, GitLab the first of `CODEOWNERS`, `docs/CODEOWNERS` and `.gitlab/CODEOWNERS`. What another one says counts for nothing: whom it names is not asked to review, and owns nothing here.\n\n**Mend it:** move the lines that are still meant to the file that is read, and delete this one. It is not reported where the repository seems to be on both platforms.',
  bad: '#- .github/CODEOWNERS\n* @acme/platform\n#- CODEOWNERS\n/agents/ @acme/payments\n',
  good: '#- .github/CODEOWNERS\n* @acme/platform\n/agents/ @acme/payments\n',
};

const GITHUB = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];
const GITLAB = ['CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'];

export const ignoredOwners: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    const owners = facts.foreign?.owners?.codeowners;
    const read = owners && readInstead(path, queries, owners.dialect === 'gitlab');
    const first = owners?.sections.flatMap(({ rules }) => rules.map(({ span }) => span)).sort((a, b) => a.start - b.start)[0];
    if (!read || !first) return;
    report({ code: DOC.code, span: first, message: `${read.platform} reads \`${read.path}\` and ignores this file. Move what is still meant there, and delete this one.`, related: [{ path: read.path, span: { start: 0, end: 0 }, message: 'this one is read' }] });
  },
};

/** `sections`: the file is written for GitLab. The file that is read in the place of the one at the path; null where each platform that may be in use reads that. */
function readInstead(path: string, queries: Queries, sections: boolean): { readonly platform: string; readonly path: string } | null {
  const first = (order: readonly string[]): string | undefined => order.find((one) => queries.exists(one));
  const github = GITHUB.includes(path) ? first(GITHUB) : undefined;
  const gitlab = GITLAB.includes(path) ? first(GITLAB) : undefined;
  const onGitLab = sections || queries.exists('.gitlab-ci.yml') || queries.exists('.gitlab/CODEOWNERS');
  if (github !== undefined && github !== path && (!onGitLab || (gitlab !== undefined && gitlab !== path))) return { platform: onGitLab ? 'The platform' : 'GitHub', path: github };
  if (path === '.gitlab/CODEOWNERS' && gitlab !== undefined && gitlab !== path) return { platform: 'GitLab', path: gitlab };
  return null;
}
