// Actions and resources of a region: as constraints, as few as say exactly these places, and in words.
import { ACTIONS, type Action } from '../documents';
import { RESOURCE_OF_ACTION } from '../model';
import { pattern } from '../text';
import { sampleConstraint } from './form';
import type { Place, Space } from './space';
import type { Constraint } from './types';

/** The places that one pair of constraints says. */
export interface ResourceForm {
  readonly actions: readonly Action[];
  readonly constraint: Constraint;
  /** `call`, `call or respond` */
  readonly action: string;
  readonly shown: string;
  readonly places: readonly Place[];
}

/** A constraint on resources of one type; of `names` also those that it takes besides. */
interface Said {
  readonly constraint: Constraint;
  readonly shown: string;
  readonly places: readonly Place[];
}

/** More names than this are counted. */
const MAX_NAMES = 4;
const MAX_EXCEPT = 3;

export function resourceForms(places: readonly Place[], space: Space): readonly ResourceForm[] {
  const [only] = places;
  if (places.length === 1 && only && !only.sample) return [{ actions: [only.action], constraint: { in: [only.resource] }, action: only.action, shown: only.resource, places }];
  const names = new Map<Action, Place[]>();
  const wide = new Map<string, { readonly said: Said; readonly actions: Action[]; readonly places: Place[] }>();
  for (const action of ACTIONS) {
    const mine = places.filter((place) => place.action === action);
    if (mine.length === 0) continue;
    const { named, rest } = mine.some((place) => place.sample) ? patternsFor(action, mine, space) : { named: mine, rest: [] };
    if (named.length > 0) names.set(action, [...named]);
    for (const said of rest) {
      const key = JSON.stringify(said.constraint);
      const known = wide.get(key);
      if (known) {
        known.actions.push(action);
        known.places.push(...said.places);
      } else wide.set(key, { said, actions: [action], places: [...said.places] });
    }
  }
  const forms = namedForms(names, space);
  for (const { said, actions, places: mine } of wide.values()) forms.push({ actions, constraint: said.constraint, action: actions.join(' or '), shown: said.shown, places: mine });
  return forms;
}

/** A region is of one action; only data has several, which share a region where they are for the same names. */
function namedForms(names: ReadonlyMap<Action, readonly Place[]>, space: Space): ResourceForm[] {
  const lists: (readonly Place[])[] = [];
  const data = new Map<string, Place[]>();
  for (const [action, list] of names) {
    if (RESOURCE_OF_ACTION[action] !== 'data') lists.push(list);
    else for (const place of list) data.set(place.resource, [...(data.get(place.resource) ?? []), place]);
  }
  const byAction = [...names].flatMap(([action, list]) => (RESOURCE_OF_ACTION[action] === 'data' ? [list] : []));
  const products = new Map<string, Place[]>();
  for (const list of data.values()) {
    const actions = list.map((place) => place.action).join(' ');
    products.set(actions, [...(products.get(actions) ?? []), ...list]);
  }
  lists.push(...(products.size <= byAction.length ? products.values() : byAction));
  return lists.map((list) => {
    const actions = ACTIONS.filter((action) => list.some((place) => place.action === action));
    const resources = [...new Set(list.map((place) => place.resource))].sort();
    return { actions, constraint: { in: resources }, action: actions.join(' or '), shown: namesShown(resources, actions, space), places: list };
  });
}

const PLURALS: Readonly<Record<string, string>> = { data: 'data sources' };
const SINGULARS: Readonly<Record<string, string>> = { data: 'data source' };

/** `tool:a or tool:b`, `14 tools`, `any model`; all are of one type. */
function namesShown(resources: readonly string[], actions: readonly Action[], space: Space): string {
  if (resources.length <= MAX_NAMES) return resources.join(' or ');
  const type = RESOURCE_OF_ACTION[actions[0] ?? 'call'];
  const all = new Set(space.places.flatMap((place) => (actions.includes(place.action) ? [place.resource] : [])));
  return resources.length === all.size ? `any ${SINGULARS[type] ?? type}` : `${resources.length} ${PLURALS[type] ?? `${type}s`}`;
}

/** What stands for all names of a class is said by patterns, together with the names that these patterns take. */
function patternsFor(action: Action, places: readonly Place[], space: Space): { readonly named: readonly Place[]; readonly rest: readonly Said[] } {
  const world = space.places.filter((place) => place.action === action);
  const chosen = new Set(places);
  const samples = world.filter((place) => place.sample);
  const labels = [...new Set(samples.flatMap(({ sample }) => (sample ? [...sample.matches, ...sample.notMatches] : [])))].map(pattern);
  let open = samples.filter((place) => chosen.has(place));
  let named = places.filter((place) => !place.sample);
  const rest: Said[] = [];
  const candidates = (space.wild.get(action) ?? []).map(pattern)
    .map((wide) => ({ wide, meets: samples.filter((place) => wide.matches(place.resource)) }))
    .sort((a, b) => b.meets.length - a.meets.length || a.wide.source.length - b.wide.source.length || (a.wide.source < b.wide.source ? -1 : 1));
  for (const { wide, meets } of candidates) {
    if (!meets.some((place) => open.includes(place))) continue;
    // what is left out must be left out by patterns
    const without: ReturnType<typeof pattern>[] = [];
    let unwanted = meets.filter((place) => !open.includes(place));
    for (const label of labels) {
      if (unwanted.length === 0) break;
      if (!unwanted.some((place) => label.matches(place.resource)) || meets.some((place) => open.includes(place) && label.matches(place.resource))) continue;
      without.push(label);
      unwanted = unwanted.filter((place) => !label.matches(place.resource));
    }
    if (unwanted.length > 0) continue;
    const takes = (place: Place): boolean => wide.matches(place.resource) && !without.some((label) => label.matches(place.resource));
    const inside = world.filter((place) => !place.sample && takes(place));
    const except = inside.filter((place) => !named.includes(place)).map((place) => place.resource).sort();
    const constraint = sampleConstraint({ matches: [wide.source], notMatches: without.map((label) => label.source).sort(), except });
    const left = [...without.map((label) => label.source).sort(), ...except];
    rest.push({ constraint, places: [...open, ...named].filter(takes), shown: `any ${/^\w+:\*+$/.test(wide.source) ? (SINGULARS[RESOURCE_OF_ACTION[action]] ?? RESOURCE_OF_ACTION[action]) : wide.source}${left.length > 0 ? ` but ${leftOut(left)}` : ''}` });
    open = open.filter((place) => !takes(place));
    named = named.filter((place) => !takes(place));
  }
  for (const place of open) if (place.sample) rest.push({ constraint: sampleConstraint(place.sample), shown: sampleWords(place.resource.slice(0, place.resource.indexOf(':')), place.sample), places: [place] });
  return { named, rest };
}

function sampleWords(type: string, { matches, notMatches, except }: NonNullable<Place['sample']>): string {
  const left = [...notMatches, ...except].sort();
  return `any ${matches.length > 0 ? matches.join(' and ') : type}${left.length > 0 ? ` but ${leftOut(left)}` : ''}`;
}

const leftOut = (names: readonly string[]): string => (names.length <= MAX_EXCEPT ? names.join(' or ') : `${names.slice(0, MAX_EXCEPT - 1).join(' or ')} or ${names.length - MAX_EXCEPT + 1} more`);
