// The rules of one side, found by the resources that they name.
import type { CompiledRule, PolicySet } from '../policy';
import type { Formula } from './formula';

/** A rule before it is known who asks and where. */
export interface PlaceRule {
  readonly rule: CompiledRule;
  /** which of the sets */
  readonly set: number;
  /** asked only where no other rule of the set matches */
  readonly otherwise: boolean;
  /** as the sets have them */
  readonly order: number;
}

/** A rule that may be for a context, with what its condition says there. */
export interface Item extends PlaceRule {
  readonly formula: Formula;
}

/** Rules by the resources that they name; those with patterns apart, rules of the same patterns together. */
export interface RuleIndex {
  readonly named: ReadonlyMap<string, readonly PlaceRule[]>;
  readonly wide: readonly (readonly PlaceRule[])[];
  readonly count: number;
}

/** The rules of all sets that can apply at all. */
export function indexOf(sets: readonly PolicySet[]): RuleIndex {
  const named = new Map<string, PlaceRule[]>();
  const wide = new Map<string, PlaceRule[]>();
  let order = 0;
  const add = (lists: Map<string, PlaceRule[]>, key: string, entry: PlaceRule): void => {
    const known = lists.get(key);
    if (known) known.push(entry);
    else lists.set(key, [entry]);
  };
  sets.forEach((one, set) => {
    for (const [rules, otherwise] of [[one.rules, false], [one.otherwise, true]] as const) for (const rule of rules) {
      if (rule.never) continue;
      const entry: PlaceRule = { rule, set, otherwise, order: order++ };
      const names = rule.resources?.literals;
      if (names?.length === 1) add(named, names[0] ?? '', entry);
      else if (names) for (const name of new Set(names)) add(named, name, entry);
      else add(wide, `${set}\0${rule.actions?.sources.join('\0') ?? ''}\0\0${rule.resources?.sources.join('\0') ?? ''}`, entry);
    }
  });
  return { named, wide: [...wide.values()], count: order };
}
