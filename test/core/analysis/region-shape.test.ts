// What a region may speak of: one action, or actions that are all for each of its resources.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { differenceOf, type Constraint, type Region } from '../../../server/src/core/analysis';
import { RESOURCE_OF_ACTION } from '../../../server/src/core/model';
import type { Action } from '../../../server/src/core/documents';
import { runs, SEED } from './runs';
import { NOW, acmeFiles, engineFrom } from './sides';
import { pair, pairFiles } from './small-worlds';

const listed = (constraint: Constraint | undefined): readonly string[] => (constraint && 'in' in constraint ? constraint.in.map(String) : []);

function isReadable({ region, where }: Region): void {
  const actions = listed(region['action.name']) as readonly Action[];
  const types = new Set(actions.map((action) => RESOURCE_OF_ACTION[action]));
  assert.equal(types.size, 1, where);
  assert.ok(actions.length === 1 || types.has('data'), where);
  for (const resource of listed(region['resource'])) assert.ok(types.has(resource.slice(0, resource.indexOf(':')) as never), where);
}

describe('a region', () => {
  it('is of one action, or of several on data', function () {
    this.timeout(0);
    fc.assert(fc.property(pair, (one) => {
      const [before, after] = pairFiles(one).map(engineFrom);
      if (before && after) for (const region of differenceOf(before, after, { now: NOW, at: one.at }).regions) isReadable(region);
    }), { numRuns: Math.min(runs(20), 200), seed: SEED, endOnFailure: true });
  });

  it('is of one action also where a rule for everything is left out', function () {
    this.timeout(0);
    const files = acmeFiles();
    const path = 'policies/basics.policy.yaml';
    const text = files.get(path) ?? '';
    const without = text.replace(/ {4}- id: log-all\n(?: {6}.*\n)+/, '');
    assert.notEqual(without, text);
    const { regions, proved } = differenceOf(engineFrom(files), engineFrom(new Map([...files, [path, without]])), { now: NOW });
    assert.ok(proved);
    regions.forEach(isReadable);
    assert.ok(regions.length > 0 && regions.length < 600, String(regions.length));
    assert.ok(regions.every(({ witness, change }) => witness !== null && change === 'widened'));
  });

  it('of an agent that names its tools by a pattern is found by the text before the star', () => {
    const agents = ['s1/*', 's1/a*', '*', 's2/*', 's11/*'].map((tools, index) => [`a${index}.agent.yaml`, `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a${index} }\nspec: { purpose: x, lifecycle: production, owner: { team: own }, tools: ["${tools}"] }\n`] as const);
    const rules = (bound: number): readonly [string, string] => ['p.policy.yaml', `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec: { rules: [{ id: r, effect: allow, actions: [call], resources: ["tool:s1/ab"], when: has(args.n) && args.n > ${bound} }] }\n`];
    const [before, after] = [10, 5].map((bound) => engineFrom(new Map([...agents, rules(bound)])));
    const { regions } = differenceOf(before as never, after as never, { now: NOW });
    assert.deepEqual([...new Set(regions.flatMap((region) => region.agents))].sort(), ['a0', 'a1', 'a2']);
  });
});
