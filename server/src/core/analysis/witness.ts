// A request of a box, made from its classes; where an opaque condition has its say, values are tried until it says what it must.
import type { ConditionInput, Value } from '../conditions';
import { FALSE, TRUE, type NodeId } from './nodes';
import type { PlainValue } from '../yaml';
import { allowed, classOf, fieldClasses, type FieldClass } from './classes';
import { textIn, withValue, valueOf, type Domain, type Variable } from './domain';
import type { Attribute } from './formula';
import type { Clock, PlaceAnalysis } from './place';
import { TIME } from './place';
import { mapOf, put, shortRequest, type Plain } from './short-request';
import { baseOf } from './side';
import type { RequiredArgument } from './required';
import type { Shape } from './shape';
import type { Named, Place } from './space';
import { matchesParts } from './text-classes';
import { trials } from './trial-search';
import { nextMidnight, trialValues, type Contents, type Sought } from './trial-values';
import type { ShortRequest } from './types';

/** What a box says of each variable: the classes that may be, by level. */
export type Choice = ReadonlyMap<string, readonly number[]>;

export interface WitnessOptions {
  readonly analysis: PlaceAnalysis;
  readonly place: Place;
  readonly clock: Clock;
  /** the agent's id; null where the request describes it */
  readonly agent: string | null;
  readonly environment: Named | null;
  readonly sets: Choice;
  /** what fields may hold, for those that are no variables */
  shapes(of: Attribute): readonly Shape[];
  /** arguments that every call must have */
  required(): readonly RequiredArgument[];
  /** what is known of the request beforehand */
  input(): ConditionInput;
  /** whether the engines decide as they must */
  confirms(request: ShortRequest): boolean;
}

const truthIndex = (value: boolean | null): number => (value === null ? 2 : value ? 1 : 0);

const MAX_CONFIRMED = 60;

export function witnessOf(given: WitnessOptions): ShortRequest | null {
  const { analysis } = given;
  const { domain } = analysis;
  const options: WitnessOptions = { ...given, sets: completed(domain, given.sets) };
  const { sets } = options;
  const chosen = new Map<string, FieldClass>();
  const entries = new Map<string, { readonly wanted: Value[] }>();
  const sizes = new Map<string, FieldClass>();
  const opaque: Sought[] = [];
  const checks: Check[] = [];
  domain.variables.forEach((variable, level) => {
    const within = sets.get(domain.levels[level] ?? '');
    if (!within && variable.kind !== 'size' && (variable.kind !== 'field' || variable.of.derived)) return;
    const exist = within ? within.filter((index) => variable.mask[index] === true) : NO_CLASSES;
    if (variable.kind === 'opaque') {
      const { atom } = variable;
      if (within) opaque.push({ reads: atom.reads, hints: atom.hints, expr: atom.expr, wanted: [], fits: (input) => exist.includes(truthIndex(atom.evaluate?.(input) ?? null)) });
      return;
    }
    const derived = variable.kind === 'field' ? variable.of.derived : undefined;
    if (derived && variable.kind === 'field') {
      const { classes, patterns } = variable;
      if (within) opaque.push({ reads: derived.reads, hints: derived.hints, expr: derived.expr, wanted: exist.flatMap((index) => boundsOf(classes[index])), fits: (input) => exist.includes(classOf(classes, patterns, derived.evaluate(input))) });
      return;
    }
    if (within && (variable.kind === 'entry' || variable.kind === 'size')) checks.push({ key: variable.of.key, holds: (value) => agrees(variable, exist, value, domain) });
    if (variable.kind === 'entry') {
      if (within && exist.every((index) => index === 1)) {
        const known = entries.get(variable.of.key) ?? { wanted: [] };
        known.wanted.push(variable.entry.kind === 'value' ? variable.entry.value : variable.entry.sample);
        entries.set(variable.of.key, known);
      }
      return;
    }
    const pick = within ? pickOf(variable.classes, exist) : domain.usual(level);
    if (pick) (variable.kind === 'size' ? sizes : chosen).set(variable.of.key, pick);
  });
  // what another field needs is there
  const build = (tried: ReadonlyMap<string, PlainValue | undefined>): ShortRequest | null => requestOf(options, chosen, entries, sizes, tried);
  const once = (tried: ReadonlyMap<string, PlainValue | undefined>): ShortRequest | null => {
    const request = build(tried);
    return request && options.confirms(request) ? request : null;
  };
  const plain = opaque.length === 0 ? once(NOTHING_TRIED) : null;
  if (plain) return plain;
  // a value of any type will do for what is asked here, but not for what reads it elsewhere
  const any = [...chosen].flatMap(([key, one]) => (one.kind === 'other' ? [key] : []));
  if (opaque.length === 0 && any.length > 0) {
    for (const value of OF_ANY_TYPE) {
      const fitting = any.filter((key) => domain.variables.some((variable) => variable.kind === 'field' && variable.key === key && variable.classes[classOf(variable.classes, variable.patterns, value)]?.kind === 'other'));
      const request = fitting.length > 0 ? once(new Map(fitting.map((key) => [key, value]))) : null;
      if (request) return request;
    }
  }
  // where a condition may say yes or no, it must not fail for that
  if (opaque.length === 0) for (const variable of domain.variables) if (variable.kind === 'opaque') opaque.push({ reads: variable.atom.reads, hints: variable.atom.hints, expr: variable.atom.expr, wanted: [], fits: () => true });
  if (opaque.length === 0) return null;
  return search(options, opaque, checks, chosen, (key) => ({ wanted: entries.get(key)?.wanted ?? [], size: sizes.get(key) }), once);
}

const NO_CLASSES: readonly number[] = [];
const NOTHING_TRIED: ReadonlyMap<string, PlainValue | undefined> = new Map();
const OF_ANY_TYPE: readonly PlainValue[] = [1, 1_000, -1, 'x', true, false, []];

/** Numbers at the ends and inside of a class. */
function boundsOf(one: FieldClass | undefined): readonly number[] {
  if (one?.kind === 'value') return typeof one.value === 'number' ? [one.value] : [];
  return one?.kind === 'numbers' ? [one.sample, one.low, one.high].filter(Number.isFinite) : [];
}

/** What is there before what is missing. */
function pickOf(classes: readonly FieldClass[], some: readonly number[]): FieldClass | undefined {
  const index = some.find((one) => classes[one] !== undefined && classes[one]?.kind !== 'missing') ?? some[0];
  return index === undefined ? undefined : classes[index];
}

/** The choice, with what makes fields fit together. */
function completed({ diagrams, variables, fitting }: Domain, sets: Choice): Choice {
  if (fitting < 0) return sets;
  const chosen = new Map(sets);
  const dead = new Set<NodeId>();
  const visit = (at: NodeId): boolean => {
    if (at < 0) return at === TRUE;
    if (dead.has(at)) return false;
    const level = diagrams.level(at);
    const variable = variables[level];
    const children = diagrams.children(at);
    const within = sets.get(String(level)) ?? children.map((_, index) => index);
    const missing = variable?.kind === 'field' ? variable.classes.findIndex((one) => one.kind === 'missing') : -1;
    for (const index of [...within].sort((a, b) => Number(b === missing) - Number(a === missing) || a - b)) {
      if (variable?.mask[index] !== true || !visit(children[index] ?? FALSE)) continue;
      if (children.some((child) => child !== children[index])) chosen.set(String(level), within.filter((other) => children[other] === children[index]));
      return true;
    }
    dead.add(at);
    return false;
  };
  return visit(fitting) ? chosen : sets;
}

/** What a box says of the entries or the size of a field, asked of a value of it. */
interface Check {
  readonly key: string;
  holds(value: PlainValue | undefined): boolean;
}

function agrees(variable: Extract<Variable, { kind: 'entry' | 'size' }>, exist: readonly number[], value: PlainValue | undefined, domain: Domain): boolean {
  if (variable.kind === 'size') {
    const length = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : null;
    return length === null || exist.includes(classOf(variable.classes, [], length));
  }
  if (!Array.isArray(value)) return true;
  const { entry, of } = variable;
  const listed = new Set<PlainValue>(domain.variables.flatMap((other) => (other.kind === 'entry' && other.of.key === of.key && other.entry.kind === 'value' ? [other.entry.value] : [])));
  const is = (one: PlainValue): boolean => (entry.kind === 'value' ? one === entry.value : typeof one === 'string' && !listed.has(one) && entry.patterns.every((parts, index) => matchesParts(parts, one) === entry.matches[index]));
  return exist.includes(value.some(is) ? 1 : 0);
}

/** Values are tried in the fields that the conditions read until all of them say what they must. */
function search(options: WitnessOptions, opaque: readonly Sought[], checks: readonly Check[], chosen: ReadonlyMap<string, FieldClass>, contents: (key: string) => Contents, once: (tried: ReadonlyMap<string, PlainValue | undefined>) => ShortRequest | null): ShortRequest | null {
  const { analysis, sets, shapes, clock } = options;
  const fields = new Map<string, Attribute>();
  for (const { reads } of opaque) for (const of of reads) if (of.names.length > 1) fields.set(of.key, of);
  const list = [...fields.values()];
  const worth = trialValues(list, { sought: opaque, domain: analysis.domain, sets, clock, chosen, contents, shapes });
  const held = checks.filter(({ key }) => fields.has(key));
  let base = options.input();
  for (const [key, one] of chosen) {
    const variable = analysis.domain.variables.find((candidate) => candidate.kind === 'field' && candidate.key === key);
    const value = sampleOf(one);
    if (variable?.kind === 'field' && value !== undefined) base = withValue(base, variable.of.names, valueOf(variable.of, value));
  }
  let confirmed = 0;
  for (const tried of trials(list, worth, base, [...opaque, ...held.map(({ key, holds }) => ({ key, holds }))])) {
    const request = once(tried);
    if (request) return request;
    if (++confirmed >= MAX_CONFIRMED) return null;
  }
  return null;
}

/** A time of the class that is the same all day, where there is one. */
function roundTime(one: FieldClass, now: number): PlainValue | undefined {
  if (one.kind !== 'numbers') return sampleOf(one);
  return [nextMidnight(now), nextMidnight(one.low), one.high - 1].find((time) => time >= now && time > one.low && time < one.high && Number.isSafeInteger(time)) ?? one.sample;
}

export function sampleOf(one: FieldClass): PlainValue | undefined {
  switch (one.kind) {
    case 'missing':
      return undefined;
    case 'value':
      return one.value;
    case 'list':
      return [];
    case 'map':
      return {};
    default:
      return one.sample;
  }
}

function requestOf({ analysis, place, agent, environment, clock, sets, shapes, required }: WitnessOptions, chosen: ReadonlyMap<string, FieldClass>, entries: ReadonlyMap<string, { readonly wanted: readonly Value[] }>, sizes: ReadonlyMap<string, FieldClass>, tried: ReadonlyMap<string, PlainValue | undefined>): ShortRequest | null {
  const { domain } = analysis;
  const timed = tried.has(TIME.key) || sets.has(String(domain.level(TIME.key)));
  const root: Plain = {};
  const set = (of: Attribute, value: PlainValue): void => {
    let map = root;
    for (const name of of.names.slice(0, -1)) {
      const inner = Object.hasOwn(map, name) ? map[name] : undefined;
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner)) map = inner;
      else put(map, name, (map = {}));
    }
    put(map, of.names.at(-1) ?? '', value);
  };
  /** The maps around a field are there. */
  const held = (of: Attribute): boolean => {
    if (of.names.length <= baseOf(of) + 1) return true;
    for (let length = baseOf(of) + 1; length < of.names.length; length++) {
      const parent = domain.variables.find((variable) => variable.kind === 'field' && variable.of.names.length === length && variable.of.names.every((name, index) => name === of.names[index]));
      if (parent?.kind === 'field' && chosen.get(parent.key)?.kind !== 'map') return false;
    }
    return true;
  };
  /** Where an empty text would do, one that a person can read and the tool takes, if the rules tell the two not apart. */
  const readable = ({ of, classes, patterns }: Extract<Variable, { kind: 'field' }>, one: FieldClass): string => {
    const text = required().find((argument) => argument.of.key === of.key)?.text;
    return text !== undefined && classes[classOf(classes, patterns, text)] === one ? text : '';
  };
  for (const variable of domain.variables) {
    if (variable.kind !== 'field') continue;
    const { of } = variable;
    const one = chosen.get(of.key);
    if (!one || (one.kind === 'missing' && !tried.has(of.key)) || !held(of)) continue;
    if (tried.has(of.key)) {
      const value = tried.get(of.key);
      if (value !== undefined) set(of, value);
      continue;
    }
    const size = sizes.get(of.key);
    const length = size ? (size.kind === 'numbers' ? size.sample : size.kind === 'value' ? Number(size.value) : 0) : null;
    const wanted = entries.get(of.key)?.wanted ?? [];
    if (one.kind === 'missing') continue;
    if (one.kind === 'list') {
      const items = [...wanted] as PlainValue[];
      const least = size && sets.has(String(domain.level(`size(${of.key})`))) ? (length ?? 0) : 0;
      if (least > 10_000) return null;
      for (let filler = 1; items.length < Math.max(least, 0); filler++) items.push(`~${filler}`);
      set(of, items);
    } else if (one.kind === 'map') {
      set(of, Object.fromEntries(wanted.filter((value): value is string => typeof value === 'string').map((value) => [value, true])));
    } else if (one.kind === 'texts' && length !== null && sets.has(String(domain.level(`size(${of.key})`)))) {
      if (length > 100_000) return null;
      const fitting = size ? textIn(variable, one, size) : undefined;
      if (fitting !== undefined) {
        if (fitting === null) return null;
        set(of, fitting);
      } else set(of, one.sample.length < length ? one.sample + 'x'.repeat(length - one.sample.length) : one.sample.slice(0, length));
    } else {
      const value = timed && of.key === TIME.key ? roundTime(one, clock.now) : sampleOf(one);
      if (value !== undefined) set(of, value === '' && one.kind === 'texts' ? readable(variable, one) : value);
    }
  }
  for (const [key, value] of tried) {
    if (value === undefined || chosen.has(key)) continue;
    const of = domain.variables.flatMap((variable) => (variable.kind === 'opaque' ? variable.atom.reads : variable.kind === 'field' ? (variable.of.derived?.reads ?? []) : []).filter((one) => one.key === key))[0];
    if (of) set(of, value);
  }
  const args = mapOf(root['args']);
  for (const { of, text } of required()) {
    // the other side may ask for none
    if (chosen.get(of.key)?.kind === 'missing') continue;
    const name = of.names[1] ?? '';
    const shape = Object.hasOwn(args, name) ? undefined : shapes(of).find((one) => !one.missing);
    const sample = shape && fieldClasses([], false, [shape], false).classes.find((one) => one.kind !== 'missing' && allowed(one, shape));
    // where any text will do, one that a person can read
    const value = sample && (sample.kind === 'texts' ? text : sampleOf(sample));
    if (value !== undefined) set(of, value);
  }
  return shortRequest(place, agent, environment, root, clock, timed);
}
