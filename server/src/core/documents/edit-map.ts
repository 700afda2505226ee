// Edits of maps in source text: insert a key in its usual place, remove a pair, replace a scalar; block, flow and JSON.
import type { FixEdit } from '../text';
import type { MapNode, Pair, ScalarNode, SeqNode } from '../yaml';

export interface Layout {
  readonly style: 'block' | 'flow' | 'json';
  /** blanks before the keys of the map */
  readonly indent: string;
  readonly eol: string;
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return text[end - 1] === '\r' && end > at ? end - 1 : end;
}

/** How the map is written; null for a pair in a list without braces (`[a: 1]`), which cannot take another. */
export function layoutOf(text: string, map: MapNode): Layout | null {
  const first = map.pairs[0];
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  if (map.flow) {
    if (text[map.start] !== '{') return null;
    return { style: first?.key.style === 'double' ? 'json' : 'flow', indent: '', eol };
  }
  return { style: 'block', indent: ' '.repeat(first ? first.key.start - lineStart(text, first.key.start) : 0), eol };
}

/** Where the pair's text ends, the colon of an empty value included. */
export function pairEnd(text: string, pair: Pair): number {
  let end = Math.max(pair.value.end, pair.key.end);
  while (end > pair.key.end && /\s/.test(text[end - 1] ?? '')) end--;
  if (pair.value.start === pair.value.end) {
    const colon = /^\s*:/.exec(text.slice(pair.key.end, pair.key.end + 40));
    if (colon) end = Math.max(end, pair.key.end + colon[0].length);
  }
  return end;
}

/** Inserts a pair after those that usually stand before it. `pair` writes it, given the layout. */
export function insertPair(text: string, map: MapNode, key: string, order: readonly string[], pair: (layout: Layout) => string): FixEdit | null {
  const layout = layoutOf(text, map);
  if (!layout) return null;
  const rank = order.indexOf(key);
  const before = map.pairs.findLast((p) => order.indexOf(p.key.text) < rank || rank < 0);
  const first = map.pairs[0];
  const at = (offset: number, newText: string): FixEdit => ({ span: { start: offset, end: offset }, newText });
  if (layout.style !== 'block') {
    if (!first) return at(map.start + 1, ` ${pair(layout)}${text[map.start + 1] === '}' ? ' ' : ''}`);
    const line = text.slice(lineStart(text, first.key.start), first.key.start);
    const gap = line.trim() === '' ? layout.eol + line : ' ';
    return before ? at(pairEnd(text, before), `,${gap}${pair(layout)}`) : at(first.key.start, `${pair(layout)},${gap}`);
  }
  if (!first) return null;
  if (!before) return at(first.key.start, `${pair(layout)}${layout.eol}${layout.indent}`);
  return at(lineEnd(text, pairEnd(text, before)), `${layout.eol}${layout.indent}${pair(layout)}`);
}

/** Removes a pair with its line or its comma. */
export function removePair(text: string, map: MapNode, index: number): FixEdit | null {
  const pair = map.pairs[index];
  if (!pair) return null;
  const [previous, next] = [map.pairs[index - 1], map.pairs[index + 1]];
  const end = pairEnd(text, pair);
  const cut = (start: number, stop: number, newText = ''): FixEdit => ({ span: { start, end: stop }, newText });
  if (map.flow) {
    if (next) return cut(pair.key.start, next.key.start);
    return previous ? cut(pairEnd(text, previous), end) : cut(pair.key.start, end);
  }
  if (!previous && !next) return cut(pair.key.start, end, '{}');
  const start = lineStart(text, pair.key.start);
  if (text.slice(start, pair.key.start).trim() !== '') return next ? cut(pair.key.start, next.key.start) : null;
  const stop = text.indexOf('\n', end);
  return stop < 0 ? cut(previous ? lineEnd(text, pairEnd(text, previous)) : start, text.length) : cut(start, stop + 1);
}

/** Removes an entry of a list that has others, with its lines or its comma. */
export function removeItem(text: string, list: SeqNode, index: number): FixEdit | null {
  const [item, previous, next] = [list.items[index], list.items[index - 1], list.items[index + 1]];
  if (!item || (!previous && !next)) return null;
  const cut = (start: number, end: number): FixEdit => ({ span: { start, end }, newText: '' });
  if (list.flow) return next ? cut(item.start, next.start) : previous ? cut(previous.end, item.end) : null;
  const start = lineStart(text, item.start);
  if (!/^ *- *$/.test(text.slice(start, item.start))) return null;
  if (next) return cut(start, lineStart(text, next.start));
  let end = item.end;
  while (end > item.start && /\s/.test(text[end - 1] ?? '')) end--;
  const newline = text.indexOf('\n', end);
  return newline < 0 ? cut(Math.max(0, start - 1), text.length) : cut(start, newline + 1);
}

/** The scalar with another text, in the quotes that it has; null for block scalars. */
export function replaceScalar(node: ScalarNode, value: string, plain: (value: string) => string): FixEdit | null {
  if (node.style === 'literal' || node.style === 'folded') return null;
  const newText = node.style === 'double' ? JSON.stringify(value) : node.style === 'single' ? `'${value.replaceAll("'", "''")}'` : plain(value);
  return { span: { start: node.start, end: node.end }, newText };
}
