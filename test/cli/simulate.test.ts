// Decisions on the command line: options, requests from files, batches, exit codes.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const FILES = {
  'c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { payments: { members: [ann] }, finance: { members: [bob, cid] } }\n  tools:\n    pay/refund:\n      input:\n        type: object\n        properties:\n          amount: { type: number }\n          code: { type: string }\n          loose: { type: [string, number] }\n          kind: { enum: [a, 1] }\n          deep: { type: object, properties: { x: { type: string }, y: { type: boolean } } }\n',
  'a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec: { purpose: x, owner: { team: payments }, lifecycle: production, tools: ["pay/*"] }\n',
  'p.policy.yaml': 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/*"], when: "!has(args.amount) || args.amount <= 500" }\n    - id: large\n      effect: require_approval\n      actions: [call]\n      resources: ["tool:pay/*"]\n      when: has(args.amount) && args.amount > 500\n      approval: { from: [finance], within: 4h }\n    - { id: freeze, effect: deny, actions: [call], when: \'context.time >= timestamp("2027-01-01T00:00:00Z") || (has(principal.id) && principal.id == "eve") || "no" in context.labels\' }\n    - { id: log, effect: oblige, obligations: [{ log: full }] }\n',
  'short.json': '{ "agent": "refund", "action": "call", "resource": "tool:pay/refund", "args": { "amount": 900 } }',
  'authzen.yaml': 'subject: { type: agent, id: refund }\naction: { name: call }\nresource: { type: tool, id: pay/refund }\n',
  'broken.json': '{ "agent": ',
};
const HOST = memoryHost(FILES);
const CALL = 'simulate --agent refund --action call --resource tool:pay/refund';

interface Output { effect: string; cause: string; rules: { id: string; file: string; line: number }[]; trace: { id: string; values: { text: string; value: unknown }[] }[] }
const simulate = async (command: string, stdin = ''): Promise<Output> => {
  const { code, out, err } = await run(`${command} --format json`, memoryHost(FILES, stdin));
  assert.deepEqual([code, err], [0, '']);
  return JSON.parse(out) as Output;
};

describe('simulate', () => {
  it('has exactly the keys of the contract, in order, lines from 0', async () => {
    const found = await simulate(`${CALL} --arg amount=900`);
    assert.deepEqual(Object.keys(found), ['effect', 'cause', 'rules', 'approvals', 'obligations', 'warnings', 'incomplete', 'unknown', 'trace']);
    assert.deepEqual({ ...found, trace: [] }, {
      effect: 'require_approval', cause: 'rule',
      rules: [{ id: 'p/large', file: 'p.policy.yaml', line: 6, range: { start: { line: 6, character: 6 }, end: { line: 11, character: 47 } } }],
      approvals: [{ rule: 'p/large', from: ['finance'], count: 1, within: '4h', people: ['bob', 'cid'] }],
      obligations: [{ log: 'full' }], warnings: [], incomplete: false, unknown: [], trace: [],
    });
    assert.deepEqual(Object.keys(found.trace[0] ?? {}), ['id', 'file', 'line', 'range', 'effect', 'matched', 'because', 'detail', 'values', 'error']);
    const large = found.trace.find((entry) => entry.id === 'p/large');
    assert.deepEqual(large?.values.find((value) => value.text === 'args.amount > 500'), { range: { start: { line: 10, character: 32 }, end: { line: 10, character: 49 } }, text: 'args.amount > 500', value: true });
  });

  const effects: readonly (readonly [command: string, effect: string])[] = [
    [CALL, 'allow'], [`${CALL} --arg amount=20`, 'allow'], [`${CALL} --args {"amount":900}`, 'require_approval'], [`${CALL} --args {"amount":900} --arg amount=5e1`, 'allow'],
    [`${CALL} --at 2027-01-01T00:00:00Z`, 'deny'], [`${CALL} --at 2027-01-02`, 'deny'], [`${CALL} --at 2027-01-02 --context {"time":"2026-01-01T00:00:00Z"}`, 'allow'],
    [`${CALL} --principal {"id":"eve"}`, 'deny'], [`${CALL} --principal eve`, 'deny'], [`${CALL} --principal null`, 'allow'], [`${CALL} --context {"labels":["no"]}`, 'deny'],
    ['simulate --request short.json', 'require_approval'], ['simulate --request authzen.yaml', 'allow'], ['simulate --request short.json --at 2027-01-02', 'deny'],
    ['simulate --agent ghost --action call --resource tool:pay/refund', 'deny'], ['simulate --agent ghost --action call --resource tool:pay/refund --assume', 'allow'],
  ];
  for (const [command, effect] of effects) it(`${command}: ${effect}`, async () => assert.equal((await simulate(command)).effect, effect));
  it('reads a request from standard input', async () => assert.equal((await simulate('simulate --request -', FILES['short.json'])).effect, 'require_approval'));

  it('types arguments by the schema of the tool, else as JSON, else as text', async () => {
    const values = async (args: string): Promise<unknown> => {
      const { out } = await run(`simulate --agent refund --action call --resource tool:pay/refund ${args} --format json`, memoryHost({ ...FILES, 'p.policy.yaml': FILES['p.policy.yaml'].replace('"!has(args.amount) || args.amount <= 500"', '"[args] == []"') }));
      return (JSON.parse(out) as Output).trace.find((entry) => entry.id === 'p/small')?.values;
    };
    const shown = JSON.stringify(await values('--arg amount=900'));
    assert.ok(shown.includes('"[args] == []"'), shown);
    const { argumentsOf } = await import('../../server/src/cli/arguments');
    const schema = { type: 'object', properties: { amount: { type: 'number' }, code: { type: 'string' }, loose: { type: ['string', 'number'] }, kind: { enum: ['a', 1] }, flag: { type: 'boolean' }, deep: { type: 'object', properties: { x: { type: 'string' } } } } };
    assert.deepEqual(argumentsOf('{"deep":{"z":1}}', ['amount=900', 'code=007', 'loose=7', 'kind=1', 'flag=true', 'deep.x=5', 'deep.y=5', 'free=[1]', 'text=a=b', 'empty='], schema), {
      deep: { z: 1, x: '5', y: 5 }, amount: 900, code: '007', loose: 7, kind: 1, flag: true, free: [1], text: 'a=b', empty: '',
    });
    assert.deepEqual(argumentsOf(undefined, ['amount=many', 'a.b.c=1'], schema), { amount: 'many', a: { b: { c: 1 } } });
  });

  it('exits 1 on another effect than expected', async () => {
    assert.equal((await run(`${CALL} --expect allow`, HOST)).code, 0);
    assert.equal((await run(`${CALL} --expect deny`, HOST)).code, 1);
  });

  const wrong: readonly (readonly [command: string, says: RegExp])[] = [
    ['simulate', /`--agent` is missing/], ['simulate --agent a --action call', /`--resource` is missing/],
    ['simulate --agent refund --action cal --resource tool:pay/refund', /bad request: `action` is `cal`.*did you mean `call`/],
    ['simulate --agent refund --action read --resource tool:pay/refund', /bad request: `resource`/],
    ['simulate --agent refund --action read --resource data:x --arg a=1', /bad request: `args`/],
    [`${CALL} --arg amount`, /`--arg amount` is not of the form/], [`${CALL} --args [1]`, /`--args` must be a JSON object/], [`${CALL} --args {`, /`--args` is not JSON/],
    [`${CALL} --args {"amount":1e999}`, /bad request: `args.amount` is not a finite number/], [`${CALL} --principal {`, /`--principal` is not JSON/], [`${CALL} --principal true`, /bad request: `principal` must be a map/], [`${CALL} --arg a..b=1`, /names nothing between its dots/], [`${CALL} --arg =1`, /is not of the form/], [`${CALL} --environment `, /`environment` must be a text/],
    [`${CALL} --arg amount=9007199254740993`, /bad request: `args.amount` is a whole number beyond/], [`${CALL} --context {"args":{"amount":5}} --arg amount=6`, /`args` and `context.args` differ/], [`${CALL} extra`, /too many arguments/], [`${CALL} --context 3`, /`--context` must be/],
    [`${CALL} --at tomorrow`, /`--at tomorrow` is no time/], [`${CALL} --environment a --context {"environment":"b"}`, /`environment` and `context.environment` differ/],
    ['simulate --request broken.json', /`broken.json` holds no request/], ['simulate --request none.json', /`none.json` is not there/], ['simulate --request short.json --agent a', /leave out `--agent`/],
    ['simulate --batch a --request b', /not both/], [`${CALL} --expect maybe`, /Allowed choices/],
  ];
  for (const [command, says] of wrong) {
    it(`\`${command}\` is exit 2 with one line`, async () => {
      const { code, out, err } = await run(command, HOST);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
      assert.match(err, /^countersign: [^\n]+\n$/);
    });
  }

  it('answers a batch in order, a bad line in its place, and exits 2 at the end', async () => {
    const line = (amount: unknown): string => JSON.stringify({ agent: 'refund', action: 'call', resource: 'tool:pay/refund', args: { amount } });
    const stdin = [line(1), 'no', '', line(900), '{"agent":"refund"}', line('x'), ''].join('\r\n');
    const { code, out, err } = await run('simulate --batch -', memoryHost(FILES, stdin));
    assert.deepEqual([code, err], [2, '']);
    const answers = out.trimEnd().split('\n').map((text) => JSON.parse(text) as { effect?: string; error?: string; line?: number });
    assert.deepEqual(answers.map(({ effect, line: at }) => effect ?? at), ['allow', 2, 'require_approval', 5, 'require_approval']);
    assert.match(answers[3]?.error ?? '', /`action` is missing/);
    const good = memoryHost({ ...FILES, 'all.jsonl': `${line(1)}\n${line(900)}` });
    assert.equal((await run('simulate --batch all.jsonl', good)).code, 0);
    assert.equal((await run('simulate --batch all.jsonl --expect allow', good)).code, 1);
    assert.equal((await run('simulate --batch none.jsonl', good)).code, 2);
  });

  it('says it to people', async () => {
    const { out } = await run(`${CALL} --arg amount=900`, HOST);
    assert.match(out, /^⚠ Needs approval\nrefund wants to call tool:pay\/refund in no named environment\n\nbecause {2}p\/large {2}p\.policy\.yaml:7\napproval finance \(bob, cid\), within 4h\nalso {5}log everything\n/);
    assert.match(out, /Why\n ● p\/large {2}ask\n[\s\S]* – p\/small {2}allow, not matched by when\n/);
    assert.match((await run('simulate --agent refund --action call --resource tool:x/y', HOST)).out, /^✗ Denied\n[\s\S]*because {2}the agent does not declare/);
  });
});

describe('simulate under the permissions of another tool', () => {
  const host = memoryHost({
    ...FILES,
    '.claude/settings.json': '{ "permissions": {\n  "allow": ["Bash(npm test:*)", "Write(x/**)"],\n  "ask": ["Bash(git push:*)"],\n  "deny": ["Bash(rm:*)"] } }\n',
    'plain/.claude/settings.json': '{ "env": {} }\n',
  });
  const effect = async (command: string): Promise<string> => {
    const { code, out, err } = await run(`${command} --format json`, host);
    assert.deepEqual([code, err], [0, '']);
    return (JSON.parse(out) as Output).effect;
  };
  const CLAUDE = 'simulate --agent claude --action call --resource tool:claude/Bash';

  it('joins them with the workspace, or decides under one file alone', async () => {
    assert.equal(await effect(`${CLAUDE} --args {"command":"rm\\u0020x"}`), 'deny');
    // the policies deny what they do not speak of, the file alone does not
    assert.equal(await effect(`${CLAUDE} --args {"command":"npm\\u0020test"}`), 'deny');
    assert.equal(await effect(`${CLAUDE} --policy-source .claude/settings.json --args {"command":"npm\\u0020test"}`), 'allow');
    assert.equal(await effect(`${CLAUDE} --policy-source .claude/settings.json --args {"command":"git\\u0020push\\u0020--force"}`), 'require_approval');
  });

  it('says what is wrong with the file', async () => {
    for (const [file, words] of [['missing.json', /is not there/], ['short.json', /no format that Countersign reads/], ['plain/.claude/settings.json', /says nothing of what is permitted/]] as const) {
      const { code, err } = await run(`${CLAUDE} --policy-source ${file}`, host);
      assert.equal(code, 2);
      assert.match(err, words);
    }
  });

  it('sources lists the rules in order', async () => {
    const { out } = await run('sources --format json', host);
    const source = (JSON.parse(out) as { file: string; rules?: { rule: string; effect: string; line: number; ignored?: string }[] }[]).find(({ file }) => file === '.claude/settings.json');
    assert.deepEqual(source?.rules?.map(({ rule, effect: does, line, ignored }) => [rule, does, line, ignored !== undefined]), [
      ['Bash(npm test:*)', 'allow', 1, false], ['Write(x/**)', 'allow', 1, true], ['Bash(git push:*)', 'require_approval', 2, false], ['Bash(rm:*)', 'deny', 3, false],
    ]);
    assert.match((await run('sources', host)).out, /\n\.claude\/settings\.json\n {2}allow {13}Bash\(npm test:\*\) {2}\(line 2\)\n {2}allow {13}Write\(x\/\*\*\) {2}\(line 2; no effect\)\n/);
  });
});
