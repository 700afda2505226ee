// The column in which each line of a YAML file should begin, from the structure of its documents.
import { LineIndex } from '../../core/text';
import type { Node, SourceTree } from '../../core/yaml';

/** `text`: lies within a scalar or a flow collection that began above; only what its style allows may change. */
export type Inside = 'none' | 'block-scalar' | 'quoted' | 'plain' | 'flow';

export interface LineLayout {
  readonly start: number;
  /** without the line break */
  readonly end: number;
  /** blanks at the beginning as they are */
  readonly indent: number;
  /** the column wanted; null to leave the line as it is */
  wanted: number | null;
  inside: Inside;
  comment: boolean;
  blank: boolean;
  /** blanks behind a dash that are too many or too few: where they begin and how many there are */
  gaps: { readonly at: number; readonly length: number }[];
}

const STEP = 2;

export function columns(text: string, tree: SourceTree): LineLayout[] {
  const index = new LineIndex(text);
  const lines: LineLayout[] = [];
  for (let i = 0; i < index.lineCount; i++) {
    const start = index.offset({ line: i, character: 0 }) + (i === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0);
    const line = text.slice(start, index.offset({ line: i, character: 0 }) + index.line(i).length);
    const trimmed = line.trimStart();
    lines.push({ start, end: start + line.length, indent: line.length - trimmed.length, wanted: null, inside: 'none', comment: trimmed.startsWith('#'), blank: trimmed === '', gaps: [] });
  }
  const place: Placer = { text, lines, lineOf: (offset) => index.position(offset).line };
  for (const document of tree.documents) if (document.root) placeNode(place, document.root, 0, -1);
  placeComments(lines);
  return lines;
}

interface Placer {
  readonly text: string;
  readonly lines: LineLayout[];
  readonly lineOf: (offset: number) => number;
}

/** True when nothing but blanks and dashes stand before the offset on its line. */
const leads = ({ text, lines, lineOf }: Placer, offset: number): boolean => /^ *(?:- +)*$/.test(text.slice(lines[lineOf(offset)]?.start ?? 0, offset));

/** Begins a line in a column if the offset is the first thing on it. */
function begin(place: Placer, offset: number, column: number): void {
  const line = place.lines[place.lineOf(offset)];
  if (line && line.wanted === null && line.inside === 'none' && line.start + line.indent === offset) line.wanted = column;
}

/** `column`: where the node's entries begin; `parent`: the column of what holds it. */
function placeNode(place: Placer, node: Node, column: number, parent: number): void {
  if (node.kind === 'alias') return;
  if (node.kind === 'scalar') return inside(place, node.start, node.end, node.style === 'literal' || node.style === 'folded' ? 'block-scalar' : node.style === 'plain' ? 'plain' : 'quoted', Math.max(parent, 0) + STEP);
  if (node.flow) return inside(place, node.start, node.end, 'flow', column);
  if (node.kind === 'map') {
    for (const { key, value } of node.pairs) {
      begin(place, key.start, column);
      placeNode(place, value, column + STEP, column);
    }
    return;
  }
  node.items.forEach((item) => {
    const dash = dashBefore(place, node.start, item.start);
    if (dash === null) return;
    begin(place, dash, column);
    gapBehind(place, dash, item);
    placeNode(place, item, column + STEP, column);
  });
}

/** The dash of an item: the last before it that leads its line. */
function dashBefore(place: Placer, listStart: number, itemStart: number): number | null {
  for (let at = itemStart; at >= listStart; at--) {
    if (place.text[at] !== '-' || /\S/.test(place.text[at + 1] ?? ' ')) continue;
    if (leads(place, at) && /^-(?:\s|#[^\n]*|&\S+)*$/.test(place.text.slice(at, itemStart))) return at;
  }
  return null;
}

/** Between a dash and what stands on its line there is one blank. */
function gapBehind(place: Placer, dash: number, item: Node): void {
  const between = place.text.slice(dash + 1, item.start);
  const line = place.lines[place.lineOf(dash)];
  if (line && between.length > 1 && /^ +$/.test(between) && item.end > item.start) line.gaps.push({ at: dash + 1, length: between.length });
}

/** Lines of a text or flow collection behind its first. */
function inside(place: Placer, start: number, end: number, kind: Inside, column: number): void {
  const [first, last] = [place.lineOf(start), place.lineOf(Math.max(start, end))];
  if (kind === 'flow' || kind === 'plain' || kind === 'quoted') begin(place, start, column);
  let stop = kind === 'block-scalar' && end > start && place.text[end - 1] === '\n' ? last - 1 : last;
  // blank lines behind a block scalar are its content only where its header keeps them
  if (kind === 'block-scalar' && !/^[|>]\d?\+/.test(place.text.slice(start, start + 3))) while (stop > first && place.lines[stop]?.blank) stop--;
  for (let i = first + 1; i <= stop; i++) {
    const line = place.lines[i];
    if (!line) break;
    line.inside = kind;
    line.wanted = null;
  }
  if (stop <= first) return;
  const rest = place.lines.slice(first + 1, stop + 1).filter((line) => !line.blank);
  const closing = kind === 'flow' ? closingLine(place, rest) : null;
  const least = Math.min(...rest.filter((line) => line !== closing).map((line) => line.indent));
  if (kind === 'block-scalar' && /^[|>][+-]?\d/.test(place.text.slice(start, start + 3))) return;
  for (const line of rest) line.wanted = line === closing ? Math.max(0, column - STEP) : line.indent - least + column;
}

/** The last line of a flow collection, if it only closes: it stands where the collection's line begins. */
function closingLine(place: Placer, rest: readonly LineLayout[]): LineLayout | null {
  const last = rest[rest.length - 1];
  return last && /^[\]}]+\s*(?:#.*)?$/.test(place.text.slice(last.start + last.indent, last.end)) ? last : null;
}

/** A comment stands with what follows it where it stood with it before, else with what stands above in its old column. */
function placeComments(lines: LineLayout[]): void {
  const moved = new Map<number, number>();
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as LineLayout;
    if (line.inside !== 'none' || line.blank) continue;
    if (!line.comment) {
      if (line.wanted !== null) {
        for (const old of [...moved.keys()]) if (old > line.indent) moved.delete(old);
        moved.set(line.indent, line.wanted);
      } else moved.clear();
      continue;
    }
    const next = lines.slice(i + 1, i + 200).find((other) => !other.blank && !other.comment);
    if (next && next.inside === 'none' && next.indent === line.indent && next.wanted !== null) line.wanted = next.wanted;
    else line.wanted = moved.get(line.indent) ?? null;
  }
}
