// The common form of YAML, read in one pass: block maps and lists, scalars and flow collections of one line, comments. Whatever else stands in a
// text (tags, anchors, block scalars, text over several lines, tabs, any fault) is left to the library; what is read here is what it reads.
import type { Span } from '../text';
import { resolveCore } from './core-schema';
import { MAX_DEPTH } from './limits';
import type { MapNode, Node, Pair, ScalarNode, SeqNode } from './tree';

/** A tree without faults, tags and anchors. */
export interface Quick {
  readonly root: Node;
  readonly comments: readonly Span[];
}

/** keys of one line have a limit of 1024 in the language */
const MAX_KEY = 1000;

/** The text's one document, or null where it is not of the common form. */
export function readQuick(text: string): Quick | null {
  if (text.includes('\t') || text.includes('\ufeff') || /\r(?!\n)/.test(text)) return null;
  const reader = new QuickReader(text);
  const root = reader.document();
  return root && !reader.failed ? { root, comments: reader.comments } : null;
}

const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const COMMA = 44;
const DASH = 45;
const COLON = 58;
const QUESTION = 63;
const OPEN = 91;
const BACKSLASH = 92;
const CLOSE = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

/** With these nothing begins that is a plain text: ! " # % & ' * , > @ [ ] ` { | } */
const INDICATORS: ReadonlySet<number> = new Set([33, 34, 35, 37, 38, 39, 42, 44, 62, 64, 91, 93, 96, 123, 124, 125]);

/** A list without the room that it was given to grow, which is most of a tree's memory. */
const exact = <T>(list: readonly T[]): readonly T[] => list.slice();

class QuickReader {
  readonly comments: Span[] = [];
  failed = false;
  /** the first sign of a line that is not blank and no comment; its line ends at `#end`, without its line break */
  #at = 0;
  #lineStart = 0;
  #end = 0;
  /** the column of `#at`; -1 behind the last line */
  #column = -1;

  constructor(private readonly text: string) {}

  document(): Node | null {
    this.#nextLine(0);
    if (this.#column < 0) return null;
    const root = this.#block(0);
    if (this.#column >= 0) this.failed = true;
    return root;
  }

  #fail(): null {
    this.failed = true;
    return null;
  }

  #code(at: number): number {
    return this.text.charCodeAt(at);
  }

  /** Goes to the next line with content, from the beginning of a line. */
  #nextLine(from: number): void {
    const { text } = this;
    let start = from;
    while (start < text.length) {
      let at = start;
      while (text.charCodeAt(at) === SPACE) at++;
      const newline = text.indexOf('\n', at);
      const stop = newline < 0 ? text.length : newline;
      const end = stop > at && text.charCodeAt(stop - 1) === RETURN ? stop - 1 : stop;
      const next = newline < 0 ? text.length : newline + 1;
      if (at < end && text.charCodeAt(at) !== HASH) {
        this.#at = at;
        this.#lineStart = start;
        this.#end = end;
        this.#column = at - start;
        if (this.#column === 0 && (text.startsWith('---', at) || text.startsWith('...', at))) this.failed = true;
        return;
      }
      if (at < end) this.#comment(at, end);
      start = next;
    }
    this.#column = -1;
    this.#at = text.length;
    this.#end = text.length;
  }

  #comment(start: number, end: number): void {
    this.comments.push({ start, end: start + this.text.slice(start, end).trimEnd().length });
  }

  /** Goes on behind the value of a line: only a comment may follow. */
  #finishLine(from: number): void {
    const at = this.#skip(from);
    if (at < this.#end) {
      if (this.#code(at) !== HASH || at === from) return void this.#fail();
      this.#comment(at, this.#end);
    }
    const newline = this.text.indexOf('\n', this.#end);
    this.#nextLine(newline < 0 ? this.text.length : newline + 1);
  }

  #skip(from: number): number {
    let at = from;
    while (at < this.#end && this.#code(at) === SPACE) at++;
    return at;
  }

  /** A blank, or the end of the line. */
  #isBlank(at: number): boolean {
    return at >= this.#end || this.#code(at) === SPACE;
  }

  #isDash(at: number): boolean {
    return this.#code(at) === DASH && this.#isBlank(at + 1);
  }

  #block(depth: number): Node | null {
    if (depth > MAX_DEPTH) return this.#fail();
    return this.#isDash(this.#at) ? this.#seq(depth) : this.#map(depth);
  }

  #map(depth: number): MapNode | null {
    const column = this.#column;
    const start = this.#at;
    const pairs: Pair[] = [];
    while (!this.failed) {
      const key = this.#key(this.#at);
      if (!key || this.#isDash(this.#at)) return this.#fail();
      const value = this.#value(this.#skip(this.#colonAfter(key)), column, depth, true);
      if (!value) return this.#fail();
      pairs.push({ key, value });
      if (this.#column < column) break;
      if (this.#column > column) return this.#fail();
    }
    const last = pairs[pairs.length - 1];
    return last ? { kind: 'map', start, end: Math.max(last.key.end, last.value.end), flow: false, pairs: exact(pairs) } : null;
  }

  #seq(depth: number): SeqNode | null {
    const column = this.#column;
    const start = this.#at;
    const items: Node[] = [];
    while (!this.failed) {
      const item = this.#item(this.#skip(this.#at + 1), column, depth);
      if (!item) return this.#fail();
      items.push(item);
      if (this.#column < column || (this.#column === column && !this.#isDash(this.#at))) break;
      if (this.#column > column) return this.#fail();
    }
    const last = items[items.length - 1];
    return last ? { kind: 'seq', start, end: last.end, flow: false, items: exact(items) } : null;
  }

  #item(at: number, column: number, depth: number): Node | null {
    if (at < this.#end && this.#code(at) !== HASH && (this.#isDash(at) || this.#key(at))) {
      // a map or list that begins on the line of the dash stands in the column of its first entry
      this.#at = at;
      this.#column = at - this.#lineStart;
      return this.#block(depth + 1);
    }
    return this.#value(at, column, depth, false);
  }

  /** Where the value of a key begins to be looked for: behind its colon. */
  #colonAfter(key: ScalarNode): number {
    return this.text.indexOf(':', key.end) + 1;
  }

  /** A value that begins at `at`, the first sign behind a key or dash; or on the lines below. Goes on to the next line. */
  #value(at: number, column: number, depth: number, ofMap: boolean): Node | null {
    const c = at < this.#end ? this.#code(at) : HASH;
    if (c === HASH) {
      if (at < this.#end && this.#code(at - 1) !== SPACE) return this.#fail();
      this.#finishLine(at < this.#end ? at - 1 : at);
      if (this.failed) return null;
      if (this.#column > column || (ofMap && this.#column === column && this.#isDash(this.#at))) return this.#block(depth + 1);
      return { kind: 'scalar', start: at, end: at, value: null, text: '', style: 'plain' };
    }
    const node = c === OPEN || c === OPEN_MAP ? this.#flow(at, depth + 1) : c === QUOTE || c === APOSTROPHE ? this.#quoted(at) : this.#plain(at);
    if (!node || this.failed) return this.#fail();
    this.#finishLine(node.end);
    // text that goes on, and what must not stand here
    return this.#column > column ? this.#fail() : node;
  }

  /** The key that begins at `at` with a colon behind it, or null. */
  #key(at: number): ScalarNode | null {
    const c = this.#code(at);
    if (c === QUOTE || c === APOSTROPHE) {
      const key = this.#quoted(at, false);
      const colon = key && this.#skip(key.end);
      return key && colon !== null && this.#code(colon) === COLON && colon < this.#end && this.#isBlank(colon + 1) && key.end - key.start < MAX_KEY ? key : null;
    }
    if (!this.#beginsPlain(at)) return null;
    for (let i = at; i < this.#end && i - at < MAX_KEY; i++) {
      const d = this.#code(i);
      if (d === HASH && this.#code(i - 1) === SPACE) return null;
      if (d === COLON && this.#isBlank(i + 1)) return this.#plainScalar(at, i);
    }
    return null;
  }

  #beginsPlain(at: number): boolean {
    const c = this.#code(at);
    if (c === DASH || c === QUESTION || c === COLON) return !this.#isBlank(at + 1);
    return !INDICATORS.has(c);
  }

  /** The text up to `end` without the blanks before it. */
  #plainScalar(start: number, end: number): ScalarNode {
    let stop = end;
    while (stop > start && this.#code(stop - 1) === SPACE) stop--;
    const text = this.text.slice(start, stop);
    return { kind: 'scalar', start, end: stop, value: resolveCore(text), text, style: 'plain' };
  }

  /** A plain text that is the rest of a line. */
  #plain(at: number): ScalarNode | null {
    if (!this.#beginsPlain(at)) return null;
    let end = this.#end;
    for (let i = at; i < end; i++) {
      const c = this.#code(i);
      if (c === COLON && this.#isBlank(i + 1)) return null;
      if (c === HASH && this.#code(i - 1) === SPACE) end = i;
    }
    return this.#plainScalar(at, end);
  }

  /** A text in quotes on one line, without escapes but `''`. */
  #quoted(at: number, must = true): ScalarNode | null {
    const quote = this.#code(at);
    let doubled = false;
    for (let i = at + 1; i < this.#end; i++) {
      const c = this.#code(i);
      if (c === BACKSLASH && quote === QUOTE) break;
      if (c !== quote) continue;
      if (quote === APOSTROPHE && this.#code(i + 1) === APOSTROPHE) {
        doubled = true;
        i++;
        continue;
      }
      const inner = this.text.slice(at + 1, i);
      const text = doubled ? inner.replaceAll("''", "'") : inner;
      return { kind: 'scalar', start: at, end: i + 1, value: text, text, style: quote === QUOTE ? 'double' : 'single' };
    }
    return must ? this.#fail() : null;
  }

  /** A flow collection or a scalar in one, on one line. */
  #flow(at: number, depth: number): Node | null {
    if (depth > MAX_DEPTH) return this.#fail();
    const c = this.#code(at);
    if (c === OPEN) return this.#flowSeq(at, depth);
    if (c === OPEN_MAP) return this.#flowMap(at, depth);
    return c === QUOTE || c === APOSTROPHE ? this.#quoted(at) : this.#flowPlain(at);
  }

  #flowPlain(start: number): ScalarNode | null {
    if (start >= this.#end || !this.#beginsPlain(start) || (this.#code(start) === DASH && this.#isFlowSign(start + 1))) return this.#fail();
    let at = start;
    for (; at < this.#end; at++) {
      const c = this.#code(at);
      if (c === COMMA || c === CLOSE || c === CLOSE_MAP) break;
      if (c === OPEN || c === OPEN_MAP || (c === HASH && this.#code(at - 1) === SPACE)) return this.#fail();
      if (c === COLON && (this.#isBlank(at + 1) || this.#isFlowSign(at + 1))) break;
    }
    return at === start ? this.#fail() : this.#plainScalar(start, at);
  }

  #isFlowSign(at: number): boolean {
    const c = this.#code(at);
    return c === COMMA || c === OPEN || c === CLOSE || c === OPEN_MAP || c === CLOSE_MAP;
  }

  #flowSeq(start: number, depth: number): SeqNode | null {
    const items: Node[] = [];
    for (let at = this.#skip(start + 1); at < this.#end; ) {
      if (this.#code(at) === CLOSE) return { kind: 'seq', start, end: at + 1, flow: true, items: exact(items) };
      const item = this.#flow(at, depth + 1);
      if (!item) break;
      items.push(item);
      const next = this.#afterEntry(item.end, CLOSE);
      if (next < 0) break;
      at = next;
    }
    return this.#fail();
  }

  /** The next entry behind a comma, or the closing bracket; -1 where neither stands there. */
  #afterEntry(from: number, close: number): number {
    const at = this.#skip(from);
    const c = at < this.#end ? this.#code(at) : NEWLINE;
    if (c === close) return at;
    return c === COMMA ? this.#skip(at + 1) : -1;
  }

  #flowMap(start: number, depth: number): MapNode | null {
    const pairs: Pair[] = [];
    for (let at = this.#skip(start + 1); at < this.#end; ) {
      if (this.#code(at) === CLOSE_MAP) return { kind: 'map', start, end: at + 1, flow: true, pairs: exact(pairs) };
      const c = this.#code(at);
      const key = c === QUOTE || c === APOSTROPHE ? this.#quoted(at) : this.#flowPlain(at);
      const value = key && key.end - key.start < MAX_KEY ? this.#flowValue(key, depth) : null;
      if (!key || !value) break;
      pairs.push({ key, value });
      const next = this.#afterEntry(Math.max(value.end, key.end), CLOSE_MAP);
      if (next < 0) break;
      at = next;
    }
    return this.#fail();
  }

  #flowValue(key: ScalarNode, depth: number): Node | null {
    const empty = (at: number): ScalarNode => ({ kind: 'scalar', start: at, end: at, value: null, text: '', style: 'plain' });
    const colon = this.#skip(key.end);
    if (this.#code(colon) !== COLON || colon >= this.#end) return empty(key.end);
    // only behind a quoted key may a value follow without a blank
    if (!this.#isBlank(colon + 1) && !this.#isFlowSign(colon + 1)) return this.#fail();
    const at = this.#skip(colon + 1);
    if (at >= this.#end) return this.#fail();
    const c = this.#code(at);
    return c === COMMA || c === CLOSE_MAP ? empty(at) : this.#flow(at, depth + 1);
  }
}
