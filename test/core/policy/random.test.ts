// Many random workspaces and requests: the engine decides as the naive evaluator does, and its fast path as its slow one. PAIRS=10000 for as many workspaces, SEED for others.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseRequest } from '../../../server/src/core/model';
import { ENGINE } from '../../../server/src/core/policy';
import { workspaceOf } from '../../harness/workspace';
import { decide, type NaiveAgent, type NaiveCondition, type NaivePolicy, type NaiveRequest, type NaiveRecord, type NaiveRule, type NaiveSet, type NaiveWorld } from './naive';

const NOW = '2026-11-22T10:00:00.000Z';

const amount = (test: (n: number) => boolean) => (request: NaiveRequest): boolean | 'error' => (request.args?.amount === undefined ? 'error' : test(request.args.amount));
const CONDITIONS: readonly NaiveCondition[] = [
  { text: 'args.amount > 500', holds: amount((n) => n > 500) },
  { text: 'has(args.amount) && args.amount <= 20.0', holds: (request) => request.args?.amount !== undefined && request.args.amount <= 20 },
  { text: 'args.amount > 500 || action.name == "read"', holds: (request) => (request.action === 'read' ? true : amount((n) => n > 500)(request)) },
  { text: 'principal.id == "zoe" && args.amount > 20', holds: ({ principal, args }) => (principal && principal.id !== 'zoe' ? false : args?.amount !== undefined && args.amount <= 20 ? false : principal === undefined || args?.amount === undefined ? 'error' : true) },
  { text: '"clerk" in agent.roles', holds: (_, agent) => agent.roles?.includes('clerk') ?? false },
  { text: 'has(context.stage) && context.stage == "production"', holds: (_request, _agent, stage) => stage === 'production' },
  { text: 'args.amount >', holds: null },
  { text: 'size(context.via) == 0', holds: () => true },
  { text: 'args.amount', holds: () => 'error' },
];

const some = <T>(values: readonly T[], max = 2): fc.Arbitrary<T[]> => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max });
/** Present in `percent` of the draws. */
const maybe = <T>(value: fc.Arbitrary<T>, percent: number): fc.Arbitrary<T | undefined> => fc.oneof({ weight: 100 - percent, arbitrary: fc.constant(undefined) }, { weight: percent, arbitrary: value });
const TEAMS: NaiveWorld['teams'] = { own: ['amy', 'bob'], finance: ['bob', 'cid', 'zoe'], risk: ['dan'], nobody: [] };
const AGENTS = some(['refund', 'fraud', 'ref*', '!fraud', '*'], 3);
const ROLES = some(['clerk', 'analyst', 'cl*', '!clerk', '*', '!an*'], 3);
const ENVIRONMENTS = some(['prod', 'dev', 'p*', '!dev', 'gone', '*'], 3);

const rule: fc.Arbitrary<NaiveRule> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  effect: fc.oneof({ weight: 45, arbitrary: fc.constant('allow') }, { weight: 25, arbitrary: fc.constant('require_approval') }, { weight: 12, arbitrary: fc.constant('deny') }, { weight: 16, arbitrary: fc.constant('oblige') }, { weight: 2, arbitrary: fc.constant('alow') }),
  agents: maybe(AGENTS, 30), roles: maybe(ROLES, 30), environments: maybe(ENVIRONMENTS, 30),
  actions: maybe(some(['call', 'read', 'delegate', 'deploy', '*', '!call', 'de*']), 85),
  resources: maybe(some(['tool:pay/refund', 'tool:pay/*', 'data:orders', 'agent:*', 'environment:*', '*', '!tool:pay/refund']), 85),
  when: maybe(fc.constantFrom(...CONDITIONS), 50), unless: maybe(fc.constantFrom(...CONDITIONS), 15),
  expires: maybe(fc.constantFrom('2026-11-21', '2026-11-22', '2027-01-01'), 20),
  obligations: maybe(some<Record<string, string | string[]>>([{ log: 'summary' }, { log: 'full' }, { log: 'none' }, { redact: ['pii'] }, { redact: ['iban', 'pii'] }, { notify: ['risk', 'own'] }, { notify: ['own', 'risk'] }, { ticket: 'Q' }, { warn: 'careful' }], 3), 50),
  approval: maybe(fc.record({ from: some(['finance', 'risk', 'own', 'nobody'], 2), count: maybe(fc.constantFrom(1, 2), 50), within: maybe(fc.constant('4h'), 50), distinct: maybe(fc.boolean(), 30) }), 92),
  typo: maybe(fc.constant(true), 5),
}).map((made) => {
  const full = made.effect === 'require_approval' || Math.abs(hash(JSON.stringify(made))) % 20 === 0 ? made : { ...made, approval: undefined };
  return Object.fromEntries(Object.entries(full).filter(([, value]) => value !== undefined)) as unknown as NaiveRule;
});

const hash = (text: string): number => [...text].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) | 0, 7);
const present = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;

const policy: fc.Arbitrary<NaivePolicy> = fc.record({
  name: fc.constantFrom('one', 'two', 'three'),
  scope: maybe(fc.record({ agents: maybe(AGENTS, 50), roles: maybe(ROLES, 50), environments: maybe(ENVIRONMENTS, 50) }).map(present), 30),
  rules: fc.array(rule, { minLength: 1, maxLength: 5 }),
}).map((made) => present(made) as NaivePolicy);

const record: fc.Arbitrary<NaiveRecord> = fc.record({ by: fc.constantFrom('bob', 'cid', 'zoe', 'dan', 'amy', 'eve'), on: fc.constantFrom('2026-11-01', '2026-11-02', '2026-11-22', '2026-11-23'), digest: fc.constantFrom('now', 'now', 'now', 'before', 'other'), expires: maybe(fc.constantFrom('2026-11-21', '2026-11-22', '2027-01-01'), 30) }).map((made) => present(made) as NaiveRecord);

/** Rules over tools of the servers, in the words of two tools: one takes the strictest, one the first by priority. */
const TOOLS = ['pay/refund', 'pay/*', 'crm/find'];
const effects = fc.constantFrom('allow' as const, 'require_approval' as const, 'deny' as const);
const claude: fc.Arbitrary<NaiveSet> = fc.uniqueArray(fc.record({ tool: fc.constantFrom(...TOOLS), effect: effects }), { minLength: 1, maxLength: 3, selector: ({ tool }) => tool })
  .map((rules): NaiveSet => ({ id: 'claude', first: false, rules: rules.map(({ tool, effect }) => ({ id: `claude-settings/${claudeName(tool)}`, tool, effect, priority: 0 })) }));
const gemini: fc.Arbitrary<NaiveSet> = fc.uniqueArray(fc.record({ tool: fc.constantFrom(...TOOLS), effect: effects, priority: fc.integer({ min: 1, max: 900 }) }), { minLength: 1, maxLength: 3, selector: ({ priority }) => priority })
  .map((rules): NaiveSet => ({ id: 'gemini', first: true, rules: rules.map((one) => ({ id: `gemini/${geminiWord(one.effect)} ${one.tool}`, ...one })) }));
const geminiWord = (effect: string): string => (effect === 'require_approval' ? 'ask_user' : effect);
const claudeName = (tool: string): string => `mcp__${tool.replace('/*', '').replace('/', '__')}`;

const agent: fc.Arbitrary<NaiveAgent> = fc.record({
  name: fc.constantFrom('refund', 'refund', 'fraud'), team: fc.constantFrom('own', 'risk'),
  lifecycle: maybe(fc.constantFrom('production', 'production', 'production', 'pilot', 'draft', 'suspended', 'retired'), 90),
  roles: maybe(some(['clerk', 'analyst']), 70), tools: some(['pay/refund', 'pay/*', '*', 'crm/find', '!pay/void'], 3).map((tools) => (tools.every((tool) => tool.startsWith('!')) ? ['pay/refund', ...tools] : tools)),
  data: fc.constantFrom([], [{ source: 'orders', access: ['read'] }]), delegates: fc.constantFrom([], ['fraud']),
  hosting: maybe(some(['prod', 'dev']), 50),
  approvals: maybe(fc.array(fc.record({ gate: fc.constantFrom('call', 'deploy', 'delegate'), environment: maybe(fc.constantFrom('prod', 'dev'), 50), resources: maybe(some(['tool:pay/*', 'environment:prod']), 40), from: some(['finance', 'risk']), count: maybe(fc.constantFrom(1, 2), 30), expires: maybe(fc.constantFrom('21d', '20d', '400d'), 25), records: maybe(fc.array(record, { minLength: 1, maxLength: 3 }), 60) }).map(present), { minLength: 1, maxLength: 2 }), 40),
}).map((made) => present(made) as NaiveAgent);

const request: fc.Arbitrary<NaiveRequest> = fc.record({
  agent: fc.constantFrom('refund', 'refund', 'refund', 'fraud', 'ghost', 'claude', 'gemini'),
  pair: fc.constantFrom(['call', 'tool:pay/refund'], ['call', 'tool:pay/refund'], ['call', 'tool:pay/void'], ['call', 'tool:crm/find'], ['read', 'data:orders'], ['write', 'data:orders'], ['delegate', 'agent:fraud'], ['deploy', 'environment:prod'], ['deploy', 'environment:gone']),
  environment: maybe(fc.constantFrom('prod', 'dev', 'bare', 'gone'), 80), amount: maybe(fc.constantFrom(20, 500, 500.5, 900), 80), principal: maybe(fc.constantFrom('zoe', 'cid'), 40),
}).map(({ pair: [action = '', resource = ''], environment, amount: n, principal, ...rest }) => present({
  ...rest, action, resource, environment: action === 'deploy' ? undefined : environment, args: action === 'call' && n !== undefined ? { amount: n } : undefined, principal: principal ? { id: principal } : undefined,
}) as NaiveRequest);

const world: fc.Arbitrary<NaiveWorld> = fc.record({
  agents: fc.oneof({ weight: 3, arbitrary: fc.array(agent, { minLength: 1, maxLength: 1 }) }, { weight: 1, arbitrary: fc.array(agent, { minLength: 2, maxLength: 2 }) }), policies: fc.array(policy, { maxLength: 3 }),
  environments: fc.constantFrom<NaiveWorld['environments']>({ prod: { stage: 'production' }, dev: { stage: 'development' }, bare: {} }, {}), teams: fc.constant(TEAMS),
  sets: fc.constantFrom<readonly (readonly ['claude' | 'gemini', boolean])[]>([], [], [['claude', false]], [['claude', true]], [['gemini', false]], [['claude', false], ['gemini', false]]), claude, gemini,
}).map(({ sets, claude: one, gemini: other, ...made }): NaiveWorld => ({
  ...made, sets: sets.map(([name]) => (name === 'claude' ? one : other)),
  // a manifest that governs an agent file of the tool is governed by its permissions; without such a file the tool itself is an agent
  agents: [...made.agents.map((agent, index): NaiveAgent => (index === 0 && sets.some(([, governs]) => governs) ? { ...agent, governed: 'claude' } : agent)),
    ...sets.flatMap(([name, governs]): NaiveAgent[] => (governs ? [] : [{ name, team: '', tools: ['*'], data: [], delegates: [], governed: name, implicit: true }]))],
}));

function filesOf(world: NaiveWorld): Map<string, string> {
  const files = textsOf(world);
  if (!world.agents.some(({ approvals }) => approvals?.some(({ records }) => records))) return files;
  const digests = (texts: Map<string, string>): ReadonlyMap<string, string> => {
    const engine = workspaceOf(texts).shared(ENGINE);
    return new Map(engine.world.agents.all.map((one) => [one.path, engine.digest(one)]));
  };
  const [now, was] = [digests(files), digests(new Map([...files].map(([path, text]) => [path, text.replace('"purpose":"x"', '"purpose":"y"')])))];
  return new Map([...files].map(([path, text]) => [path, text.replaceAll('"digest":"now"', `"digest":"${now.get(path)}"`).replaceAll('"digest":"before"', `"digest":"${was.get(path)}"`)]));
}

function textsOf({ agents, policies, environments, teams, sets = [] }: NaiveWorld): Map<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, kind: string, name: string | null, spec: object): void => void files.set(path, JSON.stringify({ apiVersion: 'countersign/v1', kind, ...(name ? { metadata: { name } } : {}), spec }));
  agents.forEach(({ name, team, governed, implicit, ...rest }, index) => {
    if (!implicit) add(`a${index}.agent.json`, 'Agent', name, { purpose: 'x', owner: { team }, ...rest, ...(governed ? { definition: '.claude/agents/it.md' } : {}) });
    if (governed && !implicit) files.set('.claude/agents/it.md', '---\nname: it\ndescription: It.\ntools: mcp__pay__refund\n---\nDo.\n');
  });
  for (const { id, rules } of sets) {
    const list = (effect: string): string[] => rules.flatMap((one) => (one.effect === effect ? [claudeName(one.tool)] : []));
    if (id === 'claude') files.set('.claude/settings.json', JSON.stringify({ permissions: { allow: list('allow'), ask: list('require_approval'), deny: list('deny') } }));
    else files.set('ci/p.toml', rules.map(({ tool, effect, priority }) => `[[rule]]\nmcpName = "${tool.split('/')[0]}"\n${tool.endsWith('*') ? '' : `toolName = "${tool.split('/')[1]}"\n`}decision = "${geminiWord(effect)}"\npriority = ${priority}\n`).join('\n'));
  }
  policies.forEach(({ name, scope, rules }, index) => add(`p${index}.policy.json`, 'Policy', name, {
    ...(scope ? { scope } : {}),
    rules: rules.map(({ when, unless, typo, ...rest }) => ({ ...rest, ...(when ? { when: when.text } : {}), ...(unless ? { unless: unless.text } : {}), ...(typo ? { actoins: ['call'] } : {}) })),
  }));
  add('c.catalog.json', 'Catalog', null, { ...(Object.keys(environments).length > 0 ? { environments } : {}), teams: Object.fromEntries(Object.entries(teams).map(([name, members]) => [name, { members }])) });
  return files;
}

describe('random workspaces', () => {
  it('are decided as the naive evaluator decides them', function () {
    this.timeout(0);
    const effects = new Map<string, number>();
    fc.assert(
      fc.property(world, fc.array(request, { minLength: 6, maxLength: 6 }), (made, requests) => {
        const engine = workspaceOf(filesOf(made)).shared(ENGINE);
        for (const asked of requests) {
          // whom another tool's agents may hand work to is told with that tool
          if (asked.action === 'delegate' && made.agents.some((one) => one.name === asked.agent && one.governed)) continue;
          const parsed = parseRequest(JSON.parse(JSON.stringify(asked)) as never);
          assert.ok('request' in parsed);
          const prepared = engine.prepare(parsed.request, { at: Date.parse(NOW) });
          const decision = engine.decidePrepared(prepared, true);
          const found = {
            effect: decision.effect, cause: decision.cause, rules: decision.rules.map((one) => one.id),
            approvals: decision.approvals.map(({ rule: id, from, count, within, distinct, people }) => `${id} ${JSON.stringify([[...from].sort(), count, within, distinct])} ${people.join(' ')}`).sort(),
            obligations: decision.obligations.map(({ name, value }) => `${name} ${typeof value === 'string' ? value : [...value].sort().join(',')}`).sort(), incomplete: decision.incomplete,
          };
          assert.deepEqual(found, decide(made, asked, NOW));
          assert.equal(engine.effect(prepared), decision.effect);
          const traced = new Set(decision.trace.filter((entry) => entry.matched).map((entry) => entry.id));
          for (const { id } of decision.rules) assert.ok(traced.has(id), `${id} is missing in the trace`);
          effects.set(`${decision.effect} ${decision.cause}`, (effects.get(`${decision.effect} ${decision.cause}`) ?? 0) + 1);
        }
      }),
      { numRuns: Number(process.env['PAIRS'] ?? 1200), seed: Number(process.env['SEED'] ?? 20261122) },
    );
    // the draw reaches every way in which a decision can come out
    for (const kind of ['allow rule', 'require_approval rule', 'deny rule', 'deny default', 'deny lifecycle', 'deny undeclared', 'deny unknown-agent', 'deny ambiguous']) assert.ok((effects.get(kind) ?? 0) > 20, `${kind}: ${effects.get(kind)}`);
  });
});
