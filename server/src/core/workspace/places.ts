// Places of a document by pointer, as a flat table: what findings about content need of the tree once it is gone.
import type { Span } from '../text';
import { resolve, type Node } from '../yaml';
import type { Places } from './facts';

/** Two numbers a value and two a key; strings are shared prefixes. Targets of aliases are entered where they first stand. */
export function placesOf(root: Node | null): Places {
  const values = new Map<string, Span>();
  const keys = new Map<string, Span>();
  const seen = new Set<Node>();
  const visit = (given: Node, pointer: string): void => {
    values.set(pointer, { start: given.start, end: given.end });
    const node = resolve(given);
    if (!node || node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'seq') node.items.forEach((item, index) => visit(item, `${pointer}/${index}`));
    else {
      for (const pair of node.pairs) {
        const at = `${pointer}/${pair.key.text.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (keys.has(at)) continue;
        keys.set(at, { start: pair.key.start, end: pair.key.end });
        visit(pair.value, at);
      }
    }
  };
  if (root) visit(root, '');
  return { value: (pointer) => values.get(pointer) ?? null, key: (pointer) => keys.get(pointer) ?? null };
}
