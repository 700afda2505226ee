// How the views read a tree: typed values with their places; what is wrongly typed is left out, and said elsewhere.
import type { Span } from '../../text';
import { pairOf, resolve, type MapNode, type Node, type Path, type Plain, type PlainValue } from '../../yaml';

/** Where something stands. */
export interface Located {
  readonly span: Span;
  readonly path: Path;
}

/** A value with its place. */
export interface Field<T> extends Located {
  readonly value: T;
  /** true for a default that nobody wrote; its place is that of what it belongs to */
  readonly implied?: true;
}

/** A place in a tree to read from. */
export interface Cursor {
  /** aliases resolved */
  readonly node: Plain;
  /** of the value as it is written (an alias itself, not its target) */
  readonly span: Span;
  readonly path: Path;
  /** the key that holds it */
  readonly key: Span | null;
}

const spanOf = (node: Node): Span => ({ start: node.start, end: node.end });

export function cursorOf(node: Node | null, path: Path = []): Cursor | null {
  const plain = resolve(node);
  return node && plain ? { node: plain, span: spanOf(node), path, key: null } : null;
}

/** The value under a key; null where the key is absent or the place is no map. */
export function at(cursor: Cursor | null, key: string): Cursor | null {
  const pair = cursor ? pairOf(cursor.node, key) : null;
  const node = resolve(pair?.value);
  return cursor && pair && node ? { node, span: spanOf(pair.value), path: [...cursor.path, key], key: spanOf(pair.key) } : null;
}

export const mapAt = (cursor: Cursor | null, key: string): (Cursor & { readonly node: MapNode }) | null => asMap(at(cursor, key));

export const asMap = (cursor: Cursor | null): (Cursor & { readonly node: MapNode }) | null => (cursor?.node.kind === 'map' ? (cursor as Cursor & { readonly node: MapNode }) : null);

/** The items of the list under a key, each with its own index in its path; null where there is no list. */
export function itemsAt(cursor: Cursor | null, key: string): readonly Cursor[] | null {
  return items(at(cursor, key));
}

export function items(list: Cursor | null): readonly Cursor[] | null {
  if (list?.node.kind !== 'seq') return null;
  return list.node.items.flatMap((item, index) => {
    const node = resolve(item);
    return node ? [{ node, span: spanOf(item), path: [...list.path, index], key: null }] : [];
  });
}

/** The pairs of the map under a key; of duplicate keys each. Null where there is no map. */
export function entriesAt(cursor: Cursor | null, key: string): readonly { readonly name: Field<string>; readonly value: Cursor }[] | null {
  const map = mapAt(cursor, key);
  if (!map) return null;
  return map.node.pairs.flatMap((pair) => {
    const node = resolve(pair.value);
    const path = [...map.path, pair.key.text];
    return node && pair.key.text !== '' ? [{ name: { value: pair.key.text, span: spanOf(pair.key), path }, value: { node, span: spanOf(pair.value), path, key: spanOf(pair.key) } }] : [];
  });
}

/** The scalar as a text; numbers and booleans are none. */
export function text(cursor: Cursor | null): Field<string> | null {
  const node = cursor?.node;
  return cursor && node?.kind === 'scalar' && typeof node.value === 'string' ? { value: node.value, span: cursor.span, path: cursor.path } : null;
}

export function number(cursor: Cursor | null): Field<number> | null {
  const node = cursor?.node;
  return cursor && node?.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value) ? { value: node.value, span: cursor.span, path: cursor.path } : null;
}

export function boolean(cursor: Cursor | null): Field<boolean> | null {
  const node = cursor?.node;
  return cursor && node?.kind === 'scalar' && typeof node.value === 'boolean' ? { value: node.value, span: cursor.span, path: cursor.path } : null;
}

/** The text, where it is one of those allowed. */
export function oneOf<T extends string>(cursor: Cursor | null, allowed: readonly T[]): Field<T> | null {
  const field = text(cursor);
  return field && (allowed as readonly string[]).includes(field.value) ? (field as Field<T>) : null;
}

export const textAt = (cursor: Cursor | null, key: string): Field<string> | null => text(at(cursor, key));
export const numberAt = (cursor: Cursor | null, key: string): Field<number> | null => number(at(cursor, key));
export const booleanAt = (cursor: Cursor | null, key: string): Field<boolean> | null => boolean(at(cursor, key));
export const oneOfAt = <T extends string>(cursor: Cursor | null, key: string, allowed: readonly T[]): Field<T> | null => oneOf(at(cursor, key), allowed);

/** The texts of a list; null where there is no list, empty where it is empty. */
export function textsAt(cursor: Cursor | null, key: string): readonly Field<string>[] | null {
  return itemsAt(cursor, key)?.flatMap((item) => text(item) ?? []) ?? null;
}

export function choicesAt<T extends string>(cursor: Cursor | null, key: string, allowed: readonly T[]): readonly Field<T>[] | null {
  return itemsAt(cursor, key)?.flatMap((item) => oneOf(item, allowed) ?? []) ?? null;
}

/** A map of texts; others are left out. */
export function labelsAt(cursor: Cursor | null, key: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { name, value } of entriesAt(cursor, key) ?? []) {
    const label = text(value);
    if (label) labels.set(name.value, label.value);
  }
  return labels;
}

/** A default in the place of what it belongs to. */
export const implied = <T>(value: T, where: Located): Field<T> => ({ value, span: where.span, path: where.path, implied: true });

export const located = (cursor: Cursor): Located => ({ span: cursor.span, path: cursor.path });

/** The value under a key as it is, or undefined. */
export function valueAt(value: PlainValue | undefined, key: string): PlainValue | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
