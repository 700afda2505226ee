// Mutation: of each rule of the example company one thing is changed, and the difference names it, with a witness of it.
import assert from 'node:assert/strict';
import { differenceOf } from '../../server/src/core/analysis';
import { parseRequest } from '../../server/src/core/model';
import { ENGINE, Engine, type CompiledRule } from '../../server/src/core/policy';
import { Workspace } from '../../server/src/core/workspace';
import { acmeFiles, NOW } from './workspace';

/** Every rule the other way round: what was allowed is denied, what was denied or asked for is let through, what was to be done is not. */
function mutated(rule: CompiledRule): CompiledRule | null {
  switch (rule.effect) {
    case 'allow':
      return { ...rule, effect: 'deny' };
    case 'require_approval':
      return { ...rule, effect: 'allow', approval: null };
    case 'deny':
    case 'oblige':
      return null;
  }
}

/** Rules of the example that decide nothing in its world: others of the same effect say the same, or nobody can ask. */
const SILENT: ReadonlySet<string> = new Set([
  // past its date
  'expired-rule/spring-freeze',
  // nothing else allows it either
  'platform-basics/no-long-chains',
]);

describe('mutation of the example', () => {
  const workspace = new Workspace();
  workspace.applyChange({ files: acmeFiles().filter(([path]) => !path.startsWith('faults/')), now: NOW });
  const engine = workspace.shared(ENGINE);
  for (const policy of engine.world.policies) {
    for (const rule of policy.rules) {
      it(`${rule.id} (${rule.effect})`, () => {
        const other = mutated(rule);
        const sets = engine.world.sets.map((set) => ({ ...set, rules: set.rules.flatMap((one) => (one === rule ? (other ?? []) : one)) }));
        const after = new Engine({ ...engine.world, sets });
        const { regions, verdict } = differenceOf(engine, after, { now: NOW });
        const named = regions.filter((region) => [...region.rules.before, ...region.rules.after].some(({ id }) => id === rule.id));
        if (SILENT.has(rule.id)) return assert.equal(verdict, 'equal');
        assert.ok(named.length > 0, `${verdict}: ${regions.map(({ where, rules }) => `${where} ${JSON.stringify(rules)}`).join('\n')}`);
        for (const { witness, before, after: now, change } of regions) {
          if (change === 'unknown' && witness === null) continue;
          const parsed = parseRequest(witness ?? {});
          assert.ok('request' in parsed, JSON.stringify(parsed));
          assert.equal(engine.decide(parsed.request, { at: NOW, trace: false }).effect, before.effect);
          assert.equal(after.decide(parsed.request, { at: NOW, trace: false }).effect, now.effect);
        }
      });
    }
  }
});
