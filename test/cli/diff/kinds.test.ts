// What kind of change an edit makes, as the command line says it: the borderline cases, one edit each.
import assert from 'node:assert/strict';
import { memoryHost, run } from '../memory-host';

const FILES = {
  'c.catalog.yaml': `apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    payments: { members: [ann, ben] }
    finance: { members: [kim, lee] }
    risk: { members: [kim, lee, moe] }
    chief: { members: [kim] }
    audit: {}
  environments: { production: { stage: production }, test: { stage: test } }
  tools:
    pay/refund: { input: { type: object, required: [amount], properties: { amount: { type: number, minimum: 0 } } } }
    crm/find: {}
`,
  'a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: refund }\nspec:\n  purpose: x\n  lifecycle: production\n  owner: { team: payments }\n  roles: [clerk]\n  tools: [pay/refund, crm/find]\n',
  'p.policy.yaml': `apiVersion: countersign/v1
kind: Policy
metadata: { name: pay, owner: risk }
spec:
  rules:
    - { id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount <= 500 }
    - { id: large, effect: require_approval, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500, approval: { from: [finance] } }
    - { id: both, effect: oblige, actions: [call], resources: ["tool:pay/*"], obligations: [ { log: summary }, { redact: [pii, iban] }, { notify: [risk] }, { limit: 60/hour } ] }
`,
} as const;

interface Region { change: string; where: string; before: { effect: string }; after: { effect: string }; witness: object | null; rules: { before: string[]; after: string[] } }
interface Found { verdict: string; proved: boolean; regions: Region[]; agents: { agent: string; change: string; from?: string; fields: { field: string; added: string[]; removed: string[] }[] }[] }

/** The difference that an edit makes: `from` becomes `to` in one of the files. */
async function edited(file: keyof typeof FILES, from: string, to: string, options = ''): Promise<Found & { code: number }> {
  assert.ok(FILES[file].includes(from), from);
  const under = (folder: string, files: Readonly<Record<string, string>>) => Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]);
  const host = memoryHost(Object.fromEntries([...under('/base', FILES), ...under('/head', { ...FILES, [file]: FILES[file].replace(from, to) })]));
  const { code, out } = await run(`--workspace /head diff --base /base --head /head --format json --at 2026-11-23T00:00:00Z${options}`, host);
  return { ...(JSON.parse(out) as Found), code };
}

const FROM = 'approval: { from: [finance] }';
/** By what is changed: the edit of the policy, and the kinds that come out; nothing but these. */
const KINDS: readonly (readonly [what: string, from: string, to: string, kinds: readonly string[]])[] = [
  ['an approval that more people can give', FROM, 'approval: { from: [risk] }', ['widened']],
  ['an approval that fewer people can give', FROM, 'approval: { from: [chief] }', ['narrowed']],
  ['an approval of other people', FROM, 'approval: { from: [payments] }', ['widened']],
  ['an approval that anybody can give who runs the agent', FROM, 'approval: { from: [user] }', ['widened']],
  ['an approval of a team that names nobody', FROM, 'approval: { from: [audit] }', ['widened']],
  ['another team that may give it as well', FROM, 'approval: { from: [finance, payments] }', ['widened']],
  ['a second person', FROM, 'approval: { from: [finance], count: 2 }', ['narrowed']],
  ['teams that nobody knows', FROM, 'approval: { from: [kim, lee] }', ['widened']],
  ['the same people by name', FROM, 'approval: { from: ["person:kim", "person:lee"] }', ['approval-changed']],
  ['a time to answer', FROM, 'approval: { from: [finance], within: 4h }', ['approval-changed']],
  ['people who count for nothing else', FROM, 'approval: { from: [finance], distinct: true }', ['approval-changed']],
  ['no approval', `require_approval, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500, ${FROM}`, 'allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500', ['widened']],
  ['a rule that is malformed', 'effect: require_approval,', 'effect: allow,', ['narrowed']],
  ['a denial for an approval', `require_approval, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500, ${FROM}`, 'deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500', ['narrowed']],
  ['more to log', 'log: summary', 'log: full', ['narrowed']],
  ['less to log', 'log: summary', 'log: none', ['widened']],
  ['less to redact', '[pii, iban]', '[pii]', ['widened']],
  ['more to redact', '[pii, iban]', '[pii, iban, name]', ['narrowed']],
  ['other things to redact', '[pii, iban]', '[pii, name]', ['widened']],
  ['the same in another order', '[pii, iban]', '[iban, pii]', []],
  ['others who are told', 'notify: [risk]', 'notify: [finance]', ['widened']],
  ['a lower limit', '60/hour', '1/minute', ['obligations-changed']],
  ['a higher limit', '60/hour', '2/minute', ['widened']],
  ['a tighter limit', '60/hour', '1/hour', ['narrowed']],
  ['another name', 'id: small', 'id: little', []],
  ['another reason', 'when: args.amount <= 500', 'when: args.amount <= 500, reason: Because.', []],
  ['the same bound in other words', 'args.amount <= 500', '"!(args.amount > 500)"', []],
  ['a rule that ends one day', 'when: args.amount <= 500', 'when: args.amount <= 500, expires: 2026-12-31', []],
];

describe('the kind of a change', () => {
  for (const [what, from, to, kinds] of KINDS) {
    it(what, async () => {
      const { verdict, proved, regions, code } = await edited('p.policy.yaml', from, to);
      assert.deepEqual([...new Set(regions.map(({ change }) => change))], kinds, regions.map(({ where, change }) => `${change} ${where}`).join('\n'));
      assert.deepEqual([verdict, proved, code], [kinds.length === 0 ? 'equal' : 'changed', true, what.includes('malformed') ? 2 : kinds.includes('widened') ? 1 : 0]);
      for (const { witness, change } of regions) assert.ok(witness !== null || change === 'unknown');
    });
  }
});

describe('what becomes of agents', () => {
  const CHANGES: readonly (readonly [what: string, from: string, to: string, agent: object, kinds: readonly string[]])[] = [
    ['renamed', 'name: refund', 'name: refunds', { agent: 'refunds', change: 'renamed', from: 'refund', fields: [] }, ['widened', 'narrowed']],
    ['suspended', 'lifecycle: production', 'lifecycle: suspended', { agent: 'refund', change: 'changed', fields: [{ field: 'lifecycle', added: ['suspended'], removed: ['production'] }] }, ['narrowed']],
    ['given a role', '[clerk]', '[clerk, boss]', { agent: 'refund', change: 'changed', fields: [{ field: 'roles', added: ['boss'], removed: [] }] }, []],
    ['given a tool that no rule speaks of', 'crm/find]', 'crm/find, crm/all]', { agent: 'refund', change: 'changed', fields: [{ field: 'tools', added: ['crm/all'], removed: [] }] }, []],
    ['deprived of a tool', '[pay/refund, crm/find]', '[crm/find]', { agent: 'refund', change: 'changed', fields: [{ field: 'tools', added: [], removed: ['pay/refund'] }] }, ['narrowed']],
    ['given to another team', 'team: payments', 'team: risk', { agent: 'refund', change: 'changed', fields: [{ field: 'owner', added: ['risk'], removed: ['payments'] }] }, []],
  ];
  for (const [what, from, to, agent, kinds] of CHANGES) {
    it(what, async () => {
      const { agents, regions } = await edited('a.agent.yaml', from, to);
      assert.deepEqual(agents.map(({ agent: name, change, from: old, fields }) => ({ agent: name, change, ...(old === undefined ? {} : { from: old }), fields })), [agent]);
      assert.deepEqual([...new Set(regions.map(({ change }) => change))], kinds, regions.map(({ where, change }) => `${change} ${where}`).join('\n'));
    });
  }
});
