// All requests of small worlds, and what engines decide on them.
import assert from 'node:assert/strict';
import type { Outcome } from '../../../server/src/core/analysis';
import type { ConditionInput } from '../../../server/src/core/conditions';
import { parseRequest, type PlainMap } from '../../../server/src/core/model';
import { keyOf, obligationKey, type Engine, type Prepared } from '../../../server/src/core/policy';
import type { PlainValue } from '../../../server/src/core/yaml';
import { NOW } from './sides';
import { FIELDS, type Field } from './small-conditions';
import type { SmallWorld } from './small-worlds';

export type Plain = { [key: string]: PlainValue };
const product = <T>(lists: readonly (readonly T[])[]): T[][] => lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((entry) => [...one, entry])), [[]]);

/** Every request of the closed world of some states: places, environments and agents that any of them declares, and all values that their conditions can tell apart of the fields they read. */
export function requestsOf(worlds: readonly SmallWorld[], engines: readonly Engine[]): Plain[] {
  const texts = JSON.stringify(worlds.map(({ policies, agents, catalog }) => [policies, agents.map((one) => one['approvals']), catalog.tools]));
  const conditions = JSON.stringify(worlds.map(({ policies }) => policies));
  const timed = /"(?:expires|records)"/.test(texts);
  const required = (['args.amount', 'args.note', 'args.urgent'] as const).filter((field) => texts.includes(`"required":["${field.slice(5)}"]`));
  const fields = [...new Set([...worlds.flatMap((one) => one.fields), ...(timed ? ['context.time' as const] : []), ...required])];
  // of a field that nothing reads one value serves as well as another
  const reads = (field: Field): boolean => (field === 'context.time' && timed) || conditions.includes(field) || (field.startsWith('args.') && texts.includes('"input"')) || (field === 'args.amount' && conditions.includes('variables.'));
  const values = (field: Field): readonly PlainValue[] => {
    const all = field === 'args.amount' ? amountsFor(texts) : FIELDS[field];
    return reads(field) ? all : [all[texts.length % all.length] ?? null];
  };
  const args = combinations(fields.filter((field) => field.startsWith('args.')), values);
  const contexts = combinations(fields.filter((field) => !field.startsWith('args.')), values);
  const agents = new Set(engines.flatMap(({ world }) => world.agents.all.flatMap(({ id, name }) => [id, name])));
  const declared = [...new Set([...worlds.flatMap(({ catalog }) => Object.keys(catalog.environments)), ...worlds.flatMap((one) => one.agents.flatMap((agent) => (agent['hosting'] as string[] | undefined) ?? []))])];
  const environments: readonly (string | null)[] = [null, ...(declared.length > 0 ? declared : ['prod', 'dev', 'lab', 'pz', 'other'])];
  const requests: Plain[] = [];
  for (const place of placesOf(worlds, declared)) {
    const calls = place['action'] === 'call' ? args.filter((one) => worlds.some((world) => fits(world, String(place['resource']), one))) : [null];
    for (const agent of agents) for (const environment of place['action'] === 'deploy' ? [null] : environments) for (const call of calls) for (const { principal, resource: properties, ...context } of contexts) {
      requests.push({ agent, ...place, ...(properties === undefined ? {} : { resource: { type: String(place['resource']).split(':')[0] ?? '', id: String(place['resource']).slice(String(place['resource']).indexOf(':') + 1), properties } }), ...(environment === null ? {} : { environment }), ...(call ? { args: call } : {}), ...(principal === undefined ? {} : { principal }), context });
    }
  }
  return requests;
}

/** By the last part of their names. */
const combinations = (fields: readonly Field[], values: (field: Field) => readonly PlainValue[]): Plain[] =>
  product(fields.map((field) => values(field).map((value): readonly [string, PlainValue] => [field.slice(field.indexOf('.') + 1), value]))).map((entries): Plain => Object.fromEntries(entries.filter(([, value]) => value !== null)));

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

function placesOf(worlds: readonly SmallWorld[], environments: readonly string[]): readonly Plain[] {
  const agents = worlds.flatMap((one) => one.agents);
  const named = (key: string): readonly string[] => agents.flatMap((agent) => (agent[key] as string[] | undefined) ?? []);
  const models = agents.flatMap((agent) => (agent['model'] === undefined ? [] : typeof agent['model'] === 'string' ? [agent['model']] : ['m/one', 'm/two']));
  const places = [
    ...worlds.flatMap(({ catalog }) => Object.keys(catalog.tools)).concat(named('tools').flatMap((tool) => (tool === 'pay/*' ? ['pay/void', 'pay/other'] : [tool]))).map((tool) => ['call', `tool:${tool}`]),
    ...worlds.flatMap(({ catalog }) => Object.keys(catalog.data)).flatMap((name) => [['read', `data:${name}`], ['write', `data:${name}`]]), ...agents.flatMap((agent) => (agent['data'] ? [['read', 'data:orders']] : [])),
    ...[...agents.map(({ name }) => name), ...named('delegates')].map((name) => ['delegate', `agent:${name}`]), ...models.map((name) => ['invoke', `model:${name}`]),
    ...[...worlds.flatMap(({ catalog }) => Object.keys(catalog.channels)), ...named('outputs')].map((name) => ['respond', `channel:${name}`]), ...environments.map((name) => ['deploy', `environment:${name}`]),
  ];
  return [...new Set(places.map((place) => place.join(' ')))].map((text): Plain => ({ action: text.slice(0, text.indexOf(' ')), resource: text.slice(text.indexOf(' ') + 1) }));
}

type Schema = { readonly [key: string]: PlainValue };

/** Whether arguments are ones that the tool's `input` knows; an argument that it does not list is none of them. */
function fits({ catalog }: SmallWorld, resource: string, args: Plain): boolean {
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

export function ask(engine: Engine, request: Plain): Asked {
  const assume = typeof request['agent'] === 'object';
  const parsed = parseRequest(assume ? { ...request, assume: true } : request, { assume });
  assert.ok('request' in parsed, JSON.stringify([request, parsed]));
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const { effect, approvals, obligations } = engine.decidePrepared(prepared, false);
  return { prepared, effect, key: outcomeKey({ effect, approvals, obligations }) };
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

export function nameOf({ agent, action, resource }: Plain): { agent: string; action: string; resource: string } {
  const object = (value: PlainValue | undefined): Plain | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : null);
  const [asker, about] = [object(agent), object(resource)];
  return { agent: String(asker ? asker['id'] : agent), action: String(action), resource: about ? `${String(about['type'])}:${String(about['id'])}` : String(resource) };
}
