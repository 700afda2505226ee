// Files whose text counts whatever they are: extended by the configuration, or governed by a manifest.
import assert from 'node:assert/strict';
import { isOurName, Workspace, worthKeeping } from '../../../server/src/core/workspace';

const manifest = (definition: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: x, definition: [${definition}] }\n`;

describe('files that a workspace needs', () => {
  it('are those that the configuration extends, step by step, there or not', () => {
    const workspace = new Workspace();
    workspace.applyChange({ files: [['.countersign.yaml', 'extends: [./config/base.yaml, ../outside.yaml, a-package, x/../y.yaml]\n']] });
    assert.deepEqual(workspace.lacking(), ['config/base.yaml', 'y.yaml']);
    workspace.applyChange({ files: [['config/base.yaml', 'extends: [../deep.yaml, ../.countersign.yaml]\n'], ['y.yaml', 'severity: { "policy/*": off }\n']] });
    assert.deepEqual(workspace.lacking(), ['deep.yaml']);
    assert.deepEqual(['y.yaml', 'deep.yaml', '.countersign.yaml', 'z.yaml'].map((path) => workspace.extends(path)), [true, true, false, false]);
    workspace.applyChange({ files: [['.countersign.yaml', null]] });
    assert.deepEqual([workspace.lacking(), workspace.needs('y.yaml')], [[], false]);
  });

  it('are those that manifests govern, where they are there', () => {
    const workspace = new Workspace();
    workspace.applyChange({ files: [['a.agent.yaml', manifest('main.py, ./flow.yaml, nowhere.md, ../x.md')]], listed: [['main.py', true], ['flow.yaml', true], ['other.py', true]] });
    assert.deepEqual(workspace.lacking(), ['main.py', 'flow.yaml']);
    assert.deepEqual(['main.py', 'nowhere.md', 'other.py'].map((path) => workspace.needs(path)), [true, true, false]);
    workspace.applyChange({ files: [['main.py', 'x']] });
    assert.deepEqual(workspace.lacking(), ['flow.yaml']);
    workspace.applyChange({ files: [['a.agent.yaml', manifest('main.py')]] });
    assert.deepEqual(workspace.lacking(), []);
  });

  it('are apart from those that are kept for what they are', () => {
    const cases: readonly [path: string, text: string, keep: boolean][] = [
      ['.countersign.yaml', '', true], ['a.agent.yaml', '', true], ['a.yaml', 'apiVersion: countersign/v1', true], ['a.json', '{}', false], ['a.yaml', 'kind: Agent', false],
      ['.vscode/mcp.json', '{}', true], ['x.code-snippets', '{}', true], ['main.py', 'countersign/v1', false],
    ];
    for (const [path, text, keep] of cases) assert.equal(worthKeeping(path, text), keep, path);
    assert.deepEqual(['a.policy.yaml', '.countersign.yaml', 'a.yaml'].map(isOurName), [true, true, false]);
  });
});
