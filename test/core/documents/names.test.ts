// What documents declare and name, with places.
import assert from 'node:assert/strict';
import { namesOf, parseParty, readConfig } from '../../../server/src/core/documents';
import { documentOf, treeOf } from './support';

const list = (text: string, path?: string): string[] => {
  const document = documentOf(text, path);
  return namesOf(document).references.map((r) => `${r.kind} ${r.name}${r.pattern ? ' pattern' : ''}${r.negated ? ' not' : ''}${r.check === 'reference' ? '' : ` (${r.check})`} ${text.slice(r.nameSpan.start, r.nameSpan.end)} ${text.slice(r.span.start, r.span.end)}`);
};
const declared = (text: string, path?: string): string[] => namesOf(documentOf(text, path)).declarations.map((d) => `${d.kind} ${d.name}${d.pattern ? ' pattern' : ''}${d.unique ? '' : ' shared'} ${text.slice(d.span.start, d.span.end)}`);

const AGENT = `apiVersion: countersign/v1
kind: Agent
metadata: { name: refund, labels: { team: x } }
spec:
  purpose: p
  owner: { team: t, accountable: maria, outputs: u }
  definition: [a.md]
  roles: [clerk]
  model: { provider: openai, name: gpt-5, fallback: ["anthropic/x"] }
  tools: [a/b, "!a/c*", { ref: 'd/e' }]
  data: [ { source: orders, access: [read] } ]
  hosting: [ production, { environment: edge, region: eu } ]
  approvals: [ { gate: call, resources: ["tool:a/*", "*", "!data:x"], from: [team:risk, user], records: [ { by: jo, on: 2026-01-01, digest: d, expires: 2027-01-01 } ] } ]
  intervention: { escalation: { system: snow, queue: Q }, humanOverride: [ { rule: p/r, by: [person:jo] } ] }
  logging: { sink: siem, events: [] }
  compliance: [ { framework: gdpr } ]
  waivers: [ { requirement: s/r, reason: x, approvedBy: risk, expires: 2027-01-31 } ]
`;

describe('documents: names', () => {
  it('of an Agent', () => {
    assert.deepEqual(list(AGENT), [
      'team t t t', 'person maria maria maria', 'team u u u', 'file a.md a.md a.md', 'role clerk clerk clerk', 'model openai/gpt-5 gpt-5 gpt-5', 'model anthropic/x anthropic/x "anthropic/x"',
      'tool a/b a/b a/b', 'tool a/c* pattern not a/c* "!a/c*"', "tool d/e d/e 'd/e'", 'data orders orders orders', 'environment production production production', 'environment edge edge edge', 'region eu eu eu',
      'tool a/* pattern a/* "tool:a/*"', 'resource * pattern * "*"', 'data x not x "!data:x"', 'party team:risk team:risk team:risk', 'party user user user', 'person jo jo jo',
      'system snow snow snow', 'queue Q Q Q', 'rule p/r p/r p/r', 'party person:jo person:jo person:jo', 'system siem siem siem', 'standard gdpr (none) gdpr gdpr', 'requirement s/r (waiver) s/r s/r', 'party risk (waiver) risk risk',
    ]);
    assert.deepEqual(declared(AGENT), ['agent refund refund']);
    assert.deepEqual(namesOf(documentOf(AGENT)).expiries.map(({ path }) => path.join('/')), ['spec/approvals/0/records/0/expires', 'spec/waivers/0/expires']);
  });

  it('of a Catalog', () => {
    const text = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { a: { members: [jo], oncall: a-oncall }, b: }\n  models: { "openai/*": { status: approved } }\n  systems: { snow: { queues: [Q] } }\n  tools: { a/b: { owner: a } }\n';
    assert.deepEqual(declared(text, 'x.catalog.yaml'), ['team a a', 'oncall a-oncall shared a-oncall', 'team b b', 'model openai/* pattern "openai/*"', 'system snow snow', 'queue Q shared Q', 'tool a/b a/b']);
    assert.deepEqual(list(text, 'x.catalog.yaml'), ['person jo jo jo', 'team a a a']);
  });

  it('of a Policy, with its conditions', () => {
    const text = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: risk }\nspec:\n  scope: { agents: ["*"], roles: ["!x"] }\n  variables: { v: "true" }\n  rules:\n    - { id: r, effect: allow, actions: [call, "!del*"], resources: [model:a/b], when: v, unless: 5 }\n    - { id: s, effect: oblige, obligations: [ { notify: [ops] }, { ticket: Q } ] }\n';
    assert.deepEqual(declared(text, 'x.policy.yaml'), ['policy p p', 'variable p/v v', 'rule p/r r', 'rule p/s s']);
    assert.deepEqual(list(text, 'x.policy.yaml'), ['team risk risk risk', 'agent * pattern * "*"', 'role x not x "!x"', 'action call call call', 'action del* pattern not del* "!del*"', 'model a/b a/b model:a/b', 'party ops ops ops', 'queue Q Q Q']);
    assert.deepEqual(namesOf(documentOf(text, 'x.policy.yaml')).conditions.map(({ node, path, env }) => `${env} ${path.join('/')} ${node.text}`), ['policy spec/variables/v true', 'policy spec/rules/0/when v']);
  });

  it('of a Standard, a PolicyTest and the configuration', () => {
    const standard = 'apiVersion: countersign/v1\nkind: Standard\nmetadata: { name: s }\nspec: { requirements: [ { id: r, when: "true", require: "false", message: m, fix: gate } ] }\n';
    assert.deepEqual(declared(standard), ['standard s s', 'requirement s/r r']);
    assert.deepEqual(list(standard), ['snippet gate gate gate']);
    assert.deepEqual(namesOf(documentOf(standard)).conditions.map(({ env }) => env), ['standard', 'standard']);
    const test = 'apiVersion: countersign/v1\nkind: PolicyTest\nspec: { policies: ["p*"], cases: [ { name: a, request: { agent: x, action: call, resource: "tool:a/b", environment: e }, expect: { rules: [p/r], from: [t] } } ] }\n';
    assert.deepEqual(list(test), ['policy p* pattern p* "p*"', 'agent x x x', 'tool a/b a/b "tool:a/b"', 'environment e e e', 'rule p/r p/r p/r', 'party t t t']);
    const text = 'standards: { acme: on }\nseverity: { policy/*: off }\n';
    const config = readConfig(treeOf('.countersign.yaml', text), text);
    assert.deepEqual(config && namesOf(config).references.map(({ kind, name }) => `${kind} ${name}`), ['standard acme', 'code policy/*']);
  });

  it('parties', () => {
    assert.deepEqual(['risk', 'team:risk', 'person:jo', 'user'].map((text) => parseParty(text)), [
      { kind: 'any', name: 'risk', offset: 0 }, { kind: 'team', name: 'risk', offset: 5 }, { kind: 'person', name: 'jo', offset: 7 }, { kind: 'user', name: 'user', offset: 0 },
    ]);
  });
});
