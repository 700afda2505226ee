// Everything that speaks of a name: manifests, patterns that match it, conditions, tests, comments, files of other tools.
import assert from 'node:assert/strict';
import { ide } from '../../server/src/ide';
import { usesOf } from '../../server/src/ide/names/navigate';
import { given } from './workspace';

const HEAD = 'apiVersion: countersign/v1\nkind: ';
const SOURCE = `#- c.catalog.yaml
${HEAD}Catalog
spec:
  teams: { pay: { oncall: pay-duty } }
  roles: { clerk: {}, boss: {} }
  environments: { prod: { stage: production } }
  servers: { till: { command: till-mcp } }
  tools: { till/refund: { owner: pay }, till/list: {} }
#- p.policy.yaml
${HEAD}Policy
metadata: { name: rails }
spec:
  variables: { big: args.amount > 5, is-here: 'resource.id == "till/refund"' }
  rules:
    - { id: exact, effect: deny, resources: ["tool:till/refund"], when: variables.big && has(variables.big) }
    - { id: wide, effect: deny, resources: ["tool:till/*"], when: '"clerk" in agent.roles' }
    - { id: all, effect: deny, resources: ["*"] }
#- t.policytest.yaml
${HEAD}PolicyTest
spec:
  cases:
    - { name: x, request: { agent: a, action: call, resource: "tool:till/refund" }, expect: { effect: deny, rules: [rails/exact] } }
#- a.agent.yaml
${HEAD}Agent
metadata: { name: a }
spec:
  purpose: x
  definition: .github/agents/a.agent.md
  owner: { team: pay }
  roles: [clerk]
  tools: [till/refund]
  hosting: [prod]
#- b.agent.yaml
${HEAD}Agent
metadata: { name: b }
spec: { purpose: x, owner: { team: pay }, roles: [clerk, boss] }
#- .github/agents/a.agent.md
---
tools: ['till/refund', mcp__till__list]
---
#- .vscode/mcp.json
{ "servers": { "till": { "command": "till-mcp" } } }
`;

const { workspace } = given(SOURCE);
const at = (path: string, before: string): number => {
  const index = (workspace.text(path) ?? '').indexOf(before);
  assert.ok(index >= 0, before);
  return index + before.length;
};
const shown = ({ path, span }: { path: string; span: { start: number; end: number } }): string => `${path} ${(workspace.text(path) ?? '').slice(span.start, span.end)}`;

describe('ide references', () => {
  const cases: readonly (readonly [title: string, path: string, before: string, places: readonly string[]])[] = [
    ['a tool, patterns that match it too', 'c.catalog.yaml', 'tools: { till/r', ['.github/agents/a.agent.md till/refund', 'a.agent.yaml till/refund', 'c.catalog.yaml till/refund', 'p.policy.yaml till/refund', 'p.policy.yaml till/refund', 'p.policy.yaml till/*', 't.policytest.yaml till/refund']],
    ['a tool, from the file of another tool', '.github/agents/a.agent.md', "'till/re", ['.github/agents/a.agent.md till/refund', 'a.agent.yaml till/refund', 'c.catalog.yaml till/refund', 'p.policy.yaml till/refund', 'p.policy.yaml till/refund', 'p.policy.yaml till/*', 't.policytest.yaml till/refund']],
    ['a server and the tools on it', 'c.catalog.yaml', 'servers: { ti', ['.github/agents/a.agent.md till', '.github/agents/a.agent.md till', '.vscode/mcp.json till', 'a.agent.yaml till', 'c.catalog.yaml till', 'c.catalog.yaml till', 'c.catalog.yaml till', 'p.policy.yaml till', 'p.policy.yaml till', 'p.policy.yaml till', 't.policytest.yaml till']],
    ['a role, in conditions too', 'a.agent.yaml', 'roles: [cl', ['a.agent.yaml clerk', 'b.agent.yaml clerk', 'c.catalog.yaml clerk', 'p.policy.yaml clerk']],
    ['a role, from a condition', 'p.policy.yaml', 'when: \'"cl', ['a.agent.yaml clerk', 'b.agent.yaml clerk', 'c.catalog.yaml clerk', 'p.policy.yaml clerk']],
    ['a rule', 't.policytest.yaml', 'rails/e', ['p.policy.yaml exact', 't.policytest.yaml exact']],
    ['a variable', 'p.policy.yaml', 'variables.b', ['p.policy.yaml big', 'p.policy.yaml big', 'p.policy.yaml big']],
  ];
  for (const [title, path, before, places] of cases) it(title, () => assert.deepEqual((ide.references?.(workspace, path, at(path, before), true) ?? []).map(shown), places));

  it('marks what only matches', () => {
    const uses = usesOf(workspace, { kind: 'tool', name: 'till/refund' }, false);
    assert.deepEqual(uses.filter((use) => use.pattern).map(shown), ['p.policy.yaml till/*']);
  });

  const leads: readonly (readonly [title: string, feature: 'definition' | 'declaration' | 'implementations', path: string, before: string, places: readonly string[]])[] = [
    ['a role leads to the agents that have it', 'implementations', 'c.catalog.yaml', 'roles: { cl', ['a.agent.yaml a', 'b.agent.yaml b']],
    ['a pattern over roles is no role', 'implementations', 'p.policy.yaml', 'metadata: { na', []],
    ['an agent leads to the files that run', 'implementations', 'a.agent.yaml', 'name: ', ['.github/agents/a.agent.md ---']],
    ['a server leads to its configurations', 'implementations', 'c.catalog.yaml', 'servers: { ti', ['.vscode/mcp.json "till"']],
    ['a tool leads to the configuration of its server', 'implementations', 'a.agent.yaml', 'tools: [till/r', ['.vscode/mcp.json "till"']],
    ['an environment leads to the agents in it', 'implementations', 'c.catalog.yaml', 'environments: { pr', ['a.agent.yaml a']],
    ['a team leads nowhere', 'implementations', 'c.catalog.yaml', 'teams: { pa', []],
    ['a server is declared by the Catalog', 'declaration', '.vscode/mcp.json', '"ti', ['c.catalog.yaml till']],
    ['a server is defined by both', 'definition', '.vscode/mcp.json', '"ti', ['c.catalog.yaml till', '.vscode/mcp.json "till"']],
    ['a tool of an agent file', 'definition', '.github/agents/a.agent.md', "'till/re", ['c.catalog.yaml till/refund']],
    ['a role in a condition', 'definition', 'p.policy.yaml', 'when: \'"cl', ['c.catalog.yaml clerk']],
    ['a variable in a condition', 'definition', 'p.policy.yaml', 'has(variables.b', ['p.policy.yaml big']],
  ];
  for (const [title, feature, path, before, places] of leads) it(title, () => assert.deepEqual((ide[feature]?.(workspace, path, at(path, before))?.targets ?? []).map(shown).map((line) => line.split('\n')[0]), places));

  it('a variable and its uses change together, other names do not', () => {
    const linked = ide.linkedEditing?.(workspace, 'p.policy.yaml', at('p.policy.yaml', 'variables: { bi'));
    assert.deepEqual(linked?.spans.map((span) => shown({ path: 'p.policy.yaml', span })), ['p.policy.yaml big', 'p.policy.yaml big', 'p.policy.yaml big']);
    assert.equal(ide.linkedEditing?.(workspace, 'p.policy.yaml', at('p.policy.yaml', 'id: ex')), null);
    assert.equal(ide.linkedEditing?.(workspace, 'a.agent.yaml', at('a.agent.yaml', 'roles: [cl')), null);
  });

  it('highlights in conditions', () => {
    const found = ide.highlights?.(workspace, 'p.policy.yaml', at('p.policy.yaml', 'variables.bi')) ?? [];
    assert.deepEqual(found.map(({ kind }) => kind), ['declares', 'uses', 'uses']);
  });
});
