// Values for people and for JSON.
import { formatDuration, formatTimestamp } from './times';
import { CelError, Duration, isList, isMap, PartialList, Timestamp, type Value } from './values';

/** The value as JSON holds it: times, durations and bytes as text, a partly known list by what is known. */
export function plainOf(value: Value, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (value instanceof CelError) return null;
  if (depth > 32) return null;
  if (value instanceof PartialList) return value.known.map((item) => plainOf(item, depth + 1));
  if (isList(value)) return value.map((item) => plainOf(item, depth + 1));
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainOf(item ?? null, depth + 1)])) : null;
}

/** The value in a sentence, cut to about `length` characters. */
export function showValue(value: Value, length = 60): string {
  if (value instanceof CelError) return `an error (${value.message})`;
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  // Long texts and lists are cut before they are printed: a request may be large.
  if (typeof value === 'string') return value.length > length ? `${JSON.stringify(value.slice(0, length))}...` : JSON.stringify(value);
  if (isList(value)) return `[${value.slice(0, 5).map((item) => showValue(item, 20)).join(', ')}${value.length > 5 ? `, ... ${value.length} entries` : ''}]`;
  if (value instanceof PartialList) return `${showValue(value.known)} and what is not known`;
  if (isMap(value)) {
    const keys = Object.keys(value);
    return `{${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', ...' : ''}}`;
  }
  return String(plainOf(value));
}
