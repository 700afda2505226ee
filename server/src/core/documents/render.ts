// Values as YAML or JSON text, for fixes and snippets; scalars can become tab stops.
import type { PlainValue } from '../yaml';

export type Style = 'block' | 'flow' | 'json';
/** What becomes of one scalar; receives the text as it must stand in the file. */
export type ScalarHook = (text: string) => string;

const same: ScalarHook = (text) => text;
const PLAIN = /^[\p{L}\d_./][\p{L}\d_./@ $%+-]*$/u;
const WORDS = new Set(['true', 'True', 'TRUE', 'false', 'False', 'FALSE', 'null', 'Null', 'NULL', '.nan', '.inf']);

/** A scalar for YAML, quoted where plain text would be read as something else. */
export function yamlScalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  const plain = PLAIN.test(value) && !value.endsWith(' ') && !WORDS.has(value) && Number.isNaN(Number(value)) && !value.startsWith('---') && !value.startsWith('...');
  return plain ? value : JSON.stringify(value);
}

/** The value on one line: `{ team: x }`, `[a, b]`, or JSON. */
export function inline(value: PlainValue, json: boolean, hook: ScalarHook = same): string {
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, json, hook)).join(', ')}]`;
  if (value === null || typeof value !== 'object') return hook(json ? JSON.stringify(value) : yamlScalar(value));
  const entries = Object.entries(value).map(([key, inner]) => `${json ? JSON.stringify(key) : yamlScalar(key)}: ${inline(inner, json, hook)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** What follows `key:` in a block map whose keys stand at `indent`: ` text`, or lines below it. Maps go to lines of their own, lists of scalars stay on one. */
export function block(value: PlainValue, indent: string, eol: string, hook: ScalarHook = same): string {
  if (Array.isArray(value)) {
    if (value.every((item) => item === null || typeof item !== 'object')) return ` ${inline(value, false, hook)}`;
    return value.map((item) => `${eol}${indent}  - ${inline(item, false, hook)}`).join('');
  }
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return ` ${inline(value, false, hook)}`;
  return Object.entries(value).map(([key, inner]) => `${eol}${indent}  ${yamlScalar(key)}:${block(inner, `${indent}  `, eol, hook)}`).join('');
}
