// Requests of the small worlds, and what engines decide on them.
import assert from 'node:assert/strict';
import type { Outcome } from '../../../server/src/core/analysis';
import { parseRequest } from '../../../server/src/core/model';
import { keyOf, obligationKey, type Engine } from '../../../server/src/core/policy';
import type { PlainValue } from '../../../server/src/core/yaml';
import { inRegion } from './in-region';
import { NOW } from './sides';
import type { SmallWorld } from './small-worlds';

export type Plain = { [key: string]: PlainValue };
const product = <T>(lists: readonly (readonly T[])[]): T[][] => lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((entry) => [...one, entry])), [[]]);

/** Requests of the closed world: every combination of values that the conditions can tell apart, for as many places as there is time for. */
export function requestsOf(worlds: readonly SmallWorld[], seed: number): Plain[] {
  const names = [...new Set(worlds.flatMap((one) => one.agents.map((agent) => (agent as { name: string }).name)))];
  const any = worlds.some((one) => !one.schema);
  const wild = worlds.some((one) => one.agents.some((agent) => (agent as { tools: string[] }).tools.includes('pay/*')));
  const calls = (tool: string, typed: boolean): Plain[] => product<readonly [string, PlainValue]>([
    [...(typed ? [] : [['amount', null] as const]), ...[0, 20, 50, 100, 300, 450, 475, 500, 700, 900, 1000].map((amount) => ['amount', amount] as const)], [['urgent', null], ['urgent', true], ['urgent', false]], ['', 'a', 'b', 'ab', 'zoe', 'cc', null].map((note) => ['note', note] as const),
    ...(typed ? [] : [[['deep', null] as const, ['deep', {}] as const, ['deep', { value: 1 }] as const, ['deep', { value: 2 }] as const]]),
  ]).map((args): Plain => ({ action: 'call', resource: `tool:${tool}`, args: Object.fromEntries(args.filter(([, value]) => value !== null)) }));
  const places: Plain[] = [
    ...calls('pay/refund', !any), ...calls('crm/find', false), ...(wild ? calls('pay/void', false) : []), { action: 'read', resource: 'data:orders' }, ...(worlds.some((one) => one.agents.some((agent) => (agent as { delegates: string[] }).delegates.includes('two'))) ? [...new Set([...names, 'two'])] : names).map((name): Plain => ({ action: 'delegate', resource: `agent:${name}` })),
    { action: 'deploy', resource: 'environment:prod' }, { action: 'deploy', resource: 'environment:dev' },
  ];
  const contexts = product<readonly [string, PlainValue]>([
    [['environment', null], ['environment', 'prod'], ['environment', 'dev']], [['principal', null], ['principal', { id: 'zoe', groups: ['hr'] }], ['principal', { id: 'cid', groups: [] }], ['principal', { id: 'x' }]],
    [['via', []], ['via', ['one']], ['via', ['two', 'x']]], [['time', null], ['time', '2026-11-28T10:00:00Z'], ['time', '2026-12-21T10:00:00Z'], ['time', '2026-12-30T10:00:00Z']], [['cost', null], ['cost', 5]], [['ext', null], ['ext', { mode: 'x' }]],
  ]);
  const all: Plain[] = [];
  let random = seed;
  for (const agent of names) for (const place of places) for (let k = 0; k < 2; k++) {
    random = (random * 1103515245 + 12345) % 2147483648;
    const said: Plain = Object.fromEntries((contexts[random % contexts.length] ?? []).filter(([, value]) => value !== null));
    const { environment, principal, ...context } = said;
    all.push({ agent, ...place, ...(environment !== undefined && place['action'] !== 'deploy' ? { environment } : {}), ...(principal !== undefined ? { principal } : {}), context });
  }
  return all;
}

export interface Asked {
  readonly key: string;
  readonly effect: string;
  readonly input: Parameters<typeof inRegion>[2];
}

export function ask(engine: Engine, request: Plain): Asked {
  const assume = typeof request['agent'] === 'object';
  const parsed = parseRequest(assume ? { ...request, assume: true } : request, { assume });
  assert.ok('request' in parsed, JSON.stringify(parsed));
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const { effect, approvals, obligations } = engine.decidePrepared(prepared, false);
  return { input: prepared.input, effect, key: JSON.stringify([effect, [...new Set(approvals.map((one) => keyOf(one)))].sort(), obligations.map(obligationKey).sort()]) };
}

export const outcomeKey = ({ effect, approvals, obligations }: Outcome): string => JSON.stringify([effect, approvals.map(keyOf).sort(), obligations.map(obligationKey).sort()]);
export const nameOf = (request: Plain): { agent: string; action: string; resource: string } => ({ agent: typeof request['agent'] === 'object' ? String((request['agent'] as Plain)['id']) : String(request['agent']), action: String(request['action']), resource: String(request['resource']) });

