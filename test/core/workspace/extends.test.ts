// Settings that others give: files of the workspace, and packages where the workspace is trusted, each inside its own folder.
import assert from 'node:assert/strict';
import { createLinter } from '../../../server/src/core/lint';
import { Workspace } from '../../../server/src/core/workspace';
import { NOW } from '../../harness/workspace';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: helper }\nspec:\n  purpose: Helps.\n  owner: { team: x }\n  roles: []\n  unknown: 1\n';
const PACKAGE = 'node_modules/@acme/countersign-config/.countersign.yaml';

function workspace(files: Readonly<Record<string, string>>, packages: boolean): Workspace {
  const made = new Workspace();
  made.applyChange({ files: Object.entries(files), now: NOW, packages });
  return made;
}
const codes = (made: Workspace, path: string): string[] => createLinter(made).get(path).map(({ code }) => code);

describe('settings of packages', () => {
  const files = { '.countersign.yaml': 'extends: ["@acme/countersign-config"]\n', [PACKAGE]: 'severity: { schema/unknown-key: off }\n', 'a.agent.yaml': AGENT };

  it('are read where the workspace is trusted', () => {
    assert.ok(!codes(workspace(files, true), 'a.agent.yaml').includes('schema/unknown-key'));
    assert.ok(codes(workspace(files, false), 'a.agent.yaml').includes('schema/unknown-key'));
    assert.ok(codes(workspace(files, true), '.countersign.yaml').length === 0);
  });

  it('are asked for, and only those of packages that the workspace itself names', () => {
    const made = workspace({ '.countersign.yaml': 'extends: ["@acme/countersign-config", "../other", "a/b/c", "..", "x y"]\n' }, true);
    assert.deepEqual(made.lacking(), [PACKAGE]);
    made.applyChange({ files: [[PACKAGE, 'extends: ["./strict.yaml", "../other/x.yaml", "another-package"]\n']] });
    assert.deepEqual(made.lacking(), ['node_modules/@acme/countersign-config/strict.yaml']);
  });

  it('come and go with trust', () => {
    const made = workspace(files, false);
    const linter = createLinter(made);
    assert.ok(linter.get('a.agent.yaml').some(({ code }) => code === 'schema/unknown-key'));
    assert.ok(made.applyChange({ packages: true }).has('a.agent.yaml'));
    assert.ok(!linter.get('a.agent.yaml').some(({ code }) => code === 'schema/unknown-key'));
  });

  it('are missed where the package is not there', () => {
    const without = { '.countersign.yaml': files['.countersign.yaml'] };
    assert.deepEqual(codes(workspace(without, true), '.countersign.yaml'), ['reference/unknown-file']);
    assert.deepEqual(codes(workspace(without, false), '.countersign.yaml'), []);
  });
});

describe('settings', () => {
  it('are one document', () => {
    const made = workspace({ '.countersign.yaml': '# ours\nexclude: [vendor]\n---\n# nothing\n---\nexclude: [other]\n' }, true);
    assert.deepEqual(createLinter(made).get('.countersign.yaml').map(({ code, span }) => [code, span.start]), [['schema/combination', 43]]);
  });
});
