// Trees moved by a number of units: stretches are kept with offsets of their own.
import type { Span } from '../text';
import type { Node, Pair, Plain, ScalarNode, SyntaxProblem } from './tree';

export const shiftSpan = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });

/** A problem with its fix, whose place moves too. */
export const shiftProblem = (problem: SyntaxProblem, by: number): SyntaxProblem => ({
  ...problem,
  span: shiftSpan(problem.span, by),
  ...(problem.fix?.span ? { fix: { ...problem.fix, span: shiftSpan(problem.fix.span, by) } } : {}),
});

/** A copy with every offset moved; what aliases share stays shared. */
export function shiftNode(root: Node, by: number): Node {
  if (by === 0) return root;
  const moved = new Map<Plain, Plain>();
  const shared = hasAlias(root);
  const visit = (node: Node): Node => {
    if (node.kind === 'scalar') {
      const copy = shiftScalar(node, by);
      if (shared) moved.set(node, copy);
      return copy;
    }
    if (node.kind === 'alias') return { ...node, start: node.start + by, end: node.end + by, target: node.target && (moved.get(node.target) ?? node.target) };
    const [start, end] = [node.start + by, node.end + by];
    const copy: Plain =
      node.kind === 'map'
        ? { kind: 'map', start, end, flow: node.flow, pairs: node.pairs.map((pair): Pair => ({ key: shiftScalar(pair.key, by), value: visit(pair.value) })) }
        : { kind: 'seq', start, end, flow: node.flow, items: node.items.map(visit) };
    if (shared) moved.set(node, copy);
    return copy;
  };
  return visit(root);
}

export const shiftScalar = (n: ScalarNode, by: number): ScalarNode => ({ kind: 'scalar', start: n.start + by, end: n.end + by, value: n.value, text: n.text, style: n.style });

/** The same for a tree without aliases, of which most is never looked at again: what lies in its entries is moved when it is asked for. */
export function shiftEntries(root: Node, by: number): Node {
  if (by === 0 || root.kind === 'scalar' || root.kind === 'alias') return shiftNode(root, by);
  const [start, end] = [root.start + by, root.end + by];
  return root.kind === 'map'
    ? { kind: 'map', start, end, flow: root.flow, pairs: root.pairs.map((pair): Pair => ({ key: shiftScalar(pair.key, by), value: shiftLate(pair.value, by) })) }
    : { kind: 'seq', start, end, flow: root.flow, items: root.items.map((item) => shiftLate(item, by)) };
}

/** Made of literals: for whoever looks at it, it is a node like any other. */
function shiftLate(node: Node, by: number): Node {
  if (node.kind === 'scalar') return shiftScalar(node, by);
  if (node.kind === 'alias') return shiftNode(node, by);
  const [start, end] = [node.start + by, node.end + by];
  if (node.kind === 'map') {
    let pairs: readonly Pair[] | null = null;
    return { kind: 'map', start, end, flow: node.flow, get pairs() { return (pairs ??= node.pairs.map(({ key, value }): Pair => ({ key: shiftScalar(key, by), value: shiftLate(value, by) }))); } };
  }
  let items: readonly Node[] | null = null;
  return { kind: 'seq', start, end, flow: node.flow, get items() { return (items ??= node.items.map((item) => shiftLate(item, by))); } };
}

function hasAlias(node: Node): boolean {
  if (node.kind === 'alias') return true;
  if (node.kind === 'map') return node.pairs.some((pair) => hasAlias(pair.value));
  return node.kind === 'seq' && node.items.some(hasAlias);
}
