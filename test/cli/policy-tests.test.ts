// PolicyTests, the matrix and approvals on the command line.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec: { purpose: x, owner: { team: payments }, lifecycle: production, tools: [pay/refund, pay/void], approvals: [{ gate: call, resources: ["tool:pay/void"], from: [risk] }] }\n';
const RULES = '    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/*"], when: "!has(args.amount) || args.amount <= 500" }\n    - { id: never, effect: deny, actions: [delegate] }\n';
const policy = (rules: string, name = 'p'): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: ${name} }\nspec:\n  rules:\n${rules}`;
const test = (cases: string, spec = ''): string => `apiVersion: countersign/v1\nkind: PolicyTest\nspec:\n${spec}  cases:\n${cases}`;
const CATALOG = 'apiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { payments: { members: [ann] }, risk: { members: [bob] } }, environments: { prod: { stage: production } }, tools: { pay/refund: {}, pay/void: {}, crm/find: {} } }\n';
const request = (amount: number): string => `request: { agent: refund, action: call, resource: "tool:pay/refund", args: { amount: ${amount} } }`;
const GOOD = test(`    - { name: small, ${request(5)}, expect: allow }\n    - { name: large, ${request(900)}, expect: { effect: deny, cause: default, rules: [], approvals: [], obligations: [] } }\n`);
const base = { 'c.catalog.yaml': CATALOG, 'a.agent.yaml': AGENT, 'p.policy.yaml': policy(RULES) };

describe('test', () => {
  it('passes, and says so', async () => {
    const { code, out, err } = await run('test', memoryHost({ ...base, 't.policytest.yaml': GOOD }));
    assert.deepEqual([code, err], [0, '']);
    assert.equal(out, '✓ t.policytest.yaml  2 cases\n\n2 cases: 2 passed, 0 failed.\n');
  });

  const FAILING = test(`    - { name: small, ${request(5)}, expect: { effect: deny, cause: default } }\n    - { name: wrong, request: { agent: refund, action: call, resource: "data:x" }, expect: deny }\n    - { name: sets, ${request(5)}, expect: { rules: [p/other, p/small], obligations: [{ log: full }] } }\n`);
  it('fails with expected, actual and the trace, exit 1', async () => {
    const host = memoryHost({ ...base, 't.policytest.yaml': FAILING });
    const { code, out } = await run('test', host);
    assert.equal(code, 1);
    assert.match(out, /✗ t\.policytest\.yaml {2}3 cases, 3 failed\n {2}✗ small {2}t\.policytest\.yaml:5\n {6}effect: expected deny, got allow\n {6}cause: expected default, got rule\n {6}decided: allow, rule p\/small\n {6}● p\/small \(allow\): /);
    assert.match(out, /This is no request: `resource` is of type `data`/);
    const json = JSON.parse((await run('test --format json', host)).out) as { cases: { name: string; line: number; passed: boolean; differences: { field: string }[]; actual: { effect: string } | null }[]; summary: object };
    assert.deepEqual(json.cases.map((one) => [one.name, one.line, one.passed, one.actual?.effect, one.differences.map((difference) => difference.field)]), [['small', 4, false, 'allow', ['effect', 'cause']], ['wrong', 5, false, undefined, []], ['sets', 6, false, 'allow', ['rules', 'obligations']]]);
    assert.deepEqual(json.summary, { cases: 3, passed: 0, failed: 3, incomplete: false });
    const { out: xml } = await run('test --format junit', host);
    assert.match(xml, /<testsuites name="countersign" tests="3" failures="3"/);
    assert.match(xml, /<testcase name="small" classname="t\.policytest\.yaml" file="t\.policytest\.yaml" line="5" time="0">\s+<failure type="test\/failed" message="effect: expected deny, got allow; cause/);
  });
  it('compares approvals and `from` as sets', async () => {
    const ask = policy('    - { id: one, effect: require_approval, actions: [call], approval: { from: [risk, payments], count: 2 } }\n    - { id: two, effect: require_approval, actions: [call], resources: ["tool:pay/void"], approval: { from: [risk] } }\n');
    const cases = (expect: string, tool = 'pay/refund'): string => `    - { name: x, request: { agent: refund, action: call, resource: "tool:${tool}" }, expect: ${expect} }\n`;
    const exit = async (expect: string, tool?: string): Promise<number> => (await run('test', memoryHost({ ...base, 'p.policy.yaml': ask, 't.policytest.yaml': test(cases(expect, tool)) }))).code;
    assert.deepEqual(await Promise.all([
      exit('{ from: [payments, risk] }'), exit('{ from: [risk] }'), exit('{ approvals: [{ from: [payments, risk], count: 2 }] }'), exit('{ approvals: [{ from: [payments, risk] }] }'),
      exit('{ approvals: [{ from: [risk] }, { count: 2, from: [risk, payments] }] }', 'pay/void'), exit('{ from: [risk] }', 'pay/void'),
    ]), [0, 1, 0, 1, 0, 1]);
  });
  it('looks only at the policies that the test names, at its own time', async () => {
    const late = policy('    - { id: freeze, effect: deny, actions: [call], when: \'context.time >= timestamp("2027-01-01T00:00:00Z")\' }\n', 'late');
    const host = (spec: string, expect: string, more = ''): Promise<{ code: number }> => run('test', memoryHost({ ...base, 'l.policy.yaml': late, 't.policytest.yaml': test(`    - { name: x, ${more}request: { agent: refund, action: call, resource: "tool:pay/refund" }, expect: ${expect} }\n`, spec) }));
    assert.equal((await host('', 'allow')).code, 0);
    assert.equal((await host('  at: 2027-02-01T00:00:00Z\n', 'deny')).code, 0);
    assert.equal((await host('  at: 2027-02-01T00:00:00Z\n', 'allow', 'at: 2026-02-01T00:00:00Z, ')).code, 0);
    assert.equal((await host('  policies: ["*", "!late"]\n  at: 2027-02-01T00:00:00Z\n', 'allow')).code, 0);
    assert.equal((await host('  policies: [late]\n', '{ effect: deny, cause: default }')).code, 0);
  });
  it('exits 2 on malformed policies, unless that is allowed', async () => {
    const host = memoryHost({ ...base, 'q.policy.yaml': policy('    - { id: bad, effect: deny, actions: [delegate], wen: x }\n', 'q'), 't.policytest.yaml': GOOD });
    const { code, out, err } = await run('test', host);
    assert.equal(code, 2);
    assert.match(out, /2 passed, 0 failed/);
    assert.match(err, /^countersign: the tested policies are incomplete: q\.policy\.yaml:6 q\/bad is malformed; mend it, or use `--allow-incomplete`\n$/);
    assert.equal((await run('test --allow-incomplete', host)).code, 0);
    assert.equal((await run('test', memoryHost({ ...base, 'q.policy.yaml': 'a: [', 't.policytest.yaml': GOOD }))).code, 2);
  });
  it('says which rules and branches the cases reach', async () => {
    const host = memoryHost({ ...base, 't.policytest.yaml': GOOD });
    assert.match((await run('test --coverage', host)).out, /Coverage {2}rules 50 % \(1 of 2\), branches 83 % \(5 of 6\)\n {2}no case makes p\/never apply/);
    const { out } = await run('test --format lcov', host);
    assert.match(out, /^TN:\nSF:p\.policy\.yaml\nFN:6,p\/small\nFN:7,p\/never\nFNDA:1,p\/small\nFNDA:0,p\/never\nFNF:2\nFNH:1\nBRDA:6,0,0,1\nBRDA:6,0,1,1\n/);
    assert.match(out, /DA:6,1\nDA:7,0\nLF:2\nLH:1\nend_of_record\n$/);
  });
  it('takes paths', async () => {
    const host = memoryHost({ ...base, 'good/t.policytest.yaml': GOOD, 'bad/t.policytest.yaml': FAILING });
    assert.deepEqual([(await run('test good', host)).code, (await run('test bad', host)).code, (await run('test nowhere', host)).code], [0, 1, 2]);
  });
});

describe('matrix', () => {
  const HOST = memoryHost(base);
  it('says what each agent may use', async () => {
    const { code, out } = await run('matrix --environment prod --format json', HOST);
    assert.equal(code, 0);
    const found = JSON.parse(out) as { environment: string; agents: object[]; columns: object[]; cells: { agent: string; action: string; resource: string; effect: string; cause: string }[] };
    assert.deepEqual(found.agents, [{ id: 'refund', owner: 'payments', lifecycle: 'production' }]);
    assert.deepEqual(found.cells, [
      { agent: 'refund', action: 'call', resource: 'tool:crm/find', effect: 'deny', cause: 'undeclared' },
      { agent: 'refund', action: 'call', resource: 'tool:pay/refund', effect: 'depends', cause: 'rule' },
      { agent: 'refund', action: 'call', resource: 'tool:pay/void', effect: 'depends', cause: 'rule' },
      { agent: 'refund', action: 'deploy', resource: 'environment:prod', effect: 'deny', cause: 'undeclared' },
    ]);
  });
  it('as CSV and for people', async () => {
    assert.equal((await run('matrix --format csv', HOST)).out, 'agent,owner,call tool:crm/find,call tool:pay/refund,call tool:pay/void,deploy environment:prod\r\nrefund,payments,deny,depends,depends,deny\r\n');
    assert.match((await run('matrix', HOST)).out, /^call\nAGENT +RESOURCE\nrefund +tool:pay\/refund +\? the arguments decide\n/);
    assert.match((await run('matrix --environment prd', HOST)).err, /no environment `prd`; did you mean `prod`/);
  });
});

describe('approve', () => {
  it('writes a record that counts, and says what is approved', async () => {
    const host = memoryHost(base);
    const call = 'simulate --agent refund --action call --resource tool:pay/void --expect';
    assert.equal((await run(`${call} require_approval`, host)).code, 0);
    const { code, out } = await run('approve refund --by bob --ticket C-1 --expires 2027-03-01 --gate call', host);
    assert.equal(code, 0);
    assert.match(out, /^refund may, once its gates are open:\n {2}call tool:pay\/refund: Allowed where amount <= 500 or amount is missing; otherwise denied\.\n/);
    assert.match(out, /Approved: call of tool:pay\/void\. It is the first approval\.\nWritten to a\.agent\.yaml, with the digest sha256:[0-9a-f]{64}\.\n$/);
    assert.equal((await run(`${call} allow`, host)).code, 0);
    assert.equal((await run(`${call} require_approval --at 2027-03-02`, host)).code, 0);
    assert.doesNotMatch((await run('check a.agent.yaml --format json', host)).out, /"code": ?"approval\//);
    assert.match((await run('approve refund --by bob', host)).out, /Approved already: call of tool:pay\/void\. Nothing has changed/);
  });
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['approve refund', /--by/], ['approve refnd --by bob', /no agent `refnd`; did you mean `refund`/], ['approve refund --by ann', /`ann` is no declared member of `risk`/],
    ['approve refund --by bob --gate deploy', /no gate before `deploy`/], ['approve refund --by bob --expires soon', /is no day/], ['approve refund --by bob --expires 2020-01-01', /has passed/],
  ];
  for (const [command, says] of wrong) it(`\`${command}\` is exit 2`, async () => {
    const { code, err } = await run(command, memoryHost(base));
    assert.equal(code, 2);
    assert.match(err, says);
  });
  it('nobody approves their own agent', async () => {
    const host = memoryHost({ ...base, 'c.catalog.yaml': CATALOG.replace('[bob]', '[bob, ann]') });
    assert.match((await run('approve refund --by ann', host)).err, /nobody approves their own agent/);
  });
});
