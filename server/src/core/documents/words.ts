// What a schema expects, and what stands there instead, in words.
import type { Path, Plain } from '../yaml';
import { inline } from './render';
import { choices, typesOf, type JsonType, type Schema } from './schema';

const TYPES: Readonly<Record<JsonType, string>> = { object: 'a map', array: 'a list', string: 'a text', number: 'a number', integer: 'a whole number', boolean: '`true` or `false`', null: 'empty' };

/** `a`, `a or b`, `a, b or c` */
export const orList = (words: readonly string[]): string => (words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`);

/** What the value must be, to follow "must be": `one of ...`, `a list of texts`, `a text or a map with ref`. */
export function expectation(schema: Schema): string {
  if (schema['x-words']) return schema['x-words'];
  const named = choices(schema);
  if (named) return named.length === 1 ? `\`${named[0]}\`` : `one of ${orList(named.map((value) => `\`${value}\``))}`;
  if (schema.oneOf) return orList(schema.oneOf.map(expectation));
  const words = typesOf(schema).filter((type) => type !== 'null').map((type) => (type === 'array' && schema.items ? `a list of ${plural(schema.items)}` : type === 'object' ? mapWords(schema) : TYPES[type]));
  return orList(words) || 'another value';
}

function mapWords(schema: Schema): string {
  const required = schema.required ?? [];
  return required.length > 0 ? `a map with ${required.map((key) => `\`${key}\``).join(', ')}` : 'a map';
}

function plural(schema: Schema): string {
  if (schema.oneOf && !choices(schema)) return orList(schema.oneOf.map(plural));
  const type = typesOf(schema)[0];
  if (type === 'object') return `maps${schema.required ? ` with ${schema.required.map((key) => `\`${key}\``).join(', ')}` : ''}`;
  const named = choices(schema);
  if (named) return `values out of ${named.map((value) => `\`${value}\``).join(', ')}`;
  return type === 'number' || type === 'integer' ? 'numbers' : 'texts';
}

/** An example on one line, with its lead: `, e.g. [x]`; nothing where the words say it already or it is long. */
export function exampleWords(schema: Schema, json: boolean): string {
  const example = schema.examples?.[0];
  if (example === undefined || choices(schema) || schema['x-words']?.includes('e.g.')) return '';
  const text = inline(example, json);
  return text.length > 70 ? '' : `, e.g. \`${text}\``;
}

/** The thing at a path as the beginning of a sentence. */
export function subject(path: Path): string {
  const last = path[path.length - 1];
  if (last === undefined) return 'The document';
  if (typeof last === 'string') return `\`${last}\``;
  const list = path.slice(0, -1).reverse().find((step) => typeof step === 'string');
  return list === undefined ? 'An entry' : `An entry of \`${list}\``;
}

/** What stands there. */
export function actual(node: Plain): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'seq') return 'a list';
  if (node.value === null) return 'empty';
  return typeof node.value === 'string' ? 'a text' : typeof node.value === 'number' ? 'a number' : 'a boolean';
}
