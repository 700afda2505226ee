// The tree of a file, and what stands at an offset in it.
import type { MapNode, Node, Pair, PathStep, SourceDocument, SourceTree } from '../core/yaml';
import type { Workspace } from '../core/workspace';

/** The tree of a file, or null for a file that the workspace does not know. */
export const treeOf = (workspace: Workspace, path: string): SourceTree | null => workspace.tree(path);

/** The document in which the offset stands, the earlier where two touch. */
export const documentOf = (tree: SourceTree, offset: number): SourceDocument | null => tree.documents.find((d) => d.start <= offset && offset < d.end) ?? tree.documents.find((d) => d.start <= offset && offset <= d.end) ?? null;

export interface Found {
  readonly role: 'key' | 'value';
  /** of the value, also for a key */
  readonly path: readonly PathStep[];
  readonly node: Node;
  readonly pair: Pair | null;
  readonly map: MapNode | null;
  /** the nodes around, outermost first, the node itself included; a pair stands behind its map */
  readonly chain: readonly (Node | Pair)[];
}

const MAX_STEPS = 400;

/** The innermost thing at the offset; the end of a scalar belongs to it. */
export function findAt(root: Node | null, offset: number): Found | null {
  const path: PathStep[] = [];
  const chain: (Node | Pair)[] = [];
  let node = root;
  let pair: Pair | null = null;
  let map: MapNode | null = null;
  const within = (span: { start: number; end: number }): boolean => span.start <= offset && offset <= span.end;
  for (let i = 0; node && i < MAX_STEPS; i++) {
    const here: Node = node;
    chain.push(here);
    if (here.kind === 'map') {
      const next: Pair | undefined = here.pairs.find((p) => p.key.start <= offset && offset <= Math.max(p.key.end, p.value.end));
      if (!next) return { role: 'value', path, node: here, pair, map, chain };
      chain.push(next);
      path.push(next.key.text);
      [map, pair] = [here, next];
      if (offset <= next.key.end) return { role: 'key', path, node: next.key, pair, map, chain: [...chain, next.key] };
      if (!within(next.value)) return { role: 'value', path, node: next.value, pair, map, chain };
      node = next.value;
    } else if (here.kind === 'seq') {
      const index: number = here.items.findIndex(within);
      if (index < 0) return { role: 'value', path, node: here, pair, map, chain };
      path.push(index);
      [map, pair] = [null, null];
      node = here.items[index] ?? null;
    } else return { role: 'value', path, node: here, pair, map, chain };
  }
  return null;
}

