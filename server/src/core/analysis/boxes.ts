// A diagram as boxes: disjoint, each a set of classes a variable. Boxes that differ in one dimension become one, in a fixed order, so that the same input gives the same boxes.
import type { Diagrams, NodeId } from './nodes';

/** Dimensions by name, each a sorted set; an absent dimension is anything. */
export interface Box<T> {
  readonly sets: ReadonlyMap<string, readonly number[]>;
  readonly value: T;
}

const MAX_BOXES = 5_000;

/** The boxes of a diagram whose terminals `keep` takes, the first `most` of them; dimensions are levels as text. `masks`: the classes of each level that exist. */
export function boxesOf(diagrams: Diagrams, node: NodeId, masks: readonly (readonly boolean[])[], keep: (terminal: NodeId) => boolean, most = MAX_BOXES): { readonly boxes: Box<NodeId>[]; readonly whole: boolean } {
  const boxes: Box<NodeId>[] = [];
  const path: [string, readonly number[]][] = [];
  const fruitful = new Map<NodeId, boolean>();
  const reaches = (at: NodeId): boolean => {
    if (at < 0) return keep(at);
    let known = fruitful.get(at);
    if (known === undefined) {
      const mask = masks[diagrams.level(at)] ?? [];
      known = diagrams.children(at).some((child, index) => mask[index] === true && reaches(child));
      fruitful.set(at, known);
    }
    return known;
  };
  let whole = true;
  const visit = (at: NodeId): void => {
    if (!whole || !reaches(at)) return;
    if (at < 0) {
      if (boxes.length >= most) whole = false;
      else boxes.push({ sets: new Map(path), value: at });
      return;
    }
    const level = diagrams.level(at);
    const mask = masks[level] ?? [];
    const groups = new Map<NodeId, number[]>();
    diagrams.children(at).forEach((child, index) => {
      if (mask[index] !== true) return;
      const group = groups.get(child);
      if (group) group.push(index);
      else groups.set(child, [index]);
    });
    const all = mask.filter(Boolean).length;
    for (const [child, classes] of groups) {
      // all classes that exist: the variable does not matter
      if (classes.length === all) visit(child);
      else {
        path.push([String(level), classes]);
        visit(child);
        path.pop();
      }
    }
  };
  visit(node);
  return { boxes, whole };
}

/** Unites boxes of one value that differ in one dimension only, to a fixpoint. `sizes` gives how many entries make a dimension "anything". */
export function mergeBoxes<T>(boxes: readonly Box<T>[], dimensions: readonly string[], keyOf: (value: T) => string, unite: (a: T, b: T) => T, size: (dimension: string) => number): readonly Box<T>[] {
  if (boxes.length < 2) return boxes;
  let current = boxes;
  // each box's dimensions in one order, as text
  const parts = new Map<Box<T>, readonly (readonly [name: string, text: string])[]>();
  const partsOf = (box: Box<T>): readonly (readonly [name: string, text: string])[] => {
    let known = parts.get(box);
    if (!known) parts.set(box, (known = [...box.sets].map(([name, set]) => [name, `;${name}:${set.join(',')}`] as const).sort(([a], [b]) => (a < b ? -1 : 1))));
    return known;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const dimension of dimensions) {
      const buckets = new Map<string, Box<T>[]>();
      for (const box of current) {
        let key = keyOf(box.value);
        for (const part of partsOf(box)) if (part[0] !== dimension) key += part[1];
        const bucket = buckets.get(key);
        if (bucket) bucket.push(box);
        else buckets.set(key, [box]);
      }
      if (buckets.size === current.length) continue;
      changed = true;
      current = [...buckets.values()].map((bucket) => bucket.reduce((a, b) => {
        const sets = new Map(a.sets);
        const [x, y] = [a.sets.get(dimension), b.sets.get(dimension)];
        const both = x && y ? [...new Set([...x, ...y])].sort((p, q) => p - q) : null;
        if (both && both.length < size(dimension)) sets.set(dimension, both);
        else sets.delete(dimension);
        return { sets, value: unite(a.value, b.value) };
      }));
    }
  }
  return current;
}

/** True where some point of the box leads to a terminal that `is` takes. */
export function meets(diagrams: Diagrams, node: NodeId, sets: ReadonlyMap<string, readonly number[]>, masks: readonly (readonly boolean[])[], is: (terminal: NodeId) => boolean): boolean {
  // nodes from which no point of the box leads there
  let dead: Set<NodeId> | null = null;
  const visit = (at: NodeId): boolean => {
    if (at < 0) return is(at);
    if (dead?.has(at)) return false;
    const level = diagrams.level(at);
    const within = sets.get(String(level));
    const mask = masks[level];
    const children = diagrams.children(at);
    for (let index = 0; index < children.length; index++) if (mask?.[index] === true && (within?.includes(index) ?? true) && visit(children[index] as NodeId)) return true;
    (dead ??= new Set()).add(at);
    return false;
  };
  return visit(node);
}
