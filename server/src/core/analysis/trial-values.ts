// Values worth trying for fields of which a condition that cannot be looked into says something: ends and middles of intervals, what the condition itself names, what other fields may be.
import type { ConditionInput, Expr, Value } from '../conditions';
import type { PlainValue } from '../yaml';
import { classOf, type FieldClass } from './classes';
import { textIn, type Domain, type Variable } from './domain';
import type { Attribute } from './formula';
import { numbersIn } from './reads';
import { typeOf, type Shape } from './shape';
import { matchesParts } from './text-classes';
import type { Clock } from './place';

/** A condition into which the analysis cannot look, and what it must say. */
export interface Sought {
  readonly reads: readonly Attribute[];
  readonly hints: readonly string[];
  readonly expr: Expr | null;
  /** numbers at which what it makes of fields is wanted */
  readonly wanted: readonly number[];
  fits(input: ConditionInput): boolean;
}

/** Entries that a list must have, and how long it or a text must be. */
export interface Contents {
  readonly wanted: readonly Value[];
  readonly size: FieldClass | undefined;
}

export interface TrialOptions {
  readonly sought: readonly Sought[];
  readonly domain: Domain;
  /** the classes that may be, by level */
  readonly sets: ReadonlyMap<string, readonly number[]>;
  readonly clock: Clock;
  readonly chosen: ReadonlyMap<string, FieldClass>;
  contents(key: string): Contents;
  shapes(of: Attribute): readonly Shape[];
}

type Values = readonly (PlainValue | undefined)[];

const MOST = 160;
const MOST_TIMES = 800;

/** Of each field its values, the plain ones first, of each class some. */
export function trialValues(fields: readonly Attribute[], options: TrialOptions): readonly Values[] {
  const { domain, sets, chosen, shapes } = options;
  const classes = fields.map((of) => {
    const level = domain.level(of.key);
    const variable = level === undefined ? undefined : domain.variables[level];
    const all = classesOf(variable, sets, level);
    const first = chosen.get(of.key);
    return { variable, all: first && all.includes(first) ? [first, ...all.filter((one) => one !== first)] : all };
  });
  // what one field may be, another may have to be too
  const named = [...new Set(classes.flatMap(({ all }, index) => [...all.flatMap((one) => (one.kind === 'value' ? [one.value] : one.kind === 'texts' ? [one.sample] : [])), ...shapes(fields[index] as Attribute).flatMap((shape) => shape.values ?? [])]))];
  return fields.map((of, index) => {
    const { variable, all } = classes[index] ?? { variable: undefined, all: [] };
    const reading = options.sought.filter((one) => one.reads.some(({ key }) => key === of.key));
    const hints = [...reading.flatMap((one) => one.hints), ...options.sought.flatMap((one) => one.hints), ...named.filter((value): value is string => typeof value === 'string')];
    const foreign = reading.filter(({ expr }) => expr === null);
    const texts = [...new Set(foreign.length > 0 ? [...linesOf(foreign.map((one) => one.hints)), ...hints] : ['x', ...hints, 'y', 'other', '~'])].slice(0, MOST);
    const numbers = numbersFor(reading, named.filter((value): value is number => typeof value === 'number'));
    const values = of.key === 'context.time' ? times(all, variable, options.clock)
      : variable?.kind === 'field' ? inTurn(all.map((one) => valuesOf(one, variable, options.contents(of.key), texts, numbers))) : [...anyOf(texts, numbers), undefined];
    return [...new Set(values)].filter((value) => of.key === 'context.time' || shapes(of).some((shape) => fits(value, shape))).slice(0, of.key === 'context.time' ? MOST_TIMES : MOST);
  });
}

/** One of each list, then another of each. */
function inTurn(lists: readonly Values[]): Values {
  const found: (PlainValue | undefined)[] = [];
  for (let at = 0; lists.some((list) => at < list.length); at++) for (const list of lists) if (at < list.length) found.push(list[at]);
  return found;
}

/** Lines and paths that some tools take for harmless and others for grave. */
const PLAIN: readonly string[] = ['ls', 'cat x', 'make x', 'git status', 'echo x > y', 'rm -rf /', 'x', 'src/x', '.env', '../x', '/etc/passwd'];
const MOST_JOINED = 6;

/** What questions of other tools name, as their users write it; where several look at one line, also lines of two commands. */
function linesOf(examples: readonly (readonly string[])[]): readonly string[] {
  const clean = (text: string): readonly string[] => {
    const bare = text.replaceAll('`', '').replace(/[,:]$/, '').replaceAll(/\[([^[\]|]*)\|[^[\]]*\]/g, '$1');
    return [bare, bare.replace(/^\.\//, '')].filter((one) => one !== '');
  };
  const lists = examples.map((list) => [...new Set(list.flatMap(clean))]);
  const few = [...new Set(['x', ...PLAIN.slice(0, 2), ...inTurn(lists.map((list) => list.slice(0, MOST_JOINED))) as readonly string[]])].slice(0, 3 + MOST_JOINED);
  return [...new Set([...inTurn(lists) as readonly string[], ...PLAIN, ...few.flatMap((one) => few.filter((other) => other !== one).map((other) => `${one} && ${other}`))])];
}

/** Numbers that an expression names, those that it would make of what is wanted, and their neighbours. */
function numbersFor(reading: readonly Sought[], named: readonly number[]): readonly number[] {
  const constants = [...new Set(reading.flatMap(({ expr }) => (expr ? numbersIn(expr) : [])))];
  const wanted = [...new Set([...reading.flatMap((one) => one.wanted), ...constants, ...named])];
  const made = wanted.flatMap((value) => [value, -value, ...constants.flatMap((by) => [value - by, value + by, by - value, value * by, ...(by === 0 ? [] : [value / by])])]);
  return [...new Set([0, 1, ...[...new Set(made)].flatMap((value) => [value, value + 1, value - 1]), 2, 3, 10, -1, 0.5, ...made.flatMap((value) => [value + 0.5, value / 2, value * 2])])].filter(Number.isFinite).slice(0, 240);
}

function valuesOf(one: FieldClass, variable: Extract<Variable, { kind: 'field' }>, { wanted, size }: Contents, texts: readonly string[], numbers: readonly number[]): Values {
  switch (one.kind) {
    case 'missing':
      return [undefined];
    case 'value':
      return [one.value];
    case 'map':
      return [{}];
    case 'numbers':
      return withinInterval(one, numbers);
    case 'list':
      return [...listsOf(wanted, size, texts), [], [1], ...numbers.map((value) => [value])];
    case 'texts': {
      const constants = new Set(variable.classes.flatMap((other) => (other.kind === 'value' && typeof other.value === 'string' ? [other.value] : [])));
      const [least, most] = lengths(size);
      // begun, ended and cut as the class and the length ask for
      const made = texts.flatMap((text) => [text, one.sample + text, text + one.sample]);
      const sized = size ? made.flatMap((text) => (text.length > most ? [text.slice(0, most)] : text.length < least && least <= 2_000 ? [text.padEnd(least, text.at(-1) ?? 'x')] : [])) : [];
      const long = numbers.filter((value) => Number.isInteger(value) && value > 0 && value <= 2_000).slice(0, 20).map((value) => 'x'.repeat(value));
      const all = [...(size ? [textIn(variable, one, size) ?? one.sample] : []), one.sample, ...texts, ...sized, ...long, ...made];
      return all.filter((text) => !constants.has(text) && variable.patterns.every((parts, index) => matchesParts(parts, text) === (one.matches[index] ?? false)));
    }
    default:
      return anyOf(texts, numbers).filter((value) => variable.classes[classOf(variable.classes, variable.patterns, value)] === one);
  }
}

function lengths(size: FieldClass | undefined): readonly [least: number, most: number] {
  if (size?.kind === 'value') return [Number(size.value), Number(size.value)];
  return size?.kind === 'numbers' ? [Math.max(0, size.low + 1), size.high - 1] : [0, Infinity];
}

/** Near both ends, in the middle, and what is named. */
function withinInterval({ low, high, sample }: Extract<FieldClass, { kind: 'numbers' }>, numbers: readonly number[]): readonly number[] {
  const down = low === -Infinity ? [] : [low + 1, low + 2, low + 3, low + 0.5, low + 10, low + 100, low * 2, low * 10];
  const up = high === Infinity ? [] : [high - 1, high - 2, high - 3, high - 0.5, high - 10, high / 2];
  const width = high - low;
  const inside = Number.isFinite(width) ? [low + width / 2, Math.floor(low + width / 2), Math.floor(low + width / 2) + 1, low + width / 4, high - width / 4] : [0, 1, 10, 1_000];
  return [...new Set([sample, ...down.slice(0, 2), ...up.slice(0, 2), ...numbers, ...inside, ...down, ...up])].filter((value) => value > low && value < high && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}

/** Lists with the entries that must be there, as long as they must be, and others before or after them. */
function listsOf(wanted: readonly Value[], size: FieldClass | undefined, texts: readonly string[]): readonly PlainValue[] {
  const [least] = lengths(size);
  if (least > 1_000) return [];
  const more = Math.max(1, least - wanted.length);
  const known = wanted as readonly PlainValue[];
  return [[...known], ...texts.flatMap((text) => [[...known, ...new Array<string>(more).fill(text)], ...(known.length > 0 ? [[...new Array<string>(more).fill(text), ...known]] : [])]), ...texts.slice(1, 12).map((text) => [...known, text, texts[0] ?? 'x'])];
}

const DAY = 86_400_000;
export const nextMidnight = (time: number): number => (Math.floor(time / DAY) + 1) * DAY;

const HOUR = 3_600_000;

/** From the next midnight on, so that the same is found all day: every third hour of two weeks, every hour of one, then other days of a month, the same weekday for a year, later years, parts of an hour; last the time itself. */
function timesFrom(start: number): readonly number[] {
  const first = nextMidnight(start);
  const year = new Date(first).getUTCFullYear();
  return [
    ...Array.from({ length: 14 * 8 }, (_, index) => first + index * 3 * HOUR),
    ...Array.from({ length: 7 * 24 }, (_, index) => index).filter((hour) => hour % 3 !== 0).map((hour) => first + hour * HOUR),
    ...Array.from({ length: 18 }, (_, index) => first + (index + 14) * DAY),
    ...Array.from({ length: 60 }, (_, index) => first + (index + 2) * 7 * DAY),
    ...Array.from({ length: 10 }, (_, index) => Date.UTC(year + index + 2, 0, 1)),
    ...[1, 15, 30, 45, 59].flatMap((part) => [first + part * 60_000, first + part * 1_000]),
    start,
  ];
}

function times(classes: readonly FieldClass[], variable: Variable | undefined, clock: Clock): readonly number[] {
  if (clock.at !== null) return [clock.at];
  if (variable === undefined) return timesFrom(clock.now);
  return inTurn(classes.map((one) => {
    if (one.kind === 'value') return [Number(one.value)];
    return one.kind === 'numbers' ? [...timesFrom(Math.max(clock.now, one.low + 1)).filter((time) => time < one.high), one.sample] : [];
  })) as readonly number[];
}

const anyOf = (texts: readonly string[], numbers: readonly number[]): (PlainValue | undefined)[] => [...texts, ...numbers, true, false, [], ...texts.map((text) => [text]), {}];

function fits(value: PlainValue | undefined, shape: Shape): boolean {
  if (value === undefined) return shape.missing || !shape.present;
  if (!shape.present) return false;
  const type = Array.isArray(value) ? 'list' : typeof value === 'object' && value !== null ? 'map' : typeOf(value as string | number | boolean | null);
  if (shape.types !== null && !shape.types.includes(type)) return false;
  if (shape.values !== null) return shape.values.includes(value as string);
  if (typeof value === 'number') return value >= shape.min && value <= shape.max && (!shape.integer || Number.isInteger(value));
  return shape.empty || value !== '';
}

function classesOf(variable: Variable | undefined, sets: ReadonlyMap<string, readonly number[]>, level: number | undefined): readonly FieldClass[] {
  if (variable?.kind !== 'field') return [];
  const within = sets.get(String(level));
  return variable.classes.filter((_, index) => variable.mask[index] === true && (within?.includes(index) ?? true));
}
