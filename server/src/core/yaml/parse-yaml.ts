// YAML text to our tree. The library's lexer, CST parser and composer do the reading; depth is checked on its flat
// token stream first, because composing recurses.
import { Composer, Parser, isAlias, isMap, isScalar, isSeq, type CST, type Document, type ParsedNode } from 'yaml';
import type { Span } from '../text';
import { MAX_DEPTH, MAX_EXPANDED, expandedSize, tooLarge } from './limits';
import type { AliasNode, MapNode, Node, Pair, Plain, ScalarNode, ScalarStyle, SeqNode, SourceDocument, SourceTree, SyntaxProblem } from './tree';
import { plainMessage } from './yaml-messages';

const STYLES: Record<string, ScalarStyle> = { PLAIN: 'plain', QUOTE_SINGLE: 'single', QUOTE_DOUBLE: 'double', BLOCK_LITERAL: 'literal', BLOCK_FOLDED: 'folded' };

/** Parses YAML 1.2 (core schema). Never throws: faults are problems of the document in which they stand. `base` is added to every offset. */
export function parseYaml(text: string, base = 0): SourceTree {
  const large = tooLarge(text);
  if (large) return failed(text, base, { code: 'too-large', span: { start: base, end: base + firstLine(text) }, message: large });
  const tokens: CST.Token[] = [...new Parser().parse(text)];
  const marks = scanTokens(tokens, base);
  if (marks.deepAt !== null) {
    const span = { start: marks.deepAt, end: marks.deepAt + 1 };
    return failed(text, base, { code: 'too-large', span, message: `More than ${MAX_DEPTH} levels of maps and lists within each other are not read.` });
  }
  const composer = new Composer({ keepSourceTokens: false, prettyErrors: false, uniqueKeys: false, version: '1.2', schema: 'core' });
  const documents: SourceDocument[] = [];
  let from = 0;
  for (const document of composer.compose(tokens, true, text.length)) {
    const to = document.range[2];
    documents.push(convert(document, text, base, from, to, marks));
    from = to;
  }
  return { documents };
}

interface Marks {
  tags: Span[];
  comments: Span[];
  deepAt: number | null;
}

/** Walks the token tree without recursion: tags, comments, and the first place that is nested too deeply. */
function scanTokens(tokens: readonly CST.Token[], base: number): Marks {
  const marks: Marks = { tags: [], comments: [], deepAt: null };
  const stack: { token: CST.Token; depth: number }[] = [];
  for (let i = tokens.length - 1; i >= 0; i--) stack.push({ token: tokens[i] as CST.Token, depth: 0 });
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { token, depth } = top;
    if (depth > MAX_DEPTH) marks.deepAt ??= base + token.offset;
    if (marks.deepAt !== null) break;
    const add = (list: readonly CST.SourceToken[] | undefined): void => {
      for (const t of list ?? []) mark(t, marks, base);
    };
    if ('source' in token && (token.type === 'comment' || token.type === 'tag')) mark(token as CST.SourceToken, marks, base);
    if ('props' in token) for (const t of token.props) if (t.type !== 'space' && t.type !== 'newline') mark(t as CST.SourceToken, marks, base);
    if ('end' in token) add(token.end);
    if (token.type === 'document') add(token.start);
    if ('value' in token && token.value) stack.push({ token: token.value, depth });
    if ('items' in token) {
      for (let i = token.items.length - 1; i >= 0; i--) {
        const item = token.items[i];
        if (!item) continue;
        add(item.start);
        add('sep' in item ? item.sep : undefined);
        if ('value' in item && item.value) stack.push({ token: item.value, depth: depth + 1 });
        if ('key' in item && item.key) stack.push({ token: item.key, depth: depth + 1 });
      }
    }
  }
  marks.tags.sort((a, b) => a.start - b.start);
  marks.comments.sort((a, b) => a.start - b.start);
  return marks;
}

function mark(token: CST.SourceToken, marks: Marks, base: number): void {
  const span = { start: base + token.offset, end: base + token.offset + token.source.length };
  if (token.type === 'tag') marks.tags.push(span);
  else if (token.type === 'comment') marks.comments.push(span);
}

function convert(document: Document.Parsed, text: string, base: number, from: number, to: number, marks: Marks): SourceDocument {
  const problems: SyntaxProblem[] = document.errors.map((e) => ({ ...plainMessage(e, text), span: clampSpan(text, e.pos, base) }));
  let root = document.contents ? toTree(document.contents, base, problems) : null;
  if (root && expandedSize(root) > MAX_EXPANDED) {
    problems.push({ code: 'too-large', span: { start: root.start, end: root.start + 1 }, message: `The aliases of this document stand for more than ${MAX_EXPANDED.toLocaleString('en')} values; it is not read.` });
    root = null;
  }
  const inside = (s: Span): boolean => s.start >= base + from && s.start < base + Math.max(to, from + 1);
  return { start: base + from, end: base + to, root, problems, tags: marks.tags.filter(inside), comments: marks.comments.filter(inside) };
}

/** The library's node as ours. Recursion is bounded by the check on depth. Duplicate keys become problems here, in linear time. */
function toTree(parsed: ParsedNode, base: number, problems: SyntaxProblem[]): Node {
  const anchors = new Map<string, Plain>();
  const visit = (node: ParsedNode | null, at: number): Node => {
    if (!node) return empty(at + base);
    const [start, end] = [node.range[0] + base, node.range[1] + base];
    if (isAlias(node)) return { kind: 'alias', start, end, name: node.source, target: anchors.get(node.source) ?? null } satisfies AliasNode;
    let result: Plain;
    if (isScalar(node)) {
      result = scalar(node.value, node.source ?? '', STYLES[node.type ?? 'PLAIN'] ?? 'plain', start, end);
    } else if (isMap(node)) {
      const pairs: Pair[] = [];
      const seen = new Map<string, ScalarNode>();
      for (const pair of node.items) {
        const key = keyOf(pair.key as ParsedNode | null, visit, node.range[0]);
        const value = visit(pair.value as ParsedNode | null, key.end - base);
        pairs.push({ key, value: value.start === value.end && value.start < key.end ? empty(key.end) : value });
        if (key.start === key.end) continue;
        if (seen.has(key.text)) problems.push({ code: 'duplicate-key', span: { start: key.start, end: key.end }, message: `The key \`${key.text}\` stands twice in this map; only one of the two would count. Remove or rename one.` });
        else seen.set(key.text, key);
      }
      result = { kind: 'map', start, end, flow: node.flow === true, pairs } satisfies MapNode;
    } else if (isSeq(node)) {
      const items: Node[] = [];
      let last = node.range[0];
      for (const item of node.items) {
        const child = isPairLike(item) ? pairAsMap(item, visit, base) : visit(item as ParsedNode | null, last);
        items.push(child);
        last = child.end - base;
      }
      result = { kind: 'seq', start, end, flow: node.flow === true, items } satisfies SeqNode;
    } else return empty(at + base);
    if (node.anchor) anchors.set(node.anchor, result);
    return result;
  };
  return visit(parsed, 0);
}

const isPairLike = (item: unknown): item is { key: ParsedNode | null; value: ParsedNode | null } => typeof item === 'object' && item !== null && 'key' in item && !('range' in item);

function pairAsMap(item: { key: ParsedNode | null; value: ParsedNode | null }, visit: (n: ParsedNode | null, at: number) => Node, base: number): MapNode {
  const key = keyOf(item.key, visit, 0);
  const value = visit(item.value, key.end - base);
  return { kind: 'map', start: key.start, end: Math.max(key.end, value.end), flow: true, pairs: [{ key, value }] };
}

function keyOf(key: ParsedNode | null, visit: (n: ParsedNode | null, at: number) => Node, at: number): ScalarNode {
  const node = visit(key, at);
  const plain = node.kind === 'alias' ? node.target : node;
  if (plain?.kind === 'scalar') return node.kind === 'alias' ? { ...plain, start: node.start, end: node.end } : plain;
  return { kind: 'scalar', start: node.start, end: node.end, value: null, text: '', style: 'plain' };
}

const empty = (at: number): ScalarNode => ({ kind: 'scalar', start: at, end: at, value: null, text: '', style: 'plain' });

function scalar(value: unknown, source: string, style: ScalarStyle, start: number, end: number): ScalarNode {
  if (typeof value === 'string') return { kind: 'scalar', start, end, value, text: value, style };
  const known = typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { kind: 'scalar', start, end, value: known, text: source, style };
}

function clampSpan(text: string, pos: readonly [number, number], base: number): Span {
  const start = Math.max(0, Math.min(pos[0], text.length));
  const end = Math.max(start, Math.min(pos[1], text.length));
  const line = text.slice(start, end).search(/[\r\n]/);
  return { start: base + start, end: base + (line > 0 ? start + line : end) };
}

const firstLine = (text: string): number => {
  const at = text.slice(0, 200).search(/[\r\n]/);
  return at < 0 ? Math.min(text.length, 200) : at;
};

const failed = (text: string, base: number, problem: SyntaxProblem): SourceTree => ({
  documents: [{ start: base, end: base + text.length, root: null, problems: [problem], tags: [], comments: [] }],
});
