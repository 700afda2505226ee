// Random workspaces whose requests are few enough to be decided one by one, and pairs of them: nearly alike, or not at all.
import fc from 'fast-check';
import { engineFrom, NOW } from './sides';
import { FOREIGN, palettes, type Field, type Palette } from './small-conditions';
import { edited, foreignFiles, foreignText, type Foreign } from './small-foreign';

type Spec = { readonly [key: string]: unknown };
export interface SmallAgent extends Spec {
  readonly name: string;
}
export interface SmallPolicy {
  readonly scope: object | undefined;
  readonly variables: Spec;
  readonly rules: readonly Spec[];
  /** the end of its text is lost */
  readonly cut: boolean;
}
export interface SmallCatalog {
  readonly environments: Spec;
  readonly tools: Spec;
  readonly data: Spec;
  readonly channels: Spec;
  readonly teams: Spec;
}
export interface SmallWorld {
  /** what requests of it may differ in */
  readonly fields: readonly Field[];
  readonly agents: readonly SmallAgent[];
  readonly policies: readonly SmallPolicy[];
  readonly catalog: SmallCatalog;
  /** files of other tools */
  readonly foreign: readonly Foreign[];
}

const some = <T>(values: readonly T[], most = 2): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });
const maybe = <T>(value: fc.Arbitrary<T>, percent: number): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary: value });
const present = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
const without = (value: Spec, key: string): Spec => Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));

const NAMES = some(['one', 'two', 'o*', '!two', '*', 'three']);
const ROLES = some(['clerk', 'cl*', '!clerk', '*', 'boss', '!b*']);
const ENVIRONMENTS = some(['prod', 'dev', 'p*', '!dev', 'lab', '*']);
const ACTIONS = some(['call', 'call', 'read', 'write', 'deploy', 'delegate', 'respond', 'invoke', '*', '!call', 'de*']);
const RESOURCES = some(['tool:pay/refund', 'tool:pay/*', 'tool:crm/find', 'tool:*d', 'data:orders', 'environment:*', 'agent:two', 'channel:mail', 'model:*', '*', '!tool:pay/refund', '!data:*']);
const OBLIGATIONS = some<Spec>([{ log: 'summary' }, { log: 'full' }, { log: 'none' }, { redact: ['pii'] }, { redact: ['iban', 'pii'] }, { notify: ['risk'] }, { notify: ['own', 'risk'] }, { ticket: 'Q' }, { ticket: 'R' }, { warn: 'careful' }, { warn: 'slowly' }, { disclose: 'robot' }, { limit: '5/hour' }, { limit: '1/minute' }]);
const APPROVAL = fc.record({ from: some(['finance', 'risk', 'user', 'own', 'person:bob']), count: maybe(fc.constantFrom(1, 2), 40), within: maybe(fc.constantFrom('4h', '1d'), 30), distinct: maybe(fc.boolean(), 20) }).map(present);

/** Everything that makes a rule malformed, or no rule at all. */
const FAULTS: readonly ((rule: Spec) => Spec)[] = [
  (rule) => ({ ...rule, typo: 1 }), (rule) => ({ ...rule, effect: 'alow' }), (rule) => without(rule, 'effect'), (rule) => without(rule, 'approval'), (rule) => ({ ...rule, approval: { from: ['finance'] } }), (rule) => ({ ...rule, approval: { from: [] } }),
  (rule) => ({ ...rule, actions: 'call' }), (rule) => ({ ...rule, resources: [] }), (rule) => ({ ...rule, resources: ['payments'] }), (rule) => ({ ...rule, expires: 'soon' }), (rule) => ({ ...rule, when: 3 }), (rule) => ({ ...rule, unless: 'args.amount >' }),
  (rule) => ({ ...rule, obligations: [{ log: 'everything' }, { notify: ['risk'] }] }), (rule) => ({ ...rule, agents: { one: true } }), (rule) => ({ ...rule, environments: [3] }), (rule) => without(rule, 'actions'), (rule) => ({ ...rule, roles: [''] }), (rule) => ({ ...rule, reason: 3 }),
];

const FOREIGN_RESOURCES = some(['tool:claude/*', 'tool:claude/Bash', 'tool:gemini/*', 'tool:*', 'tool:pay/refund', '*', '!tool:claude/Bash']);

function ruleOf({ condition, foreign }: Palette): fc.Arbitrary<Spec> {
  return fc.record({
    effect: fc.oneof({ weight: 45, arbitrary: fc.constant('allow') }, { weight: 20, arbitrary: fc.constant('require_approval') }, { weight: 18, arbitrary: fc.constant('deny') }, { weight: 17, arbitrary: fc.constant('oblige') }),
    agents: maybe(NAMES, 20), roles: maybe(ROLES, 20), environments: maybe(ENVIRONMENTS, 25), actions: maybe(ACTIONS, 70), resources: maybe(foreign ? FOREIGN_RESOURCES : RESOURCES, 70),
    when: maybe(condition, 60), unless: maybe(condition, 20), expires: maybe(fc.constantFrom('2026-11-21', '2026-11-22', '2026-12-25'), 4), obligations: maybe(OBLIGATIONS, 25), approval: APPROVAL,
    fault: maybe(fc.constantFrom(...FAULTS), 6),
  }).map(({ fault, ...made }): Spec => {
    const rule = present({
      ...made, approval: made.effect === 'require_approval' ? made.approval : undefined, obligations: made.effect === 'oblige' ? (made.obligations ?? [{ log: 'summary' }]) : made.obligations,
      actions: made.effect === 'allow' ? (made.actions ?? ['*']) : made.actions, resources: made.effect === 'allow' ? (made.resources ?? ['*']) : made.resources,
    });
    return fault ? fault(rule) : rule;
  });
}

const SCOPE: fc.Arbitrary<object> = fc.oneof({ weight: 20, arbitrary: fc.record({ environments: maybe(ENVIRONMENTS, 40), agents: maybe(NAMES, 30), roles: maybe(ROLES, 30) }).map(present) }, { weight: 1, arbitrary: fc.constantFrom<object>({ agents: 'one' }, { actions: ['call'] }) });
const VARIABLES: fc.Arbitrary<Spec> = fc.record({
  large: fc.oneof({ weight: 20, arbitrary: fc.constantFrom<unknown>('args.amount > 500', 'args.amount > 100', 'has(args.amount) && args.amount >= 500') }, { weight: 1, arbitrary: fc.constantFrom<unknown>('args.amount >', 3) }),
  deeper: fc.constantFrom('variables.large && args.amount < 900', '!variables.large', 'variables.large || "clerk" in agent.roles'),
});

const policyOf = (palette: Palette): fc.Arbitrary<SmallPolicy> => fc.record({ scope: maybe(SCOPE, 20), variables: VARIABLES, rules: fc.array(ruleOf(palette), { minLength: 1, maxLength: 4 }), cut: fc.oneof({ weight: 50, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }) });

/** `GOOD` becomes the digest of what stands there. */
const RECORD: fc.Arbitrary<Spec> = fc.record({ by: fc.constantFrom('bob', 'dan', 'cid', 'amy', 'stranger'), on: fc.constantFrom('2026-11-01', '2026-11-01', '2026-12-21'), digest: fc.constantFrom('GOOD', 'GOOD', 'GOOD', 'sha256:0'), expires: maybe(fc.constantFrom('2026-11-10', '2026-12-25'), 30) }).map(present);
const GATE: fc.Arbitrary<Spec> = fc.record({
  gate: fc.constantFrom('call', 'deploy', 'delegate'), environment: maybe(fc.constantFrom('prod', 'dev'), 40), resources: maybe(some(['tool:pay/*', '!tool:crm/find', '*']), 30), from: some(['finance', 'risk']), count: maybe(fc.constantFrom(1, 2), 30), expires: maybe(fc.constantFrom('7d', '35d'), 20),
  records: maybe(fc.array(RECORD, { minLength: 1, maxLength: 2 }), 35),
}).map(present);

const AGENT: fc.Arbitrary<SmallAgent> = fc.record({
  name: fc.constantFrom('one', 'one', 'two', 'three'), lifecycle: fc.oneof({ weight: 12, arbitrary: fc.constantFrom('production', 'pilot') }, { weight: 3, arbitrary: fc.constantFrom(undefined, 'draft', 'suspended', 'retired') }), autonomy: maybe(fc.constantFrom('act', 'assist'), 30), roles: maybe(some(['clerk', 'boss']), 60), labels: maybe(fc.constantFrom({ tier: 'gold' }, { tier: 'tin' }), 30),
  tools: maybe(some(['pay/refund', 'pay/refund', 'pay/*', 'crm/find']), 90), data: maybe(fc.constant([{ source: 'orders', access: ['read'] }]), 40), delegates: maybe(fc.constantFrom(['two'], ['one', 'two'], ['one']), 40), inputs: maybe(fc.constantFrom<unknown>(['mail'], ['mail'], [{ channel: 'mail', trust: 'trusted' }]), 25), outputs: maybe(fc.constant(['mail']), 20), model: maybe(fc.constantFrom('m/one', { provider: 'm', name: 'one', fallback: ['m/two'] }), 15), hosting: maybe(some(['prod', 'dev']), 30),
  approvals: maybe(fc.array(GATE, { minLength: 1, maxLength: 2 }), 15), team: fc.constantFrom('own', 'own', 'risk'),
}).map(present);

const INPUTS: readonly Spec[] = [
  {}, {}, { capabilities: ['changes-state'] }, { capabilities: ['ingests-untrusted-content', 'communicates-externally'] }, { owner: 'own', labels: { kind: 'money' } },
  { input: { type: 'object', required: ['amount'], properties: { amount: { type: 'number', minimum: 0, maximum: 1000 }, urgent: { type: 'boolean' }, note: { type: 'string' } } } },
  { input: { type: 'object', properties: { amount: { type: 'integer', minimum: 50 }, note: { type: 'string', enum: ['a', 'b', 'zoe'] }, tags: { type: 'array' } } } },
  { input: { type: 'object', additionalProperties: true, required: ['note'], properties: { amount: { enum: [20, 500, 900] }, note: { const: 'ab' } } } },
  { input: { type: 'object', required: ['urgent'], properties: { urgent: { const: true }, deep: { type: 'object', properties: { value: { type: 'integer', maximum: 1 } } }, amount: { type: 'number', maximum: 450 } }, additionalProperties: false } },
];
const CATALOG: fc.Arbitrary<SmallCatalog> = fc.record({
  environments: fc.oneof({ weight: 9, arbitrary: fc.constantFrom<Spec>({ prod: { stage: 'production' }, dev: { stage: 'development' } }, { prod: { stage: 'production', platform: 'edge' }, dev: {} }, { prod: { stage: 'test' }, lab: { stage: 'production' } }) }, { weight: 1, arbitrary: fc.constant<Spec>({}) }),
  tools: fc.record({ 'crm/find': fc.constantFrom(INPUTS[0], INPUTS[0], INPUTS[3], INPUTS[5]), 'pay/refund': fc.constantFrom(...INPUTS) }),
  data: fc.constantFrom<Spec>({ orders: {} }, { orders: { classification: 'restricted', capabilities: ['reads-private-data'] } }, { orders: { capabilities: ['reads-private-data', 'ingests-untrusted-content'] } }, {}), channels: fc.constantFrom<Spec>({}, { mail: { trust: 'untrusted' } }, { mail: { trust: 'untrusted', capabilities: ['communicates-externally'] } }, { mail: { capabilities: ['ingests-untrusted-content', 'reads-private-data'] } }),
  teams: fc.constantFrom<Spec>({ own: { members: ['amy'] }, finance: { members: ['bob', 'cid', 'zoe'] }, risk: { members: ['dan', 'bob'] } }, { own: { members: ['amy', 'bob'] }, finance: { members: ['cid'] }, risk: {} }),
});

/** An agent of a manifest that governs a file of another tool, or has its tools. */
const foreignAgent = AGENT.chain((agent) => fc.record({ tools: some(['claude/Bash', 'claude/Read', 'pay/refund', 'claude/*', 'gemini/*'], 3), definition: maybe(fc.constantFrom('.claude/agents/helper.md', '.claude/settings.json', 'ci/p.toml'), 60) }).map((more) => present({ ...agent, ...more })));

const worldOf = (palette: Palette): fc.Arbitrary<SmallWorld> => fc.record({
  fields: fc.constant(palette.fields),
  agents: palette.foreign ? fc.uniqueArray(foreignAgent, { minLength: 0, maxLength: 1, selector: ({ name }) => name })
    : fc.oneof({ weight: 30, arbitrary: fc.uniqueArray(AGENT, { minLength: 1, maxLength: 2, selector: ({ name }) => name }) }, { weight: 1, arbitrary: fc.array(AGENT, { minLength: 2, maxLength: 2 }) }, { weight: 1, arbitrary: fc.constant([]) }),
  policies: fc.oneof({ weight: palette.foreign ? 1 : 30, arbitrary: fc.array(policyOf(palette), { minLength: 1, maxLength: 2 }) }, { weight: 1, arbitrary: fc.constant([]) }), catalog: CATALOG,
  foreign: palette.foreign ? foreignFiles : fc.constant([]),
});

const native = fc.constantFrom(...palettes);
/** ONLY=native, ONLY=foreign: one of the two. */
const ONLY = process.env['ONLY'];
const palette = fc.oneof({ weight: ONLY === 'foreign' ? 0 : 6, arbitrary: native }, { weight: ONLY === 'native' ? 0 : 1, arbitrary: fc.constant(FOREIGN) });
/** Without files of other tools. */
export const world: fc.Arbitrary<SmallWorld> = native.chain(worldOf);
/** Rules that meet one another: all of a policy for the calls, resources and people of its first. */
export const crowded: fc.Arbitrary<SmallWorld> = world.map((made) => ({
  ...made,
  policies: made.policies.map((one) => {
    const { actions = ['call'], resources = ['*'], agents, roles } = one.rules[0] ?? {};
    return { ...one, rules: one.rules.map((rule) => present({ ...rule, actions, resources, agents, roles, environments: undefined })) };
  }),
}));
/** With some. */
export const foreignWorld: fc.Arbitrary<SmallWorld> = worldOf(FOREIGN);

export interface SmallPair {
  readonly worlds: readonly [SmallWorld, SmallWorld];
  /** the time of all requests; null: any */
  readonly at: number | null;
  /** records hold what was approved before: they do not follow what changes */
  readonly signed: boolean;
}
type Edit = (one: SmallWorld, other: SmallWorld, at: number) => SmallWorld;

const first = (one: SmallWorld, change: (policy: SmallPolicy) => SmallPolicy): SmallWorld => ({ ...one, policies: one.policies.map((policy, index) => (index === 0 ? change(policy) : policy)) });
const ruleAt = (one: SmallWorld, at: number, change: (rule: Spec, other: number) => readonly Spec[]): SmallWorld => first(one, (policy) => ({ ...policy, rules: policy.rules.flatMap((rule, index) => (index === at % policy.rules.length ? change(rule, index) : [rule])) }));
const agentAt = (one: SmallWorld, change: (agent: SmallAgent) => readonly SmallAgent[]): SmallWorld => ({ ...one, agents: one.agents.flatMap((agent, index) => (index === 0 ? change(agent) : [agent])) });
const anyRule = (other: SmallWorld): Spec => other.policies[0]?.rules[0] ?? {};
const anyAgent = (other: SmallWorld): SmallAgent => other.agents[0] ?? { name: 'one' };
const keyOf = (value: object, at: number): string => Object.keys(value)[at % Math.max(1, Object.keys(value).length)] ?? 'none';

const EDITS: readonly (readonly [weight: number, edit: Edit])[] = [
  [6, (one, other, at) => ruleAt(one, at, () => [anyRule(other)])], [3, (one, _, at) => ruleAt(one, at, () => [])], [3, (one, other, at) => ruleAt(one, at, (rule) => [rule, anyRule(other)])],
  [8, (one, other, at) => ruleAt(one, at, (rule) => { const key = keyOf(anyRule(other), at); return [{ ...rule, [key]: anyRule(other)[key] }]; })], [3, (one, _, at) => ruleAt(one, at, (rule) => [without(rule, keyOf(rule, at))])],
  [1, (one) => first(one, (policy) => ({ ...policy, rules: [...policy.rules].reverse() }))], [2, (one, other) => first(one, (policy) => ({ ...policy, scope: other.policies[0]?.scope, variables: other.policies[0]?.variables ?? policy.variables }))],
  [2, (one) => ({ ...one, policies: one.policies.slice(1) })], [2, (one, other) => ({ ...one, policies: other.policies })], [1, (one) => first(one, (policy) => ({ ...policy, cut: !policy.cut }))],
  [4, (one, other, at) => agentAt(one, (agent) => { const key = keyOf(anyAgent(other), at + 1); return [{ ...agent, [key]: anyAgent(other)[key] }]; })], [2, (one, other) => ({ ...one, agents: other.agents })], [1, (one) => agentAt(one, () => [])],
  [1, (one) => agentAt(one, (agent) => [{ ...agent, name: 'four' }])], [1, (one, other) => ({ ...one, agents: [...one.agents, anyAgent(other)] })],
  [2, (one, other) => ({ ...one, catalog: { ...one.catalog, tools: other.catalog.tools } })], [1, (one, other) => ({ ...one, catalog: { ...one.catalog, environments: other.catalog.environments } })], [1, (one, other) => ({ ...one, catalog: { ...one.catalog, teams: other.catalog.teams, data: other.catalog.data } })],
  [1, (one, other) => ({ ...one, catalog: other.catalog })], [2, (one, other) => ({ ...one, policies: one.policies.length > 0 ? [] : other.policies })], [2, (one) => agentAt(one, (agent) => [{ ...agent, lifecycle: agent['lifecycle'] === 'suspended' ? 'production' : 'suspended' }])], [3, (_, other) => other], [1, (one) => one],
];

/** What changes in files of other tools. */
const FOREIGN_EDITS: readonly (readonly [weight: number, edit: Edit])[] = [[10, (one, other, at) => ({ ...one, foreign: edited(one.foreign, other.foreign, at) })], [2, (one, other) => ({ ...one, foreign: other.foreign })], [1, (one) => ({ ...one, foreign: one.foreign.slice(1) })]];

const TIMES = [NOW, Date.UTC(2026, 10, 28, 10), Date.UTC(2026, 11, 20), Date.UTC(2026, 11, 27, 10), Date.UTC(2027, 0, 3)];

/** A world, and the same with one or two things changed, or another. */
export const pair: fc.Arbitrary<SmallPair> = palette.chain((chosen) => {
  const edit = fc.oneof(...[...EDITS, ...(chosen.foreign ? FOREIGN_EDITS : [])].map(([weight, value]) => ({ weight: weight * (chosen.foreign && FOREIGN_EDITS.some(([, one]) => one === value) ? 8 : 1), arbitrary: fc.constant(value) })));
  return fc.tuple(worldOf(chosen), worldOf(chosen), edit, maybe(edit, 25), fc.nat(20), maybe(fc.constantFrom(...TIMES), 10), fc.boolean())
    .map(([one, other, change, more, number, at, signed]): SmallPair => ({ worlds: [one, (more ?? ((same) => same))(change(one, other, number), other, number)], at: at ?? null, signed }));
});

const document = (kind: string, metadata: object | null, spec: object): string => JSON.stringify({ apiVersion: 'countersign/v1', kind, ...(metadata ? { metadata } : {}), spec });

/** `digests`: by agent what stands for `GOOD`, where that is not what it is now. */
export function filesOf({ agents, policies, catalog, foreign }: SmallWorld, digests: ReadonlyMap<string, string> | null = null): Map<string, string> {
  const files = new Map<string, string>();
  agents.forEach(({ name, labels, team, ...spec }, index) => files.set(`a${index}.agent.json`, document('Agent', { name, ...(labels ? { labels } : {}) }, { purpose: 'x', owner: { team }, ...spec })));
  policies.forEach(({ scope, variables, rules, cut }, index) => {
    const text = document('Policy', { name: `p${index}` }, { ...(scope ? { scope } : {}), variables, rules: rules.map((one, at) => ({ id: `r${at}`, ...one })) });
    files.set(`p${index}.policy.json`, cut ? text.slice(0, -4) : text);
  });
  files.set('c.catalog.json', document('Catalog', null, catalog));
  for (const file of foreign) files.set(file.path, foreignText(file));
  if (![...files.values()].some((text) => text.includes('GOOD'))) return files;
  const engine = engineFrom(files);
  for (const agent of engine.world.agents.all) if (files.get(agent.path)?.includes('GOOD')) files.set(agent.path, (files.get(agent.path) ?? '').replaceAll('GOOD', digests?.get(agent.name) ?? engine.digest(agent)));
  return files;
}

/** The files of both states. */
export function pairFiles({ worlds: [one, other], signed }: SmallPair): readonly [Map<string, string>, Map<string, string>] {
  const before = filesOf(one);
  if (!signed || ![one, other].some(({ agents }) => JSON.stringify(agents).includes('GOOD'))) return [before, filesOf(other)];
  const engine = engineFrom(before);
  return [before, filesOf(other, new Map(engine.world.agents.all.map((agent) => [agent.name, engine.digest(agent)])))];
}

/** The files of worlds as a reader wants to see them. */
export const shown = (one: SmallWorld | SmallPair): string =>
  'worlds' in one ? `at ${one.at} ${JSON.stringify(one.worlds[0].fields)}\n${pairFiles(one).map((files, side) => [...files].map(([path, text]) => `${side === 0 ? '-' : '+'} ${path} ${text}`).join('\n')).join('\n')}` : [...filesOf(one)].map(([path, text]) => `${path} ${text}`).join('\n');
