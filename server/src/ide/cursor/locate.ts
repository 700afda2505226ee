// Finds the place of the cursor by parsing the text around it with a mark in the cursor's place, repaired where it is still being typed.
import { parseJson, parseYaml, type MapNode, type Node, type SeqNode } from '../../core/yaml';
import type { Cursor } from './cursor';
import { MARK, findMark, type Marked } from './find';
import { documentLines, relevant, type Line, type Stretch } from './lines';
import { patch, type Insertion, type Patched } from './patch';
import { closers, scanLine } from './scan-line';

interface Text {
  readonly source: string;
  readonly offset: number;
  readonly json: boolean;
  readonly eol: string;
  readonly line: Line;
  readonly lines: readonly Line[];
  readonly at: number;
}

/** A text with the mark in it, and how what was found in it is to be read. */
interface Try {
  readonly insertions: readonly Insertion[];
  readonly lead?: string;
  /** a colon was put behind the word, so its key may also be a value that is being typed */
  readonly open?: boolean;
  /** the word was put into quotes that the file does not have */
  readonly quoted?: Stretch;
  /** a list item that is not there yet */
  readonly item?: boolean;
}

/** The places that the cursor may be at, the likeliest first; none in comments and where nothing of a document can stand. */
export function locate(source: string, json: boolean, offset: number): Cursor[] {
  const text = textAt(source, json, offset);
  if (!text) return [];
  const groups = json ? [[jsonTry(text)]] : yamlTries(text);
  const stretches = json ? [{ start: 0, end: source.length }] : relevant(text.lines, text.at);
  const found: Cursor[] = [];
  for (const group of groups) {
    let best: { cursor: Cursor; problems: number } | null = null;
    for (const attempt of group) {
      const read = attempt && readTry(text, stretches, attempt);
      if (read && (!best || read.problems < best.problems)) best = read;
      if (best?.problems === 0) break;
    }
    if (best) found.push(best.cursor);
  }
  return found;
}

/** Longer lines are nothing that a person types. */
const MAX_LINE = 4000;
const MAX_JSON_LINE = 200_000;

function textAt(source: string, json: boolean, offset: number): Text | null {
  if (offset < 0 || offset > source.length) return null;
  const lines = json ? jsonLine(source, offset) : documentLines(source, offset);
  const at = lines.findIndex((line) => line.start <= offset && offset <= line.end);
  const line = lines[at];
  if (!line || line.end - line.start > (json ? MAX_JSON_LINE : MAX_LINE) || source.includes(MARK)) return null;
  return { source, offset, json, lines, line, at, eol: /\r?\n/.exec(source.slice(0, 10_000))?.[0] ?? '\n' };
}

function jsonLine(source: string, offset: number): Line[] {
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  const newline = source.indexOf('\n', offset);
  return [{ start, end: newline < 0 ? source.length : newline, indent: 0, dash: false }];
}

const mark = (offset: number, text: string = MARK): Insertion => ({ start: offset, end: offset, text });

function jsonTry(text: Text): Try | null {
  const { source, offset, line } = text;
  const open = scanLine(source.slice(line.start, offset), true);
  if (open.quote) return { insertions: [mark(offset, /^(?:[^"\\]|\\.)*"/.test(source.slice(offset, line.end)) ? MARK : `${MARK}"`)] };
  const word = wordAround(text, /[\w./:-]/);
  return { insertions: [{ ...word, text: `"${source.slice(word.start, offset)}${MARK}${source.slice(offset, word.end)}"` }], quoted: word };
}

function wordAround({ source, offset, line }: Text, char: RegExp): Stretch {
  let start = offset;
  let end = offset;
  while (start > line.start && char.test(source[start - 1] ?? '')) start--;
  while (end < line.end && char.test(source[end] ?? '')) end++;
  return { start, end };
}

/** A word alone on its line, perhaps behind dashes. */
const ALONE = /^ *(?:- +)*-? ?(?:"[^"]*|'[^']*|[^\s#"'{}[\],:!*&|>%@`-][^#"'{}[\],:]*)?$/;
const ALONE_REST = /^(?:[^\s#"'{}[\],:]*["']?[ \t]*(?:#.*)?)?$/;

function yamlTries(text: Text): (Try | null)[][] {
  const { source, offset, line, lines, at } = text;
  const before = source.slice(line.start, offset);
  const after = source.slice(offset, line.end);
  const open = scanLine(before, false);
  if (open.comment || before.includes('\t')) return [];
  const groups: (Try | null)[][] = [];
  if (ALONE.test(before) && ALONE_REST.test(after) && !/^ *-$/.test(before)) {
    const column = before.length - before.trimStart().length;
    const last = above(lines, at, (other) => other.indent <= column);
    const newItem = last?.dash === true && last.indent === column && !/^ *-/.test(before);
    const wordEnd = offset + (/^[^\s#]*/.exec(after)?.[0].length ?? 0);
    const asKey: Try = { insertions: [mark(offset), mark(wordEnd, open.quote && !after.includes(open.quote) ? `${open.quote}:` : ':')].slice(0, 2), open: true };
    if (newItem) groups.push([{ insertions: [mark(line.start + column, '- '), mark(offset), mark(wordEnd, ':')], open: true, item: true }]);
    if (!newItem || compact(lines, at, column)) groups.push([asKey, { insertions: [mark(offset)] }]);
    return groups;
  }
  const end = scanLine(source.slice(line.start, line.end), false);
  const rest: Insertion = { start: offset, end: line.end, text: MARK + closers(open) };
  const cut: Try = { insertions: [rest] };
  const special = specialWord(text, open.quote !== null);
  if (special) {
    const content = source.slice(special.start, special.end).replace(/["\\]/g, '\\$&');
    const typed = source.slice(special.start, offset).replace(/["\\]/g, '\\$&');
    const quoted = `"${typed}${MARK}${content.slice(typed.length)}"`;
    return [[{ insertions: [{ ...special, text: quoted }], quoted: special }, { insertions: [{ start: special.start, end: line.end, text: quoted + closers(open) }], quoted: special }]];
  }
  const plain: Try = { insertions: [mark(offset)] };
  const unbalanced = end.quote !== null || end.brackets.length > 0;
  groups.push(unbalanced ? [plain, cut] : [plain]);
  if (!open.quote && /(?:^|[\s{,-])[\w."'/*-]+:$/.test(before.slice(-200))) groups.push([{ insertions: [mark(offset, ` ${MARK}`)], lead: ' ' }, { insertions: [{ ...rest, text: ` ${rest.text}` }], lead: ' ' }]);
  else if (/^ *(?:- +)*-$/.test(before)) groups.unshift([{ insertions: [mark(offset, ` ${MARK}`)], lead: ' ' }]);
  return groups;
}

/** The nearest line above that is written on and fits. */
function above(lines: readonly Line[], at: number, fits: (line: Line) => boolean): Line | null {
  for (let i = at - 1; i >= 0; i--) {
    const line = lines[i];
    if (line && line.indent >= 0 && fits(line)) return line;
  }
  return null;
}

/** True where a list stands in the column of its key, so that a line there can be an item or a key. */
function compact(lines: readonly Line[], at: number, column: number): boolean {
  const owner = above(lines, at, (other) => other.indent <= column && !(other.dash && other.indent === column));
  return owner?.indent === column;
}

/** A plain word that YAML would not take for text: it begins with `!`, `*`, `&`, ... */
function specialWord(text: Text, quoted: boolean): Stretch | null {
  if (quoted) return null;
  const word = wordAround(text, /[^\s"'{}[\],]/);
  const { source, line } = text;
  if (!/[!*&%@`|>]/.test(source[word.start] ?? '') || word.start >= text.offset) return null;
  return word.start === line.start || /[\s{[,]/.test(source[word.start - 1] ?? '') ? word : null;
}

function readTry(text: Text, stretches: readonly Stretch[], attempt: Try): { cursor: Cursor; problems: number } | null {
  const insertions = attempt.insertions.filter((insertion, index, all) => !(index > 0 && insertion.start < (all[index - 1]?.end ?? 0)));
  const patched = text.json ? whole(text.source, insertions) : patch(text.source, stretches, insertions);
  const at = patched.text.indexOf(MARK);
  if (at < 0) return null;
  const tree = text.json ? parseJson(patched.text) : parseYaml(patched.text);
  const document = tree.documents.find((d) => d.start <= at && at <= d.end);
  const marked = findMark(document?.root ?? null, at);
  if (!document || !marked) return null;
  const node = marked.node;
  if (patched.text.slice(node.start, at).includes('\n') && node.kind === 'scalar' && !conditionLike(node)) return null;
  if (attempt.open && marked.role !== 'key') return null;
  if (attempt.open && !aligned(patched.text, marked)) return null;
  return { cursor: cursorOf(text, patched, document.root, marked, attempt), problems: document.problems.length };
}

const conditionLike = (node: { readonly style: string }): boolean => node.style !== 'plain';

function whole(source: string, insertions: readonly Insertion[]): Patched {
  const insertion = insertions[0];
  if (!insertion) return { text: source, original: (offset) => offset };
  const by = insertion.text.length - (insertion.end - insertion.start);
  return {
    text: source.slice(0, insertion.start) + insertion.text + source.slice(insertion.end),
    original: (offset) => (offset <= insertion.start ? offset : offset >= insertion.start + insertion.text.length ? offset - by : Math.min(insertion.end, offset)),
  };
}

/** The keys of a block map stand in one column; a parser that repairs puts others there too. */
function aligned(text: string, { node, map }: Marked): boolean {
  if (!map || map.flow) return true;
  const column = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  return map.pairs.every((pair) => pair.key.start === pair.key.end || column(pair.key.start) === column(node.start));
}

function cursorOf(text: Text, patched: Patched, root: Node | null, marked: Marked, attempt: Try): Cursor {
  const { source, offset } = text;
  const { node, map, pair, list } = marked;
  const decoded = node.kind === 'alias' ? `*${node.name}` : node.text;
  const split = decoded.indexOf(MARK);
  const style = text.json ? 'json' : (map ?? list)?.flow === true ? 'flow' : 'block';
  const added = attempt.quoted !== undefined;
  const quote = node.kind === 'scalar' && !added && (node.style === 'double' || node.style === 'single') ? (node.style === 'double' ? '"' : "'") : null;
  // a word in front of a key that stands there already: the parser takes both for one key
  const glued = marked.role === 'key' && pair !== null && quote === null && split >= 0 && /^\s+\S/.test(decoded.slice(split + 1));
  const kept = glued && pair && node.kind === 'scalar' ? [{ ...pair, key: { ...node, text: decoded.slice(split + 1).trim() } }] : [];
  const full = attempt.quoted ?? { start: patched.original(node.start), end: patched.original(node.end) };
  const start = Math.min(full.start, offset);
  const end = glued ? offset : Math.max(full.end, offset);
  const closed = quote !== null && end - start >= 2 && source[end - 1] === quote;
  const alone = attempt.open === true && pair !== null && map !== null && map.pairs.length === 1;
  const column = columnOf(patched.text, marked);
  const siblings = map && marked.role === 'key' ? { ...map, pairs: map.pairs.flatMap((p) => (p === pair ? kept : [p])) } : map;
  const others: SeqNode | null = list && marked.role === 'value' ? { ...list, items: list.items.filter((item) => item !== node) } : list && { ...list, items: list.items.filter((item) => item !== map) };
  return {
    at: marked.role === 'key' ? (alone ? 'open' : 'key') : 'value',
    path: marked.path,
    root,
    map: siblings as MapNode | null,
    list: others,
    typed: split < 0 ? decoded : decoded.slice(0, split),
    rest: split < 0 || glued ? '' : decoded.slice(split + 1),
    whole: { start, end },
    inner: quote ? { start: Math.min(start + 1, offset), end: closed ? end - 1 : end } : { start, end },
    quote,
    closed,
    style,
    column,
    lead: attempt.item ? '- ' : (attempt.lead ?? ''),
    colon: marked.role === 'key' && !glued && attempt.open !== true && pair !== null && /^\s*:/.test(patched.text.slice(pair.key.end, pair.key.end + 20)),
    eol: text.eol,
  };
}

function columnOf(text: string, { role, node, pair, list }: Marked): number {
  const column = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  if (role === 'key') return column(node.start);
  if (pair) return column(pair.key.start);
  if (list && !list.flow) return column(list.start);
  return text.slice(text.lastIndexOf('\n', node.start - 1) + 1).search(/\S|$/);
}
