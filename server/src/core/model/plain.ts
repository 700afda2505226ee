// Plain values of documents and requests, read without trust in their shape.
import type { PlainValue } from '../yaml';

export type PlainMap = { readonly [key: string]: PlainValue };

export const isMap = (value: PlainValue | undefined): value is { [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value under a key of a map; null where there is none. */
export const field = (value: PlainValue | undefined, key: string): PlainValue => (isMap(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null);

/** A text that is not empty, or null. */
export const text = (value: PlainValue): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const number = (value: PlainValue): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

/** The entries of a list; a lone value counts as a list of one, null as none. */
export const list = (value: PlainValue): readonly PlainValue[] => (Array.isArray(value) ? value : value === null ? [] : [value]);

/** The texts of a list. */
export const texts = (value: PlainValue): readonly string[] => list(value).flatMap((entry) => text(entry) ?? []);

/** The text, where it is one of those allowed. */
export const oneOf = <T extends string>(value: PlainValue, allowed: readonly T[]): T | null => allowed.find((known) => known === value) ?? null;

export const unique = <T>(items: Iterable<T>): T[] => [...new Set(items)];

/** A map of texts; others are left out. */
export function textMap(value: PlainValue): { readonly [key: string]: string } {
  const result: { [key: string]: string } = {};
  if (isMap(value)) for (const [key, entry] of Object.entries(value)) if (typeof entry === 'string') Object.defineProperty(result, key, { value: entry, enumerable: true, configurable: true, writable: true });
  return result;
}
