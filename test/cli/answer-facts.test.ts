// What `who` and `can` tell in words is exactly what the regions say: each fact, taken apart again, gives the boxes that it was made from.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { can, type AnswerRegion } from '../../server/src/core/analysis';
import { AGENTS } from '../../server/src/core/workspace';
import { ENGINE } from '../../server/src/core/policy';
import { factGroups } from '../../server/src/cli/answer/facts';
import type { Condition } from '../../server/src/ide';
import { workspaceOf } from '../harness/workspace';

const ROOT = path.resolve('test/workspaces/acme');
const FILES = new Map(readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ya?ml|json|md)$/.test(file) && !file.startsWith('faults')).map((file) => [file.split(path.sep).join('/'), readFileSync(path.join(ROOT, file), 'utf8')]));
const NAMED = ['agent.id', 'action.name', 'resource'];

/** All single boxes that a list of conditions with alternatives stands for. */
const apart = (conditions: readonly Condition[]): readonly string[] => conditions.reduce<readonly (readonly Condition[])[]>((boxes, [name, alternatives]) => boxes.flatMap((box) => alternatives.map((one) => [...box, [name, [one]] as const])), [[]]).map(textOf);
const textOf = (box: readonly Condition[]): string => JSON.stringify([...box].sort(([a], [b]) => (a < b ? -1 : 1)));
const boxOf = ({ region }: AnswerRegion): string => textOf(Object.entries(region).filter(([name]) => !NAMED.includes(name)).map(([name, one]) => [name, [one]] as const));

describe('the facts of an answer', () => {
  it('are the regions, said in fewer words', () => {
    const workspace = workspaceOf(FILES);
    const engine = workspace.shared(ENGINE);
    let regions = 0;
    let facts = 0;
    for (const { id } of workspace.shared(AGENTS).all) {
      const answer = can(engine, id, { now: Date.UTC(2026, 10, 23) });
      const resources = (region: AnswerRegion): readonly string[] => { const of = region.region.resource; return of && 'in' in of ? of.in.map(String) : ['']; };
      const groups = factGroups(answer, { subjectsOf: (region) => resources(region).map((name) => [name, name] as const), about: NAMED, concerns: () => true });
      for (const resource of new Set(answer.regions.flatMap(resources))) {
        const mine = answer.regions.filter((region) => resources(region).includes(resource));
        const told = groups.filter(({ subjects }) => subjects.includes(resource)).flatMap((group) => group.facts.flatMap(({ outcome, common, cases }) => {
          const all = cases.length > 0 ? cases : group.cases;
          return (all.length > 0 ? all : [[]]).flatMap((one) => apart([...common, ...one]).map((box) => `${outcome.effect} ${JSON.stringify(outcome.approvals)} ${box}`));
        }));
        assert.deepEqual([...told].sort(), mine.map((region) => `${region.outcome.effect} ${JSON.stringify(region.outcome.approvals)} ${boxOf(region)}`).sort(), `${id} ${resource}`);
        regions += mine.length;
      }
      facts += groups.reduce((sum, group) => sum + group.facts.length, 0);
    }
    assert.ok(facts * 2 < regions, `${facts} facts for ${regions} regions`);
  });
});
