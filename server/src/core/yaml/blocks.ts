// Block maps and lists cut where their entries begin, so that each entry is read alone. What is an entry's first line is
// decided by indentation; a line that is not surely one continues the entry before it, so a cut is never wrong, only missed.
// An entry that does not read alone is tried together with those after it before its faults are believed.
import type { Span } from '../text';
import { compose, type Piece } from './compose';
import { MAX_DEPTH } from './limits';
import { shiftNode, shiftSpan } from './shift';
import type { Node, Pair, SyntaxProblem } from './tree';

/** Shorter documents are read whole. */
const MIN_LINES = 48;
/** Longer entries are cut again. */
const MAX_ENTRY = 24;
/** How many entries one fault may draw together. */
const MAX_JOIN = 3;

/** Stretches read last time, by their text. Kept by whoever keeps the file; forgets what the newest text does not hold. */
export class ParseMemo {
  #old = new Map<string, Piece>();
  #new = new Map<string, Piece>();

  begin(): void {
    this.#new = new Map();
  }

  end(): void {
    this.#old = this.#new;
  }

  compose(text: string): Piece {
    const piece = this.#new.get(text) ?? this.#old.get(text) ?? compose(text);
    this.#new.set(text, piece);
    return piece;
  }
}

interface Line {
  readonly start: number;
  /** -1 for a blank line or a comment */
  readonly indent: number;
  readonly entry: 'key' | 'dash' | null;
}

/** Reads the block document in `text` from `from` to `to` entry by entry (offsets of `text`); null where it must be read whole. */
export function composeBlocks(text: string, from: number, to: number, memo?: ParseMemo): Piece | null {
  const lines = lineTable(text, from, to);
  if (lines.length - 1 < MIN_LINES) return null;
  const reader = new BlockReader(text, lines, memo);
  const root = reader.collection(0, lines.length - 1, 0);
  if (!root || reader.whole) return null;
  return { root, problems: reader.problems, tags: reader.tags, comments: reader.comments, anchored: false };
}

const KEY = /^(?:[A-Za-z_][\w./-]*|"[^"\\\n]*"|'[^'\n]*')[ ]*:(?=[ \r\n]|$)/;
const DASH = /^-(?=[ \r\n]|$)/;
const BARE = /^[ ]*(?:[A-Za-z_][\w./-]*|"[^"\\\n]*"|'[^'\n]*')[ ]*:[ ]*(?:#[^\n]*)?\r?\n?$/;

function lineTable(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let at = from;
  while (at < to) {
    let i = at;
    while (text.charCodeAt(i) === 32) i++;
    const c = text[i];
    const blank = i >= to || c === '\n' || c === '\r' || c === '#';
    const head = blank ? '' : text.slice(i, i + 200);
    lines.push({ start: at, indent: blank ? -1 : i - at, entry: blank ? null : DASH.test(head) ? 'dash' : KEY.test(head) ? 'key' : null });
    const next = text.indexOf('\n', i);
    at = next < 0 || next >= to ? to : next + 1;
  }
  lines.push({ start: to, indent: -1, entry: null });
  return lines;
}

class BlockReader {
  readonly problems: SyntaxProblem[] = [];
  readonly tags: Span[] = [];
  readonly comments: Span[] = [];
  /** set where the document can only be read whole */
  whole = false;

  constructor(
    private readonly text: string,
    private readonly lines: readonly Line[],
    private readonly memo: ParseMemo | undefined,
  ) {}

  /** The map or list that the lines `from` to `to` hold, or null where they are not surely one. */
  collection(from: number, to: number, depth: number): Node | null {
    const starts = this.#entries(from, to);
    if (!starts || depth > MAX_DEPTH) return null;
    const isMap = this.#line(starts[0] ?? from).entry === 'key';
    const pairs: Pair[] = [];
    const items: Node[] = [];
    const take = (node: Node): void => {
      if (node.kind === 'map') pairs.push(...node.pairs);
      else if (node.kind === 'seq') items.push(...node.items);
    };
    this.#leadingComments(from, starts[0] ?? from);
    for (let i = 0; i < starts.length && !this.whole; ) {
      const first = starts[i] ?? from;
      const nested = isMap ? this.#nested(first, starts[i + 1] ?? to, depth) : null;
      if (nested) {
        pairs.push(nested);
        i++;
      } else i += this.#entry(starts, i, to, isMap, take);
    }
    if (this.whole) return null;
    const [head, last] = isMap ? [pairs[0]?.key, pairs[pairs.length - 1]] : [items[0], items[items.length - 1]];
    if (!head || !last) return null;
    const end = 'key' in last ? Math.max(last.key.end, last.value.end) : last.end;
    const start = isMap ? head.start : this.#line(starts[0] ?? from).start + this.#line(starts[0] ?? from).indent;
    return isMap ? { kind: 'map', start, end, flow: false, pairs } : { kind: 'seq', start, end, flow: false, items };
  }

  /** The first lines of the entries, or null where something stands left of the first. */
  #entries(from: number, to: number): number[] | null {
    let first = from;
    while (first < to && this.#line(first).indent < 0) first++;
    const { indent, entry } = this.#line(first);
    if (first >= to || !entry) return null;
    const starts: number[] = [];
    for (let i = first; i < to; i++) {
      const line = this.#line(i);
      if (line.indent >= 0 && line.indent < indent) return null;
      if (line.indent === indent && line.entry === entry) starts.push(i);
    }
    return starts;
  }

  /** A long entry that is a bare `key:` line over a collection. */
  #nested(first: number, end: number, depth: number): Pair | null {
    if (end - first <= MAX_ENTRY) return null;
    const header = this.text.slice(this.#line(first).start, this.#line(first + 1).start);
    if (!BARE.test(header)) return null;
    const body = first + 1;
    let content = body;
    while (content < end && this.#line(content).indent < 0) content++;
    const inner = this.#line(content);
    const own = this.#line(first).indent;
    if (content >= end || !(inner.indent > own || (inner.indent === own && inner.entry === 'dash'))) return null;
    const marks = [this.problems.length, this.tags.length, this.comments.length] as const;
    const key = this.#compose(first, first + 1);
    const value = this.collection(body, end, depth + 1);
    if (!value || key?.kind !== 'map' || !key.pairs[0]) {
      this.problems.length = marks[0];
      this.tags.length = marks[1];
      this.comments.length = marks[2];
      return null;
    }
    return { key: key.pairs[0].key, value };
  }

  /** Reads the entry `i`, with those after it where it does not read alone; gives how many were read. */
  #entry(starts: readonly number[], i: number, to: number, isMap: boolean, take: (node: Node) => void): number {
    const from = starts[i] ?? to;
    const kind = isMap ? 'map' : 'seq';
    for (let n = 1; n <= MAX_JOIN && i + n <= starts.length; n++) {
      const piece = this.#piece(from, starts[i + n] ?? to);
      if (piece.anchored) this.whole = true;
      if (piece.problems.length > 0 || piece.root?.kind !== kind) continue;
      take(this.#absorb(piece, from) as Node);
      return n;
    }
    const piece = this.#piece(from, starts[i + 1] ?? to);
    // a fault that leaves no entry at all would lose the place of those after it
    if (piece.root?.kind !== kind) this.whole = true;
    else take(this.#absorb(piece, from) as Node);
    return 1;
  }

  #compose(from: number, to: number): Node | null {
    return this.#absorb(this.#piece(from, to), from);
  }

  #piece(from: number, to: number): Piece {
    const slice = this.text.slice(this.#line(from).start, this.#line(to).start);
    return this.memo ? this.memo.compose(slice) : compose(slice);
  }

  #absorb(piece: Piece, from: number): Node | null {
    const by = this.#line(from).start;
    for (const p of piece.problems) this.problems.push({ ...p, span: shiftSpan(p.span, by) });
    for (const s of piece.tags) this.tags.push(shiftSpan(s, by));
    for (const s of piece.comments) this.comments.push(shiftSpan(s, by));
    return piece.root && shiftNode(piece.root, by);
  }

  #leadingComments(from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const [start, end] = [this.#line(i).start, this.#line(i + 1).start];
      const at = this.text.indexOf('#', start);
      if (at >= 0 && at < end) this.comments.push({ start: at, end: start + this.text.slice(start, end).trimEnd().length });
    }
  }

  #line(index: number): Line {
    return this.lines[index] ?? { start: this.text.length, indent: -1, entry: null };
  }
}
