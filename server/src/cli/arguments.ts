// `--arg k=v` and `--args JSON`: arguments of a tool, typed by its schema.
import type { PlainValue } from '../core/yaml';
import { UsageError } from './io';
import { printable } from './terminal/cells';

type PlainMap = { [key: string]: PlainValue };

/** `--arg` over `--args`; dots nest. `schema` is the tool's `input`. */
export function argumentsOf(json: string | undefined, pairs: readonly string[], schema: PlainValue | undefined): PlainMap | null {
  if (json === undefined && pairs.length === 0) return null;
  const args = json === undefined ? {} : jsonMap('--args', json);
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`\`--arg ${printable(pair)}\` is not of the form name=value`);
    const path = pair.slice(0, equals).split('.');
    if (path.includes('')) throw new UsageError(`\`--arg ${printable(pair)}\` names nothing between its dots`);
    put(args, path, typed(pair.slice(equals + 1), schemaAt(schema, path)), pair);
  }
  return args;
}

/** A map given as JSON on the command line. */
export function jsonMap(option: string, json: string): PlainMap {
  const value = jsonValue(option, json);
  if (!isMap(value)) throw new UsageError(`\`${option}\` must be a JSON object`);
  return value;
}

export function jsonValue(option: string, json: string): PlainValue {
  try {
    return JSON.parse(json) as PlainValue;
  } catch (error) {
    throw new UsageError(`\`${option}\` is not JSON (${error instanceof Error ? printable(error.message) : 'it cannot be read'})`);
  }
}

function put(map: PlainMap, path: readonly string[], value: PlainValue, pair: string): void {
  let at = map;
  path.forEach((key, index) => {
    const last = index === path.length - 1;
    const there = Object.hasOwn(at, key) ? at[key] : undefined;
    const next: PlainValue = last ? value : isMap(there) ? there : {};
    if (!last && there !== undefined && !isMap(there)) throw new UsageError(`\`--arg ${printable(pair)}\`: \`${printable(path.slice(0, index + 1).join('.'))}\` already has a value that is no map`);
    Object.defineProperty(at, key, { value: next, enumerable: true, configurable: true, writable: true });
    if (isMap(next)) at = next;
  });
}

/** The schema of a property, through nested ones; undefined where nothing is said. */
function schemaAt(schema: PlainValue | undefined, path: readonly string[]): PlainValue | undefined {
  let at = schema;
  for (const key of path) {
    const properties: PlainValue | undefined = isMap(at) ? at.properties : undefined;
    at = isMap(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined;
  }
  return at;
}

/** By the schema's type, else JSON where it parses, else text. */
function typed(text: string, schema: PlainValue | undefined): PlainValue {
  const parsed = parse(text);
  const types = typesOf(schema);
  if (types.length === 0) return parsed === undefined ? text : parsed;
  const fits = parsed !== undefined && types.some((type) => isOf(type, parsed));
  // a text is taken as it stands, digits and quotes included, unless the schema also takes what it reads as
  if (types.includes('string') && !(fits && types.length > 1)) return text;
  return parsed === undefined ? text : parsed;
}

function parse(text: string): PlainValue | undefined {
  try {
    return JSON.parse(text) as PlainValue;
  } catch {
    return undefined;
  }
}

/** The types that a schema names, itself or through its values; empty where it says nothing. */
function typesOf(schema: PlainValue | undefined): readonly string[] {
  if (!isMap(schema)) return [];
  const { type } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.filter((one): one is string => typeof one === 'string');
  const values = Array.isArray(schema.enum) ? schema.enum : Object.hasOwn(schema, 'const') ? [schema.const ?? null] : [];
  if (values.length > 0) return [...new Set(values.map((value) => (typeof value === 'string' ? 'string' : value === null ? 'null' : typeof value === 'object' ? 'object' : typeof value)))];
  return ['anyOf', 'oneOf'].flatMap((key) => (Array.isArray(schema[key]) ? (schema[key] as PlainValue[]).flatMap(typesOf) : []));
}

function isOf(type: string, value: PlainValue): boolean {
  switch (type) {
    case 'number':
    case 'integer':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isMap(value);
    default:
      return typeof value === 'string';
  }
}

const isMap = (value: PlainValue | undefined): value is PlainMap => typeof value === 'object' && value !== null && !Array.isArray(value);
