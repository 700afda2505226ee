// What the analysis finds, held against the engine: taking a rule away that never matters changes nothing.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf, findingsOf } from '../../../server/src/core/analysis';
import { Engine, nativeSet, type CompiledRule } from '../../../server/src/core/policy';
import { NOW, acmeFiles, engineFrom } from './sides';
import { ask, requestsOf } from './small-requests';
import { filesOf, world } from './small-worlds';

const WORLDS = Number(process.env['PAIRS'] ?? 60);

/** The same state without a rule. */
function without(engine: Engine, rule: CompiledRule): Engine {
  const policies = engine.world.policies.map((policy) => ({ ...policy, rules: policy.rules.filter((one) => one !== rule) }));
  return new Engine({ ...engine.world, policies, sets: [nativeSet(policies)] });
}

describe('findings of the analysis', () => {
  it('name rules without which every request is decided alike', function () {
    this.timeout(0);
    const counts = new Map<string, number>();
    fc.assert(fc.property(world, (made) => {
      const engine = engineFrom(filesOf(made));
      const { findings } = findingsOf(engine, { now: NOW });
      for (const finding of findings) {
        counts.set(finding.code, (counts.get(finding.code) ?? 0) + 1);
        if (!['policy/shadowed-rule', 'policy/redundant-rule', 'policy/unsatisfiable-rule', 'policy/dead-grant'].includes(finding.code) || !('rule' in finding)) continue;
        const told = `${finding.code} ${finding.rule.id} ${[...filesOf(made)].map(([, text]) => text).join('\n')}`;
        const rest = without(engine, finding.rule);
        const difference = differenceOf(engine, rest, { now: NOW });
        assert.equal(difference.verdict, 'equal', `${told}\n${difference.regions.map((region) => region.where).join('\n')}`);
        for (const request of requestsOf([made], [engine]).slice(0, 120)) assert.equal(ask(engine, request).key, ask(rest, request).key, `${told} ${JSON.stringify(request)}`);
      }
      // of rules that are each covered by others, all but the first of equals can go together
      const redundant = findings.flatMap((finding) => (finding.code === 'policy/redundant-rule' ? [finding.rule] : []));
      if (redundant.length > 1) assert.equal(differenceOf(engine, redundant.reduce(without, engine), { now: NOW }).verdict, 'equal');
    }), { numRuns: WORLDS, seed: 20261122 });
    for (const code of ['policy/shadowed-rule', 'policy/redundant-rule', 'policy/unsatisfiable-rule', 'policy/dead-grant', 'policy/dead-capability']) assert.ok((counts.get(code) ?? 0) > 0, `${code}: ${JSON.stringify([...counts])}`);
  });

  it('leave the example alone', () => assert.deepEqual(findingsOf(engineFrom(acmeFiles()), { now: NOW }).findings.map((finding) => finding.code), []));
});
