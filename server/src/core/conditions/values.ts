// The values that conditions compute with: JSON's, with times, durations and bytes; numbers are one domain.
import type { Span } from '../text';

/** A point in time, in milliseconds since 1970, to the microsecond. */
export class Timestamp {
  constructor(readonly ms: number) {}
}

/** A length of time in milliseconds, to the microsecond. */
export class Duration {
  constructor(readonly ms: number) {}
}

/** A list of which only some entries are known: membership of a known one is true, all else about it is an error. */
export class PartialList {
  constructor(readonly known: readonly Value[]) {}
}

/** `missing`: a field that is not there. `type`: an operation not defined on such values. `limit`: too much work. `value`: a bad value for the operation. */
export type ErrorKind = 'missing' | 'type' | 'limit' | 'value';

/** An error as a value: it travels through the expression and is never thrown. */
export class CelError {
  constructor(
    readonly kind: ErrorKind,
    readonly message: string,
    /** the part of the condition that failed */
    readonly span: Span,
    /** the policy variable in whose text `span` lies, or null for the condition itself */
    readonly variable: string | null = null,
  ) {}
}

export interface MapValue {
  readonly [key: string]: Value | undefined;
}

export type Value = null | boolean | number | string | Uint8Array | Timestamp | Duration | PartialList | CelError | readonly Value[] | MapValue;

/** The roots that a condition reads: `agent`, `principal`, `action`, `resource`, `args`, `context`; for Standards `manifest`, `agent`, `catalog`. */
export interface ConditionInput {
  readonly [root: string]: Value | undefined;
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

/** Plain objects; everything that is a class of ours, a list or bytes is not a map. */
export const isMap = (value: Value): value is MapValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Timestamp) && !(value instanceof Duration) && !(value instanceof PartialList) && !(value instanceof CelError) && !(value instanceof Uint8Array);

/** The own field of a map, or undefined. A name that objects inherit (`constructor`) is not a field. */
export const fieldOf = (map: MapValue, name: string): Value | undefined => (Object.hasOwn(map, name) ? map[name] : undefined);

/** The keys of a map whose value is there. */
export const keysOf = (map: MapValue): string[] => Object.keys(map).filter((key) => map[key] !== undefined);

/** What a value is, in the words of messages. */
export function kindOf(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'a boolean';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'string') return 'text';
  if (value instanceof Timestamp) return 'a timestamp';
  if (value instanceof Duration) return 'a duration';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof CelError) return 'an error';
  return isList(value) || value instanceof PartialList ? 'a list' : 'a map';
}

/** Deep equality. Values of different kinds are unequal. `budget` counts the entries compared; below zero the answer is undefined. */
export function equal(a: Value, b: Value, budget: { steps: number }): boolean | undefined {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (--budget.steps < 0) return undefined;
  if (a instanceof Timestamp) return b instanceof Timestamp && a.ms === b.ms;
  if (a instanceof Duration) return b instanceof Duration && a.ms === b.ms;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && compareBytes(a, b) === 0;
  if (isList(a)) return isList(b) && a.length === b.length ? every(a.length, (i) => equal(a[i] ?? null, b[i] ?? null, budget)) : false;
  if (!isMap(a) || !isMap(b)) return false;
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return every(keys.length, (i) => {
    const key = keys[i] ?? '';
    const other = fieldOf(b, key);
    return other === undefined ? false : equal(a[key] ?? null, other, budget);
  });
}

function every(length: number, test: (index: number) => boolean | undefined): boolean | undefined {
  for (let i = 0; i < length; i++) {
    const result = test(i);
    if (result !== true) return result;
  }
  return true;
}

/** Below, at or above zero; undefined for values that have no order with one another. */
export function compare(a: Value, b: Value): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.ms - b.ms;
  if (a instanceof Duration && b instanceof Duration) return a.ms - b.ms;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  return undefined;
}

/** By code points, as CEL says; UTF-16 units order the characters beyond U+FFFF differently. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x2000 : unit >= 0xd800 ? unit + 0x2000 : unit);
  return rank(x) - rank(y);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The number of characters (code points). */
export function textLength(text: string): number {
  let length = text.length;
  for (let i = 0; i + 1 < text.length; i++) {
    const unit = text.charCodeAt(i);
    const next = text.charCodeAt(i + 1);
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
      length--;
      i++;
    }
  }
  return length;
}
