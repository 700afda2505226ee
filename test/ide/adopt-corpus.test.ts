// Adopting the agents of real repositories, where they are at hand: what is written is sound, takes nothing away from an agent, and leaves nothing for a second time.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { adopt, adoptable } from '../../server/src/ide/adopt';
import { lintAll, workspaceOf } from '../harness/workspace';

const corpus = path.resolve('../shared/corpus');

function repositories(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const line of readFileSync(path.join(corpus, 'index.tsv'), 'utf8').split('\n').slice(1)) {
    const [kind = '', repository = '', name = ''] = line.split('\t');
    if (name === '') continue;
    const files = found.get(repository) ?? new Map<string, string>();
    found.set(repository, files.set(name, readFileSync(path.join(corpus, kind, repository.replace('/', '__'), name), 'utf8')));
  }
  return found;
}

describe('adopting what real repositories hold', function () {
  before(function () {
    if (!existsSync(path.join(corpus, 'index.tsv'))) this.skip();
  });

  it('gives no new error, overwrites nothing, and leaves nothing to adopt', () => {
    for (const [repository, files] of repositories()) {
      const workspace = workspaceOf(files);
      const before = new Set(lintAll(workspace).map(({ code, path: at, message }) => `${at} ${code} ${message}`));
      const written = adopt(workspace, { agents: null, folder: 'agents' });
      for (const file of written) assert.ok(!files.has(file.path), `${repository}: ${file.path} is there`);
      workspace.applyChange({ files: written.map((file): [string, string] => [file.path, file.text]) });
      const added = lintAll(workspace).filter(({ code, path: at, message, severity }) => severity === 'error' && !before.has(`${at} ${code} ${message}`));
      assert.deepEqual(added.map(({ code, path: at, message }) => `${at} ${code} ${message}`), [], repository);
      assert.deepEqual([adoptable(workspace), adopt(workspace, { agents: null, folder: 'agents' })], [[], []], repository);
    }
  });
});
