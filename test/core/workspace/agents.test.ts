// The agents of a workspace after any edits are those that a new workspace reads; an edit of one leaves the others the objects that they were.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AGENTS, Workspace } from '../../../server/src/core/workspace';
import { NOW } from '../../harness/workspace';

const agent = (name: string, rest = ''): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec:\n  purpose: Helps.\n  owner: { team: payments }\n${rest}`;
const file = (name: string): string => `---\nname: ${name}\ndescription: Helps.\ntools: ['read']\n---\nHelp.\n`;

/** What each file may become; null where it vanishes. */
const TEXTS: Readonly<Record<string, readonly (string | null)[]>> = {
  'agents/a.agent.yaml': [agent('a'), agent('a', '  roles: [clerk]\n'), agent('a', '  definition: .github/agents/one.agent.md\n'), agent('b'), `${agent('a')}---\n${agent('c')}`, null, 'kind: ['],
  'agents/b.agent.yaml': [agent('b'), agent('b', '  tools: [payments/refund]\n'), agent('one'), agent('b', '  definition: [.github/agents/one.agent.md, .github/agents/two.agent.md]\n'), null],
  'agents/c.agent.yaml': [agent('c'), agent('a'), agent('c', '  lifecycle: pilot\n')],
  '.github/agents/one.agent.md': [file('one'), file('two'), null, 'no agent'],
  '.github/agents/two.agent.md': [file('two'), null],
  '.github/CODEOWNERS': [null, '* @acme/payments\n', '.github/ @acme/risk\n'],
  'company.catalog.yaml': [null, 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams:\n    payments: { github: acme/payments }\n    risk-office: { github: acme/risk }\n'],
};

const said = (workspace: Workspace): unknown => {
  const { all, find, ofDocument } = workspace.shared(AGENTS);
  return JSON.parse(JSON.stringify([all, all.map((one) => [find(one.name), find(one.id), ofDocument(one.path, one.document)])]));
};

describe('agents of a workspace', () => {
  it('are after any edits what a first reading gives', () => {
    const step = fc.constantFrom(...Object.keys(TEXTS)).chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(TEXTS[path] ?? []))));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const files = new Map<string, string>();
        const workspace = new Workspace();
        for (const [path, texts] of Object.entries(TEXTS)) if (typeof texts[0] === 'string') files.set(path, texts[0]);
        workspace.applyChange({ files, now: NOW });
        said(workspace);
        for (const [path, text] of steps) {
          if (text === null) files.delete(path);
          else files.set(path, text);
          workspace.applyChange({ files: [[path, text]] });
          const fresh = new Workspace();
          fresh.applyChange({ files, now: NOW });
          assert.deepEqual(said(workspace), said(fresh), path);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stay the objects that they were where another is edited', () => {
    const workspace = new Workspace();
    workspace.applyChange({ files: [['a.agent.yaml', agent('a')], ['b.agent.yaml', agent('b')]], now: NOW });
    const before = workspace.shared(AGENTS);
    workspace.applyChange({ files: [['a.agent.yaml', agent('a', '  roles: [clerk]\n')]] });
    const after = workspace.shared(AGENTS);
    assert.notEqual(after.find('a'), before.find('a'));
    assert.equal(after.find('b'), before.find('b'));
  });
});
