// All requests of small worlds, and what engines decide on them.
import assert from 'node:assert/strict';
import type { Outcome } from '../../../server/src/core/analysis';
import type { ConditionInput } from '../../../server/src/core/conditions';
import { parseRequest, type PlainMap, type Request } from '../../../server/src/core/model';
import { keyOf, obligationKey, type Engine, type Prepared } from '../../../server/src/core/policy';
import { patternList } from '../../../server/src/core/text';
import type { PlainValue } from '../../../server/src/core/yaml';
import { NOW } from './sides';
import { FIELDS, type Field } from './small-conditions';
import type { SmallWorld } from './small-worlds';

export type Plain = { [key: string]: PlainValue };
const product = <T>(lists: readonly (readonly T[])[]): T[][] => lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((entry) => [...one, entry])), [[]]);

/** Who asks for what, and where. */
export interface SmallContext {
  /** an id, or, where no world has agents, attributes */
  readonly agent: PlainValue;
  readonly action: string;
  readonly resource: string;
  readonly environment: string | null;
  /** the rest of its requests */
  readonly fills: readonly Fill[];
}

/** What a request holds besides. `at`: of each field which of its values, in the order of `fields`. */
export interface Fill {
  readonly args: Plain | null;
  readonly rest: Plain;
  readonly at: readonly number[];
}

export interface SmallSpace {
  readonly fields: readonly Field[];
  readonly contexts: readonly SmallContext[];
}

/** Agents as requests describe them where none are known. */
export const DESCRIBED: readonly Plain[] = [{ id: 'one', roles: [] }, { id: 'two', roles: ['clerk'], lifecycle: 'pilot', team: 'own' }, { id: 'other', roles: ['boss', 'climber'], autonomy: 'act', capabilities: ['changes-state'] }, { id: 'oz', labels: { tier: 'gold' }, roles: ['x'] }];

/** Every request of the closed world of some states: places, environments and agents that any of them declares, and all values that their conditions can tell apart of the fields they read. */
export function spaceOf(worlds: readonly SmallWorld[], engines: readonly Engine[], at: number | null = null): SmallSpace {
  const texts = JSON.stringify(worlds.map(({ policies, agents, catalog }) => [policies, agents.map((one) => one['approvals']), catalog.tools]));
  const conditions = JSON.stringify(worlds.map(({ policies }) => policies));
  const timed = at === null && /"(?:expires|records)"/.test(texts);
  const required = (['args.amount', 'args.note', 'args.urgent'] as const).filter((field) => texts.includes(`"required":["${field.slice(5)}"]`));
  const fields = [...new Set([...worlds.flatMap((one) => one.fields), ...(timed ? ['context.time' as const] : []), ...required])].filter((field) => at === null || field !== 'context.time');
  // of a field that nothing reads one value serves as well as another
  const reads = (field: Field): boolean => (field === 'context.time' && timed) || conditions.includes(field) || (field.startsWith('args.') && texts.includes('"input"')) || (field === 'args.amount' && conditions.includes('variables.')) || ((field === 'args.command' || field === 'args.file_path') && worlds.some(({ foreign }) => foreign.length > 0));
  const worth = (field: Field): readonly PlainValue[] => {
    const all = field === 'args.amount' ? amountsFor(texts) : FIELDS[field];
    return reads(field) ? all : [all[texts.length % all.length] ?? null];
  };
  const known = fields.map(worth);
  const call = fields.map((field) => field.startsWith('args.'));
  const all = product(known.map((values) => values.map((_, index) => index))).map((indices): Fill => {
    const entries = fields.map((field, index): readonly [string, PlainValue] => [field.slice(field.indexOf('.') + 1), known[index]?.[indices[index] ?? 0] ?? null]);
    const some = (args: boolean): Plain => Object.fromEntries(entries.filter(([, value], index) => call[index] === args && value !== null));
    return { args: some(true), rest: some(false), at: indices };
  });
  const bare = all.flatMap((one): Fill[] => (one.at.every((value, index) => !call[index] || value === 0) ? [{ ...one, args: null }] : []));
  const ids = new Set(engines.flatMap(({ world }) => world.agents.all.flatMap(({ id, name }) => [id, name])));
  const agents: readonly PlainValue[] = ids.size > 0 ? [...ids] : DESCRIBED;
  const declared = [...new Set([...worlds.flatMap(({ catalog }) => Object.keys(catalog.environments)), ...worlds.flatMap((one) => one.agents.flatMap((agent) => (agent['hosting'] as string[] | undefined) ?? []))])];
  const environments: readonly (string | null)[] = [null, ...(declared.length > 0 ? declared : ['prod', 'dev', 'lab', 'pz', 'other'])];
  const contexts: SmallContext[] = [];
  for (const { action, resource } of placesOf(worlds, engines, declared, ids.size === 0)) {
    const fills = action === 'call' ? all.filter((one) => one.args !== null && worlds.some((world) => fits(world, resource, one.args ?? {}))) : bare;
    for (const agent of agents) for (const environment of action === 'deploy' ? [null] : environments) contexts.push({ agent, action, resource, environment, fills });
  }
  return { fields, contexts };
}

export function requestOf({ agent, action, resource, environment }: SmallContext, { args, rest: { principal, resource: properties, ...context } }: Fill): Plain {
  return {
    agent, action, resource: properties === undefined ? resource : { type: resource.slice(0, resource.indexOf(':')), id: resource.slice(resource.indexOf(':') + 1), properties },
    ...(environment === null ? {} : { environment }), ...(args ? { args } : {}), ...(principal === undefined ? {} : { principal }), context,
  };
}

export const requestsOf = (worlds: readonly SmallWorld[], engines: readonly Engine[]): Plain[] => spaceOf(worlds, engines).contexts.flatMap((context) => context.fills.map((fill) => requestOf(context, fill)));

/** Each number that is written somewhere, doubled or halved, and one between any two. */
function amountsFor(texts: string): readonly PlainValue[] {
  const written = new Set((texts.match(/\d+(?:\.\d+)?/g) ?? []).flatMap((one) => [Number(one), ...(texts.includes('* 2') ? [Number(one) / 2] : [])]));
  if (texts.includes('context.cost *')) written.add(100).add(500);
  const found: PlainValue[] = [null];
  let open = true;
  for (const value of FIELDS['args.amount']) {
    if (value === null) continue;
    const known = written.has(value);
    // parity, and what is whole
    if (known || open || texts.includes('%')) found.push(value);
    open = known;
  }
  return [...found, 1000.5];
}

/** `free`: nobody is declared, so that what no Catalog names can be anything. */
function placesOf(worlds: readonly SmallWorld[], engines: readonly Engine[], environments: readonly string[], free: boolean): readonly { readonly action: string; readonly resource: string }[] {
  const agents = worlds.flatMap((one) => one.agents);
  const named = (key: string): readonly string[] => agents.flatMap((agent) => (agent[key] as string[] | undefined) ?? []);
  const models = agents.flatMap((agent) => (agent['model'] === undefined ? [] : typeof agent['model'] === 'string' ? [agent['model']] : ['m/one', 'm/two']));
  const places = [
    ...worlds.flatMap(({ catalog }) => Object.keys(catalog.tools)).concat(named('tools').flatMap((tool) => (tool === 'pay/*' ? ['pay/void', 'pay/other'] : toolsOf(tool)))).map((tool) => ['call', `tool:${tool}`]),
    ...worlds.flatMap(({ catalog }) => Object.keys(catalog.data)).flatMap((name) => [['read', `data:${name}`], ['write', `data:${name}`]]), ...agents.flatMap((agent) => (agent['data'] ? [['read', 'data:orders']] : [])),
    ...[...agents.map(({ name }) => name), ...named('delegates')].map((name) => ['delegate', `agent:${name}`]), ...models.map((name) => ['invoke', `model:${name}`]),
    ...[...worlds.flatMap(({ catalog }) => Object.keys(catalog.channels)), ...named('outputs')].map((name) => ['respond', `channel:${name}`]), ...environments.map((name) => ['deploy', `environment:${name}`]),
    // tools of agents of other files
    ...engines.flatMap(({ world }) => world.agents.all.flatMap((agent) => (agent.format === 'countersign' ? [] : agent.tools.flatMap(({ pattern }) => toolsOf(pattern).map((tool) => ['call', `tool:${tool}`]))))),
  ];
  if (free) for (const [action, ...resources] of ANYTHING) if (!places.some(([other]) => other === action)) places.push(...resources.map((resource) => [action, resource]));
  return [...new Set(places.map((place) => place.join(' ')))].map((text) => ({ action: text.slice(0, text.indexOf(' ')), resource: text.slice(text.indexOf(' ') + 1) }));
}

/** What may be asked for where nothing of the kind is declared. */
const ANYTHING = [['call', 'tool:pay/refund', 'tool:x'], ['read', 'data:orders', 'data:other'], ['write', 'data:orders'], ['delete', 'data:orders'], ['delegate', 'agent:two', 'agent:other'], ['invoke', 'model:m/one', 'model:other'], ['respond', 'channel:mail', 'channel:other'], ['deploy', 'environment:prod', 'environment:other']] as const;

const BUILT_IN: Readonly<Record<string, string>> = { 'tool:claude/Bash': 'command', 'tool:claude/Read': 'file_path', 'tool:gemini/run_shell_command': 'command', 'tool:codex/shell': 'command' };

const toolsOf = (pattern: string): readonly string[] => {
  const all = [...Object.keys(BUILT_IN).map((tool) => tool.slice(5)), 'claude/WebFetch', 'pay/refund', 'other/x'];
  return pattern.includes('*') ? all.filter((tool) => patternList([pattern]).matches(tool)) : [pattern];
};

type Schema = { readonly [key: string]: PlainValue };

/** Whether arguments are ones that the tool's `input` knows; an argument that it does not list is none of them. */
function fits({ catalog }: SmallWorld, resource: string, args: Plain): boolean {
  // of tools that other tools bring is known what they take
  const only = BUILT_IN[resource];
  if (only !== undefined && (typeof args[only] !== 'string' || Object.keys(args).some((name) => name !== only && (name === 'command' || name === 'file_path')))) return false;
  const tool = catalog.tools[resource.slice(5)] as { readonly input?: Schema } | undefined;
  return !tool?.input || fitsSchema(tool.input, args, false);
}

function fitsSchema(schema: Schema, value: PlainValue, inner: boolean): boolean {
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const wanted = schema['type'];
  if (wanted !== undefined && wanted !== type && !(wanted === 'integer' && Number.isInteger(value))) return false;
  if ('const' in schema && schema['const'] !== value) return false;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return false;
  if (typeof value === 'number' && (value < Number(schema['minimum'] ?? -Infinity) || value > Number(schema['maximum'] ?? Infinity))) return false;
  if (type !== 'object') return true;
  const [map, properties] = [value as Plain, (schema['properties'] ?? {}) as Plain];
  if (inner && !('properties' in schema)) return true;
  return ((schema['required'] ?? []) as string[]).every((name) => name in map) && Object.entries(map).every(([name, one]) => (name in properties ? fitsSchema(properties[name] as Schema, one, true) : schema['additionalProperties'] === true));
}

export interface Asked {
  /** of what counts when decisions are compared */
  readonly key: string;
  readonly effect: string;
  readonly prepared: Prepared;
}

/** The request as engines take it; those that are not to be asked twice of each. */
export function parsed(request: Plain): Request {
  const assume = typeof request['agent'] === 'object';
  const found = parseRequest(assume ? { ...request, assume: true } : request, { assume });
  assert.ok('request' in found, JSON.stringify([request, found]));
  return found.request;
}

export const ask = (engine: Engine, request: Plain, at: number | null = null): Asked => askParsed(engine, parsed(request), at);

export function askParsed(engine: Engine, request: Request, at: number | null = null): Asked {
  const prepared = engine.prepare(request, { at: at ?? NOW });
  const outcome = engine.outcome(prepared);
  return { prepared, effect: outcome.effect, key: outcomeKey(outcome) };
}

/**
 * What conditions see of a request that was decided on both sides. What one side declares and the other leaves to the request is what the request says;
 * a side that does not know the agent sees nothing.
 */
export function seenOn({ prepared: { request, input: x } }: Asked, { prepared: { input: y } }: Asked): ConditionInput {
  const [one, other] = Object.keys(y).length === 0 ? [x, x] : Object.keys(x).length === 0 ? [y, y] : [y, x];
  const { resource: { properties }, context: { stage }, attributes } = request;
  if (one === other && !properties && stage === null) return one;
  const merged = (key: 'agent' | 'resource' | 'context', brought: PlainMap): ConditionInput => Object.fromEntries(Object.entries({ ...(one[key] as ConditionInput), ...brought }).filter(([name]) => name in brought || name in (other[key] as object)));
  return { ...one, agent: request.assume ? merged('agent', attributes?.['platform'] === undefined ? {} : { platform: attributes['platform'] }) : one['agent'], resource: merged('resource', properties ?? {}), context: merged('context', stage === null ? {} : { stage }) } as ConditionInput;
}

export function outcomeKey({ effect, approvals, obligations }: Outcome): string {
  const terms = approvals.length === 0 ? '' : [...new Set(approvals.map(keyOf))].sort().join(';');
  return `${effect} ${terms} ${obligations.length === 0 ? '' : obligations.map(obligationKey).sort().join(';')}`;
}
