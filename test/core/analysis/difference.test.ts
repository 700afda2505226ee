// The difference of two states, held against the engine: every request of a small world decided one by one.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf, type Region } from '../../../server/src/core/analysis';
import { parseRequest } from '../../../server/src/core/model';
import { keyOf, obligationKey, type Engine } from '../../../server/src/core/policy';
import type { PlainValue } from '../../../server/src/core/yaml';
import { inRegion } from './in-region';
import { NOW, engineFrom } from './sides';
import { filesOf, pair, type SmallWorld } from './small-worlds';

/** 10,000 pairs take minutes: `PAIRS=10000` asks for them. */
const PAIRS = Number(process.env['PAIRS'] ?? 250);

type Plain = { [key: string]: PlainValue };
const product = <T>(lists: readonly (readonly T[])[]): T[][] => lists.reduce<T[][]>((all, list) => all.flatMap((one) => list.map((entry) => [...one, entry])), [[]]);

/** Requests of the closed world: every combination of values that the conditions can tell apart, for as many places as there is time for. */
function requestsOf(worlds: readonly SmallWorld[], seed: number): Plain[] {
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

interface Asked {
  readonly key: string;
  readonly input: Parameters<typeof inRegion>[2];
}

function ask(engine: Engine, request: Plain): Asked {
  const parsed = parseRequest(request);
  assert.ok('request' in parsed, JSON.stringify(parsed));
  const prepared = engine.prepare(parsed.request, { at: NOW });
  const { effect, approvals, obligations } = engine.decidePrepared(prepared, false);
  return { input: prepared.input, key: JSON.stringify([effect, [...new Set(approvals.map((one) => keyOf(one)))].sort(), obligations.map(obligationKey).sort()]) };
}

const outcomeKey = ({ effect, approvals, obligations }: Region['before']): string => JSON.stringify([effect, approvals.map(keyOf).sort(), obligations.map(obligationKey).sort()]);
const nameOf = (request: Plain): { agent: string; action: string; resource: string } => ({ agent: String(request['agent']), action: String(request['action']), resource: String(request['resource']) });

describe('the difference of random pairs', () => {
  it('is exactly what the engine decides differently, disjoint, with witnesses', function () {
    this.timeout(0);
    const counts = { regions: 0, requests: 0, differing: 0, unknown: 0, equal: 0 };
    fc.assert(fc.property(pair, fc.nat(), ([one, two], seed) => {
      const [before, after] = [engineFrom(filesOf(one)), engineFrom(filesOf(two))];
      const difference = differenceOf(before, after, { now: NOW });
      for (const region of difference.regions) {
        counts.regions++;
        if (region.change === 'unknown') {
          counts.unknown++;
          assert.ok(region.opaque.length > 0, `${region.where} has no witness`);
          continue;
        }
        assert.ok(region.witness);
        const [x, y] = [ask(before, region.witness), ask(after, region.witness)];
        assert.equal(x.key, outcomeKey(region.before), region.where);
        assert.equal(y.key, outcomeKey(region.after), region.where);
        assert.ok(inRegion(region.region, nameOf(region.witness), inputOf(x, y)), `the witness ${JSON.stringify(region.witness)} is not in ${region.where} ${JSON.stringify(region.region)}`);
      }
      if (difference.verdict === 'equal') counts.equal++;
      for (const request of requestsOf([one, two], seed)) {
        counts.requests++;
        const [x, y] = [ask(before, request), ask(after, request)];
        const inside = difference.regions.filter((region) => inRegion(region.region, nameOf(request), inputOf(x, y)));
        if (x.key !== y.key) counts.differing++;
        const told = (): string => `${JSON.stringify(request)}\nbefore ${x.key}\nafter ${y.key}\n${difference.regions.map((region) => `${region.change} ${JSON.stringify(region.region)}`).join('\n')}\n${[...filesOf(one), ...filesOf(two)].filter(([path]) => !path.startsWith('c.')).map(([path, text]) => `${path} ${text}`).join('\n')}`;
        assert.equal(inside.length, x.key === y.key ? 0 : 1, `${inside.length} regions hold ${told()}`);
        for (const region of inside) assert.deepEqual([outcomeKey(region.before), outcomeKey(region.after)], [x.key, y.key], told());
      }
    }), { numRuns: PAIRS, seed: Number(process.env['SEED'] ?? 20261122) });
    assert.ok(counts.differing > counts.requests / 100 && counts.equal > 0, JSON.stringify(counts));
    if (process.env['PAIRS']) console.log(counts);
  });
});

/** What conditions see; a side that does not know the agent sees nothing. */
const inputOf = (x: Asked, y: Asked): Asked['input'] => (Object.keys(y.input).length > 0 ? y.input : x.input);
