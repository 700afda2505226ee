// The types that the checker knows. They change diagnostics, never decisions; `dyn` is "unknown", and unknown is not wrong.
import { kindOf, type Value } from './values';

export interface Field {
  readonly type: Type;
  /** true when a sound request can lack it: reading it unguarded can be an error */
  readonly optional: boolean;
  readonly doc?: string;
}

export interface StringType {
  readonly kind: 'string';
  /** the texts it takes, or, where not `closed`, some that are known (offered, not checked) */
  readonly values?: readonly string[];
  /** true when nothing but `values` is possible: any other literal is wrong */
  readonly closed?: boolean;
  /** what the values are, for messages: `lifecycle`, `capability` */
  readonly what?: string;
}

export interface ObjectType {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, Field>>;
  /** true when fields that are not listed may be there too */
  readonly open: boolean;
  /** what it is, for messages: `the agent`, `a data resource` */
  readonly name?: string;
  /** names that exist elsewhere, with the reason why not here, for a better message */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

export type Type =
  | { readonly kind: 'dyn' }
  | { readonly kind: 'null' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'number'; readonly integer: boolean }
  | StringType
  | { readonly kind: 'timestamp' }
  | { readonly kind: 'duration' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'list'; readonly element: Type }
  /** free keys: each may be missing */
  | { readonly kind: 'map'; readonly value: Type }
  | ObjectType;

export const DYN: Type = { kind: 'dyn' };
export const NULL: Type = { kind: 'null' };
export const BOOL: Type = { kind: 'bool' };
export const NUMBER: Type = { kind: 'number', integer: false };
export const INTEGER: Type = { kind: 'number', integer: true };
export const STRING: StringType = { kind: 'string' };
export const TIMESTAMP: Type = { kind: 'timestamp' };
export const DURATION: Type = { kind: 'duration' };
export const BYTES: Type = { kind: 'bytes' };
export const listOf = (element: Type): Type => ({ kind: 'list', element });
export const mapOf = (value: Type): Type => ({ kind: 'map', value });
/** A text that must be one of `values`. */
export const oneOf = (values: readonly string[], what: string): StringType => ({ kind: 'string', values, closed: true, what });
/** A text for which `values` are known, but others are not wrong. */
export const someOf = (values: readonly string[] | undefined, what: string): StringType => (values && values.length > 0 ? { kind: 'string', values, what } : { kind: 'string', what });
export const required = (type: Type, doc: string): Field => ({ type, optional: false, doc });
export const optional = (type: Type, doc: string): Field => ({ type, optional: true, doc });

/** The type in words: `text`, `number`, `list of text`. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'dyn':
      return 'unknown';
    case 'bool':
      return 'boolean';
    case 'number':
      return type.integer ? 'whole number' : 'number';
    case 'string':
      return 'text';
    case 'list':
      return type.element.kind === 'dyn' ? 'list' : `list of ${typeName(type.element)}`;
    case 'map':
      return type.value.kind === 'dyn' ? 'map' : `map of ${typeName(type.value)}`;
    case 'object':
      return 'object';
    default:
      return type.kind;
  }
}

/** `a text`, `an object`: the type with its article. */
export function withArticle(type: Type): string {
  const name = typeName(type);
  if (type.kind === 'null' || type.kind === 'string' || type.kind === 'bytes') return name;
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

/** Kinds that one value can have at the same time as far as we know. */
export function compatible(a: Type, b: Type): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn') return true;
  if (a.kind === 'list' && b.kind === 'list') return compatible(a.element, b.element);
  if (isMapLike(a) && isMapLike(b)) return true;
  return a.kind === b.kind;
}

export const isMapLike = (type: Type): boolean => type.kind === 'map' || type.kind === 'object';

/** The narrowest type that covers both: of an argument of two tools, of the branches of `?:`, of a list's entries. */
export function join(a: Type, b: Type): Type {
  if (a === b) return a;
  if (a.kind === 'number' && b.kind === 'number') return a.integer && b.integer ? INTEGER : NUMBER;
  if (a.kind === 'string' && b.kind === 'string') return joinTexts(a, b);
  if (a.kind === 'list' && b.kind === 'list') return listOf(join(a.element, b.element));
  if (a.kind === 'map' && b.kind === 'map') return mapOf(join(a.value, b.value));
  if (a.kind === 'object' && b.kind === 'object') return joinObjects(a, b);
  return a.kind === b.kind ? a : DYN;
}

function joinTexts(a: StringType, b: StringType): StringType {
  const values = [...new Set([...(a.values ?? []), ...(b.values ?? [])])];
  const closed = a.closed === true && b.closed === true;
  const what = a.what === b.what ? a.what : undefined;
  return { kind: 'string', ...(values.length > 0 ? { values } : {}), ...(closed ? { closed } : {}), ...(what ? { what } : {}) };
}

/** The union of the fields; one that either side lacks is optional. */
export function joinObjects(a: ObjectType, b: ObjectType): ObjectType {
  const fields: Record<string, Field> = {};
  for (const name of new Set([...Object.keys(a.fields), ...Object.keys(b.fields)])) {
    const [x, y] = [fieldIn(a, name), fieldIn(b, name)];
    const only = x ?? y;
    if (!only) continue;
    if (x && y) fields[name] = { type: join(x.type, y.type), optional: x.optional || y.optional, ...(x.doc ?? y.doc ? { doc: x.doc ?? y.doc } : {}) };
    // What the other side, being open, may hold under this name is not known.
    else fields[name] = { ...only, optional: true, type: (x ? b : a).open ? DYN : only.type };
  }
  return { kind: 'object', fields, open: a.open || b.open, ...(a.name !== undefined && a.name === b.name ? { name: a.name } : {}) };
}

export const fieldIn = (type: ObjectType, name: string): Field | undefined => (Object.hasOwn(type.fields, name) ? type.fields[name] : undefined);

/** True when a value is of the type's kind; what overloads are chosen by when a condition runs. */
export function isOfKind(value: Value, type: Type): boolean {
  if (type.kind === 'dyn') return true;
  const kind = kindOf(value);
  switch (type.kind) {
    case 'bool':
      return kind === 'a boolean';
    case 'number':
      return kind === 'a number';
    case 'string':
      return kind === 'text';
    case 'list':
      return Array.isArray(value);
    case 'map':
    case 'object':
      return kind === 'a map';
    default:
      return kind === type.kind || kind === `a ${type.kind}`;
  }
}
