// What the command line reads besides our own documents.
import assert from 'node:assert/strict';
import { loadWorkspace } from '../../server/src/cli/load';
import { memoryHost, ROOT } from './memory-host';

const MANIFEST = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, definition: [main.py, flow.yaml, big.bin] }\n';

describe('reading a workspace', () => {
  it('takes in what the configuration extends and what manifests govern, and nothing else of others', async () => {
    const { workspace, skipped } = await loadWorkspace(memoryHost({
      '.countersign.yaml': 'extends: [./config/base.yaml, nowhere.yaml]\nexclude: [config]\n', 'config/base.yaml': 'extends: ../deep.yaml\n', 'deep.yaml': 'severity: { "policy/*": off }\nextends: .countersign.yaml\n',
      'a.agent.yaml': MANIFEST, 'main.py': 'x', 'flow.yaml': 'x: 1', 'big.bin': { reason: 'binary', why: 'it is not text' }, 'other.py': 'y', 'other.yaml': 'y: 1', 'config/c.agent.yaml': MANIFEST,
    }), ROOT);
    assert.deepEqual(workspace.paths(), ['.countersign.yaml', 'a.agent.yaml', 'config/base.yaml', 'deep.yaml', 'flow.yaml', 'main.py']);
    assert.equal(workspace.settings.level('policy/conflict', 'a.policy.yaml', 'error'), 'off');
    assert.deepEqual(skipped.map(({ path }) => path), ['big.bin', 'nowhere.yaml']);
  });

  it('reads no file again that another state has alike, under the same settings', async () => {
    const other = MANIFEST.replace('name: a', 'name: b');
    const files = { '.countersign.yaml': 'severity: { "policy/*": off }\n', 'a.agent.yaml': MANIFEST, 'b.agent.yaml': other };
    const { workspace: like } = await loadWorkspace(memoryHost(files), ROOT);
    const { workspace } = await loadWorkspace(memoryHost({ ...files, 'b.agent.yaml': other.replace('purpose: x', 'purpose: y'), 'c.agent.yaml': MANIFEST }), ROOT, { like });
    assert.deepEqual(['.countersign.yaml', 'a.agent.yaml', 'b.agent.yaml', 'c.agent.yaml'].map((path) => workspace.facts(path) === like.facts(path)), [false, true, false, false]);
    const { workspace: strict } = await loadWorkspace(memoryHost({ ...files, '.countersign.yaml': 'severity: { "policy/*": error }\n' }), ROOT, { like });
    assert.notEqual(strict.facts('a.agent.yaml'), like.facts('a.agent.yaml'));
  });
});
