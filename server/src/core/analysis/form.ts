// Sets of classes as constraints: the machine form of a region, and the same in words.
import type { PlainValue } from '../yaml';
import type { FieldClass } from './classes';
import type { Variable } from './domain';
import { TIME } from './place';
import { typeOf } from './shape';
import type { Parts } from './text-classes';
import type { Named, SampleOf } from './space';
import type { Constraint } from './types';

/** The constraints that together say "one of these classes": each is a region of its own. `set`: places in the list of classes. */
export function constraintsOf(variable: Variable, set: readonly number[]): readonly Constraint[] {
  switch (variable.kind) {
    case 'entry':
      return [{ is: set[0] === 1 }];
    case 'opaque':
      return set.map((index): Constraint => (index === 2 ? { type: 'error' } : { is: index === 1 }));
    case 'size':
      return numbersOf(variable.classes, variable.mask, new Set(set), (value) => value);
    case 'field':
      return fewWhole(variable, set, fieldConstraints(variable.classes, variable.patterns, variable.mask, set, variable.of.key === TIME.key)).map((one) => (variable.of.derived && 'missing' in one ? { type: 'error' } : one));
  }
}

/** Most numbers of a list that stands for several intervals. */
const MAX_LISTED = 12;

/** Several intervals of few whole numbers, like days of the week, are one list. */
function fewWhole({ of, classes }: Extract<Variable, { kind: 'field' }>, set: readonly number[], constraints: readonly Constraint[]): readonly Constraint[] {
  const range = of.derived?.range;
  const rest = constraints.filter((one) => 'missing' in one);
  if (!range || constraints.length - rest.length < 2 || range[1] - range[0] > 1_000) return constraints;
  const values: number[] = [];
  for (let value = range[0]; value <= range[1] && values.length <= MAX_LISTED; value++) if (set.some((index) => within(classes[index], value))) values.push(value);
  return values.length > MAX_LISTED ? constraints : [...rest, { in: values }];
}

const within = (one: FieldClass | undefined, value: number): boolean => (one?.kind === 'value' ? one.value === value : one?.kind === 'numbers' && value > one.low && value < one.high);

const asTime = (value: number): string => new Date(value).toISOString().replace('.000Z', 'Z');

function fieldConstraints(classes: readonly FieldClass[], patterns: readonly Parts[], mask: readonly boolean[], set: readonly number[], time: boolean): readonly Constraint[] {
  const chosen = new Set(set);
  const exist = classes.flatMap((one, index) => (mask[index] ? [{ one, index }] : []));
  const there = exist.filter(({ one }) => one.kind !== 'missing');
  const missing: Constraint[] = exist.some(({ one, index }) => one.kind === 'missing' && chosen.has(index)) ? [{ missing: true }] : [];
  const taken = there.filter(({ index }) => chosen.has(index));
  if (taken.length === 0) return missing;
  const left = there.filter(({ index }) => !chosen.has(index));
  const types = [...new Set(taken.map(({ one }) => nameOf(one)))];
  if (left.length === 0) return [...missing, types.length === 1 && types[0] !== 'other' && types[0] !== 'null' ? { type: types[0] ?? '' } : { notIn: [] }];
  // few single values are left out
  const values = left.flatMap(({ one }) => (one.kind === 'value' ? [one.value as PlainValue] : []));
  if (!time && values.length === left.length && taken.some(({ one }) => one.kind === 'texts' || one.kind === 'other' || one.kind === 'numbers') && !(types.length === 1 && types[0] === 'number' && values.length > 1)) return [...missing, { notIn: values }];
  const found: Constraint[] = [...missing];
  for (const type of types) {
    const mine = taken.filter(({ one }) => nameOf(one) === type);
    const whole = there.every(({ one, index }) => nameOf(one) !== type || chosen.has(index));
    if (type === 'number') found.push(...(whole && types.length > 1 ? [{ type: 'number' }] : numbersOf(classes, mask, chosen, time ? asTime : (value) => value)));
    else if (type === 'string') found.push(...(whole ? [{ type: 'string' }] : textsOf(classes, patterns, mask, chosen)));
    else if (type === 'boolean') found.push(...(whole ? [{ type: 'boolean' }] : mine.map(({ one }): Constraint => ({ is: one.kind === 'value' && one.value === true }))));
    else if (type === 'null') found.push({ in: [null] });
    else if (type === 'other') found.push({ all: [...new Set(there.map(({ one }) => nameOf(one)).filter((name) => name !== 'other'))].map((name) => ({ type: `not ${name}` })) });
    else found.push({ type });
  }
  return found;
}

function nameOf(one: FieldClass): string {
  switch (one.kind) {
    case 'value': {
      const type = typeOf(one.value);
      return type === 'text' ? 'string' : type;
    }
    case 'numbers':
      return 'number';
    case 'texts':
      return 'string';
    case 'list':
      return 'array';
    case 'map':
      return 'object';
    default:
      return one.kind;
  }
}

/** Runs of neighbouring numbers; what does not exist joins its neighbours. */
function numbersOf(classes: readonly FieldClass[], mask: readonly boolean[], chosen: ReadonlySet<number>, show: (value: number) => number | string): readonly Constraint[] {
  const line = classes.flatMap((one, index) => (one.kind === 'numbers' || (one.kind === 'value' && typeof one.value === 'number') ? [{ one, index }] : []));
  const found: Constraint[] = [];
  const points: (number | string)[] = [];
  for (let from = 0; from < line.length; from++) {
    const start = line[from];
    if (!start || !chosen.has(start.index)) continue;
    let to = from;
    let last = from;
    for (let at = from + 1; at < line.length; at++) {
      const next = line[at];
      if (!next || (mask[next.index] === true && !chosen.has(next.index))) break;
      if (chosen.has(next.index)) last = at;
      to = at;
    }
    let first = from;
    while (first > 0 && mask[line[first - 1]?.index ?? -1] !== true) first--;
    // up to the end of what exists
    const end = to === line.length - 1 ? to : last;
    const [low, high] = [line[first === 0 ? 0 : from], line[end]];
    if (low && high) {
      const lower = first === 0 ? {} : low.one.kind === 'value' ? { gte: show(Number(low.one.value)) } : low.one.kind === 'numbers' && low.one.low !== -Infinity ? { gt: show(low.one.low) } : {};
      const upper = end === line.length - 1 ? {} : high.one.kind === 'value' ? { lte: show(Number(high.one.value)) } : high.one.kind === 'numbers' && high.one.high !== Infinity ? { lt: show(high.one.high) } : {};
      if (first !== 0 && from === end && low.one.kind === 'value') points.push(show(Number(low.one.value)));
      else if (Object.keys(lower).length + Object.keys(upper).length > 0) found.push({ ...lower, ...upper });
      else found.push({ type: 'number' });
    }
    from = to;
  }
  return points.length > 0 ? [{ in: points }, ...found] : found;
}

function textsOf(classes: readonly FieldClass[], patterns: readonly Parts[], mask: readonly boolean[], chosen: ReadonlySet<number>): readonly Constraint[] {
  const values: string[] = [];
  const found: Constraint[] = [];
  const except = classes.flatMap((one, index) => (one.kind === 'value' && typeof one.value === 'string' && mask[index] && !chosen.has(index) ? [one.value] : []));
  const others = classes.flatMap((one, index) => (one.kind === 'texts' && mask[index] ? [index] : []));
  const wholeRest = others.length > 0 && others.every((index) => chosen.has(index));
  if (wholeRest) return [{ all: [{ type: 'string' }, { notIn: except }] }];
  classes.forEach((one, index) => {
    if (!chosen.has(index)) return;
    if (one.kind === 'value' && typeof one.value === 'string') values.push(one.value);
    if (one.kind === 'texts') {
      const parts: Constraint[] = [];
      one.matches.forEach((match, at) => parts.push(match ? { matches: (patterns[at] ?? []).join('*') } : { notMatches: (patterns[at] ?? []).join('*') }));
      // the constants of this class are classes of their own
      const own = classes.flatMap((other, place) => (other.kind === 'value' && typeof other.value === 'string' && mask[place] ? [other.value] : []));
      if (own.length > 0) parts.push({ notIn: own });
      found.push(parts.length === 1 ? (parts[0] as Constraint) : { all: parts });
    }
  });
  return values.length > 0 ? [{ in: values }, ...found] : found;
}

/** The constraints on a name that a place or an environment is called by. */
export function namedConstraints(all: readonly (Named | null)[]): readonly Constraint[] {
  const found: Constraint[] = all.includes(null) ? [{ missing: true }] : [];
  const plain = all.flatMap((one) => (one && !one.sample ? [one.name] : []));
  if (plain.length > 0) found.push({ in: plain });
  for (const one of all) if (one?.sample) found.push(sampleConstraint(one.sample));
  return found;
}

export function sampleConstraint({ matches, notMatches, except }: SampleOf): Constraint {
  const parts: Constraint[] = [...matches.map((pattern) => ({ matches: pattern })), ...notMatches.map((pattern) => ({ notMatches: pattern })), ...(except.length > 0 ? [{ notIn: [...except].sort() }] : [])];
  return parts.length === 0 ? { notIn: [] } : parts.length === 1 ? (parts[0] as Constraint) : { all: parts };
}

/** How conditions and regions call a variable. */
export function nameOfVariable(variable: Variable): string {
  switch (variable.kind) {
    case 'entry':
      if (variable.entry.kind === 'value') return `${JSON.stringify(variable.entry.value)} in ${variable.of.key}`;
      return `${variable.of.key}.exists(x, ${entryText(variable.entry)})`;
    case 'opaque':
      return variable.atom.text;
    default:
      return variable.of.derived ? (variable.of.names[1] ?? variable.key) : variable.key;
  }
}

/** What an entry of a list is, as a condition on `x`. */
function entryText({ patterns, matches, except }: Extract<Extract<Variable, { kind: 'entry' }>['entry'], { kind: 'texts' }>): string {
  const asked = patterns.flatMap((parts, index) => (parts.every((part) => part === '') && parts.length > 1 ? [] : [`${matches[index] ? '' : '!'}${patternText(parts)}`]));
  const left = except.map((text) => `x != ${JSON.stringify(text)}`);
  return [...asked, ...left].join(' && ') || 'true';
}

function patternText(parts: Parts): string {
  const [first = '', second = '', third] = parts;
  if (parts.length === 2 && second === '') return `x.startsWith(${JSON.stringify(first)})`;
  if (parts.length === 2 && first === '') return `x.endsWith(${JSON.stringify(second)})`;
  if (parts.length === 3 && first === '' && third === '') return `x.contains(${JSON.stringify(second)})`;
  return `x.matches(${JSON.stringify(`^(?s:${parts.map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('.*')})$`)})`;
}

/** A constraint in words: `args.amount > 500`. */
export function words(name: string, constraint: Constraint): string {
  const shown = (value: PlainValue): string => (typeof value === 'string' ? (value === '' ? 'an empty text' : value) : JSON.stringify(value));
  const list = (values: readonly PlainValue[]): string => values.slice(0, 6).map(shown).join(' or ') + (values.length > 6 ? ` or ${values.length - 6} more` : '');
  if ('all' in constraint) return constraint.all.map((part) => words(name, part)).join(', ');
  // always there, and whole numbers
  const part = name.startsWith('context.time.');
  if ('in' in constraint) return `${name} is ${part ? runs(constraint.in).join(' or ') : list(constraint.in)}`;
  if ('notIn' in constraint) return constraint.notIn.length === 0 ? `${name} is there` : `${name} is ${part ? '' : 'there and '}not ${list(constraint.notIn)}`;
  if ('matches' in constraint) return `${name} matches ${constraint.matches}`;
  if ('notMatches' in constraint) return `${name} does not match ${constraint.notMatches}`;
  if ('is' in constraint) return name.includes(' ') || name.includes('(') ? (constraint.is ? name : `not (${name})`) : `${name} is ${String(constraint.is)}`;
  if ('missing' in constraint) return `${name} is missing`;
  if ('type' in constraint) return constraint.type === 'error' ? `${/[A-Za-z`)] [A-Za-z(]/.test(name) ? `(${name})` : name} cannot be evaluated` : constraint.type.startsWith('not ') ? `${name} is no ${constraint.type.slice(4)}` : `${name} is ${/^[aeiou]/.test(constraint.type) ? 'an' : 'a'} ${constraint.type}`;
  const { gt, gte, lt, lte } = constraint;
  const parts = [gt === undefined ? '' : `${name} > ${gt}`, gte === undefined ? '' : `${name} >= ${gte}`, lt === undefined ? '' : `${name} < ${lt}`, lte === undefined ? '' : `${name} <= ${lte}`].filter((part) => part !== '');
  return parts.join(', ');
}

/** Whole numbers of which three or more in a row are said as one: `0 to 3`. */
function runs(values: readonly PlainValue[]): readonly string[] {
  const sorted = values.map(Number).sort((a, b) => a - b);
  const said: string[] = [];
  for (let from = 0, to = 0; from < sorted.length; from = ++to) {
    while (sorted[to + 1] === (sorted[to] ?? NaN) + 1) to++;
    if (to - from >= 2) said.push(`${sorted[from]} to ${sorted[to]}`);
    else said.push(...sorted.slice(from, to + 1).map(String));
  }
  return said;
}
