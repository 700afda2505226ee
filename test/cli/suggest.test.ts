// `countersign test --suggest`: cases that pass, cover what nothing covered, and fail when their rule is gone.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const RULES: readonly (readonly [id: string, rule: string])[] = [
  ['small', '{ id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: "!has(args.amount) || args.amount <= 500" }'],
  ['large', '{ id: large, effect: require_approval, actions: [call], resources: ["tool:pay/refund"], when: has(args.amount) && args.amount > 500, approval: { from: [finance] } }'],
  ['never-eve', '{ id: never-eve, effect: deny, actions: [call], when: has(principal.id) && principal.id == "eve" }'],
  ['log', '{ id: log, effect: oblige, obligations: [{ log: full }] }'],
];
const policy = (rules: readonly (readonly [string, string])[]): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n${rules.map(([, rule]) => `    - ${rule}\n`).join('')}`;
const FILES = {
  'c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { payments: { members: [ann] }, finance: { members: [bob] } }\n  tools: { pay/refund: { input: { type: object, properties: { amount: { type: number } } } } }\n',
  'a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec: { purpose: x, owner: { team: payments }, lifecycle: production, tools: ["pay/*"] }\n',
};
const suggest = async (files: Readonly<Record<string, string>>): Promise<{ out: string; err: string }> => {
  const { code, out, err } = await run('test --suggest', memoryHost(files));
  assert.equal(code, 0);
  return { out, err };
};

describe('test --suggest', () => {
  const files = { ...FILES, 'p.policy.yaml': policy(RULES) };

  it('writes cases that pass and leave nothing to suggest', async () => {
    const { out } = await suggest(files);
    for (const [id] of RULES) assert.ok(out.includes(`name: p/${id} decides`), `${id}\n${out}`);
    const kept = { ...files, 's.policytest.yaml': out };
    const tested = await run('test', memoryHost(kept));
    assert.equal(tested.code, 0, tested.out);
    const again = await suggest(kept);
    assert.deepEqual([again.out, again.err], ['', 'countersign: nothing to suggest: the tests cover every rule that can be covered\n']);
  });

  it('each rule that goes makes a case fail', async () => {
    const { out } = await suggest(files);
    for (const [id] of RULES) {
      const { code } = await run('test', memoryHost({ ...files, 'p.policy.yaml': policy(RULES.filter(([other]) => other !== id)), 's.policytest.yaml': out }));
      assert.equal(code, 1, id);
    }
  });

  it('says which rules nothing can cover, and why', async () => {
    const more = [...RULES, ['copy', RULES[0]?.[1].replace('id: small', 'id: copy') ?? ''], ['past', '{ id: past, effect: deny, expires: 2020-01-01 }'], ['bad', '{ id: bad, effect: allow }']] as const;
    const { out, err } = await suggest({ ...files, 'p.policy.yaml': policy(more) });
    assert.match(err, /no case for `p\/past`: it has expired\n/);
    assert.match(err, /no case for `p\/bad`: it is malformed\n/);
    assert.doesNotMatch(out, /p\/past|p\/bad/);
  });

  it('makes every part of a condition true and false, or says why that cannot be', async () => {
    const parts = [
      ['vip', '{ id: vip, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: "!has(args.amount) || args.amount <= 500 || args.note == \'vip\'" }'],
      ['long', '{ id: long, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: has(args.note) && (has(args.note) || size(args.note) > 3) }'],
      ['odd', '{ id: odd, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: "has(args.note) && args.note.matches(\'x$\') && args.note.matches(\'y$\')" }'],
    ] as const;
    const rules = { ...FILES, 'c.catalog.yaml': FILES['c.catalog.yaml'].replace('amount: { type: number }', 'amount: { type: number }, note: { type: string }'), 'p.policy.yaml': policy(parts) };
    const { out, err } = await suggest(rules);
    const { out: covered } = await run('test --coverage --format json', memoryHost({ ...rules, 's.policytest.yaml': out }));
    const { coverage } = JSON.parse(covered) as { coverage: { rule: string; branches: { text: string; true: number; false: number }[] }[] };
    const open = coverage.flatMap(({ rule, branches }) => branches.filter((one) => one.true === 0 || one.false === 0).map(({ text }) => `${rule} ${text}`));
    assert.deepEqual(open, ['p/long has(args.note) || size(args.note) > 3', "p/odd has(args.note) && args.note.matches('x$') && args.note.matches('y$')"], `${covered}\n${out}`);
    assert.match(err, /no case for `p\/long`: no request was found that makes `has\(args.note\) \|\| size\(args.note\) > 3` false\n/);
    assert.match(err, /no case for `p\/odd`: whether it applies to any request cannot be told\. .+into which the analysis cannot look/);
  });

  it('gives JSON, and has no other form', async () => {
    const { out } = await run('test --suggest --format json', memoryHost(files));
    const { cases } = JSON.parse(out) as { cases: { rule: string; name: string; request: { agent: string }; expect: { effect: string } }[] };
    assert.deepEqual(cases.find(({ rule }) => rule === 'p/large')?.expect.effect, 'require_approval');
    assert.equal((await run('test --suggest --format junit', memoryHost(files))).code, 2);
  });
});
