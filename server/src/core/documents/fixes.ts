// How a schema problem is mended: insert what is missing, rename, remove, quote, wrap. Every fix leaves text that parses.
import { nearest, type Fix, type FixEdit, type Span } from '../text';
import type { MapNode, PlainValue, ScalarNode } from '../yaml';
import { insertPair, removePair, replaceScalar, type Layout } from './edit-map';
import { exampleOf } from './examples';
import { block, inline, yamlScalar } from './render';
import { choices, typesOf, type Schema } from './schema';
import { choice, escapeSnippet, placeholder } from './snippet-text';

export interface FixSource {
  readonly text: string;
  /** values are written as JSON */
  readonly json: boolean;
}

const quick = (title: string, safe: boolean, edit: FixEdit | null, snippet = false): Fix[] => (edit ? [{ title, safe, edits: [edit], ...(snippet ? { snippet: true } : {}) }] : []);

/** Inserts a key with an example value whose parts are tab stops. */
export function insertKey(source: FixSource, map: MapNode, key: string, schema: Schema, order: readonly string[], value: PlainValue = exampleOf(schema)): Fix[] {
  return quick(`Insert \`${key}\``, false, insertPair(source.text, map, key, order, (layout) => pairSnippet(key, value, schema, layout)), true);
}

/** `key: value` in snippet syntax. */
export function pairSnippet(key: string, value: PlainValue, schema: Schema, layout: Layout): string {
  let count = 0;
  const named = choices(schema);
  const hook = (text: string): string => {
    count++;
    if (named && named.length > 1 && typeof value === 'string') {
      const quote = text.startsWith('"') ? '"' : '';
      return quote + choice(count, [value, ...named.filter((other) => other !== value)]) + quote;
    }
    if (named?.length === 1) return escapeSnippet(text);
    return text.startsWith('"') ? `"${placeholder(count, text.slice(1, -1))}"` : placeholder(count, text);
  };
  if (layout.style === 'block') return `${yamlScalar(key)}:${block(value, layout.indent, layout.eol, hook)}`;
  const json = layout.style === 'json';
  return `${json ? JSON.stringify(key) : yamlScalar(key)}: ${inline(value, json, hook)}`;
}

/** What inserts a key: the schema's own snippet where the layout is a block, else the key with its smallest example. */
export function keySnippet(key: string, schema: Schema, layout: Layout): string {
  const body = schema['x-snippet'];
  if (body && layout.style === 'block') return body.replaceAll('\n', `${layout.eol}${layout.indent}`);
  return pairSnippet(key, exampleOf(schema), schema, layout);
}

/** Rename to the nearest key that is allowed and absent, and removal. */
export function unknownKey(source: FixSource, map: MapNode, index: number, near: string | null): Fix[] {
  const key = map.pairs[index]?.key;
  if (!key) return [];
  const rename = near ? quick(`Change to \`${near}\``, false, replaceScalar(key, near, yamlScalar)) : [];
  return [...rename, ...quick(`Remove \`${key.text.slice(0, 60)}\``, false, removePair(source.text, map, index))];
}

/** Removal of a key that must not stand here. */
export const removeKey = (source: FixSource, map: MapNode, index: number): Fix[] =>
  quick(`Remove \`${map.pairs[index]?.key.text.slice(0, 60) ?? ''}\``, false, removePair(source.text, map, index));

/** longer texts mean no name */
const MAX_NAME = 200;

/** The allowed text that a wrong one probably means. */
export function meant(value: string, allowed: readonly string[]): string | null {
  if (value.length > MAX_NAME) return null;
  const near = nearest(value, allowed);
  if (near) return near;
  const letters = (text: string): string => [...text.toLowerCase()].sort().join('');
  const swapped = allowed.filter((other) => letters(other) === letters(value) && other !== value);
  if (swapped.length === 1) return swapped[0] ?? null;
  const flat = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  const same = allowed.filter((other) => flat(other) === flat(value));
  if (same.length === 1) return same[0] ?? null;
  const longer = value.length >= 3 ? allowed.filter((other) => other.toLowerCase().startsWith(value.toLowerCase())) : [];
  return longer.length === 1 ? (longer[0] ?? null) : null;
}

/** Change to one of the allowed texts, the nearest first. */
export function toChoice(node: ScalarNode, allowed: readonly string[], near: string | null): Fix[] {
  const order = near ? [near, ...allowed.filter((value) => value !== near)] : allowed;
  return order.slice(0, 12).flatMap((value) => {
    const fixes = quick(`Change to \`${value}\``, false, replaceScalar(node, value, yamlScalar));
    return value === near || order.length === 1 ? fixes : fixes.map((fix) => ({ ...fix, choice: true }));
  });
}

/** A text where a number was written, a list where a single value was, a number where a quoted one was. */
export function toType(source: FixSource, node: ScalarNode, schema: Schema): Fix[] {
  const types = schema.oneOf && !choices(schema) ? schema.oneOf.flatMap(typesOf) : typesOf(schema);
  const span: Span = { start: node.start, end: node.end };
  if (node.start === node.end || node.style === 'literal' || node.style === 'folded') return [];
  const named = choices(schema);
  if (typeof node.value === 'boolean' && named?.includes('on') !== named?.includes('off')) return toChoice(node, named ?? [], null);
  if (typeof node.value === 'boolean' && named?.includes('on')) return toChoice(node, named, node.value ? 'on' : 'off');
  if (types.includes('string') && typeof node.value !== 'string' && !named) return quick('Quote it', true, { span, newText: JSON.stringify(node.text) });
  if (types.includes('array') && typeof node.value === 'string' && typesOf(schema.items ?? {})[0] !== 'object') {
    const item = source.json || node.style !== 'plain' ? source.text.slice(node.start, node.end) : yamlScalar(node.text);
    return quick('Make it a list', true, { span, newText: `[${item}]` });
  }
  const number = types.includes('number') || types.includes('integer');
  if (number && typeof node.value === 'string' && /^-?\d+(\.\d+)?$/.test(node.text)) return quick('Remove the quotes', true, { span, newText: node.text });
  if (types.includes('boolean') && typeof node.value === 'string') {
    const word = node.text.toLowerCase();
    const meaning = ['true', 'yes', 'on'].includes(word) ? 'true' : ['false', 'no', 'off'].includes(word) ? 'false' : null;
    return meaning ? quick(`Change to \`${meaning}\``, word === meaning, { span, newText: meaning }) : [];
  }
  return [];
}

/** A name in the form that the language asks for, where the text suggests one. */
export function toName(node: ScalarNode, schema: Schema): Fix[] {
  if (!schema.regexp || typeof node.value !== 'string') return [];
  const candidates = [node.value.trim(), node.value.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, ''), node.value.trim().replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '')];
  const good = candidates.find((text) => text !== node.value && schema.regexp?.test(text));
  return good ? quick(`Change to \`${good}\``, false, replaceScalar(node, good, yamlScalar)) : [];
}

/** A value for a key that has none yet. */
export function fillEmpty(source: FixSource, map: MapNode, index: number, schema: Schema): Fix[] {
  const pair = map.pairs[index];
  if (!pair || pair.value.kind === 'alias') return [];
  const value = exampleOf(schema);
  if (value === null) return [];
  const written = pair.value.end > pair.value.start ? { start: pair.value.start, end: pair.value.end } : null;
  const colon = /^\s*:/.exec(source.text.slice(pair.key.end, pair.key.end + 40));
  if (!written && !colon) return [];
  const at = pair.key.end + (colon?.[0].length ?? 0);
  const text = pairSnippet('k', value, schema, { style: source.json ? 'json' : 'flow', indent: '', eol: '\n' }).replace(/^"?k"?: /, '');
  return quick('Insert an example value', false, { span: written ?? { start: at, end: at }, newText: written ? text : ` ${text}` }, true);
}
