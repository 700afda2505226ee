// Which CODEOWNERS file is read where there are several, by platform.
import assert from 'node:assert/strict';
import { lintAll, workspaceOf } from '../../harness/workspace';

describe('CODEOWNERS that no platform reads', () => {
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['GitHub reads its own folder first', ['.github/CODEOWNERS', 'CODEOWNERS'], ['CODEOWNERS']],
    ['then the root', ['CODEOWNERS', 'docs/CODEOWNERS'], ['docs/CODEOWNERS']],
    ['GitLab the root first', ['CODEOWNERS', '.gitlab/CODEOWNERS'], ['.gitlab/CODEOWNERS']],
    ['on both, each reads one', ['.github/CODEOWNERS', 'CODEOWNERS', '.gitlab-ci.yml'], []],
    ['on both, and none reads the third', ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab-ci.yml'], ['docs/CODEOWNERS']],
    ['one alone', ['docs/CODEOWNERS'], []],
  ];
  for (const [what, paths, wanted] of cases) {
    it(what, () => {
      const found = lintAll(workspaceOf(new Map(paths.map((path) => [path, path.endsWith('yml') ? '' : '# who\n* @acme/platform\n']))));
      assert.deepEqual(found.filter(({ code }) => code === 'format/codeowners/ignored-file').map(({ path, span }) => [path, span.start]), wanted.map((path) => [path, 6]));
    });
  }
});
