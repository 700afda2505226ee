// The tree as plain values, for validators and engines. What several aliases stand for is converted once and shared.
import type { ParseMemo } from './blocks';
import type { Node, Plain } from './tree';

export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

/**
 * Values by the core schema. An unresolved alias is null; of duplicate keys the last counts; objects have no prototype's keys.
 * With a memo, an entry that was read before gives the very value that it gave then: nobody may change it.
 */
export function plainValue(node: Node | null, memo?: ParseMemo): PlainValue {
  let shared: Map<Plain, PlainValue> | null = null;
  const visit = (at: Node | null): PlainValue => {
    if (!at) return null;
    if (at.kind === 'scalar') return at.value;
    if (at.kind === 'alias') {
      if (!at.target || at.target.kind === 'scalar') return at.target?.value ?? null;
      shared ??= new Map();
      const known = shared.get(at.target);
      if (known !== undefined) return known;
      const value = visit(at.target);
      shared.set(at.target, value);
      return value;
    }
    const twin = memo?.twin(at);
    const kept = twin && memo?.values.get(twin);
    if (kept !== undefined) return kept;
    const value = at.kind === 'seq' ? at.items.map(visit) : mapOf(at.pairs.map(({ key, value }): [string, PlainValue] => [key.text, visit(value)]));
    if (twin) memo?.values.set(twin, value);
    return value;
  };
  return visit(node);
}

function mapOf(entries: readonly [string, PlainValue][]): PlainValue {
  const map: { [key: string]: PlainValue } = {};
  for (const [key, value] of entries) {
    if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
    else map[key] = value;
  }
  return map;
}
