// Who can do something and what somebody can do, held against the engine over small worlds.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { can, who, type Answer } from '../../../server/src/core/analysis';
import { inRegion, testsOf, type Reading } from './in-region';
import { NOW, engineFrom } from './sides';
import { ask, parsed, requestsOf, type Plain } from './small-requests';
import { filesOf, world } from './small-worlds';

const WORLDS = Number(process.env['PAIRS'] ?? 12);

describe('who and can in random worlds', () => {
  it('give exactly the requests that are not denied, each in one region', function () {
    this.timeout(0);
    let granted = 0;
    fc.assert(fc.property(world, (made) => {
      const engine = engineFrom(filesOf(made));
      const answers = new Map<string, Answer>();
      const tests = testsOf([engine]);
      const known = (key: string, make: () => Answer): Answer => {
        let answer = answers.get(key);
        if (!answer) answers.set(key, (answer = make()));
        return answer;
      };
      const check = (answer: Answer, request: Plain): void => {
        const { prepared: { input }, effect } = ask(engine, request);
        const reading: Reading = { request, now: NOW, tests, input: () => input };
        const inside = answer.regions.filter((region) => inRegion(region.region, reading));
        if (inside.length !== (effect === 'deny' ? 0 : 1)) assert.fail(`${inside.length} ${JSON.stringify(request)} is ${effect}\n${answer.regions.map((region) => JSON.stringify(region.region)).join('\n')}\n${[...filesOf(made)].filter(([path]) => !path.startsWith('c.')).map(([, text]) => text).join('\n')}`);
        for (const region of inside) assert.equal(region.outcome.effect, effect);
        if (effect !== 'deny') granted++;
      };
      for (const request of requestsOf([made], [engine])) {
        const { agent } = request;
        // where no agent is declared there is none of whom it could be asked
        if (typeof agent === 'string') check(known(`can ${agent}`, () => can(engine, agent, { now: NOW })), request);
        const { action, resource: { type, id }, environment } = parsed(request);
        check(known(`who ${action} ${type} ${id} ${environment}`, () => who(engine, { action, resource: { type, id }, environment }, { now: NOW })), request);
      }
      for (const answer of answers.values()) for (const region of answer.regions) {
        if (!region.witness) assert.ok(region.opaque.length > 0, region.where);
        else assert.equal(ask(engine, region.witness).effect, region.outcome.effect, region.where);
      }
    }), { numRuns: WORLDS, seed: 20261122 });
    assert.ok(granted > 200, String(granted));
  });
});
