// Whether two texts say the same: equal values, keys in the same order, the same quotes and the same comments.
import type { Node, SourceTree } from '../../core/yaml';

export function sameMeaning(a: SourceTree, b: SourceTree, textA: string, textB: string): boolean {
  if (a.documents.length !== b.documents.length) return false;
  return a.documents.every((one, index) => {
    const other = b.documents[index];
    if (!other || other.problems.length > 0 || one.tags.length !== other.tags.length) return false;
    const comments = (tree: SourceTree, text: string): string => tree.documents[index]?.comments.map(({ start, end }) => text.slice(start, end).trimEnd()).join('\n') ?? '';
    return comments(a, textA) === comments(b, textB) && same(one.root, other.root);
  });
}

function same(a: Node | null, b: Node | null): boolean {
  if (!a || !b) return a === b;
  if (a.kind === 'scalar') return b.kind === 'scalar' && Object.is(a.value, b.value) && a.text === b.text && a.style === b.style;
  if (a.kind === 'alias') return b.kind === 'alias' && a.name === b.name;
  if (a.kind === 'map') return b.kind === 'map' && a.flow === b.flow && a.pairs.length === b.pairs.length && a.pairs.every(({ key, value }, i) => same(key, b.pairs[i]?.key ?? null) && same(value, b.pairs[i]?.value ?? null));
  return b.kind === 'seq' && a.flow === b.flow && a.items.length === b.items.length && a.items.every((item, i) => same(item, b.items[i] ?? null));
}
