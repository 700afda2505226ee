// The example company: every case of its PolicyTests gets the decision that it expects.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ENGINES, runTests } from '../../../server/src/core/policy';
import { NOW, workspaceOf } from '../../harness/workspace';

const ROOT = 'test/workspaces/acme';

describe('the example company', () => {
  const files = new Map(readdirSync(ROOT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry): [string, string] => {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    return [path.relative(ROOT, file).split(path.sep).join('/'), readFileSync(file, 'utf8')];
  }));
  const workspace = workspaceOf(files);
  for (const file of workspace.paths().filter((name) => name.endsWith('.policytest.yaml'))) {
    it(file, () => {
      const document = workspace.facts(file)?.documents[0];
      assert.ok(document);
      const results = runTests(file, document, workspace.shared(ENGINES), { now: NOW });
      assert.ok(results.length > 0);
      const failed = results.filter((result) => !result.passed);
      assert.deepEqual(failed.map(({ name, fault, differences, decision }) => ({ name, fault, differences, incomplete: decision?.incomplete })), []);
      assert.ok(results.every((result) => result.decision?.incomplete === false && result.decision.warnings.length === 0));
    });
  }
});
