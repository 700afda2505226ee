// The requests that an answer is about: which agents, which resources, which environments; what is not enumerated is cut into classes.
import { ACTIONS, type Action } from '../documents';
import { RESOURCE_OF_ACTION } from '../model';
import type { NameMatcher } from '../policy';
import type { World } from '../policy';
import { pattern, patternList, patternsOverlap } from '../text';
import { partsOf, textClasses, type Parts } from './text-classes';
import { BudgetSpent, type Budget } from './nodes';
import type { AnalysisWorld, Steps } from './types';

/** Something that requests name. A sample stands for all names that every rule treats alike. */
export interface Named {
  readonly name: string;
  readonly sample: SampleOf | null;
}

/** The names that a sample stands for: those that match and do not match these, and are none of `except`. */
export interface SampleOf {
  readonly matches: readonly string[];
  readonly notMatches: readonly string[];
  readonly except: readonly string[];
}

/** An action on a resource. */
export interface Place {
  readonly action: Action;
  /** `type:id` */
  readonly resource: string;
  readonly id: string;
  readonly sample: SampleOf | null;
}

export interface Space {
  readonly world: AnalysisWorld;
  /** ids of agents; null where any agent is meant */
  readonly agents: readonly string[] | null;
  readonly places: readonly Place[];
  /** by action the patterns over `type:id` that the samples of its places fill */
  readonly wild: ReadonlyMap<Action, readonly string[]>;
  /** null is the request without an environment */
  readonly environments: readonly (Named | null)[];
}

export interface SpaceOptions {
  readonly world: AnalysisWorld;
  readonly sides: readonly World[];
  /** what conditions ask of the names of environments and resources */
  asked(): Asked;
  readonly budget: Budget;
}

/** Texts and patterns that conditions compare names with. */
export interface Asked {
  readonly environment: { readonly texts: readonly string[]; readonly patterns: readonly Parts[] };
  /** of `type:id` */
  readonly resource: { readonly texts: readonly string[]; readonly patterns: readonly Parts[] };
}

/** In steps of an action each. */
export function* spaceSteps(options: SpaceOptions): Steps<Space> {
  const { world, sides } = options;
  const ids = new Set(sides.flatMap(({ agents }) => agents.all.flatMap((agent) => [agent.id, agent.name])));
  const free = world === 'open' || ids.size === 0;
  const wild = new Map<Action, readonly string[]>();
  const agents = free ? null : [...ids].sort();
  yield;
  const environments = environmentsOf(options);
  const places: Place[] = [];
  for (const action of ACTIONS) {
    yield;
    placesOf(action, options, free, wild, places);
  }
  return { world, agents, places, wild, environments };
}

const environmentLists = (sides: readonly World[]): readonly Sources[] => sides.flatMap(({ policies, agents }) => [
  ...policies.flatMap((policy) => [policy.scope.environments, ...policy.rules.map((rule) => rule.environments)]),
  ...agents.all.flatMap((agent) => agent.gates.map(({ environment }) => (environment === null ? null : { sources: [environment] }))),
]);

function environmentsOf({ world, sides, asked, budget }: SpaceOptions): readonly (Named | null)[] {
  const declared = new Set(sides.flatMap(({ catalog, agents }) => [...catalog.environments.keys(), ...agents.all.flatMap((agent) => agent.hosting ?? [])]));
  const named = (name: string): Named => ({ name, sample: null });
  if (world === 'closed' && declared.size > 0) return [null, ...[...declared].sort().map(named)];
  const { environment } = asked();
  const lists = environmentLists(sides);
  const texts = new Set([...declared, ...environment.texts, ...literalsOf(lists), ...sides.flatMap(({ agents }) => agents.all.flatMap((agent) => agent.gates.flatMap((gate) => gate.environment ?? [])))]);
  const others = othersBut(patternsOf(lists), environment.patterns, [...texts], budget);
  return [null, ...[...texts].sort().map(named), ...others];
}

function placesOf(action: Action, { world, sides, asked, budget }: SpaceOptions, free: boolean, filled: Map<Action, readonly string[]>, places: Place[]): void {
  const type = RESOURCE_OF_ACTION[action];
  const names = new Set<string>();
  const wild = new Set<string>();
  for (const side of sides) for (const name of declaredNames(side, action)) (name.includes('*') ? wild : names).add(name);
  const any = world === 'open' || (free && names.size === 0 && wild.size === 0);
  const texts = new Set([...names].map((name) => `${type}:${name}`));
  let others: readonly Named[] = [];
  if (any || wild.size > 0) {
    const fits = any ? [`${type}:*`] : [...wild].map((name) => `${type}:${name}`);
    const fitting = patternList(fits);
    filled.set(action, fits);
    const { resource, environment } = asked();
    // what is deployed to is the environment of the request
    const deployed = action === 'deploy' ? environmentLists(sides).map((list) => list && { sources: list.sources.map((source) => source.replace(/^(!?)/, `$1${type}:`)) }) : [];
    const named = action === 'deploy' ? environment.texts.map((text) => `${type}:${text}`) : [];
    const asking = action === 'deploy' ? environment.patterns.map(([first = '', ...rest]): Parts => [`${type}:${first}`, ...rest]) : [];
    const lists: readonly Sources[] = [...deployed, ...sides.flatMap(({ sets, agents }) => [
      ...sets.flatMap((set) => [set.covers, ...[...set.rules, ...set.otherwise].flatMap((rule) => (rule.actions === null || rule.actions.matches(action) ? [rule.resources] : []))]),
      ...agents.all.flatMap((agent) => agent.gates.map((gate) => (gate.resources ? { sources: gate.resources } : null))),
    ])];
    const declared = [...new Set(sides.flatMap(({ catalog, agents }) => [
      ...(action === 'invoke' ? catalog.models.map(({ pattern }) => `model:${pattern.source}`) : []),
      ...(action === 'call' ? agents.all.flatMap((agent) => [...agent.tools.map((grant) => grant.pattern), ...agent.except].map((tool) => `tool:${tool}`)) : []),
    ]))];
    const within = [...new Set([...fits, ...patternsOf(lists), ...declared.filter((one) => one.includes('*'))])].filter((one) => overlaps(one, type));
    for (const one of [...literalsOf(lists), ...resource.texts, ...named, ...declared]) if (one.startsWith(`${type}:`) && one.length > type.length + 1 && !one.includes('*') && fitting.matches(one)) texts.add(one);
    others = othersBut(within, [...resource.patterns, ...asking], [...texts], budget, `${type}:`).filter(({ name }) => name.length > type.length + 1 && fitting.matches(name));
  }
  for (const resource of [...texts].sort()) places.push({ action, resource, id: resource.slice(type.length + 1), sample: null });
  for (const { name, sample } of others) places.push({ action, resource: name, id: name.slice(type.length + 1), sample });
}

/** What Catalog and manifests name for an action; with patterns where tools, delegates or models are named by one. */
function declaredNames({ catalog, agents }: World, action: Action): readonly string[] {
  const all = agents.all;
  switch (action) {
    case 'call':
      return [...catalog.tools.keys(), ...all.flatMap((agent) => agent.tools.map((grant) => grant.pattern))];
    case 'read':
    case 'write':
    case 'delete':
      return [...catalog.data.keys(), ...all.flatMap((agent) => agent.data.flatMap((use) => (use.access.includes(action) ? [use.source] : [])))];
    case 'delegate':
      return [...all.map((agent) => agent.name), ...all.flatMap((agent) => agent.delegates.map((grant) => grant.pattern))];
    case 'invoke':
      // a pattern of the Catalog does not let anybody use a model that no agent names
      return [...all.flatMap((agent) => agent.models.flatMap((model) => [model.id, model.label])), ...catalog.models.map(({ pattern }) => pattern.source).filter((name) => all.length === 0 || !name.includes('*'))];
    case 'respond':
      return [...catalog.channels.keys(), ...all.flatMap((agent) => agent.outputs)];
    case 'deploy':
      return [...catalog.environments.keys(), ...all.flatMap((agent) => agent.hosting ?? [])];
  }
}

type Sources = Pick<NameMatcher, 'sources'> | null;
const entriesOf = (lists: readonly Sources[]): readonly string[] => lists.flatMap((list) => (list ? list.sources.map((source) => (source.startsWith('!') ? source.slice(1) : source)) : []));
const literalsOf = (lists: readonly Sources[]): readonly string[] => entriesOf(lists).filter((source) => !source.includes('*'));
const patternsOf = (lists: readonly Sources[]): readonly string[] => [...new Set(entriesOf(lists).filter((source) => source.includes('*')))];

/** Whether a pattern over `type:id` can be for the type. */
const overlaps = (pattern: string, type: string): boolean => {
  const head = pattern.slice(0, pattern.indexOf('*'));
  return `${type}:`.startsWith(head) || head.startsWith(`${type}:`);
};

/** Samples of all other names; `empty` is what a name without content is. */
function othersBut(globs: readonly string[], asked: readonly Parts[], except: readonly string[], budget: Budget, empty = ''): readonly Named[] {
  const patterns = [...globs.map(partsOf), ...asked];
  const labels = patterns.map((parts) => parts.join('*'));
  const found = textClasses(patterns, [...except, empty], false, budget);
  if (!found) throw new BudgetSpent();
  const globsOf = labels.map(pattern);
  /** Of a class of names that go on after a slash not the one that ends there, which nobody has. */
  const readable = (text: string, matches: readonly boolean[]): string => {
    const name = `${text}other`;
    return text.endsWith('/') && !except.includes(name) && patterns.every((parts, index) => !parts.some((part) => part.includes('*')) && globsOf[index]?.matches(name) === matches[index]) ? name : text;
  };
  return found.map(({ text, matches }): Named => {
    const is = (wanted: boolean): readonly string[] => [...new Set(labels.filter((label, index) => matches[index] === wanted && !/^\*+$/.test(label)))];
    const notIn = (list: readonly string[]): readonly string[] => list.filter((one) => !list.some((other) => other !== one && pattern(one).matches(other)));
    // of patterns that lie within one another the narrowest says all; what cannot be met anyway need not be left out
    const fits = notIn(is(true));
    const narrow = fits.map(pattern);
    // a name that the patterns leave out anyway need not be named
    return { name: readable(text, matches), sample: { matches: fits, notMatches: is(false).filter((one) => fits.every((other) => patternsOverlap(one, other))), except: except.filter((name) => narrow.every((glob) => glob.matches(name))) } };
  });
}
