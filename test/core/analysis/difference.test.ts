// The difference of two states, held against the engine: requests of a small world decided one by one.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf } from '../../../server/src/core/analysis';
import { inRegion } from './in-region';
import { NOW, engineFrom } from './sides';
import { ask, nameOf, outcomeKey, requestsOf, type Asked, type Plain } from './small-requests';
import { filesOf, pair } from './small-worlds';

/** 10,000 pairs take hours: `PAIRS=10000` asks for them. */
const PAIRS = Number(process.env['PAIRS'] ?? 25);

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

  it('is that too for any agents and resources', function () {
    this.timeout(0);
    let differing = 0;
    fc.assert(fc.property(pair, fc.nat(), ([one, two], seed) => {
      const [before, after] = [engineFrom(filesOf(one)), engineFrom(filesOf(two))];
      const difference = differenceOf(before, after, { now: NOW, world: 'open' });
      for (const { change, opaque, where, witness, region, before: was, after: is } of difference.regions) {
        if (change === 'unknown') assert.ok(opaque.length > 0, `${where} has no witness`);
        if (!witness) continue;
        const [x, y] = [ask(before, witness), ask(after, witness)];
        assert.deepEqual([x.key, y.key], [outcomeKey(was), outcomeKey(is)], where);
        assert.ok(inRegion(region, nameOf(witness), inputOf(x, y)), `${JSON.stringify(witness)} is not in ${JSON.stringify(region)}`);
      }
      const agents: Plain[] = [{ id: 'one', roles: [] }, { id: 'two', roles: ['clerk'] }, { id: 'other', roles: ['boss', 'climber'] }, { id: 'oz', labels: {}, roles: ['x'] }];
      const requests = requestsOf([one, two], seed).filter((_, index) => index % 7 === 0);
      const odd = requests.flatMap((request): Plain[] => (request['action'] === 'call' ? [{ ...request, resource: 'tool:mail/send' }, { ...request, args: { amount: 'many', note: 3, urgent: 'no' } }] : request['action'] === 'deploy' ? [{ ...request, resource: 'environment:lab' }] : [])).slice(0, 200);
      for (const [index, request] of [...requests, ...odd].entries()) {
        const assumed = { ...request, agent: agents[index % agents.length] ?? {} };
        const [x, y] = [ask(before, assumed), ask(after, assumed)];
        const inside = difference.regions.filter((region) => inRegion(region.region, nameOf(assumed), inputOf(x, y)));
        if (x.key !== y.key) differing++;
        assert.equal(inside.length, x.key === y.key ? 0 : 1, `${inside.length} regions hold ${JSON.stringify(assumed)}\nbefore ${x.key}\nafter ${y.key}\n${difference.regions.map((region) => JSON.stringify(region.region)).join('\n')}\n${[...filesOf(one), ...filesOf(two)].map(([, text]) => text).join('\n')}`);
      }
    }), { numRuns: Math.ceil(PAIRS / 4), seed: Number(process.env['SEED'] ?? 20261122), endOnFailure: true });
    assert.ok(differing > 50, String(differing));
  });
});

/** What conditions see; a side that does not know the agent sees nothing. */
const inputOf = (x: Asked, y: Asked): Asked['input'] => (Object.keys(y.input).length > 0 ? y.input : x.input);
