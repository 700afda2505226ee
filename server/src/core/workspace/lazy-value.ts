// Plain values that are made when first asked for.
import { plainValue, type Node, type ParseMemo, type PlainValue } from '../yaml';

/** Gives a value that is there. */
export const madeValue = (value: PlainValue) => (): PlainValue => value;

/** Gives the plain value of a tree, which may be let go after that. */
export function lazyValue(root: () => Node | null, memo?: ParseMemo): () => PlainValue {
  let made: { readonly value: PlainValue } | null = null;
  return () => (made ??= { value: plainValue(root(), memo) }).value;
}
