// What a reader sees of many regions: one change where the same is no longer done for whatever is asked.
import assert from 'node:assert/strict';
import { differenceOf } from '../../server/src/core/analysis';
import { ENGINE } from '../../server/src/core/policy';
import { groupItems, headingOf, nowWords, outcomeWords, partsWords, reviewOf } from '../../server/src/ide';
import { given, NOW } from './workspace';

const HEAD = 'apiVersion: countersign/v1\nkind: ';
const agents = ['a', 'b', 'c', 'd'].map((name) => `#- ${name}.agent.yaml\n${HEAD}Agent\nmetadata: { name: ${name} }\nspec: { purpose: Test., lifecycle: pilot, owner: { team: t }, tools: [s/one, s/two], data: [{ source: d, access: [read] }] }\n`).join('');
const policy = (rules: readonly string[]): string => `#- p.policy.yaml\n${HEAD}Policy\nmetadata: { name: p, owner: t }\nspec:\n  rules:\n${rules.map((rule) => `    - { ${rule} }\n`).join('')}`;
const ALLOW = 'id: one, effect: allow, actions: [call], resources: ["tool:s/one"]';
const WARN = 'id: careful, effect: oblige, actions: [call], resources: ["tool:s/one"], when: args.amount > 5, obligations: [{ warn: Look twice }]';
const LOG = 'id: log, effect: oblige, obligations: [{ log: full }]';

function groupsOf(...states: readonly [before: readonly string[], after: readonly string[]]) {
  const [before, after] = [given(agents + policy(states[0])).workspace, given(agents + policy(states[1])).workspace];
  return groupItems(reviewOf(before, after, differenceOf(before.shared(ENGINE), after.shared(ENGINE), { now: NOW, world: 'closed' })).items);
}

describe('review: changes as they are read', () => {
  it('a rule that obliges everybody is a change for each effect', () => {
    const groups = groupsOf([ALLOW, WARN, LOG], [ALLOW, WARN]);
    assert.deepEqual(groups.map(({ common }) => [headingOf(common), outcomeWords(common.before), outcomeWords(common.after), common.rules.before.map(({ id }) => id), common.rules.after.length, common.agents]).sort(), [
      ['Asks for less to be done than before', 'allow (logs everything)', 'allow', ['p/log'], 0, ['a', 'b', 'c', 'd']],
      ['Asks for less to be done than before', 'deny (logs everything)', 'deny', ['p/log'], 0, ['a', 'b', 'c', 'd']],
    ]);
    assert.match(nowWords(groups.find(({ common }) => common.before.effect === 'deny')?.common ?? assert.fail()), /No longer: logs everything\./);
    assert.match(partsWords(groups.find(({ common }) => common.before.effect === 'allow') ?? assert.fail()), /^when amount is missing or a number \(\d parts\)$/);
  });

  it('what is allowed otherwise stands apart for each agent and resource', () => {
    const other = 'id: two, effect: allow, agents: [a, b], actions: [call], resources: ["tool:s/two"]';
    const groups = groupsOf([ALLOW], [ALLOW, other]);
    assert.deepEqual(groups.map(({ common }) => [headingOf(common), common.agents]), [['Allows more than before', ['a', 'b']]]);
  });
});
