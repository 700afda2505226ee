// Plain values that are made when asked for and held no longer than memory allows.
import { plainValue, type Node, type ParseMemo, type PlainValue } from '../yaml';

/** Gives the plain value of a tree; the last one made is reused as long as somebody else still holds it or memory is plenty. */
export function lazyValue(root: Node | null, memo?: ParseMemo): () => PlainValue {
  let kept: WeakRef<object> | null = null;
  return () => {
    const known = kept?.deref();
    if (known) return known as PlainValue;
    const value = plainValue(root, memo);
    if (typeof value === 'object' && value !== null) kept = new WeakRef(value);
    return value;
  };
}
