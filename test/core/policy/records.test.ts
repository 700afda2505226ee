// Records of approvals: which count, when they stop to, and what the digest that they hold is made from.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE, canonicalJson, recordEdit, sha256 } from '../../../server/src/core/policy';
import { applyEdits } from '../../../server/src/core/text';
import { parseJson, parseYaml, plainValue } from '../../../server/src/core/yaml';
import { workspaceOf } from '../../harness/workspace';

const CATALOG = 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  environments: { prod: { stage: production } }\n  teams: { payments: { members: [ann] }, risk: { members: [cid, dan, ann] } }\n  tools: { pay/refund: { owner: payments }, crm/find: {} }\n';
const POLICY = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  variables: { small: args.amount < 5 }\n  rules:\n    - { id: all, effect: allow, actions: ["*"], resources: ["*"] }\n    - { id: mine, effect: deny, actions: [call], resources: ["tool:pay/*"], when: "!variables.small", reason: r }\n    - { id: other, effect: deny, agents: [other], actions: [call] }\n';
const FILE = '---\ndescription: Refunds.\ntools: [pay/refund]\n---\nDo it.\n';
const agent = (records: string, gate = ''): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec:\n  purpose: x\n  owner: { team: payments }\n  definition: r.agent.md\n  lifecycle: production\n  tools: ["pay/*"]\n  hosting: [prod]\n  approvals:\n    - { gate: deploy, environment: prod, from: [risk]${gate}, records: [${records}] }\n`;

const files = (records: string, change: Readonly<Record<string, string>> = {}, gate = ''): Map<string, string> =>
  new Map(Object.entries({ 'c.catalog.yaml': CATALOG, 'p.policy.yaml': POLICY, 'r.agent.md': FILE, 'a.agent.yaml': agent(records, gate), ...change }));

function digestOf(change: Readonly<Record<string, string>> = {}, gate = ''): string {
  const engine = workspaceOf(files('', change, gate)).shared(ENGINE);
  const found = engine.world.agents.find('refund');
  assert.ok(found && found !== 'ambiguous');
  return engine.digest(found);
}

function effect(records: string, at = '2026-11-22T10:00:00Z', gate = ''): string {
  const parsed = parseRequest({ agent: 'refund', action: 'deploy', resource: 'environment:prod' });
  assert.ok('request' in parsed);
  const engine = workspaceOf(files(records, {}, gate)).shared(ENGINE);
  const decision = engine.decide(parsed.request, { at: Date.parse(at) });
  const entry = decision.trace.find((one) => one.id === 'refund#approvals/0');
  assert.equal(entry?.because === 'record', decision.effect === 'allow');
  return decision.effect;
}

describe('records of approvals', () => {
  const right = digestOf();
  const record = (by: string, on = '2026-11-01', more = '', digest = right): string => `{ by: ${by}, on: ${on}, digest: "${digest}"${more} }`;

  it('open the gate when all is right', () => assert.equal(effect(record('cid')), 'allow'));
  const closed: readonly (readonly [string, string, string?, string?])[] = [
    ['the digest is of something else', record('cid', '2026-11-01', '', 'sha256:00')],
    ['the date is to come', record('cid', '2026-11-23')],
    ['the date is none', record('cid', '2026-02-30')],
    ['it has run out', record('cid', '2026-11-01', ', expires: 2026-11-21')],
    ['its own date is none', record('cid', '2026-11-01', ', expires: soon')],
    ['the person is no approver', record('eve')],
    ['the person owns the agent', record('ann')],
    ['one person signs twice for two', `${record('cid')}, ${record('cid', '2026-11-02')}`, ', count: 2'],
    ['the gate lets records run out', record('cid'), ', expires: 20d'],
  ];
  for (const [title, records, gate] of closed) it(`leave it closed when ${title}`, () => assert.equal(effect(gate ? records.replaceAll(right, digestOf({}, gate)) : records, undefined, gate), 'require_approval'));
  it('of two people open a gate for two', () => assert.equal(effect(`${record('cid')}, ${record('dan')}`.replaceAll(right, digestOf({}, ', count: 2')), undefined, ', count: 2'), 'allow'));
  it('hold through their last day', () => {
    assert.equal(effect(record('cid', '2026-11-01', ', expires: 2026-11-22'), '2026-11-22T23:59:59Z'), 'allow');
    assert.equal(effect(record('cid', '2026-11-01', ', expires: 2026-11-22'), '2026-11-23T00:00:00Z'), 'require_approval');
    const gate = ', expires: 21d';
    assert.equal(effect(record('cid').replaceAll(right, digestOf({}, gate)), '2026-11-22T23:59:59Z', gate), 'allow');
    assert.equal(effect(record('cid').replaceAll(right, digestOf({}, gate)), '2026-11-23T00:00:00Z', gate), 'require_approval');
  });
});

describe('the digest', () => {
  const before = digestOf();
  const changes: readonly (readonly [title: string, change: Readonly<Record<string, string>>, dies: boolean])[] = [
    ['a record', { 'a.agent.yaml': agent('{ by: x, on: 2026-01-01, digest: y }') }, false],
    ['comments and layout', { 'a.agent.yaml': `# c\n${agent('')}`, 'p.policy.yaml': POLICY.replace('"!variables.small"', '"! variables.small"'), 'r.agent.md': FILE.replaceAll('\n', '\r\n') }, false],
    ['the reason of a rule', { 'p.policy.yaml': POLICY.replace('reason: r', 'reason: s') }, false],
    ['a rule for another agent', { 'p.policy.yaml': POLICY.replace('agents: [other]', 'agents: [another]') }, false],
    ['a Catalog entry that nothing names', { 'c.catalog.yaml': CATALOG.replace('crm/find: {}', 'crm/find: { owner: risk }') }, false],
    ['the manifest', { 'a.agent.yaml': agent('').replace('purpose: x', 'purpose: y') }, true],
    ['the gate', { 'a.agent.yaml': agent('', ', count: 2') }, true],
    ['a governed file', { 'r.agent.md': FILE.replace('Do it.', 'Do it now.') }, true],
    ['a rule that can match', { 'p.policy.yaml': POLICY.replace('"!variables.small"', 'variables.small') }, true],
    ['a variable that it uses', { 'p.policy.yaml': POLICY.replace('args.amount < 5', 'args.amount < 6') }, true],
    ['a new rule', { 'q.policy.yaml': POLICY.replace('name: p', 'name: q') }, true],
    ['a tool that it may use', { 'c.catalog.yaml': CATALOG.replace('pay/refund: { owner: payments }', 'pay/refund: { owner: risk }') }, true],
    ['who may approve', { 'c.catalog.yaml': CATALOG.replace('[cid, dan, ann]', '[cid, dan, ann, eve]') }, true],
  ];
  for (const [title, change, dies] of changes) it(`${dies ? 'is another when' : 'stays when'} ${title} ${dies ? 'changes' : 'changes only'}`, () => assert.equal(digestOf(change) !== before, dies));
});

describe('what the digest is made with', () => {
  it('SHA-256 is that of the platform', () => {
    for (let n = 0; n < 200; n++) {
      const text = 'aé€😀'.repeat(n % 9) + 'x'.repeat(n);
      assert.equal(sha256(text), createHash('sha256').update(text, 'utf8').digest('hex'));
    }
  });
  it('canonical JSON is that of RFC 8785', () => {
    // the example of the RFC, and the order of its keys by UTF-16 units
    assert.equal(canonicalJson({ numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001], string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] }), '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
    assert.equal(canonicalJson({ '\ufb33': 1, '😀': 2, '\r': 3, ö: 4, '1': 5 }), '{"\\r":3,"1":5,"ö":4,"😀":2,"\ufb33":1}');
  });
});

describe('writing a record', () => {
  const RECORD = { by: 'cid', on: '2026-11-22', digest: 'sha256:ab', ticket: 'CHG: 1' };
  const cases: readonly (readonly [title: string, path: string, text: string])[] = [
    ['a block gate without records', 'a.yaml', 'spec:\n  approvals:\n    - gate: deploy # c\n      from: [x] # d\n# e\n  tools: []\n'],
    ['a flow gate', 'a.yaml', 'spec:\n  approvals: [ { gate: deploy, from: [x] } ]\n'],
    ['records in a block', 'a.yaml', 'spec:\n  approvals:\n    - gate: deploy\n      records:\n        - by: old\n          on: 2026-01-01 # x\n      from: [x]\n'],
    ['records in a block at the key\'s own column', 'a.yaml', 'spec:\r\n  approvals:\r\n  - gate: deploy\r\n    records:\r\n    - { by: old }\r\n'],
    ['records in a flow', 'a.yaml', 'spec: { approvals: [ { gate: deploy, records: [ { by: old } ] } ] }'],
    ['an empty list', 'a.yaml', 'spec:\n  approvals:\n    - gate: deploy\n      records: []\n'],
    ['a key without a value', 'a.yaml', 'spec:\n  approvals:\n    - gate: deploy\n      records:\n      from: [x]\n'],
    ['JSON', 'a.json', '{ "spec": { "approvals": [\n  { "gate": "deploy",\n    "from": ["x"] }\n] } }'],
    ['a second document', 'a.yaml', 'a: b\n'],
  ];
  for (const [title, path, text] of cases) {
    it(title, () => {
      const edit = recordEdit(path, text, 0, 0, RECORD);
      if (title === 'a second document') return assert.equal(edit, null);
      assert.ok(edit);
      const after = applyEdits(text, [edit]);
      const tree = path.endsWith('.json') ? parseJson(after) : parseYaml(after);
      assert.deepEqual(tree.documents[0]?.problems, [], after);
      const value = plainValue(tree.documents[0]?.root ?? null) as { spec: { approvals: { records: object[] }[] } };
      const records = value.spec.approvals[0]?.records ?? [];
      assert.deepEqual(records[records.length - 1], RECORD, after);
      assert.equal(records.length, text.includes('by:') ? 2 : 1, after);
      for (const comment of text.match(/# \w/g) ?? []) assert.ok(after.includes(comment));
      return undefined;
    });
  }
});
