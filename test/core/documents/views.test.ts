// Views: short forms, defaults, absent and empty, places of what remains.
import assert from 'node:assert/strict';
import { agentView, catalogView, configView, normalisedManifest, policyTestView, policyView, readConfig, standardView, type Field } from '../../../server/src/core/documents';
import { documentOf, treeOf } from './support';

const values = (fields: readonly Field<unknown>[] | null | undefined): unknown => fields?.map((field) => field.value) ?? null;

describe('documents: views', () => {
  it('an Agent', () => {
    const text = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a, labels: { x: y, n: 1 } }\nspec:\n  owner: { team: t, model: wrong }\n  definition: a.md\n  model: anthropic/claude\n  tools: [ 5, a/b, { ref: "!c/*", reason: r } ]\n  delegates: []\n  inputs: [ email, { channel: web, trust: untrusted } ]\n  approvals: [ x, { gate: deploy, from: [r], records: [ { by: jo } ] } ]\n  budget: { monthlyUsd: 5 }\n';
    const document = documentOf(text);
    const view = agentView(document);
    assert.deepEqual(view.labels, new Map([['x', 'y']]));
    assert.equal(view.lifecycle.value, 'draft');
    assert.equal(view.lifecycle.implied, true);
    assert.equal(view.owner?.model, null);
    assert.deepEqual(values(view.definition), ['a.md']);
    assert.deepEqual([view.model?.provider, view.model?.name, view.model?.id.value], ['anthropic', 'claude', 'anthropic/claude']);
    assert.deepEqual(view.tools?.map((tool) => [tool.ref.value, tool.path.join('/'), text.slice(tool.ref.span.start, tool.ref.span.end)]), [['a/b', 'spec/tools/1', 'a/b'], ['!c/*', 'spec/tools/2', '"!c/*"']]);
    assert.deepEqual(view.delegates, []);
    assert.equal(view.outputs, null);
    assert.deepEqual(view.inputs?.map((input) => [input.channel.value, input.trust?.value ?? null]), [['email', null], ['web', 'untrusted']]);
    assert.deepEqual(view.approvals?.map((gate) => [gate.index, gate.count.value, gate.records.length]), [[1, 1, 1]]);
    assert.equal(view.budget?.monthlyUsd?.value, 5);
    assert.deepEqual((normalisedManifest(document) as { spec: unknown }).spec, {
      owner: { team: 't', model: 'wrong' }, definition: ['a.md'], model: { provider: 'anthropic', name: 'claude' }, tools: [5, { ref: 'a/b' }, { ref: '!c/*', reason: 'r' }], delegates: [],
      inputs: [{ channel: 'email' }, { channel: 'web', trust: 'untrusted' }], approvals: ['x', { gate: 'deploy', from: ['r'], records: [{ by: 'jo' }], count: 1 }], budget: { monthlyUsd: 5 }, lifecycle: 'draft',
    });
  });

  it('a Catalog', () => {
    const view = catalogView(documentOf('apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { a: , b: { members: [] } }\n  tools: { a/b: { capabilities: [changes-state, wrong], input: { type: object } }, c/d: { input: 5 } }\n'));
    assert.deepEqual(view.teams?.map((team) => [team.name.value, values(team.members)]), [['a', null], ['b', []]]);
    assert.deepEqual(view.tools?.map((tool) => [values(tool.capabilities), tool.input]), [[['changes-state'], { type: 'object' }], [null, undefined]]);
    assert.equal(view.people, null);
  });

  it('a Policy', () => {
    const view = policyView(documentOf('apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  scope: { agents: [a] }\n  variables: { v: "x", w: 5 }\n  rules:\n    - text\n    - { id: r, effect: require_approval, actions: [call], approval: { from: [t] }, obligations: [ { log: full }, { redact: [a] }, { a: 1, b: 2 }, { nope: 1 } ], when: "true" }\n    - { id: s, effect: wrong, zzz: 1 }\n'));
    assert.deepEqual(values(view.scope?.agents), ['a']);
    assert.deepEqual(view.variables.map((variable) => [variable.name.value, variable.condition?.value ?? null]), [['v', 'x'], ['w', null]]);
    const [first, second] = view.rules;
    assert.deepEqual([first?.index, first?.approval?.count.value, first?.approval?.distinct.value, first?.when?.node.text], [1, 1, false, 'true']);
    assert.deepEqual(first?.obligations?.map(({ name, value }) => [name, value]), [['log', 'full'], ['redact', ['a']]]);
    assert.deepEqual([second?.effect, second?.keys.has('zzz'), second?.actions], [null, true, null]);
  });

  it('a Standard, a PolicyTest, the configuration', () => {
    const standard = standardView(documentOf('apiVersion: countersign/v1\nkind: Standard\nmetadata: { name: s }\nspec: { requirements: [ { id: a, require: "true", message: m } ] }\n'));
    assert.deepEqual(standard.requirements.map((r) => [r.id?.value, r.severity.value, r.severity.implied]), [['a', 'warning', true]]);
    const test = policyTestView(documentOf('apiVersion: countersign/v1\nkind: PolicyTest\nspec: { cases: [ { name: a, request: { agent: x }, expect: deny }, { name: b, expect: { from: [t] } } ] }\n'));
    assert.deepEqual(test.cases.map((c) => [c.name?.value, c.expect?.effect?.value ?? null, values(c.expect?.from), c.request?.value ?? null]), [['a', 'deny', null, { agent: 'x' }], ['b', null, ['t'], null]]);
    assert.equal(test.policies, null);
    const text = 'standards: { a: on, b: maybe }\nseverity: { policy/*: error }\nlibraries: [ { path: x }, { path: x, package: y } ]\noverrides: [ { files: ["a/**"], severity: { x: off } } ]\n';
    const document = readConfig(treeOf('.countersign.yaml', text), text);
    const config = document && configView(document);
    assert.deepEqual(config?.standards.map(({ name, value }) => [name.value, value.value]), [['a', 'on']]);
    assert.deepEqual(config?.libraries.map(({ from, kind }) => [from.value, kind]), [['x', 'path']]);
    assert.deepEqual(config?.overrides.map(({ files, severity }) => [values(files), severity.length]), [[['a/**'], 1]]);
  });
});
