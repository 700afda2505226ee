// What a new key or list item brings with it: the smallest value that the schema accepts, as a snippet with tab stops.
import {
  allowedValues, choice, choices, escapeSnippet, exampleOf, inline, nameKinds, placeholder, propertySchema, typesOf, yamlScalar, type NameKind, type Schema,
} from '../../core/documents';
import type { PlainValue } from '../../core/yaml';

export interface BodyContext {
  readonly style: 'block' | 'flow' | 'json';
  readonly eol: string;
  /** some names of a kind that the workspace declares */
  readonly names: (kind: NameKind) => readonly string[];
  /** today, and a day on which what expires may expire */
  readonly today: string;
  readonly expiry: string;
}

const MAX_CHOICES = 30;
const MAX_DEPTH = 6;

interface Stops {
  count: number;
}

/** `key: value` in snippet syntax for a map whose keys stand at the column. */
export function pairBody(key: string, schema: Schema, column: number, context: BodyContext): string {
  const body = schema['x-snippet'];
  if (body && context.style === 'block') return body.split('\n').join(context.eol + ' '.repeat(column));
  return pair(key, schema, column, context, { count: 0 }, 0);
}

/** A value of its own: a list item whose content begins at the column, or a value behind `key: `. */
export const valueBody = (schema: Schema, column: number, context: BodyContext): string => value(schema, column, context, { count: 0 }, 0).replace(/^\s+/, '');

function pair(key: string, schema: Schema, column: number, context: BodyContext, stops: Stops, depth: number): string {
  const name = context.style === 'json' ? JSON.stringify(key) : yamlScalar(key);
  const shape = branch(schema, context);
  const isMap = typesOf(shape)[0] === 'object';
  const entry = context.style === 'block' && isMap ? openMap(shape, column, context, stops, depth) : null;
  if (entry !== null) return `${escapeSnippet(name)}:${entry}`;
  const text = value(shape, isMap ? column + 2 : column, context, stops, depth);
  return `${escapeSnippet(name)}:${context.style === 'block' && isMap && !text.startsWith('{') ? context.eol + ' '.repeat(column + 2) : text.startsWith(context.eol) ? '' : ' '}${text}`;
}

/** A first entry of a map whose keys are names (teams, tools), where the entries are maps. */
function openMap(schema: Schema, column: number, context: BodyContext, stops: Stops, depth: number): string | null {
  const entry = schema.additionalProperties;
  const example = schema.examples?.[0];
  if (schema.properties || typeof entry !== 'object' || typesOf(entry)[0] !== 'object' || example === null || typeof example !== 'object' || Array.isArray(example)) return null;
  const key = Object.keys(example)[0];
  if (key === undefined) return null;
  const inner = `${context.eol}${' '.repeat(column + 2)}`;
  const name = yamlScalar(key);
  const stop = name.startsWith('"') ? `"${placeholder(++stops.count, key)}"` : placeholder(++stops.count, name);
  return `${inner}${stop}:${inner}  ${value(entry, column + 4, context, stops, depth + 1)}`;
}

/** Of a union the branch that takes a name, else the first. */
function branch(schema: Schema, context: BodyContext): Schema {
  if (!schema.oneOf || choices(schema)) return schema;
  return schema.oneOf.find((one) => nameKinds(one).some(({ kind }) => context.names(kind).length > 0)) ?? schema.oneOf[0] ?? schema;
}

/** Without a leading blank; lists of maps begin with a line break in block style. */
function value(given: Schema, column: number, context: BodyContext, stops: Stops, depth: number): string {
  const schema = branch(given, context);
  const type = typesOf(schema).find((one) => one !== 'null');
  if (depth > MAX_DEPTH) return fixed(exampleOf(schema), context, stops);
  if (type === 'object') return map(schema, column, context, stops, depth);
  if (type === 'array') return list(schema, column, context, stops, depth);
  return scalar(schema, context, stops);
}

/** The keys that are needed; else those of the example. */
function map(schema: Schema, column: number, context: BodyContext, stops: Stops, depth: number): string {
  const example = schema.examples?.[0];
  const keys = schema.required?.length ? [...schema.required] : Object.keys(example !== null && typeof example === 'object' && !Array.isArray(example) ? example : {}).filter((key) => schema.properties && Object.hasOwn(schema.properties, key));
  if (keys.length === 0 || !schema.properties) return fixed(example ?? {}, context, stops);
  const always = schema.minProperties !== undefined && keys.length < schema.minProperties ? Object.keys(schema.properties).slice(0, schema.minProperties) : keys;
  const parts = [...new Set(always)].map((key) => pair(key, fittingFirst(schema, key, new Set(always)), column, context, stops, depth + 1));
  return context.style === 'block' ? parts.join(context.eol + ' '.repeat(column)) : `{ ${parts.join(', ')} }`;
}

/** Whether a value of a key asks for no key that is missing and rules out none that is present. */
export const fits = (schema: Schema, key: string, text: string, present: ReadonlySet<string>): boolean =>
  (schema.allOf ?? []).every(({ if: test, then }) => test.properties?.[key]?.enum.includes(text) !== true || ((then.required ?? []).every((one) => present.has(one)) && Object.keys(then.properties ?? {}).every((one) => !present.has(one))));

/** The field, its values ordered so that the first fits the other keys of its map. */
export function fittingFirst(schema: Schema, key: string, present: ReadonlySet<string>): Schema {
  const field = propertySchema(schema, key) ?? {};
  if (!field.oneOf || !choices(field)) return field;
  const first = field.oneOf.find((one) => fits(schema, key, String(one.const), present));
  return first && first !== field.oneOf[0] ? { ...field, oneOf: [first, ...field.oneOf.filter((one) => one !== first)], examples: [] } : field;
}

function list(schema: Schema, column: number, context: BodyContext, stops: Stops, depth: number): string {
  const items = branch(schema.items ?? {}, context);
  if (typesOf(items)[0] !== 'object' || context.style !== 'block') return `[${value(items, column, context, stops, depth + 1)}]`;
  const body = value(items, column + 4, context, stops, depth + 1);
  return `${context.eol}${' '.repeat(column + 2)}- ${body}`;
}

function scalar(schema: Schema, context: BodyContext, stops: Stops): string {
  const named = choices(schema);
  const json = context.style === 'json';
  if (named?.length === 1) return escapeSnippet(json ? JSON.stringify(named[0]) : yamlScalar(named[0] ?? ''));
  const first = schema.default ?? schema.examples?.[0];
  const values = named ?? (typesOf(schema).includes('boolean') ? ['true', 'false'] : nameKinds(schema).flatMap(({ kind }) => context.names(kind)).slice(0, MAX_CHOICES));
  if (values.length > 1) {
    const ordered = typeof first === 'string' && named?.includes(first) ? [first, ...values.filter((one) => one !== first)] : values;
    const quoted = !typesOf(schema).includes('boolean') && (json || ordered.some((one) => yamlScalar(one).startsWith('"')));
    return quoted ? `"${choice(++stops.count, ordered)}"` : choice(++stops.count, ordered);
  }
  if (values.length === 1) return fixed(values[0] ?? '', context, stops);
  if (schema.format === 'date') return fixed(schema['x-expires'] ? context.expiry : context.today, context, stops);
  const open = allowedValues(schema).find((one) => !String(one.value).endsWith(':'));
  return fixed(first ?? open?.value ?? (typesOf(schema).includes('string') ? 'text' : 0), context, stops);
}

/** A given value, each scalar a tab stop. */
function fixed(given: PlainValue, context: BodyContext, stops: Stops): string {
  return inline(given, context.style === 'json', (text) => (text.startsWith('"') && text.length >= 2 ? `"${placeholder(++stops.count, text.slice(1, -1))}"` : placeholder(++stops.count, text)));
}
