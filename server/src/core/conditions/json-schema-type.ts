// JSON Schema (2020-12 as far as it says types) becomes a type of the checker: tool inputs, the shape of manifests.
import { BOOL, BYTES, DURATION, DYN, type Field, INTEGER, join, joinObjects, listOf, mapOf, NULL, NUMBER, type ObjectType, oneOf, STRING, TIMESTAMP, type Type } from './types';

type Schema = Readonly<Record<string, unknown>>;

/** Deepest nesting that is followed; below it everything is unknown. A schema that refers to itself ends here. */
const MAX_DEPTH = 10;
/** Most schemas that are read for one type; then everything is unknown. */
const MAX_SCHEMAS = 5_000;

interface Walk {
  readonly root: unknown;
  left: number;
}

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The type of what fits the schema. References are followed within `root` only. An object is closed to fields it does not list unless it says `additionalProperties`. */
export function fromJsonSchema(schema: unknown, root: unknown = schema): Type {
  return typeOf(schema, { root, left: MAX_SCHEMAS }, 0);
}

function typeOf(schema: unknown, walk: Walk, depth: number): Type {
  if (!isObject(schema) || depth > MAX_DEPTH || walk.left-- <= 0) return DYN;
  if (typeof schema['$ref'] === 'string') {
    const target = resolve(schema['$ref'], walk.root);
    const { $ref: _, ...rest } = schema;
    const referred = target === undefined ? DYN : typeOf(target, walk, depth + 1);
    return 'properties' in rest ? both(referred, typeOf(rest, walk, depth + 1)) : referred;
  }
  if ('const' in schema) return ofValues([schema['const']], schema);
  if (Array.isArray(schema['enum'])) return ofValues(schema['enum'], schema);
  let type = ofKeyword(schema, walk, depth);
  for (const part of listOfSchemas(schema['allOf'])) type = both(type, typeOf(part, walk, depth + 1));
  for (const key of ['anyOf', 'oneOf']) {
    const branches = listOfSchemas(schema[key]);
    if (branches.length > 0) type = both(type, union(branches, walk, depth));
  }
  return type;
}

const listOfSchemas = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, 100) : []);

/** `null` beside others says that the value may be empty, not that it is of another type. */
function union(branches: readonly unknown[], walk: Walk, depth: number): Type {
  const types = branches.map((branch) => typeOf(branch, walk, depth + 1)).filter((type) => type.kind !== 'null');
  return types.length === 0 ? NULL : types.reduce<Type>(join, types[0] ?? DYN);
}

/** A value that fits both: the one that says more. */
function both(a: Type, b: Type): Type {
  if (a.kind === 'dyn') return b;
  if (b.kind === 'dyn' || a.kind !== b.kind) return a;
  if (a.kind === 'object' && b.kind === 'object') return intersectObjects(a, b);
  return b;
}

function intersectObjects(a: ObjectType, b: ObjectType): ObjectType {
  const joined = joinObjects(a, b);
  const fields: Record<string, Field> = {};
  for (const [name, field] of Object.entries(joined.fields)) {
    const [x, y] = [Object.hasOwn(a.fields, name) ? a.fields[name] : undefined, Object.hasOwn(b.fields, name) ? b.fields[name] : undefined];
    fields[name] = x && y ? { ...field, type: both(x.type, y.type), optional: x.optional && y.optional } : (x ?? y ?? field);
  }
  return { ...joined, fields };
}

function ofValues(values: readonly unknown[], schema: Schema): Type {
  const texts = values.filter((value) => typeof value === 'string');
  const others = values.filter((value) => typeof value !== 'string' && value !== null);
  if (others.length === 0) return texts.length === 0 ? NULL : oneOf(texts, typeof schema['title'] === 'string' ? schema['title'].toLowerCase() : 'value');
  if (texts.length > 0) return DYN;
  if (others.every((value) => typeof value === 'number')) return others.every(Number.isInteger) ? INTEGER : NUMBER;
  return others.every((value) => typeof value === 'boolean') ? BOOL : DYN;
}

function ofKeyword(schema: Schema, walk: Walk, depth: number): Type {
  const named = schema['type'];
  if (Array.isArray(named)) {
    const types = named.filter((name) => name !== 'null').map((name) => ofName(name, schema, walk, depth));
    return types.length === 0 ? NULL : types.reduce((a, b) => join(a, b));
  }
  if (named !== undefined) return ofName(named, schema, walk, depth);
  if (isObject(schema['properties'])) return ofName('object', schema, walk, depth);
  return 'items' in schema ? ofName('array', schema, walk, depth) : DYN;
}

/** `format: timestamp` and the like are not JSON's; the caller's own schemas may say them for values that are not text when conditions run. */
const X_TYPES: Readonly<Record<string, Type>> = { timestamp: TIMESTAMP, duration: DURATION, bytes: BYTES };

function ofName(name: unknown, schema: Schema, walk: Walk, depth: number): Type {
  switch (name) {
    case 'string':
      return X_TYPES[typeof schema['x-cel-type'] === 'string' ? schema['x-cel-type'] : ''] ?? STRING;
    case 'integer':
      return INTEGER;
    case 'number':
      return NUMBER;
    case 'boolean':
      return BOOL;
    case 'null':
      return NULL;
    case 'array':
      return listOf(typeOf(schema['items'], walk, depth + 1));
    case 'object':
      return ofObject(schema, walk, depth);
    default:
      return DYN;
  }
}

function ofObject(schema: Schema, walk: Walk, depth: number): Type {
  const properties = schema['properties'];
  const additional = schema['additionalProperties'];
  const patterned = isObject(schema['patternProperties']) ? Object.entries(schema['patternProperties']).filter(([pattern]) => !pattern.startsWith('^x-')) : [];
  if (!isObject(properties) || (Object.keys(properties).length === 0 && isObject(additional))) {
    if (isObject(additional)) return mapOf(typeOf(additional, walk, depth + 1));
    if (patterned.length > 0) return mapOf(patterned.map(([, value]) => typeOf(value, walk, depth + 1)).reduce((a, b) => join(a, b)));
    return isObject(properties) && additional !== true ? { kind: 'object', fields: {}, open: false } : { kind: 'object', fields: {}, open: additional !== false };
  }
  const needed = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  const fields: Record<string, Field> = {};
  for (const [key, value] of Object.entries(properties).slice(0, 1_000)) {
    fields[key] = withDoc({ type: typeOf(value, walk, depth + 1), optional: !needed.has(key) }, value);
  }
  return { kind: 'object', fields, open: additional === true || isObject(additional) || patterned.length > 0 };
}

/** The description is asked for only where people read it. */
function withDoc(field: Field, schema: unknown): Field {
  if (!isObject(schema) || !('description' in schema || 'title' in schema)) return field;
  return {
    ...field,
    get doc() {
      return typeof schema['description'] === 'string' ? schema['description'] : typeof schema['title'] === 'string' ? schema['title'] : '';
    },
  };
}

function resolve(reference: string, root: unknown): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let target: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(target)) target = target[Number(key)];
    else if (isObject(target) && Object.hasOwn(target, key)) target = target[key];
    else return undefined;
  }
  return target;
}
