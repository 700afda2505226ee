// From names to their declarations and uses.
import assert from 'node:assert/strict';
import { ide } from '../../server/src/ide';
import { acmeFiles, given } from './workspace';

const SOURCE = `#- c.catalog.yaml
apiVersion: countersign/v1
kind: Catalog
spec:
  teams: { pay: { oncall: pay-duty }, risk: {} }
  tools: { pay/refund: {}, pay/payout: {} }
  models: { "openai/*": { status: approved } }
#- p.policy.yaml
apiVersion: countersign/v1
kind: Policy
metadata: { name: rails, owner: risk }
spec:
  rules:
    - { id: large, effect: require_approval, resources: ["tool:pay/*"], approval: { from: ["team:pay", pay-duty] } }
#- agents/a.agent.md
---
name: a
---
#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec:
  purpose: x
  definition: agents/a.agent.md
  owner: { team: pay }
  model: openai/gpt
  tools: [pay/refund]
  intervention: { humanOverride: [{ rule: rails/large, by: [pay] }] }
`;

const { workspace } = given(SOURCE);
const offsetOf = (path: string, before: string): number => (workspace.text(path) ?? '').indexOf(before) + before.length;
const textOf = ({ path, span }: { path: string; span: { start: number; end: number } }): string => `${path} ${(workspace.text(path) ?? '').slice(span.start, span.end)}`;

describe('ide names', () => {
  const definitions: readonly (readonly [path: string, before: string, targets: readonly string[]])[] = [
    ['a.agent.yaml', 'team: p', ['c.catalog.yaml pay']],
    ['a.agent.yaml', 'rule: rails/l', ['p.policy.yaml large']],
    ['a.agent.yaml', 'rule: r', ['p.policy.yaml rails']],
    ['a.agent.yaml', 'definition: agents', ['agents/a.agent.md ']],
    ['a.agent.yaml', 'model: open', ['c.catalog.yaml openai/*']],
    ['p.policy.yaml', '"tool:pay', ['c.catalog.yaml pay/refund', 'c.catalog.yaml pay/payout']],
    ['p.policy.yaml', '"team:p', ['c.catalog.yaml pay']],
    ['p.policy.yaml', ', pay-d', ['c.catalog.yaml pay-duty']],
    ['p.policy.yaml', 'effect: req', []],
  ];
  for (const [path, before, targets] of definitions) {
    it(`definition behind \`${before}\``, () => {
      const found = ide.definition?.(workspace, path, offsetOf(path, before));
      assert.deepEqual((found?.targets ?? []).map(textOf), targets);
    });
  }

  it('references, with and without the declaration, patterns included', () => {
    const offset = offsetOf('c.catalog.yaml', 'tools: { pay/r');
    assert.deepEqual((ide.references?.(workspace, 'c.catalog.yaml', offset, true) ?? []).map(textOf), ['a.agent.yaml pay/refund', 'c.catalog.yaml pay/refund', 'p.policy.yaml pay/*']);
    assert.deepEqual((ide.references?.(workspace, 'c.catalog.yaml', offset, false) ?? []).map(textOf), ['a.agent.yaml pay/refund', 'p.policy.yaml pay/*']);
  });

  it('highlights in one file', () => {
    const found = ide.highlights?.(workspace, 'a.agent.yaml', offsetOf('a.agent.yaml', 'team: p')) ?? [];
    assert.deepEqual(found.map(({ span, kind }) => `${textOf({ path: 'a.agent.yaml', span })} ${kind}`), ['a.agent.yaml pay uses', 'a.agent.yaml pay uses']);
  });

  it('links lead to files of the workspace and to addresses, and not out of it', () => {
    const { workspace: other } = given('#- a.agent.yaml\napiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a, annotations: { doc: https://example.com/x } }\nspec: { purpose: x, owner: { team: t }, definition: [b.agent.md, ../out.agent.md, /etc/passwd] }\n#- b.agent.md\n---\nname: b\n---\n');
    const links = ide.links?.(other, 'a.agent.yaml') ?? [];
    assert.deepEqual(links.map(({ target }) => target), [{ url: 'https://example.com/x' }, { path: 'b.agent.md' }]);
  });

  it('every reference of the example workspace that names something leads somewhere', () => {
    const { workspace: acme } = given('', acmeFiles());
    for (const path of acme.paths().filter((one) => !one.includes('fault') && acme.facts(one)?.role === 'countersign')) {
      for (const document of acme.facts(path)?.documents ?? []) {
        for (const reference of document.references) {
          if (reference.kind !== 'team' && reference.kind !== 'tool' && reference.kind !== 'role') continue;
          if (acme.find(reference.kind, reference.name).length === 0) continue;
          assert.ok((ide.definition?.(acme, path, reference.nameSpan.start)?.targets.length ?? 0) > 0, `${path} ${reference.name}`);
        }
      }
    }
  });
});
