// One stretch of YAML to our tree, offsets from its own beginning. What is of the common form is read in one pass, all else by the library's lexer,
// CST parser and composer; depth is checked on its flat token stream first, because composing recurses.
import { Composer, Parser, isAlias, isMap, isScalar, isSeq, type CST, type Document, type ParsedNode } from 'yaml';
import type { Span } from '../text';
import { MAX_DEPTH } from './limits';
import type { MapNode, Node, Pair, Plain, ScalarNode, ScalarStyle, SyntaxProblem } from './tree';
import { faultsOf } from './faults';
import { readQuick } from './quick';
import { unresolvedAlias } from './yaml-messages';

const STYLES: Record<string, ScalarStyle> = { PLAIN: 'plain', QUOTE_SINGLE: 'single', QUOTE_DOUBLE: 'double', BLOCK_LITERAL: 'literal', BLOCK_FOLDED: 'folded' };

/** What a stretch of text holds. Offsets count from the stretch's beginning. */
export interface Piece {
  readonly root: Node | null;
  readonly problems: readonly SyntaxProblem[];
  readonly tags: readonly Span[];
  readonly comments: readonly Span[];
  /** an anchor stands in it, to which others may refer */
  readonly anchored: boolean;
  /** an alias stands in it whose anchor does not: with anchors elsewhere, it cannot be understood alone */
  readonly dangling: boolean;
}

/** Composes text that holds one document at the most; what follows a second `---` is not looked at. Never throws. */
export function compose(text: string): Piece {
  const quick = readQuick(text);
  return quick ? { ...quick, problems: [], tags: [], anchored: false, dangling: false } : composeThoroughly(text);
}

/** The same by the library alone, which costs fifty times as much. */
export function composeThoroughly(text: string): Piece {
  const tokens: CST.Token[] = [...new Parser().parse(text)];
  const marks = scanTokens(tokens);
  if (marks.deepAt !== null) {
    const span = { start: marks.deepAt, end: Math.min(marks.deepAt + 1, text.length) };
    const message = `More than ${MAX_DEPTH} levels of maps and lists within each other are not read.`;
    return { root: null, problems: [{ code: 'too-large', span, message }], tags: [], comments: [], anchored: false, dangling: false };
  }
  const composer = new Composer({ keepSourceTokens: false, prettyErrors: false, uniqueKeys: false, version: '1.2', schema: 'core' });
  const document = withoutTraces(() => {
    for (const first of composer.compose(tokens, true, text.length)) return first;
    return null;
  });
  if (document) return convert(document, tokens, text, marks);
  return { root: null, problems: [], tags: marks.tags, comments: marks.comments, anchored: false, dangling: false };
}

/** Runs the library without the traces that it takes for each fault of a text: they are dropped, and cost more than the reading. */
function withoutTraces<T>(run: () => T): T {
  const errors = Error as { stackTraceLimit?: number };
  const limit = errors.stackTraceLimit;
  errors.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    if (limit !== undefined) errors.stackTraceLimit = limit;
    else delete errors.stackTraceLimit;
  }
}

interface Marks {
  readonly tags: Span[];
  readonly comments: Span[];
  deepAt: number | null;
}

/** Walks the token tree without recursion: tags, comments, and the first place that is nested too deeply. */
function scanTokens(tokens: readonly CST.Token[]): Marks {
  const marks: Marks = { tags: [], comments: [], deepAt: null };
  const stack: { token: CST.Token; depth: number }[] = [];
  for (let i = tokens.length - 1; i >= 0; i--) stack.push({ token: tokens[i] as CST.Token, depth: 0 });
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { token, depth } = top;
    if (depth > MAX_DEPTH) marks.deepAt ??= token.offset;
    if (marks.deepAt !== null) break;
    const add = (list: readonly CST.SourceToken[] | undefined): void => {
      for (const t of list ?? []) mark(t, marks);
    };
    if ('source' in token && (token.type === 'comment' || token.type === 'tag')) mark(token as CST.SourceToken, marks);
    if ('props' in token) for (const t of token.props) if (t.type !== 'space' && t.type !== 'newline') mark(t as CST.SourceToken, marks);
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

function mark(token: CST.SourceToken, marks: Marks): void {
  if (token.type !== 'tag' && token.type !== 'comment') return;
  // blanks at the end of a line belong to no comment
  const span = { start: token.offset, end: token.offset + token.source.trimEnd().length };
  (token.type === 'tag' ? marks.tags : marks.comments).push(span);
}

function convert(document: Document.Parsed, tokens: readonly CST.Token[], text: string, marks: Marks): Piece {
  const problems = faultsOf(document.errors, tokens, text, marks.tags);
  const tree = new TreeBuilder(problems);
  const root = document.contents ? tree.node(document.contents, 0) : null;
  return { root, problems, tags: marks.tags, comments: marks.comments, anchored: tree.anchored, dangling: tree.dangling };
}

/** The library's nodes as ours. Recursion is bounded by the check on depth. */
class TreeBuilder {
  readonly #anchors = new Map<string, Plain>();
  readonly #problems: SyntaxProblem[];
  anchored = false;
  dangling = false;

  constructor(problems: SyntaxProblem[]) {
    this.#problems = problems;
  }

  node(node: ParsedNode | null, at: number): Node {
    if (!node) return emptyScalar(at);
    const [start, end] = node.range;
    if (isAlias(node)) return this.#alias(node.source, start, end);
    const result = isScalar(node) ? scalar(node.value, node.source ?? '', STYLES[node.type ?? 'PLAIN'] ?? 'plain', start, end) : this.#collection(node, start, end);
    if (!result) return emptyScalar(at);
    if (node.anchor) {
      this.anchored = true;
      this.#anchors.set(node.anchor, result);
    }
    return result;
  }

  #alias(name: string, start: number, end: number): Node {
    const target = this.#anchors.get(name) ?? null;
    if (!target) {
      this.dangling = true;
      this.#problems.push(unresolvedAlias(name, { start, end }));
    }
    return { kind: 'alias', start, end, name, target };
  }

  #collection(node: ParsedNode, start: number, end: number): Plain | null {
    if (isMap(node)) {
      const flow = node.flow === true;
      const pairs: Pair[] = [];
      for (const pair of node.items) pairs.push(this.#pair(pair.key as ParsedNode | null, pair.value as ParsedNode | null, start));
      const last = pairs[pairs.length - 1];
      return { kind: 'map', start, end: flow || !last ? end : Math.max(last.key.end, last.value.end), flow, pairs };
    }
    if (isSeq(node)) {
      const flow = node.flow === true;
      const items: Node[] = [];
      let last = start;
      for (const item of node.items) {
        const child = isPairLike(item) ? this.#pairAsMap(item) : this.node(item as ParsedNode | null, last);
        items.push(child);
        last = child.end;
      }
      return { kind: 'seq', start, end: flow || items.length === 0 ? end : last, flow, items };
    }
    return null;
  }

  #pair(keyNode: ParsedNode | null, valueNode: ParsedNode | null, at: number): Pair {
    const key = this.#key(keyNode, at);
    const value = this.node(valueNode, key.end);
    // a value left empty stands behind its key, wherever the library saw it end
    return { key, value: value.start === value.end && value.start < key.end ? emptyScalar(key.end) : value };
  }

  #pairAsMap(item: { key: ParsedNode | null; value: ParsedNode | null }): MapNode {
    const pair = this.#pair(item.key, item.value, 0);
    return { kind: 'map', start: pair.key.start, end: Math.max(pair.key.end, pair.value.end), flow: true, pairs: [pair] };
  }

  #key(keyNode: ParsedNode | null, at: number): ScalarNode {
    const node = this.node(keyNode, at);
    const plain = node.kind === 'alias' ? node.target : node;
    if (plain?.kind === 'scalar') return node.kind === 'alias' ? { ...plain, start: node.start, end: node.end } : plain;
    return { kind: 'scalar', start: node.start, end: node.end, value: null, text: '', style: 'plain' };
  }
}

const isPairLike = (item: unknown): item is { key: ParsedNode | null; value: ParsedNode | null } =>
  typeof item === 'object' && item !== null && 'key' in item && !('range' in item);

const emptyScalar = (at: number): ScalarNode => ({ kind: 'scalar', start: at, end: at, value: null, text: '', style: 'plain' });

function scalar(value: unknown, source: string, style: ScalarStyle, start: number, end: number): ScalarNode {
  if (typeof value === 'string') return { kind: 'scalar', start, end, value, text: value, style };
  const known = typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { kind: 'scalar', start, end, value: known, text: source, style };
}
