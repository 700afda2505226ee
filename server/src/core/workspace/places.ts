// Places of a document by pointer, looked up in its tree.
import type { Span } from '../text';
import { fromPointer, nodeAt, pairOf, type Node } from '../yaml';
import type { Places } from './facts';

const spanOf = (node: Node | null | undefined): Span | null => (node ? { start: node.start, end: node.end } : null);

/** `root` is asked for with each place: the tree may have been let go. */
export function placesOf(root: () => Node | null): Places {
  return {
    value: (pointer) => spanOf(nodeAt(root(), fromPointer(pointer))),
    key(pointer) {
      const path = fromPointer(pointer);
      const last = path.pop();
      return last === undefined ? null : spanOf(pairOf(nodeAt(root(), path), last)?.key);
    },
  };
}
