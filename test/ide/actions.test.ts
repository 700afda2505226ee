// Code actions: fixes, all safe ones, suppressions, documentation.
import assert from 'node:assert/strict';
import { plainOfSnippet } from '../../server/src/core/documents';
import { createLinter } from '../../server/src/core/lint';
import { applyEdits } from '../../server/src/core/text';
import { ide, type CodeAction } from '../../server/src/ide';
import { given } from './workspace';

const CATALOG = '#- c.catalog.yaml\napiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { payments: {} } }\n';
const agent = (spec: string): string => `${CATALOG}#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: x\n${spec}`;

function actionsAt(source: string, only?: readonly string[]): { actions: readonly CodeAction[]; apply: (action: CodeAction) => string; codesAfter: (action: CodeAction) => string[] } {
  const { workspace, path, text, offset } = given(source);
  const linter = createLinter(workspace);
  const actions = ide.codeActions?.(workspace, path, { span: { start: offset, end: offset }, findings: linter.get(path), ...(only ? { only } : {}) }) ?? [];
  const apply = (action: CodeAction): string => {
    const edits = action.edits.flatMap((file) => file.edits).map(({ span, newText }) => ({ span, newText: action.snippet ? plainOfSnippet(newText) : newText }));
    return applyEdits(text, edits);
  };
  return { actions, apply, codesAfter: (action) => (workspace.applyChange({ files: [[path, apply(action)]] }), linter.get(path).map(({ code }) => code)) };
}

const titled = (actions: readonly CodeAction[], part: string): CodeAction => {
  const found = actions.find(({ title }) => title.includes(part));
  assert.ok(found, `${part} is not among ${actions.map(({ title }) => title).join('; ')}`);
  return found;
};

describe('ide code actions', () => {
  it('the fix of a name, preferred, and it mends', () => {
    const { actions, codesAfter } = actionsAt(agent('  owner: { team: pay$0mens }\n'));
    const fix = titled(actions, '`payments`');
    assert.equal(fix.kind, 'quickfix');
    assert.equal(fix.preferred, true);
    assert.equal(fix.mends?.[0]?.code, 'reference/unknown-team');
    assert.deepEqual(codesAfter(fix), []);
  });

  it('only what the selection touches', () => {
    assert.deepEqual(actionsAt(agent('  ow$0ner: { team: paymens }\n')).actions, []);
  });

  it('a suppression with its reason hides the finding', () => {
    const { actions, apply, codesAfter } = actionsAt(agent('  owner:\n    team: pay$0mens\n'));
    const ignore = titled(actions, 'Ignore reference/unknown-team');
    assert.ok(apply(ignore).includes('    # countersign-ignore reference/unknown-team: why this is right here\n    team: paymens\n'));
    assert.deepEqual(codesAfter(ignore), []);
  });

  it('no suppression where it could not hold: syntax, and within a text over several lines', () => {
    const inText = actionsAt(`${CATALOG}#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - id: x\n      effect: deny\n      when: |\n        agent.id == "x"\n        && agent.na$0me == "y"\n`).actions;
    assert.ok(inText.length > 0 && !inText.some(({ title }) => title.startsWith('Ignore')), inText.map(({ title }) => title).join());
    const tag = actionsAt(`${CATALOG}#- p.policy.yaml\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: x, effect: deny, agents: [!$0a] }\n`).actions;
    assert.ok(tag.length > 0 && !tag.some(({ title }) => title.startsWith('Ignore')));
  });

  it('the documentation of the code', () => {
    const { actions } = actionsAt(agent('  owner: { team: pay$0mens }\n'));
    assert.deepEqual(titled(actions, 'Show documentation').command, { name: 'countersign.explainFinding', arguments: ['reference/unknown-team'] });
  });

  it('all safe fixes at once, and only they', () => {
    const source = agent('  owner: { team: paymens }\n  roles: x\n  slo: { availability: "0.9" }\n$0');
    const { actions, apply } = actionsAt(source, ['source.fixAll']);
    assert.deepEqual(actions.map(({ kind }) => kind), ['source.fixAll.countersign']);
    const text = apply(titled(actions, 'safe fix'));
    assert.ok(text.includes('roles: [x]') && text.includes('availability: 0.9 }') && text.includes('team: paymens'), text);
    assert.deepEqual(actionsAt(source, ['refactor']).actions, []);
  });
});
