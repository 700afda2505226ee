// What the editor selects step by step outwards: word, scalar, value, pair, map, up to the document; in conditions the parts of the expression.
import { childrenOf, parseCondition, type Expr } from '../core/conditions';
import type { Span } from '../core/text';
import { touches } from '../core/text';
import { scalarMap, type ScalarNode } from '../core/yaml';
import type { Workspace } from '../core/workspace';
import { documentAt } from './conditions';
import { documentOf, findAt, treeOf } from './tree';

export function selectionRanges(workspace: Workspace, path: string, offsets: readonly number[]): readonly (readonly Span[])[] {
  const text = workspace.text(path);
  const role = workspace.facts(path)?.role;
  const tree = text === null || role === 'foreign' || role === 'none' ? null : treeOf(workspace, path);
  if (text === null || !tree) return offsets.map(() => []);
  return offsets.map((offset) => {
    const document = documentOf(tree, offset);
    const spans: Span[] = [{ start: 0, end: text.length }];
    if (document && tree.documents.length > 1) spans.push({ start: document.start, end: document.end });
    const found = document?.root && findAt(document.root, offset);
    for (const part of found ? found.chain : []) spans.push('key' in part ? { start: part.key.start, end: Math.max(part.key.end, part.value.end) } : { start: part.start, end: part.end });
    if (found && found.node.kind === 'scalar' && touches(found.node, offset)) spans.push(...scalarSpans(workspace, path, text, offset, found.node));
    return nested(spans.map((span) => trimmed(text, span)), offset);
  });
}

const trimmed = (text: string, { start, end }: Span): Span => (end - start === text.length ? { start, end } : { start, end: start + text.slice(start, end).trimEnd().length });

function scalarSpans(workspace: Workspace, path: string, text: string, offset: number, node: ScalarNode): Span[] {
  const spans: Span[] = [];
  if (node.style === 'double' || node.style === 'single') spans.push({ start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) });
  const condition = documentAt(workspace, path, offset)?.conditions.find((one) => one.node.start === node.start);
  if (condition) spans.push(...expressionSpans(text, node, offset));
  const word = wordAt(text, offset, node);
  if (word) spans.push(word);
  return spans;
}

function wordAt(text: string, offset: number, within: Span): Span | null {
  let [start, end] = [offset, offset];
  while (start > within.start && /[\w-]/.test(text[start - 1] ?? '')) start--;
  while (end < within.end && /[\w-]/.test(text[end] ?? '')) end++;
  return start < end ? { start, end } : null;
}

/** The parts of the expression around the offset, outermost first. */
function expressionSpans(text: string, node: ScalarNode, offset: number): Span[] {
  const { ast } = parseCondition(node.text);
  const map = scalarMap(text, node);
  const spans: Span[] = [];
  if (!ast || !map.exact) return spans;
  const visit = (expr: Expr, depth: number): void => {
    const span = map.span(expr.span.start, expr.span.end);
    if (depth > 200 || !touches(span, offset)) return;
    spans.push(span);
    const next = childrenOf(expr).find((part) => touches(map.span(part.span.start, part.span.end), offset));
    if (next) visit(next, depth + 1);
  };
  visit(ast, 0);
  return spans;
}

/** From the innermost outwards, each within the next and none twice. */
function nested(spans: readonly Span[], offset: number): Span[] {
  const sorted = spans.filter((span) => touches(span, offset)).sort((a, b) => a.end - a.start - (b.end - b.start));
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept[kept.length - 1];
    if (!last || (span.start <= last.start && last.end <= span.end && span.end - span.start > last.end - last.start)) kept.push(span);
  }
  return kept;
}
