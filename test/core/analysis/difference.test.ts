// The difference of two states, held against the engine: random pairs of small worlds, of which every request is decided one by one.
//
// An ordinary run takes few pairs. All 10,000 (some minutes on one core; nothing is printed of a pair that holds):
//   PAIRS=10000 node .scripts/unit.mjs analysis/difference
// Only worlds without files of other tools, or with them: ONLY=native, ONLY=foreign. What is unknown although some request shows it: BLIND=1; all that is unknown: BLIND=all.
// In parts, each with pairs of its own: SHARD=0/4 PAIRS=10000, SHARD=1/4 PAIRS=10000, ... Another sample: SEED=7. One that failed: the seed and path that fast-check prints.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf, type Region } from '../../../server/src/core/analysis';
import { MAX_REGIONS } from '../../../server/src/core/analysis/difference';
import type { Engine } from '../../../server/src/core/policy';
import { inRegion, testsOf, type Reading } from './in-region';
import { NOW, engineFrom } from './sides';
import { bySpace, type Decided } from './by-space';
import { DESCRIBED, ask, askParsed, outcomeKey, parsed, requestsOf, seenOn, type Plain } from './small-requests';
import { pairFiles, pair, shown, type SmallPair } from './small-worlds';
import { QUICK, SEED, runs } from './runs';

const EFFECTS = ['unknown', 'deny', 'require_approval', 'allow'];

describe('the difference of random pairs', () => {
  it('is exactly what the engine decides differently, disjoint, with witnesses', function () {
    this.timeout(0);
    const counts = { pairs: 0, regions: 0, requests: 0, differing: 0, unknown: 0, equal: 0, blind: 0, at: 0 };
    const changes = new Map<string, number>();
    fc.assert(fc.property(pair, (pairOf) => {
      const { worlds, at } = pairOf;
      const [before, after] = pairFiles(pairOf).map(engineFrom) as [Engine, Engine];
      const difference = differenceOf(before, after, { now: NOW, at });
      counts.pairs++;
      if (at !== null) counts.at++;
      if (difference.verdict === 'equal') counts.equal++;
      const told = (): string => `${difference.regions.map((region) => `${region.change} ${JSON.stringify(region.region)} ${outcomeKey(region.before)} → ${outcomeKey(region.after)}`).join('\n')}\n${shown(pairOf)}`;
      assert.ok(difference.proved || difference.regions.some(({ change }) => change === 'unknown'), difference.reasons.join('\n'));
      const tests = testsOf([before, after]);
      for (const region of difference.regions) {
        counts.regions++;
        changes.set(region.change, (changes.get(region.change) ?? 0) + 1);
        isReal(region, [before, after], tests, pairOf);
        if (region.change === 'unknown') counts.unknown++;
        if (region.change === 'unknown' && process.env['BLIND'] === 'all') console.log(`UNKNOWN ${JSON.stringify(region.region)}`);
      }
      const blind = new Set<Region>();
      bySpace(worlds, [before, after], difference.regions, at, ({ request, x, y, inside, maybe }: Decided) => {
        counts.requests++;
        const differs = x.key !== y.key;
        if (differs) counts.differing++;
        if (inside.length > (differs ? 1 : 0) || (differs && inside.length + maybe.length === 0)) assert.fail(`${inside.length} regions hold ${JSON.stringify(request)}\nbefore ${x.key}\nafter ${y.key}\n${told()}`);
        for (const region of inside) {
          const { before: was, after: is, change, agents } = region;
          if (outcomeKey(was) !== x.key || outcomeKey(is) !== y.key) assert.fail(`${JSON.stringify(region.region)} ${JSON.stringify(request)}\nbefore ${x.key}\nafter ${y.key}\n${told()}`);
          if (typeof request['agent'] === 'string' && !agents.includes(request['agent'])) assert.fail(`${request['agent']} is not among ${agents.join()} ${told()}`);
          // a request that shows it, where none was found
          if (change === 'unknown') {
            if (process.env['BLIND'] && !blind.has(region)) console.log(`BLIND ${region.opaque.join(' ## ')} | ${JSON.stringify(region.region)} | ${JSON.stringify(request)}`);
            blind.add(region);
          }
        }
      });
      counts.blind += blind.size;
    }), { numRuns: runs(100), seed: SEED, endOnFailure: QUICK });
    assert.ok(counts.differing > counts.requests / 100 && counts.equal > 0, JSON.stringify(counts));
    for (const change of ['widened', 'narrowed', ...(counts.pairs >= 10_000 ? ['approval-changed', 'obligations-changed'] : [])]) assert.ok((changes.get(change) ?? 0) > 0, `${change} ${JSON.stringify([...changes])}`);
    // where some request shows a difference, one is found
    assert.ok(counts.blind <= Math.max(3, counts.regions / 100), JSON.stringify(counts));
    if (process.env['PAIRS']) console.log(counts, [...changes]);
  });

  it('is that too for any agents and resources', function () {
    this.timeout(0);
    const counts = { pairs: 0, requests: 0, differing: 0 };
    fc.assert(fc.property(pair, (pairOf) => {
      const { worlds } = pairOf;
      const [before, after] = pairFiles(pairOf).map(engineFrom) as [Engine, Engine];
      const difference = differenceOf(before, after, { now: NOW, world: 'open' });
      counts.pairs++;
      const tests = testsOf([before, after]);
      for (const region of difference.regions) isReal(region, [before, after], tests, pairOf);
      const all = requestsOf(worlds, [before, after]);
      const every = Math.max(1, Math.ceil(all.length / 250));
      const requests = all.filter((_, index) => index % every === 0);
      const odd = requests.slice(0, 40).flatMap((request): Plain[] => (request['action'] === 'call' ? [{ ...request, resource: 'tool:mail/send' }, { ...request, resource: 'tool:pay/other', args: { amount: 'many', note: 3, urgent: 'no', tags: ['x', 4, null], deep: 7 } }] : request['action'] === 'deploy' ? [{ ...request, resource: 'environment:plab' }] : [{ ...request, environment: 'nowhere' }]));
      for (const [index, request] of [...requests, ...odd].entries()) {
        const assumed = { ...request, agent: DESCRIBED[index % DESCRIBED.length] ?? {} };
        const [x, y] = [ask(before, assumed), ask(after, assumed)];
        counts.requests++;
        const differs = x.key !== y.key;
        if (differs) counts.differing++;
        const held = difference.regions.map((region) => inRegion(region.region, { request: assumed, now: NOW, tests, input: () => seenOn(x, y) })).filter((one) => one !== false);
        const sure = held.filter((one) => one === true);
        // what is cut says so, and holds what it lists
        const cut = difference.regions.length >= MAX_REGIONS && !difference.proved;
        if (sure.length > (differs ? 1 : 0) || (differs && held.length === 0 && !cut)) assert.fail(`${sure.length} regions hold ${JSON.stringify(assumed)}\nbefore ${x.key}\nafter ${y.key}\n${difference.regions.map((region) => JSON.stringify(region.region)).join('\n')}\n${shown(pairOf)}`);
      }
    }), { numRuns: Math.ceil(runs(100) / 5), seed: SEED, endOnFailure: QUICK });
    assert.ok(counts.differing > 50, JSON.stringify(counts));
    if (process.env['PAIRS']) console.log(counts);
  });
});

/** The witness is decided as the region says, lies in it, and the change is of the kind that the effects make it. */
function isReal({ change, opaque, where, witness, region, before: was, after: is, rules }: Region, engines: readonly [Engine, Engine], tests: Reading['tests'], pairOf: SmallPair): void {
  const told = (): string => `${change} ${where} ${JSON.stringify(region)}\n${JSON.stringify(witness)}\n${shown(pairOf)}`;
  if (change === 'unknown' ? opaque.length === 0 || witness !== null : !witness) assert.fail(`no witness: ${told()}`);
  if (!witness) return;
  const request = witness as Plain;
  const [x, y] = engines.map((engine) => askParsed(engine, parsed(request), pairOf.at)) as [ReturnType<typeof ask>, ReturnType<typeof ask>];
  if (x.key !== outcomeKey(was) || y.key !== outcomeKey(is)) assert.fail(`not as printed: ${x.key} and ${y.key} ${told()}`);
  if (inRegion(region, { request, now: pairOf.at ?? NOW, tests, input: () => seenOn(x, y) }) === false) assert.fail(`the witness is not inside ${told()}`);
  const [old, now] = [EFFECTS.indexOf(was.effect), EFFECTS.indexOf(is.effect)];
  const must = now > old ? 'widened' : now < old && EFFECTS[now] === 'deny' ? 'narrowed' : change;
  if (change !== must || (was.effect === 'deny' && is.effect === 'deny' && change === 'approval-changed')) assert.fail(told());
  // what decides is named
  for (const [engine, asked, outcome, refs] of [[engines[0], x, was, rules.before], [engines[1], y, is, rules.after]] as const) {
    if (outcome.effect !== 'deny' || was.effect !== is.effect) for (const { id } of engine.decidePrepared(asked.prepared, false).rules) if (!refs.some((ref) => ref.id === id)) assert.fail(`${id} is not among the rules: ${told()}`);
  }
}
