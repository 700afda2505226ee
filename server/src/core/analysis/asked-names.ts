// What conditions ask of the names of environments and resources: names that they can tell apart are samples of their own.
import { RESOURCE_OF_ACTION } from '../model';
import { atomsOf, attribute, type Atom } from './formula';
import { readRule, type View } from './read-condition';
import type { SideView } from './side';
import type { Asked } from './space';
import { startsWith, type Parts } from './text-classes';

/** What conditions ask of the names of environments and resources, on all sides. */
export function askedNames(sides: readonly SideView[]): Asked {
  const environment = { texts: new Set<string>(), patterns: [] as Parts[] };
  const resource = { texts: new Set<string>(), patterns: [] as Parts[] };
  const everything: View = { input: {}, untyped: false, free: attribute };
  const atoms = new Map<string, Atom>();
  for (const side of sides) {
    for (const rule of side.sets.flatMap((set) => [...set.rules, ...set.otherwise])) {
      const reads = side.reads(rule);
      if (reads.environment || reads.resource) atomsOf(readRule(rule.when?.ast ?? null, rule.unless?.ast ?? null, side.reader(rule.policy), everything), atoms);
    }
  }
  for (const atom of atoms.values()) {
    if (atom.kind !== 'among' && atom.kind !== 'text') continue;
    const texts = atom.kind === 'among' ? atom.values.filter((value): value is string => typeof value === 'string') : [];
    if (atom.of.key === 'context.environment') {
      for (const text of texts) environment.texts.add(text);
      if (atom.kind === 'text') environment.patterns.push(atom.parts);
    } else if (atom.of.key === 'resource.id') {
      for (const type of Object.values(RESOURCE_OF_ACTION)) {
        for (const text of texts) resource.texts.add(`${type}:${text}`);
        // the pattern is over the id; in front of it stands the type
        if (atom.kind === 'text') resource.patterns.push(atom.parts[0] === '' ? [`${type}:`, ...atom.parts.slice(1)] : [`${type}:${atom.parts[0] ?? ''}`, ...atom.parts.slice(1)]);
      }
    } else if (atom.of.key === 'resource.server') {
      for (const text of texts) {
        resource.texts.add(`tool:${text}`);
        resource.patterns.push(startsWith(`tool:${text}/`));
      }
      if (atom.kind === 'text' && atom.parts[0] !== '') resource.patterns.push(startsWith(`tool:${atom.parts[0] ?? ''}`));
    }
  }
  return { environment: { texts: [...environment.texts], patterns: environment.patterns }, resource: { texts: [...resource.texts], patterns: resource.patterns } };
}
