// `countersign test --suggest` over random worlds: the cases that it writes pass, cover rules that nothing covered, and leave nothing more to suggest.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memoryHost, run } from '../../cli/memory-host';
import { QUICK, SEED, runs } from './runs';
import { filesOf, shown, world } from './small-worlds';

describe('suggested cases in random worlds', () => {
  it('pass and raise coverage', async function () {
    this.timeout(0);
    let cases = 0;
    await fc.assert(fc.asyncProperty(world, async (made) => {
      const files = Object.fromEntries(filesOf(made));
      const first = await run('test --suggest --allow-incomplete --format json', memoryHost(files));
      const found = JSON.parse(first.out) as { cases: { rule: string; request: object }[]; without: { rule: string }[] };
      const told = `${first.out}\n${first.err}\n${shown(made)}`;
      cases += found.cases.length;
      if (found.cases.length === 0) return;
      const { out } = await run('test --suggest --allow-incomplete', memoryHost(files));
      const kept = { ...files, 's.policytest.yaml': out };
      const tested = await run('test --allow-incomplete', memoryHost(kept));
      assert.equal(tested.code, 0, `${tested.out}${tested.err}\n${out}\n${told}`);
      const again = JSON.parse((await run('test --suggest --allow-incomplete --format json', memoryHost(kept))).out) as typeof found;
      // whoever covers it once need not be asked again
      assert.ok(again.cases.length < found.cases.length, `${JSON.stringify(again.cases)}\n${told}`);
    }), { numRuns: runs(15), seed: SEED, endOnFailure: QUICK });
    assert.ok(cases > 10, String(cases));
  });
});
