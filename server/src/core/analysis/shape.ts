// What values a field of a request can have: by the request's own form, by the schema of a tool's arguments, or anything.
import type { PlainValue } from '../yaml';
import type { Simple } from './formula';

export type TypeName = 'null' | 'boolean' | 'number' | 'text' | 'list' | 'map';
export const TYPES: readonly TypeName[] = ['null', 'boolean', 'number', 'text', 'list', 'map'];

export interface Shape {
  /** null: any */
  readonly types: readonly TypeName[] | null;
  readonly missing: boolean;
  /** false: it is always missing */
  readonly present: boolean;
  readonly integer: boolean;
  readonly min: number;
  readonly max: number;
  /** the only values, where they are listed */
  readonly values: readonly Simple[] | null;
  /** a text may be empty */
  readonly empty: boolean;
}

/** The whole numbers beyond are no numbers of a request. */
export const LARGEST = Number.MAX_SAFE_INTEGER;

const ANYTHING: Shape = { types: null, missing: true, present: true, integer: false, min: -LARGEST, max: LARGEST, values: null, empty: true };

export const anything = (): Shape => ANYTHING;
export const shapeOf = (types: readonly TypeName[], more: Partial<Shape> = {}): Shape => ({ ...ANYTHING, types, ...more });
export const absent = (): Shape => ({ ...ANYTHING, present: false });

const NAMES: Readonly<Record<string, TypeName>> = { null: 'null', boolean: 'boolean', number: 'number', integer: 'number', string: 'text', array: 'list', object: 'map' };

type Schema = { readonly [key: string]: PlainValue };
const isSchema = (value: PlainValue | undefined): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shape of a field inside what fits the schema; `names` from there on. Without a schema it is anything. */
export function shapeIn(schema: PlainValue | undefined, names: readonly string[]): Shape {
  if (!isSchema(schema)) return ANYTHING;
  const [name = '', ...rest] = names;
  const properties = schema['properties'];
  const listed = isSchema(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const additional = schema['additionalProperties'];
  if (listed === undefined) return additional === true ? ANYTHING : isSchema(additional) ? below(additional, false, rest) : { ...ANYTHING, present: false };
  const required = schema['required'];
  return below(listed, Array.isArray(required) && required.includes(name), rest);
}

function below(schema: PlainValue, required: boolean, rest: readonly string[]): Shape {
  if (rest.length === 0) return fieldShape(schema, required);
  // what a schema does not describe as an object is not closed
  return isSchema(schema) && (isSchema(schema['properties']) || schema['additionalProperties'] !== undefined) ? shapeIn(schema, rest) : ANYTHING;
}

function fieldShape(schema: PlainValue, required: boolean): Shape {
  const shape: Shape = { ...ANYTHING, missing: !required };
  if (!isSchema(schema)) return shape;
  const type = schema['type'];
  const named = (Array.isArray(type) ? type : type === undefined ? [] : [type]).flatMap((one) => (typeof one === 'string' && Object.hasOwn(NAMES, one) ? [one] : []));
  const listed = 'const' in schema ? [schema['const'] ?? null] : Array.isArray(schema['enum']) ? schema['enum'] : null;
  const values = listed && listed.every((value): value is Simple => typeof value !== 'object' || value === null) ? [...new Set(listed)] : null;
  const types = values ? [...new Set(values.map(typeOf))] : named.length > 0 ? [...new Set(named.flatMap((one) => NAMES[one] ?? []))] : null;
  const number = (key: string, otherwise: number): number => (typeof schema[key] === 'number' ? schema[key] : otherwise);
  return {
    ...shape, types: types && values && named.length > 0 ? types.filter((one) => named.some((name) => NAMES[name] === one)) : types, values,
    integer: named.includes('integer') && !named.includes('number'),
    min: Math.max(-LARGEST, number('minimum', -LARGEST)), max: Math.min(LARGEST, number('maximum', LARGEST)),
  };
}

export const typeOf = (value: Simple): TypeName => (value === null ? 'null' : typeof value === 'string' ? 'text' : (typeof value as 'boolean' | 'number'));

const sameList = <T>(a: readonly T[] | null, b: readonly T[] | null): boolean => a === b || (a !== null && b !== null && a.length === b.length && a.every((one, index) => one === b[index]));

export const sameShape = (a: Shape, b: Shape): boolean =>
  a === b || (a.missing === b.missing && a.present === b.present && a.integer === b.integer && a.min === b.min && a.max === b.max && a.empty === b.empty && sameList(a.types, b.types) && sameList(a.values, b.values));
