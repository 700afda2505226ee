// Who can do something and what somebody can do, on the command line; and the findings that rest on all documents.
import assert from 'node:assert/strict';
import { memoryHost, run } from './memory-host';

const FILES = {
  'c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  environments: { production: { stage: production }, staging: { stage: staging } }\n  tools:\n    pay/refund:\n      input: { type: object, required: [amount], properties: { amount: { type: number, minimum: 0 } } }\n',
  'a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec: { purpose: x, owner: { team: payments }, lifecycle: production, roles: [clerk], tools: [pay/refund] }\n',
  'b.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: other }\nspec: { purpose: x, owner: { team: payments }, lifecycle: production, tools: [pay/refund] }\n',
  'p.policy.yaml': 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: risk }\nspec:\n  rules:\n    - { id: small, effect: allow, roles: [clerk], actions: [call], resources: ["tool:pay/*"], when: args.amount <= 500 }\n    - { id: large, effect: require_approval, actions: [call], resources: ["tool:pay/*"], environments: [production], when: args.amount > 500, approval: { from: [risk], within: 4h } }\n',
};

interface Found { regions: { where: string; effect: string; region: object; witness: object; rules: { id: string }[]; agents: string[]; approvals: object[] }[] }
const ask = async (command: string): Promise<Found> => {
  const { code, out, err } = await run(`${command} --format json`, memoryHost(FILES));
  assert.deepEqual([code, err], [0, '']);
  return JSON.parse(out) as Found;
};

describe('who', () => {
  it('gives agents and conditions as regions, with examples', async () => {
    const { regions, ...rest } = await ask('who --action call --resource tool:pay/refund --environment production --at 2026-11-22T10:00:00Z');
    assert.deepEqual(regions.map(({ where, effect, region, witness, agents, approvals, rules }) => ({ where, effect, region, witness, agents, approvals, rules: rules.map((rule) => rule.id) })), [
      {
        where: 'refund · call · tool:pay/refund · production · args.amount <= 500', effect: 'allow', agents: ['refund'], approvals: [], rules: ['p/small'],
        region: { 'agent.id': { in: ['refund'] }, 'action.name': { in: ['call'] }, 'resource': { in: ['tool:pay/refund'] }, 'context.environment': { in: ['production'] }, 'args.amount': { lte: 500 } },
        witness: { agent: 'refund', action: 'call', resource: 'tool:pay/refund', environment: 'production', args: { amount: 0 }, context: { time: '2026-11-22T10:00:00Z' } },
      },
      {
        where: 'other or refund · call · tool:pay/refund · production · args.amount > 500', effect: 'require_approval', agents: ['other', 'refund'], approvals: [{ from: ['risk'], count: 1, within: '4h' }], rules: ['p/large'],
        region: { 'agent.id': { in: ['other', 'refund'] }, 'action.name': { in: ['call'] }, 'resource': { in: ['tool:pay/refund'] }, 'context.environment': { in: ['production'] }, 'args.amount': { gt: 500 } },
        witness: { agent: 'other', action: 'call', resource: 'tool:pay/refund', environment: 'production', args: { amount: 501 }, context: { time: '2026-11-22T10:00:00Z' } },
      },
    ]);
    assert.deepEqual(Object.keys(rest), ['action', 'resource', 'environment', 'proved', 'world', 'assumptions', 'reasons']);
  });
  it('says it to people', async () => {
    const { out } = await run('who --action call --resource tool:pay/refund --environment staging', memoryHost(FILES));
    assert.match(out, /^Who may call tool:pay\/refund in staging\. Everybody else is denied\.\n\nrefund\n {2}✓ may when amount <= 500\n {4}because of p\/small\n\nIn the closed world\. /);
    assert.match((await run('who --action call --resource tool:pay/void', memoryHost(FILES))).out, /^Nobody can do this\.\n/);
  });
  it('denies nothing that was not looked at', async () => {
    const pairs = Array.from({ length: 24 }, (_, i) => String(i).padStart(2, '0'));
    const names = ['a', 'b'].flatMap((side) => pairs.map((pair) => side + pair));
    const files = {
      ...FILES,
      'c.catalog.yaml': `apiVersion: countersign/v1\nkind: Catalog\nspec:\n  tools:\n    pay/refund:\n      input: { type: object, required: [${names.join(', ')}], properties: { ${names.map((name) => `${name}: { type: boolean }`).join(', ')} } }\n`,
      'p.policy.yaml': `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: risk }\nspec:\n  rules:\n    - { id: many, effect: allow, actions: [call], resources: ["tool:pay/*"], when: "${pairs.map((pair) => `(args.a${pair} && args.b${pair})`).join(' || ')}" }\n`,
    };
    assert.match((await run('who --action call --resource tool:pay/refund', memoryHost(files))).out, /^Cannot tell who may call tool:pay\/refund: not all was looked at\.\n\n`call` on `tool:pay\/refund`: more combinations/);
    assert.match((await run('can --agent refund', memoryHost(files))).out, /^Cannot tell what refund can do: not all was looked at\.\n/);
  }).timeout(60_000);
  for (const command of ['who --action cal --resource tool:x', 'who --action call --resource data:x', 'who --action call --resource tool', 'who --action call', 'who --action deploy --resource environment:a --environment b', 'can --agent ghost', 'can', 'can --agent refund --at nonsense']) {
    it(`${command}: wrong use`, async () => {
      const { code, out, err } = await run(command, memoryHost(FILES));
      assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1]);
    });
  }
});

describe('can', () => {
  it('gives all that an agent can do', async () => {
    const { regions } = await ask('can --agent refund');
    assert.deepEqual(regions.map(({ where, effect }) => `${effect} ${where}`), [
      'allow refund · call · tool:pay/refund · args.amount <= 500', 'require_approval refund · call · tool:pay/refund · no environment · args.amount > 500', 'require_approval refund · call · tool:pay/refund · production · args.amount > 500',
    ]);
  });
  it('says it to people: what is decided alike is said once, widest first', async () => {
    const rules = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: q }\nspec:\n  rules:\n    - { id: models, effect: allow, actions: [invoke], resources: ["model:*"] }\n    - { id: freeze, effect: deny, actions: [call], resources: ["tool:pay/*"], unless: \'"urgent" in context.labels\', expires: 2026-12-31 }\n';
    const agent = FILES['a.agent.yaml'].replace('roles:', 'model: a/b, roles:');
    const { out } = await run('can --agent refund', memoryHost({ ...FILES, 'a.agent.yaml': agent, 'q.policy.yaml': rules }));
    assert.equal(out.slice(0, out.indexOf('In the closed')), `What refund may do. All else is denied.

use a/b
  ✓ may
    because of q/models

call pay/refund
  ✓ may when amount <= 500
    because of p/small
  ⚠ needs approval of risk within 4h, in production, also where none is named,
    when amount > 500
    because of p/large
  each of these only:
    – up to 2026-12-31, when "urgent" in labels
    – after 2026-12-31

`);
  });
});

describe('check', () => {
  it('includes what rests on all documents, and comments may hide it', async () => {
    const check = async (policy: string): Promise<string[]> => {
      const { out } = await run('check --format json', memoryHost({ ...FILES, 'p.policy.yaml': policy }));
      return (JSON.parse(out) as { findings: { code: string; severity: string; file: string }[] }).findings.filter(({ code }) => /^(?:policy|capability|suppression)\//.test(code)).map(({ code, severity, file }) => `${file} ${severity} ${code}`);
    };
    const extra = '    - { id: again, effect: allow, roles: [clerk], actions: [call], resources: ["tool:pay/refund"], when: args.amount < 100 }\n';
    assert.deepEqual(await check(FILES['p.policy.yaml']), []);
    assert.deepEqual(await check(FILES['p.policy.yaml'] + extra), ['p.policy.yaml hint policy/redundant-rule']);
    assert.deepEqual(await check(`${FILES['p.policy.yaml']}    # countersign-ignore policy/redundant-rule: kept for the auditors\n${extra}`), []);
    assert.deepEqual(await check(`${FILES['p.policy.yaml'].replace('    - { id: large', '    # countersign-ignore policy/redundant-rule: nothing is\n    - { id: large')}`), ['p.policy.yaml warning suppression/unused']);
  });
});

describe('who, of many', () => {
  it('names them all, over what is true of all of them', async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`m${i}.agent.yaml`, FILES['b.agent.yaml'].replace('name: other', `name: many-${String(i).padStart(2, '0')}`)]));
    const policy = FILES['p.policy.yaml'].replace('roles: [clerk], ', '');
    const { out } = await run('who --action call --resource tool:pay/refund --environment staging', memoryHost({ ...FILES, ...many, 'p.policy.yaml': policy }));
    assert.match(out, /\n\nmany-00, many-01, [^]*many-11, other, refund\n {2}✓ may when amount <= 500\n {4}because of p\/small\n\n/);
  });
});
