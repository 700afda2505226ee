// The difference of two states, held against the engine: random pairs of small worlds, of which every request is decided one by one.
//
// An ordinary run takes few pairs. All 10,000 (some twenty minutes on one core; nothing is printed of a pair that holds):
//   PAIRS=10000 node .scripts/unit.mjs analysis/difference
// In parts, each with pairs of its own: SHARD=0/4 PAIRS=10000, SHARD=1/4 PAIRS=10000, ... Another sample: SEED=7. One that failed: the seed and path that fast-check prints.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf, type Region } from '../../../server/src/core/analysis';
import type { Engine } from '../../../server/src/core/policy';
import { inRegion } from './in-region';
import { NOW, engineFrom } from './sides';
import { ask, nameOf, outcomeKey, requestsOf, seenOn, type Plain } from './small-requests';
import { filesOf, pair, shown, type SmallPair } from './small-worlds';
import { QUICK, SEED, runs } from './runs';

const EFFECTS = ['deny', 'require_approval', 'allow'];

describe('the difference of random pairs', () => {
  it('is exactly what the engine decides differently, disjoint, with witnesses', function () {
    this.timeout(0);
    const counts = { pairs: 0, regions: 0, requests: 0, differing: 0, unknown: 0, equal: 0, blind: 0 };
    const changes = new Map<string, number>();
    fc.assert(fc.property(pair, (worlds) => {
      const [before, after] = [engineFrom(filesOf(worlds[0])), engineFrom(filesOf(worlds[1]))];
      const difference = differenceOf(before, after, { now: NOW });
      counts.pairs++;
      if (difference.verdict === 'equal') counts.equal++;
      assert.ok(difference.proved || difference.regions.some(({ change }) => change === 'unknown'), difference.reasons.join('\n'));
      for (const region of difference.regions) {
        counts.regions++;
        changes.set(region.change, (changes.get(region.change) ?? 0) + 1);
        isReal(region, before, after, worlds);
        if (region.change === 'unknown') counts.unknown++;
      }
      const regions = byResource(difference.regions);
      for (const request of requestsOf(worlds, [before, after])) {
        counts.requests++;
        const [x, y] = [ask(before, request), ask(after, request)];
        const inside = regions(nameOf(request).resource).filter((region) => inRegion(region.region, nameOf(request), seenOn(x, y)));
        if (x.key !== y.key) counts.differing++;
        const told = (): string => `${JSON.stringify(request)}\nbefore ${x.key}\nafter ${y.key}\n${difference.regions.map((region) => `${region.change} ${JSON.stringify(region.region)}`).join('\n')}\n${shown(...worlds)}`;
        if (inside.length !== (x.key === y.key ? 0 : 1)) assert.fail(`${inside.length} regions hold ${told()}`);
        for (const { before: was, after: is, change, agents } of inside) {
          if (outcomeKey(was) !== x.key || outcomeKey(is) !== y.key) assert.fail(told());
          if (!agents.includes(String(request['agent']))) assert.fail(`${String(request['agent'])} is not among ${agents.join()} ${told()}`);
          // a request that shows it, where none was found
          if (change === 'unknown') counts.blind++;
        }
      }
    }), { numRuns: runs(100), seed: SEED, endOnFailure: QUICK });
    assert.ok(counts.differing > counts.requests / 100 && counts.equal > 0, JSON.stringify(counts));
    for (const change of ['widened', 'narrowed', ...(counts.pairs >= 10_000 ? ['approval-changed', 'obligations-changed'] : [])]) assert.ok((changes.get(change) ?? 0) > 0, `${change} ${JSON.stringify([...changes])}`);
    if (process.env['PAIRS']) console.log(counts, [...changes]);
  });

  it('is that too for any agents and resources', function () {
    this.timeout(0);
    const counts = { pairs: 0, requests: 0, differing: 0 };
    fc.assert(fc.property(pair, (worlds) => {
      const [before, after] = [engineFrom(filesOf(worlds[0])), engineFrom(filesOf(worlds[1]))];
      const difference = differenceOf(before, after, { now: NOW, world: 'open' });
      counts.pairs++;
      for (const region of difference.regions) isReal(region, before, after, worlds);
      const agents: Plain[] = [{ id: 'one', roles: [] }, { id: 'two', roles: ['clerk'], lifecycle: 'pilot', team: 'own' }, { id: 'other', roles: ['boss', 'climber'], autonomy: 'act', capabilities: ['changes-state'] }, { id: 'oz', labels: { tier: 'gold' }, roles: ['x'] }];
      const all = requestsOf(worlds, [before, after]);
      const every = Math.max(1, Math.ceil(all.length / 250));
      const requests = all.filter((_, index) => index % every === 0);
      const odd = requests.slice(0, 40).flatMap((request): Plain[] => (request['action'] === 'call' ? [{ ...request, resource: 'tool:mail/send' }, { ...request, resource: 'tool:pay/other', args: { amount: 'many', note: 3, urgent: 'no', tags: ['x', 4, null], deep: 7 } }] : request['action'] === 'deploy' ? [{ ...request, resource: 'environment:plab' }] : [{ ...request, environment: 'nowhere' }]));
      for (const [index, request] of [...requests, ...odd].entries()) {
        const assumed = { ...request, agent: agents[index % agents.length] ?? {} };
        const [x, y] = [ask(before, assumed), ask(after, assumed)];
        counts.requests++;
        if (x.key !== y.key) counts.differing++;
        const inside = difference.regions.filter((region) => inRegion(region.region, nameOf(assumed), seenOn(x, y)));
        if (inside.length !== (x.key === y.key ? 0 : 1)) assert.fail(`${inside.length} regions hold ${JSON.stringify(assumed)}\nbefore ${x.key}\nafter ${y.key}\n${difference.regions.map((region) => JSON.stringify(region.region)).join('\n')}\n${shown(...worlds)}`);
      }
    }), { numRuns: Math.ceil(runs(100) / 5), seed: SEED, endOnFailure: QUICK });
    assert.ok(counts.differing > 50, JSON.stringify(counts));
    if (process.env['PAIRS']) console.log(counts);
  });
});

/** The witness is decided as the region says, lies in it, and the change is of the kind that the effects make it. */
function isReal({ change, opaque, where, witness, region, before: was, after: is, rules }: Region, before: Engine, after: Engine, worlds: SmallPair): void {
  const told = (): string => `${change} ${where} ${JSON.stringify(region)}\n${JSON.stringify(witness)}\n${shown(...worlds)}`;
  if (change === 'unknown') assert.ok(opaque.length > 0 && witness === null, `no witness: ${told()}`);
  if (!witness) return assert.equal(change, 'unknown', told());
  const [x, y] = [ask(before, witness), ask(after, witness)];
  if (x.key !== outcomeKey(was) || y.key !== outcomeKey(is)) assert.fail(`not as printed: ${x.key} and ${y.key} ${told()}`);
  if (!inRegion(region, nameOf(witness), seenOn(x, y))) assert.fail(`the witness is not inside ${told()}`);
  const [old, now] = [EFFECTS.indexOf(was.effect), EFFECTS.indexOf(is.effect)];
  if (now > old) assert.equal(change, 'widened', told());
  if (now < old && now === 0) assert.equal(change, 'narrowed', told());
  if (was.effect === 'deny' && is.effect === 'deny') assert.ok(change !== 'approval-changed', told());
  // what decides is named
  for (const [engine, outcome, refs] of [[before, was, rules.before], [after, is, rules.after]] as const) {
    const decided = engine.decidePrepared(ask(engine, witness).prepared);
    if (outcome.effect !== 'deny' || was.effect !== is.effect) for (const { id } of decided.rules) assert.ok(refs.some((ref) => ref.id === id), `${id} is not among the rules: ${told()}`);
  }
}

/** Regions that can hold requests about a resource. */
function byResource(regions: readonly Region[]): (resource: string) => readonly Region[] {
  const known = new Map<string, readonly Region[]>();
  return (resource) => {
    let found = known.get(resource);
    if (!found) known.set(resource, (found = regions.filter(({ region }) => inRegion('resource' in region ? { resource: region['resource'] as never } : {}, { agent: '', action: '', resource }, {}))));
    return found;
  };
}
