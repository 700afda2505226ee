// Cases found, run in part and as a whole, told in words, and what they reach of the policies.
import assert from 'node:assert/strict';
import { Workspace } from '../../server/src/core/workspace';
import { casesOf, runCases, testDocuments, testPaths } from '../../server/src/ide';
import { acmeFiles, given, NOW } from './workspace';

const FILES = `#- a.agent.yaml
apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec: { purpose: Test., lifecycle: production, owner: { team: t }, tools: [s/t, s/u] }
#- p.policy.yaml
apiVersion: countersign/v1
kind: Policy
metadata: { name: p }
spec:
  rules:
    - id: small
      effect: allow
      actions: [call]
      resources: ["tool:s/t"]
      when: args.amount <= 500

    - { id: never, effect: deny, actions: [call], resources: ["tool:s/u"] }
#- t.policytest.yaml
apiVersion: countersign/v1
kind: PolicyTest
metadata: { name: t }
spec:
  cases:
    - name: small
      request: { agent: a, action: call, resource: "tool:s/t", args: { amount: 100 } }
      expect: allow
    - name: large
      request: { agent: a, action: call, resource: "tool:s/t", args: { amount: 900 } }
      expect: { effect: allow, rules: [p/small] }
    - 17
    - name: small
      request: { agent: a, action: call }
      expect: allow
`;
const TEST = 't.policytest.yaml';
const run = (workspace: Workspace, ids: readonly string[] | null, coverage = false) => runCases(workspace, new Map([[TEST, ids && new Set(ids)]]), { now: NOW, coverage });

describe('ide: tests', () => {
  it('tells the documents of a file apart, by title, name or number; those without cases are left out', () => {
    const { workspace } = given(`#- t.policytest.yaml\napiVersion: countersign/v1\nkind: PolicyTest\nmetadata: { name: one, title: The first }\nspec: { cases: [{ name: x }] }\n---\napiVersion: countersign/v1\nkind: PolicyTest\nspec: { cases: [] }\n---\napiVersion: countersign/v1\nkind: PolicyTest\nspec: { cases: [{ name: x }, { name: y }] }\n`);
    assert.deepEqual(testDocuments(workspace, 't.policytest.yaml').map(({ document, label }) => [document, label]), [[0, 'The first'], [2, 'document 3']]);
    assert.deepEqual(casesOf(workspace, 't.policytest.yaml').map(({ id, document }) => [id, document]), [['x', 0], ['x (2)', 2], ['y', 2]]);
  });

  it('finds the cases, each with an id of its own and its place', () => {
    const { workspace } = given(FILES);
    const text = workspace.text(TEST) ?? '';
    assert.deepEqual(testPaths(workspace), [TEST]);
    assert.deepEqual(casesOf(workspace, TEST).map(({ id, label, index, span }) => [id, label, index, text.slice(span.start, span.end)]), [
      ['small', 'small', 0, 'small'], ['large', 'large', 1, 'large'], ['small (2)', 'small', 3, 'small'],
    ]);
    assert.deepEqual(casesOf(workspace, 'p.policy.yaml'), []);
  });

  it('tells of a failed case what differs, why, and by which rules', () => {
    const { workspace } = given(FILES);
    const [small, large, bad] = run(workspace, null).outcomes.get(TEST) ?? [];
    assert.deepEqual([small?.passed, small?.message, small?.trace], [true, '', '']);
    assert.deepEqual([large?.passed, large?.message], [false, 'effect: expected allow, got deny\nrules: expected ["p/small"], got []']);
    assert.deepEqual([large?.expected, large?.actual], ['effect: allow\nrules: ["p/small"]', 'effect: deny\nrules: []']);
    assert.match(large?.trace ?? '', /^Decided: deny, default\n– p\/small \(when\): .*900.* {2}p\.policy\.yaml:6$/);
    assert.deepEqual(large?.rules.map((rule) => [rule.label, rule.path]), [['p/small (when)', 'p.policy.yaml']]);
    assert.match(bad?.message ?? '', /^This is no request: /);
    assert.deepEqual([bad?.passed, bad?.expected, bad?.rules], [false, null, []]);
  });

  it('runs only what is asked for, in its place', () => {
    const { workspace } = given(FILES);
    assert.deepEqual(run(workspace, ['large']).outcomes.get(TEST)?.map(({ id }) => id), ['large']);
    assert.deepEqual(run(workspace, ['small (2)', 'gone']).outcomes.get(TEST)?.map(({ id }) => id), ['small (2)']);
    assert.deepEqual(run(workspace, []).outcomes.get(TEST), []);
  });

  it('says which rules and branches the cases that ran reach', () => {
    const { workspace } = given(FILES);
    const reached = (ids: readonly string[] | null) => run(workspace, ids, true).reach?.map(({ id, span, hits, branches }) => [
      id, workspace.text('p.policy.yaml')?.slice(span.start, span.end).split('\n').at(-1), hits, ...branches.map(({ yes, no }) => `${yes} ${no}`),
    ]);
    assert.deepEqual(reached(null), [['p/small', '      when: args.amount <= 500', 1, '1 1'], ['p/never', '{ id: never, effect: deny, actions: [call], resources: ["tool:s/u"] }', 0]]);
    assert.deepEqual(reached(['large'])?.[0]?.slice(2), [0, '0 1']);
    assert.equal(run(workspace, null).reach, null);
  });

  it('passes all cases of the example', () => {
    const workspace = new Workspace();
    workspace.applyChange({ files: acmeFiles(), now: NOW });
    const wanted = new Map(testPaths(workspace).map((path): [string, null] => [path, null]));
    const outcomes = [...runCases(workspace, wanted, { now: NOW, coverage: false }).outcomes.values()].flat();
    assert.equal(outcomes.length, 110);
    assert.deepEqual(outcomes.filter((one) => !one.passed), []);
  });
});
