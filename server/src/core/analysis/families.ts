// Places that are looked at together: where most rules are over patterns and the arguments are the same, much of what is found for one place holds for the next.
import type { Context } from './items';
import type { PlaceRule } from './rule-index';
import type { SideView } from './side';
import type { Place } from './space';
import type { Steps } from './types';

export interface Family {
  readonly places: readonly Place[];
  readonly contexts: readonly Context[];
}

/** Places without contexts are left out. */
export function* familySteps(places: readonly Place[], sides: readonly SideView[], contextsAt: (place: Place) => readonly Context[]): Steps<readonly Family[]> {
  const families: { readonly places: Place[]; readonly contexts: Context[] }[] = [];
  const known = new Map<string, { readonly places: Place[]; readonly contexts: Context[] }>();
  const schemas = new Map<object, string>();
  const conditions = new Map<readonly PlaceRule[], number>();
  const asking = (rules: readonly PlaceRule[]): number => {
    let count = conditions.get(rules);
    if (count === undefined) conditions.set(rules, (count = rules.filter(({ rule }) => rule.when !== null || rule.unless !== null || rule.where !== null).length));
    return count;
  };
  const schema = (side: SideView, place: Place): string => {
    const input = side.schema(place);
    if (typeof input !== 'object' || input === null) return String(input);
    let text = schemas.get(input);
    if (text === undefined) schemas.set(input, (text = JSON.stringify(input)));
    return text;
  };
  for (const place of places) {
    yield;
    const contexts = contextsAt(place);
    if (contexts.length === 0) continue;
    // a diagram over the questions of all rules is wider: it pays where most of them are asked everywhere
    const shared = place.sample === null && sides.some((side) => asking(side.wideAt(place)) > 0) && sides.every((side) => asking(side.wideAt(place)) >= side.namedAt(place).length);
    const key = shared ? `${place.action} ${sides.map((side) => schema(side, place)).join(' ')}` : null;
    const family = key === null ? undefined : known.get(key);
    if (family) {
      family.places.push(place);
      for (const context of contexts) family.contexts.push(context);
      continue;
    }
    const made = { places: [place], contexts: [...contexts] };
    families.push(made);
    if (key !== null) known.set(key, made);
  }
  return families;
}

/** The places one by one, where together they are too much. */
export const apart = ({ places, contexts }: Family): readonly Family[] => (places.length < 2 ? [] : places.map((place) => ({ places: [place], contexts: contexts.filter((context) => context.place === place) })));
