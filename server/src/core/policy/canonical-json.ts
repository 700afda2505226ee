// Canonical JSON (RFC 8785): one text for each value, whatever the order of its keys.
import type { PlainValue } from '../yaml';

/** Numbers and texts are written as JavaScript does, which is what the RFC says; what JSON cannot hold (`.inf`) is null. */
export function canonicalJson(value: PlainValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  // by UTF-16 units, as `sort` compares
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(',')}}`;
}
