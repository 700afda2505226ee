// All requests of two small worlds and what both engines decide: where rules read few fields, requests that differ in others are decided once.
import type { Region } from '../../../server/src/core/analysis';
import { print } from '../../../server/src/core/conditions';
import type { CompiledRule, Engine } from '../../../server/src/core/policy';
import { inRegion, mayHold, testsOf, type Reading } from './in-region';
import { NOW } from './sides';
import type { Field } from './small-conditions';
import { askParsed, parsed, requestOf, seenOn, spaceOf, type Asked, type Plain, type SmallContext } from './small-requests';
import type { SmallWorld } from './small-worlds';

export interface Decided {
  readonly request: Plain;
  readonly x: Asked;
  readonly y: Asked;
  /** the regions in which it lies, and those of which this cannot be told */
  readonly inside: readonly Region[];
  readonly maybe: readonly Region[];
}

const NOWHERE: readonly Region[] = [];

/** `each` is told every request. Where no region can hold the requests of a context, one of those that read the same is told. */
export function bySpace(worlds: readonly SmallWorld[], engines: readonly [Engine, Engine], regions: readonly Region[], at: number | null, each: (decided: Decided) => void): void {
  const { fields, contexts } = spaceOf(worlds, engines, at);
  const tests = testsOf(engines);
  for (const context of contexts) {
    const read = fieldsRead(fields, engines, context, at);
    const mine = regions.filter(({ region }) => mayHold(region, namesOf(context)));
    const known = new Map<string, readonly [Asked, Asked]>();
    for (const fill of context.fills) {
      let key = '';
      for (const index of read) key += `${fill.at[index]} `;
      let decided = known.get(key);
      if (decided && mine.length === 0) continue;
      const request = requestOf(context, fill);
      if (!decided) {
        const asked = parsed(request);
        known.set(key, (decided = [askParsed(engines[0], asked, at), askParsed(engines[1], asked, at)]));
      }
      const [x, y] = decided;
      const [inside, maybe]: [Region[], Region[]] = [[], []];
      const reading: Reading = { request, now: at ?? NOW, tests, input: () => seenOn(askParsed(engines[0], parsed(request), at), askParsed(engines[1], parsed(request), at)) };
      for (const region of mine) {
        const holds = inRegion(region.region, reading);
        if (holds !== false) (holds ? inside : maybe).push(region);
      }
      each({ request, x, y, inside: inside.length > 0 ? inside : NOWHERE, maybe });
    }
  }
}

function namesOf({ agent, action, resource, environment }: SmallContext): Parameters<typeof mayHold>[1] {
  const id = typeof agent === 'string' ? agent : String((agent as Plain)['id']);
  return { agent: id, action, resource, environment: action === 'deploy' ? resource.slice(resource.indexOf(':') + 1) : environment };
}

/** The fields on which what the engines decide in a context can hang, by their place. */
function fieldsRead(fields: readonly Field[], engines: readonly Engine[], context: SmallContext, at: number | null): readonly number[] {
  const [fill] = context.fills;
  if (!fill) return [];
  let text = '';
  for (const engine of engines) {
    const { rules, request, resource } = askParsed(engine, parsed(requestOf(context, fill)), at).prepared;
    const found = rules?.find(request.action, resource, request.environment, () => undefined);
    if (!found) continue;
    if (found.gates.some(({ records }) => records.length > 0)) text += 'context.time ';
    const all = found.sets.flatMap(({ set }) => [...set.rules, ...set.otherwise]);
    const reading = new Set<CompiledRule>(found.sets.flatMap(({ steps, first, otherwise, oblige }) => [...steps.flatMap((step) => step.rules), ...(first ?? []), ...otherwise, ...oblige]));
    for (const rule of all) if (reading.has(rule)) text += `${rule.when ? print(rule.when.ast) : ''} ${rule.unless ? print(rule.unless.ast) : ''} ${rule.expires === Infinity ? '' : 'context.time'} ${rule.where ? 'args.command args.file_path' : ''} `;
  }
  return fields.flatMap((field, index) => (text.includes(field) || (field === 'args.amount' && text.includes('variables.')) ? [index] : []));
}
