// The node that holds a mark: a character put into the text where the cursor is, so that the parser itself says what the place is.
import type { AliasNode, MapNode, Node, Pair, PathStep, ScalarNode, SeqNode } from '../../core/yaml';

/** Of the private use area: printable for YAML, in nobody's text. */
export const MARK = '\ue000';

export interface Marked {
  readonly role: 'key' | 'value';
  /** of the map for a key, of the value for a value */
  readonly path: readonly PathStep[];
  readonly node: ScalarNode | AliasNode;
  /** the map that holds the key, or of which the node is a pair's value */
  readonly map: MapNode | null;
  readonly pair: Pair | null;
  /** the list of which the node is an item */
  readonly list: SeqNode | null;
}

/** Looks for the mark at an offset. */
export function findMark(root: Node | null, at: number): Marked | null {
  const path: PathStep[] = [];
  let node = root;
  let map: MapNode | null = null;
  let pair: Pair | null = null;
  let list: SeqNode | null = null;
  const holds = (span: { start: number; end: number }): boolean => span.start <= at && at < span.end;
  for (let depth = 0; node && depth < 200; depth++) {
    if (node.kind === 'scalar' || node.kind === 'alias') return holds(node) ? { role: 'value', path, node, map, pair, list } : null;
    if (node.kind === 'map') {
      const owner: MapNode = node;
      const keyed: Pair | undefined = owner.pairs.find((p) => holds(p.key));
      if (keyed) return { role: 'key', path, node: keyed.key, map: owner, pair: keyed, list };
      const valued: Pair | undefined = owner.pairs.find((p) => holds(p.value));
      if (!valued) return null;
      [map, pair, list] = [owner, valued, null];
      path.push(valued.key.text);
      node = valued.value;
    } else {
      const items: SeqNode = node;
      const index: number = items.items.findIndex(holds);
      if (index < 0) return null;
      [map, pair, list] = [null, null, items];
      path.push(index);
      node = items.items[index] ?? null;
    }
  }
  return null;
}
