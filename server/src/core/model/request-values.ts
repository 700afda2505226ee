// Values inside a request: numbers that JSON tools agree on, bounded depth, equality.
import type { PlainValue } from '../yaml';
import { isMap } from './plain';
import type { BadRequest } from './request';

const MAX_DEPTH = 64;
const MAX_VALUES = 100_000;

/** The first number that is not finite or not exact, or where the value is too deep or too large to be looked at. */
export function faultyValue(value: PlainValue): BadRequest | null {
  let left = MAX_VALUES;
  const visit = (at: PlainValue, field: string, depth: number): BadRequest | null => {
    if (--left < 0) return { field, message: `the request holds more than ${MAX_VALUES.toLocaleString('en')} values` };
    if (typeof at === 'number') {
      if (!Number.isFinite(at)) return { field, message: `\`${field}\` is not a finite number` };
      if (Number.isInteger(at) && Math.abs(at) > Number.MAX_SAFE_INTEGER) return { field, message: `\`${field}\` is a whole number beyond 2^53-1, which cannot be held exactly; give it as text` };
      return null;
    }
    if (typeof at !== 'object' || at === null) return null;
    if (depth >= MAX_DEPTH) return { field, message: `\`${field}\` is nested more than ${MAX_DEPTH} deep` };
    if (Array.isArray(at)) {
      for (let i = 0; i < at.length; i++) {
        const fault = visit(at[i] ?? null, `${field}[${i}]`, depth + 1);
        if (fault) return fault;
      }
      return null;
    }
    for (const key of Object.keys(at)) {
      const fault = visit(at[key] ?? null, field === '' ? key : `${field}.${key}`, depth + 1);
      if (fault) return fault;
    }
    return null;
  };
  return visit(value, '', 0);
}

/** Deep equality; the order of keys does not count. */
export function sameValue(a: PlainValue, b: PlainValue): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((entry, index) => sameValue(entry, b[index] ?? null));
  if (!isMap(a) || !isMap(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key] ?? null, b[key] ?? null));
}
