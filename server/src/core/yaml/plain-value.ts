// The tree as plain values, for validators and engines. An alias' target is converted once and shared.
import { resolve, type Node } from './tree';

export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

/** Values by the core schema. An unresolved alias is null; of duplicate keys the last counts; objects have no prototype's keys. */
export function plainValue(node: Node | null): PlainValue {
  const seen = new Map<Node, PlainValue>();
  const visit = (given: Node | null): PlainValue => {
    const at = resolve(given);
    if (!at) return null;
    if (at.kind === 'scalar') return at.value;
    const known = seen.get(at);
    if (known !== undefined) return known;
    if (at.kind === 'seq') {
      const list: PlainValue[] = [];
      seen.set(at, list);
      for (const item of at.items) list.push(visit(item));
      return list;
    }
    const map: { [key: string]: PlainValue } = {};
    seen.set(at, map);
    for (const pair of at.pairs) Object.defineProperty(map, pair.key.text, { value: visit(pair.value), enumerable: true, configurable: true, writable: true });
    return map;
  };
  return visit(node);
}
