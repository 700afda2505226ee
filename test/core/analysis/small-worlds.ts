// Random workspaces whose requests are few enough to be decided one by one.
import fc from 'fast-check';

export interface SmallRule {
  readonly [key: string]: unknown;
}

const some = <T>(values: readonly T[], most = 2): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const maybe = <T>(value: fc.Arbitrary<T>, percent: number): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary: value });
const present = (value: object): object => Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));

const CONDITIONS = [
  'args.amount > 500', 'args.amount <= 20', 'args.amount == 500', 'has(args.amount) && args.amount > 100', '!has(args.amount) || args.amount < 500', 'args.amount in [20, 900]', 'args.urgent', '!args.urgent',
  'args.note == "a"', 'args.note.startsWith("ab")', 'args.note in ["a", "b"]', 'has(args.note) && !args.note.contains("b")', 'size(args.note) > 1', '"hr" in principal.groups', 'has(principal.id) && principal.id == "zoe"', 'principal.id != "cid"',
  'agent.id == "one"', '"clerk" in agent.roles', 'context.environment == "prod"', 'has(context.stage) && context.stage == "production"', 'resource.id.startsWith("pay/")', 'resource.server == "pay"',
  'args.amount > 100 ? args.urgent : has(principal.id)', 'args.note == principal.id', 'args.amount * 2 > 900', 'args.amount * 2 > 100', 'variables.large', '!variables.large || args.urgent', 'size(context.via) > 0', '"one" in context.via',
  'context.time >= timestamp("2026-12-20T00:00:00Z")', 'context.time.getDayOfWeek() in [0, 6]', 'context.time.getDayOfWeek() == 6', 'args.deep.value == 1', 'has(args.deep) && has(args.deep.value)', 'false', 'args.amount > 500 && args.amount < 100', 'has(context.cost) && context.cost > 1', 'context.ext.mode == "x"',
];

const NAMES = some(['one', 'two', 'o*', '!two', '*']);
const rule: fc.Arbitrary<object> = fc.record({
  effect: fc.oneof({ weight: 45, arbitrary: fc.constant('allow') }, { weight: 20, arbitrary: fc.constant('require_approval') }, { weight: 20, arbitrary: fc.constant('deny') }, { weight: 15, arbitrary: fc.constant('oblige') }),
  agents: maybe(NAMES, 20), roles: maybe(some(['clerk', 'cl*', '!clerk', '*', 'boss']), 25), environments: maybe(some(['prod', 'dev', 'p*', '!dev']), 25),
  actions: maybe(some(['call', 'read', 'deploy', 'delegate', '*']), 80), resources: maybe(some(['tool:pay/refund', 'tool:pay/*', 'tool:crm/find', 'data:orders', 'environment:*', 'agent:two', '*']), 80),
  when: maybe(fc.constantFrom(...CONDITIONS), 60), unless: maybe(fc.constantFrom(...CONDITIONS), 15),
  expires: maybe(fc.constantFrom('2026-11-21', '2026-12-25'), 10),
  obligations: maybe(some<object>([{ log: 'summary' }, { log: 'full' }, { redact: ['pii'] }, { notify: ['risk'] }, { warn: 'careful' }]), 25),
  approval: fc.record({ from: some(['finance', 'risk', 'user']), count: maybe(fc.constantFrom(1, 2), 40), within: maybe(fc.constant('4h'), 30), distinct: maybe(fc.boolean(), 20) }).map(present),
}).map((made) => present({
  ...made, approval: made.effect === 'require_approval' ? made.approval : undefined, obligations: made.effect === 'oblige' ? (made.obligations ?? [{ log: 'summary' }]) : made.obligations,
  actions: made.effect === 'allow' ? (made.actions ?? ['*']) : made.actions, resources: made.effect === 'allow' ? (made.resources ?? ['*']) : made.resources,
}));

export interface SmallPolicy {
  readonly scope: object | undefined;
  readonly large: string;
  readonly rules: readonly object[];
}

export const policy: fc.Arbitrary<SmallPolicy> = fc.record({
  scope: maybe(fc.record({ environments: maybe(some(['prod', 'dev']), 50), agents: maybe(NAMES, 30) }).map(present), 20),
  large: fc.constantFrom('args.amount > 500', 'args.amount > 100', 'has(args.amount) && args.amount >= 500'), rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
});

const agent: fc.Arbitrary<object> = fc.record({
  name: fc.constantFrom('one', 'one', 'two'), lifecycle: fc.constantFrom('production', 'production', 'production', 'draft', 'suspended'), roles: maybe(some(['clerk', 'boss']), 60),
  tools: some(['pay/refund', 'pay/*', 'crm/find']), data: fc.constantFrom([], [{ source: 'orders', access: ['read'] }]), delegates: fc.constantFrom([], ['two']), hosting: maybe(some(['prod', 'dev']), 30),
  approvals: maybe(fc.array(fc.record({ gate: fc.constantFrom('call', 'deploy'), environment: maybe(fc.constantFrom('prod', 'dev'), 50), from: some(['finance', 'risk']) }).map(present), { minLength: 1, maxLength: 1 }), 20),
}).map(present);

export interface SmallWorld {
  readonly agents: readonly object[];
  readonly policies: readonly SmallPolicy[];
  readonly schema: boolean;
}

export const world: fc.Arbitrary<SmallWorld> = fc.record({ agents: fc.uniqueArray(agent, { minLength: 1, maxLength: 2, selector: (one) => (one as { name: string }).name }), policies: fc.array(policy, { minLength: 1, maxLength: 2 }), schema: fc.boolean() });

/** A world with one thing changed, or another. */
export const pair: fc.Arbitrary<readonly [SmallWorld, SmallWorld]> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(world, policy, fc.nat(3)).map(([one, other, at]): readonly [SmallWorld, SmallWorld] => [one, { ...one, policies: one.policies.map((known, index) => (index === 0 ? { ...known, rules: known.rules.map((old, place) => (place === at % known.rules.length ? (other.rules[0] ?? old) : old)) } : known)) }]) },
  { weight: 2, arbitrary: fc.tuple(world, agent).map(([one, other]): readonly [SmallWorld, SmallWorld] => [one, { ...one, agents: [other, ...one.agents.slice(1).filter((known) => (known as { name: string }).name !== (other as { name: string }).name)] }]) },
  { weight: 2, arbitrary: fc.tuple(world, world) },
  { weight: 1, arbitrary: world.map((one): readonly [SmallWorld, SmallWorld] => [one, { ...one, schema: !one.schema }]) },
);

const document = (kind: string, name: string | null, spec: object): string => JSON.stringify({ apiVersion: 'countersign/v1', kind, ...(name ? { metadata: { name } } : {}), spec });

export function filesOf({ agents, policies, schema }: SmallWorld): Map<string, string> {
  const files = new Map<string, string>();
  agents.forEach((one, index) => {
    const { name, ...rest } = one as { name: string };
    files.set(`a${index}.agent.json`, document('Agent', name, { purpose: 'x', owner: { team: 'own' }, ...rest }));
  });
  policies.forEach(({ scope, large, rules }, index) => files.set(`p${index}.policy.json`, document('Policy', `p${index}`, { ...(scope ? { scope } : {}), variables: { large }, rules: rules.map((one, at) => ({ id: `r${at}`, ...one })) })));
  files.set('c.catalog.json', document('Catalog', null, {
    environments: { prod: { stage: 'production' }, dev: { stage: 'development' } }, teams: { own: { members: ['amy'] }, finance: { members: ['bob', 'cid', 'zoe'] }, risk: { members: ['dan', 'bob'] } },
    tools: { 'crm/find': {}, 'pay/refund': schema ? { input: { type: 'object', required: ['amount'], properties: { amount: { type: 'number', minimum: 0, maximum: 1000 }, urgent: { type: 'boolean' }, note: { type: 'string' } } } } : {} }, data: { orders: {} },
  }));
  return files;
}
