// A field's values, cut into the classes that the questions about it can tell apart.
import type { PlainValue } from '../yaml';
import type { Atom, Comparison, Simple } from './formula';
import { LARGEST, TYPES, typeOf, type Shape, type TypeName } from './shape';
import { matchesParts, textClasses, type Parts } from './text-classes';

export type FieldClass =
  | { readonly kind: 'missing' }
  /** one value */
  | { readonly kind: 'value'; readonly value: Simple }
  /** the numbers between, without the bounds */
  | { readonly kind: 'numbers'; readonly low: number; readonly high: number; readonly sample: number }
  /** all other texts with just these matches */
  | { readonly kind: 'texts'; readonly sample: string; readonly matches: readonly boolean[] }
  | { readonly kind: 'list' | 'map' }
  /** there, and of a type that no question speaks of */
  | { readonly kind: 'other'; readonly sample: PlainValue };

/** The one class of a field whose text is fixed; the text stands for all that match the same, or, `exact`, for itself. */
export function fixedClass(sample: string, questions: readonly Atom[], exact: boolean): FieldClasses {
  if (exact) return { classes: [{ kind: 'value', value: sample }], patterns: [], failed: false };
  const patterns = questions.flatMap((atom) => (atom.kind === 'text' ? [atom.parts] : []));
  return { classes: [{ kind: 'texts', sample, matches: patterns.map((parts) => matchesParts(parts, sample)) }], patterns, failed: false };
}

export interface FieldClasses {
  readonly classes: readonly FieldClass[];
  /** the patterns that `matches` of texts is about */
  readonly patterns: readonly Parts[];
  /** too many patterns meet: nothing can be said */
  readonly failed: boolean;
}

/** `questions`: about this field; `nested`: fields inside it are asked for too. */
export function fieldClasses(questions: readonly Atom[], nested: boolean, shapes: readonly Shape[], untyped: boolean): FieldClasses {
  const spoken = new Set<TypeName>(nested ? ['map'] : []);
  const numbers = new Set<number>();
  const texts = new Set<string>();
  const patterns = new Map<string, Parts>();
  for (const atom of questions) {
    switch (atom.kind) {
      case 'truth':
        spoken.add('boolean');
        break;
      case 'compare':
        spoken.add('number');
        numbers.add(atom.value);
        break;
      case 'among':
        for (const value of atom.values) {
          spoken.add(typeOf(value));
          if (typeof value === 'number') numbers.add(value);
          if (typeof value === 'string') texts.add(value);
        }
        break;
      case 'text':
        spoken.add('text');
        if (atom.parts.length === 1) texts.add(atom.parts[0] ?? '');
        else patterns.set(JSON.stringify(atom.parts), atom.parts);
        break;
      case 'member':
      case 'some':
        spoken.add('list');
        break;
    }
  }
  // a size alone may be that of a text or of a list
  if (questions.some((atom) => atom.kind === 'size') && !['text', 'list', 'map'].some((type) => spoken.has(type as TypeName))) for (const type of ['text', 'list'] as const) spoken.add(type);
  const there = shapes.filter((shape) => shape.present);
  for (const shape of there) {
    // of whole numbers the first and the last stay with their neighbours
    for (const bound of shape.integer ? [shape.min - 1, shape.max + 1] : [shape.min, shape.max]) if (Math.abs(bound) < LARGEST) numbers.add(bound);
    for (const value of shape.values ?? []) {
      if (typeof value === 'number') numbers.add(value);
      if (typeof value === 'string') texts.add(value);
    }
    if (!shape.empty) texts.add('');
  }
  const classes: FieldClass[] = [];
  if (shapes.some((shape) => shape.missing || !shape.present)) classes.push({ kind: 'missing' });
  const typed = there.every((shape) => shape.types !== null);
  const types = typed ? new Set(there.flatMap((shape) => shape.types ?? [])) : new Set([...spoken, ...there.flatMap((shape) => shape.types ?? [])]);
  const list = [...patterns.values()];
  let failed = false;
  if (there.length > 0) {
    if (types.has('null')) classes.push({ kind: 'value', value: null });
    if (types.has('boolean')) classes.push({ kind: 'value', value: true }, { kind: 'value', value: false });
    if (types.has('number')) classes.push(...numberClasses([...numbers], there.every((shape) => shape.integer)));
    if (types.has('text')) {
      classes.push(...[...texts].sort().map((value) => ({ kind: 'value', value }) as const));
      const others = textClasses(list, [...texts], true);
      if (!others) failed = true;
      classes.push(...(others ?? []).map(({ text, matches }) => ({ kind: 'texts', sample: text, matches }) as const));
    }
    if (types.has('list')) classes.push({ kind: 'list' });
    if (types.has('map')) classes.push({ kind: 'map' });
    const rest = TYPES.filter((type) => !types.has(type));
    if (!typed && (untyped || types.size === 0) && rest.length > 0) classes.push({ kind: 'other', sample: SAMPLES[rest.find((type) => type !== 'null') ?? 'null'] });
  }
  return { classes, patterns: list, failed };
}

const SAMPLES: Readonly<Record<TypeName, PlainValue>> = { null: null, boolean: true, number: 1, text: 'x', list: [], map: {} };

function numberClasses(cuts: readonly number[], integer: boolean): FieldClass[] {
  const points = [...new Set(cuts.map((cut) => cut + 0))].filter((cut) => Math.abs(cut) <= LARGEST).sort((a, b) => a - b);
  const classes: FieldClass[] = [];
  let low = -Infinity;
  for (const point of [...points, Infinity]) {
    const sample = between(low, point, integer);
    if (sample !== null) classes.push({ kind: 'numbers', low, high: point, sample });
    if (point !== Infinity && (!integer || Number.isInteger(point))) classes.push({ kind: 'value', value: point });
    low = point;
  }
  return classes;
}

/** A number strictly between two, whole where there is one; null where there is none. */
function between(low: number, high: number, integer: boolean): number | null {
  const from = Math.max(low, -LARGEST - 1);
  const to = Math.min(high, LARGEST + 1);
  if (low === -Infinity && high === Infinity) return 0;
  if (low === -Infinity) return high > 0 && high < Infinity ? Math.min(0, Math.ceil(high) - 1) : first(Math.ceil(high) - 1, from, to);
  const whole = first(Math.floor(low) + 1, from, to);
  if (whole !== null || integer) return whole;
  const middle = low + (high - low) / 2;
  return middle > low && middle < high && Math.abs(middle) <= LARGEST ? middle : null;
}

const first = (candidate: number, low: number, high: number): number | null => (candidate > low && candidate < high ? candidate : null);

/** Whether values of the class fit the shape. */
export function allowed(one: FieldClass, shape: Shape): boolean {
  if (one.kind === 'missing') return shape.missing || !shape.present;
  if (!shape.present) return false;
  if (one.kind === 'other') return shape.types === null;
  const type = one.kind === 'value' ? typeOf(one.value) : one.kind === 'numbers' ? 'number' : one.kind === 'texts' ? 'text' : one.kind;
  if (shape.types !== null && !shape.types.includes(type)) return false;
  if (shape.values !== null) return one.kind === 'value' && shape.values.includes(one.value);
  if (type === 'number') {
    const sample = one.kind === 'numbers' ? one.sample : one.kind === 'value' ? Number(one.value) : 0;
    return sample >= shape.min && sample <= shape.max && (!shape.integer || Number.isInteger(sample));
  }
  return shape.empty || one.kind !== 'value' || one.value !== '';
}

/** The class that a value is of; undefined: none. */
export function classOf(classes: readonly FieldClass[], patterns: readonly Parts[], value: unknown): number {
  const exact = classes.findIndex((one) => one.kind === 'value' && one.value === value);
  if (exact >= 0) return exact;
  return classes.findIndex((one) => {
    switch (one.kind) {
      case 'missing':
        return value === undefined;
      case 'numbers':
        return typeof value === 'number' && value > one.low && value < one.high;
      case 'texts':
        return typeof value === 'string' && patterns.every((parts, index) => matchesParts(parts, value) === (one.matches[index] ?? false));
      case 'list':
        return Array.isArray(value);
      case 'map':
        return typeof value === 'object' && value !== null && !Array.isArray(value);
      default:
        return one.kind === 'other' && value !== undefined;
    }
  });
}

export const holdsFor = (op: Comparison | '==', a: number, b: number): boolean => (op === '<' ? a < b : op === '<=' ? a <= b : op === '>' ? a > b : op === '>=' ? a >= b : a === b);

/** Whether a text of the class matches; the pattern is one of those that the classes were made with, or a text. */
export function textMatches(one: FieldClass, parts: Parts, patterns: readonly Parts[]): boolean {
  if (one.kind === 'value') return typeof one.value === 'string' && matchesParts(parts, one.value);
  if (one.kind !== 'texts') return false;
  const key = JSON.stringify(parts);
  const index = patterns.findIndex((known) => JSON.stringify(known) === key);
  return index >= 0 ? (one.matches[index] ?? false) : false;
}
