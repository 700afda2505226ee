// Values of Cedar, some of which are not known here, and what an expression can come to.
import type { Json } from './engine';
import { isRecord } from './engine';

/** What an expression can come to, as far as it is known: true, false, an error, several of them. */
export const TRUE = 1;
export const FALSE = 2;
export const ERROR = 4;
export type Outcomes = number;

export type Value =
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'long'; readonly value: bigint }
  | { readonly kind: 'string'; readonly value: string }
  /** ten thousandths */
  | { readonly kind: 'decimal'; readonly value: bigint }
  | { readonly kind: 'set'; readonly items: readonly Known[] }
  /** `open`: it may have other attributes, of which nothing is known */
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Result>; readonly open: boolean }
  /** null: not known */
  | { readonly kind: 'entity'; readonly type: string | null; readonly id: string | null };

/** A value that is known through and through. */
export type Known = Value;

export type Result = Value | { readonly kind: 'error' } | { readonly kind: 'unknown'; readonly outcomes: Outcomes };

export const FAILED: Result = { kind: 'error' };
/** anything, an error too */
export const ANYTHING: Result = { kind: 'unknown', outcomes: TRUE | FALSE | ERROR };
export const EITHER: Result = { kind: 'unknown', outcomes: TRUE | FALSE };

export const bool = (value: boolean): Result => ({ kind: 'bool', value });
export const text = (value: string): Value => ({ kind: 'string', value });

/** What a result means where a boolean is wanted. */
export function outcomesOf(result: Result): Outcomes {
  if (result.kind === 'bool') return result.value ? TRUE : FALSE;
  return result.kind === 'unknown' ? result.outcomes : ERROR;
}

/** The result that can come to these. */
export const resultOf = (outcomes: Outcomes): Result =>
  outcomes === TRUE ? bool(true) : outcomes === FALSE ? bool(false) : outcomes === ERROR ? FAILED : { kind: 'unknown', outcomes };

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

export const long = (value: bigint): Result => (value < MIN || value > MAX ? FAILED : { kind: 'long', value });

/** True where nothing in it is unknown. */
export function isKnown(result: Result): result is Known {
  if (result.kind === 'error' || result.kind === 'unknown') return false;
  if (result.kind === 'entity') return result.type !== null && result.id !== null;
  if (result.kind === 'record') return !result.open && [...result.fields.values()].every(isKnown);
  return true;
}

/** Whether two values are the same; null where it is not known. Values of different types are not. */
export function same(a: Result, b: Result): boolean | null {
  if (a.kind === 'unknown' || b.kind === 'unknown' || a.kind === 'error' || b.kind === 'error') return null;
  if (a.kind !== b.kind) return false;
  switch (a.kind) {
    case 'set': {
      const other = (b as typeof a).items;
      const within = (one: readonly Known[], all: readonly Known[]): boolean | null => every(one, (item) => some(all, (candidate) => same(item, candidate)));
      return both(within(a.items, other), within(other, a.items));
    }
    case 'record': {
      const other = b as typeof a;
      let result: boolean | null = a.open || other.open ? null : a.fields.size === other.fields.size;
      for (const [name, value] of a.fields) {
        const found = other.fields.get(name);
        result = both(result, found ? same(value, found) : other.open ? null : false);
      }
      for (const name of other.fields.keys()) if (!a.fields.has(name)) result = both(result, a.open ? null : false);
      return result;
    }
    case 'entity': {
      const other = b as typeof a;
      if (a.type !== null && other.type !== null && a.type !== other.type) return false;
      if (a.id !== null && other.id !== null && a.id !== other.id) return false;
      return a.type === null || other.type === null || a.id === null || other.id === null ? null : true;
    }
    default:
      return a.value === (b as typeof a).value;
  }
}

const both = (a: boolean | null, b: boolean | null): boolean | null => (a === false || b === false ? false : a === null || b === null ? null : true);

export function every<T>(items: readonly T[], test: (item: T) => boolean | null): boolean | null {
  let result: boolean | null = true;
  for (const item of items) {
    const found = test(item);
    if (found === false) return false;
    if (found === null) result = null;
  }
  return result;
}

export function some<T>(items: readonly T[], test: (item: T) => boolean | null): boolean | null {
  const found = every(items, (item) => {
    const result = test(item);
    return result === null ? null : !result;
  });
  return found === null ? null : !found;
}

const SCALE = 10_000;

/** A decimal as Cedar writes it: up to four digits behind the point; null for what is none. */
export function decimalOf(written: string): bigint | null {
  const match = /^(-?)(\d+)\.(\d{1,4})$/.exec(written);
  if (!match || written.length > 40) return null;
  const value = BigInt(match[2] ?? '0') * BigInt(SCALE) + BigInt((match[3] ?? '').padEnd(4, '0'));
  const signed = match[1] === '-' ? -value : value;
  return signed < MIN || signed > MAX ? null : signed;
}

export function decimalText(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / BigInt(SCALE)}.${String(size % BigInt(SCALE)).padStart(4, '0')}`;
}

/** A number that is no integer, to four digits, away from zero. */
function decimalOfNumber(value: number): bigint | null {
  const scaled = Math.sign(value) * Math.round(Math.abs(value) * SCALE);
  return Number.isFinite(scaled) && Math.abs(scaled) < 2 ** 63 ? BigInt(scaled) : null;
}

const RESERVED: ReadonlySet<string> = new Set(['__entity', '__extn', '__expr']);
const MAX_DEPTH = 40;

/** An argument as Cedar is given it: whole numbers are longs, others decimals, null is left out. `decimals`: paths at which every number is a decimal. */
export function valueOfArgument(given: unknown, decimals: ReadonlySet<string>, path = '', depth = 0): Result | null {
  if (depth > MAX_DEPTH) return ANYTHING;
  switch (typeof given) {
    case 'boolean':
      return bool(given);
    case 'string':
      return text(given);
    case 'number': {
      const value = Number.isInteger(given) && !decimals.has(path) ? null : decimalOfNumber(given);
      if (value !== null) return { kind: 'decimal', value };
      return Number.isInteger(given) && Math.abs(given) < 2 ** 63 ? long(BigInt(given)) : ANYTHING;
    }
    case 'object': {
      if (given === null) return null;
      if (Array.isArray(given)) {
        const items = (given as readonly unknown[]).flatMap((item) => valueOfArgument(item, decimals, path, depth + 1) ?? []);
        return items.every(isKnown) ? { kind: 'set', items } : ANYTHING;
      }
      const fields = new Map<string, Result>();
      for (const [name, value] of Object.entries(given)) {
        if (RESERVED.has(name)) return ANYTHING;
        const result = valueOfArgument(value, decimals, path === '' ? name : `${path}.${name}`, depth + 1);
        if (result !== null) fields.set(name, result);
      }
      return { kind: 'record', fields, open: false };
    }
    default:
      return null;
  }
}

/** A value in Cedar's JSON form, as policies and entities hold it. */
export function valueOfJson(json: Json, depth = 0): Result {
  if (depth > MAX_DEPTH) return ANYTHING;
  if (typeof json === 'boolean') return bool(json);
  if (typeof json === 'string') return text(json);
  // beyond that a number in JSON is no longer what was written
  if (typeof json === 'number') return Number.isSafeInteger(json) ? long(BigInt(json)) : ANYTHING;
  if (json === null) return FAILED;
  if (Array.isArray(json)) {
    const items = (json as readonly Json[]).map((item) => valueOfJson(item, depth + 1));
    return items.every(isKnown) ? { kind: 'set', items } : ANYTHING;
  }
  const record = json as { readonly [key: string]: Json };
  const entity = record['__entity'];
  if (isRecord(entity)) return entityOf(entity) ?? FAILED;
  const extension = record['__extn'];
  if (isRecord(extension)) {
    const value = extension['fn'] === 'decimal' && typeof extension['arg'] === 'string' ? decimalOf(extension['arg']) : null;
    return value === null ? ANYTHING : { kind: 'decimal', value };
  }
  return { kind: 'record', fields: new Map(Object.entries(record).map(([name, value]): [string, Result] => [name, valueOfJson(value, depth + 1)])), open: false };
}

/** `{type, id}`, or the same within `__entity`. */
export function entityOf(json: Json | undefined): (Value & { readonly kind: 'entity' }) | null {
  if (!isRecord(json)) return null;
  const inner = isRecord(json['__entity']) ? json['__entity'] : json;
  return typeof inner['type'] === 'string' && typeof inner['id'] === 'string' ? { kind: 'entity', type: inner['type'], id: inner['id'] } : null;
}

/** A known value as an expression; null where it cannot be written. */
export function expressionOf(value: Result): Json | null {
  switch (value.kind) {
    case 'bool':
    case 'string':
      return { Value: value.value };
    case 'long':
      return value.value >= -(2n ** 53n) && value.value <= 2n ** 53n ? { Value: Number(value.value) } : null;
    case 'decimal':
      return { decimal: [{ Value: decimalText(value.value) }] };
    case 'entity':
      return value.type === null || value.id === null ? null : { Value: { __entity: { type: value.type, id: value.id } } };
    case 'set': {
      const items = value.items.map(expressionOf);
      return items.every((item) => item !== null) ? { Set: items } : null;
    }
    case 'record': {
      if (value.open) return null;
      const fields = [...value.fields].map(([name, field]): [string, Json | null] => [name, expressionOf(field)]);
      return fields.every(([, field]) => field !== null) ? { Record: Object.fromEntries(fields) as { [key: string]: Json } } : null;
    }
    default:
      return null;
  }
}
