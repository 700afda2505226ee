// One thing of each rule of the example is changed: the difference names the rule, and its witnesses are decided as it says.
import assert from 'node:assert/strict';
import { createAnalysisMemo, differenceOf } from '../../../server/src/core/analysis';
import { Engine, nativeSet, type CompiledPolicy, type CompiledRule } from '../../../server/src/core/policy';
import { NOW, acmeFiles, engineFrom } from './sides';
import { ask, outcomeKey } from './small-requests';

/** Changes that no other rule can make up for are found below; the others leave decisions as they were, and then nothing may be said. */
const CHANGES: readonly (readonly [what: string, change: (rule: CompiledRule) => CompiledRule | null])[] = [
  ['is gone', () => null],
  ['has another effect', (rule) => (rule.effect === 'oblige' ? null : { ...rule, effect: rule.effect === 'deny' ? 'allow' : 'deny', approval: null, never: false })],
  ['asks for one more person', (rule) => (rule.approval ? { ...rule, approval: { ...rule.approval, count: rule.approval.count + 1 } } : rule)],
  ['has no condition', (rule) => (rule.when || rule.unless ? { ...rule, when: null, unless: null } : rule)],
  ['owes nothing', (rule) => (rule.obligations.length > 0 && rule.effect !== 'oblige' ? { ...rule, obligations: [] } : rule)],
];

function changed(engine: Engine, rule: CompiledRule, made: CompiledRule | null): Engine {
  const policies = engine.world.policies.map((policy): CompiledPolicy => (policy.rules.includes(rule) ? { ...policy, rules: policy.rules.flatMap((one) => (one === rule ? (made ?? []) : [one])) } : policy));
  return new Engine({ ...engine.world, policies, sets: [nativeSet(policies)] });
}

describe('one change of each rule of the example', () => {
  const engine = engineFrom(acmeFiles());
  const memo = createAnalysisMemo();
  for (const [what, change] of CHANGES) it(`it ${what}`, function () {
    this.timeout(0);
    let [named, unchanged] = [0, 0];
    for (const rule of engine.world.policies.flatMap((policy) => policy.rules)) {
      const made = change(rule);
      if (made === rule) continue;
      const after = changed(engine, rule, made);
      const { verdict, regions } = differenceOf(engine, after, { now: NOW }, memo);
      if (verdict === 'equal') {
        unchanged++;
        // nothing is lost where what it denies is not allowed anyway
        assert.ok(what !== 'is gone' || rule.effect === 'deny', rule.id);
        continue;
      }
      assert.equal(verdict, 'changed', rule.id);
      const names = (refs: readonly { readonly id: string }[]): boolean => refs.some(({ id }) => id === rule.id);
      assert.ok(regions.some(({ rules }) => names(rules.before) || names(rules.after)), `${rule.id} is not named: ${regions.map(({ where }) => where).join('\n')}`);
      if (regions.some(({ rules }) => names(rules.before) || names(rules.after))) named++;
      for (const { witness, before: was, after: is, where } of regions) {
        assert.ok(witness, where);
        assert.deepEqual([ask(engine, witness).key, ask(after, witness).key], [outcomeKey(was), outcomeKey(is)], where);
      }
    }
    assert.ok(named > 0 && named >= unchanged, `${named} named, ${unchanged} unchanged`);
  });
});
