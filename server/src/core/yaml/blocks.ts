// Block maps and lists cut where their entries begin, so that each entry is read alone. What is an entry's first line is
// decided by indentation; a line that is not surely one continues the entry before it, so a cut is never wrong, only missed.
// An entry that does not read alone is tried together with those after it before its faults are believed; then it is read
// again line by line, so that a fault spoils no more than it must.
import { detached, type Span } from '../text';
import { compose, type Piece } from './compose';
import { MAX_DEPTH } from './limits';
import type { PlainValue } from './plain-value';
import { shiftEntries, shiftNode, shiftProblem, shiftSpan } from './shift';
import type { Node, Pair, SyntaxProblem } from './tree';
import { badIndent } from './yaml-messages';

/** Shorter documents are read whole. */
const MIN_LINES = 48;
/** Longer entries are cut again. */
const MAX_ENTRY = 24;
/** How many faulty entries are read in parts; with more the document is read whole. */
const MAX_FAULTY = 300;
/** How many entries one fault may draw together. */
const MAX_JOIN = 3;

/** A stretch, and its tree where it stood last. */
interface Kept {
  readonly piece: Piece;
  /** without faults, tags, anchors and aliases: what is in it depends on nothing else */
  readonly alone: boolean;
  at: number;
  root: Node | null;
}

const keptOf = (piece: Piece): Kept => ({ piece, alone: piece.problems.length === 0 && piece.tags.length === 0 && !piece.anchored && !piece.dangling, at: 0, root: null });

/**
 * Stretches read last time, by their text. Kept by whoever keeps the file; forgets what the newest text does not hold.
 * What stands where it stood is the same node as before; `twin` says of what was moved that it is what it was.
 */
export class ParseMemo {
  #old = new Map<string, Kept>();
  #new = new Map<string, Kept>();
  #twins = new Map<Node, Node>();
  /** what `plainValue` made of entries, by their twins */
  readonly values = new WeakMap<Node, PlainValue>();
  /** twins of entries in which no key stands twice */
  readonly unique = new WeakSet<Node>();

  begin(): void {
    this.#new = new Map();
    this.#twins = new Map();
  }

  end(): void {
    this.#old = this.#new;
  }

  compose(text: string): Kept {
    const known = this.#new.get(text);
    if (known) return known;
    const kept = this.#old.get(text) ?? keptOf(compose(detached(text)));
    this.#new.set(text, kept);
    return kept;
  }

  /** The tree of a stretch where it stands now. */
  place(kept: Kept, at: number): Node | null {
    const { piece, alone } = kept;
    if (!piece.root) return null;
    if (!kept.root || kept.at !== at) {
      kept.root = alone ? shiftEntries(piece.root, at) : shiftNode(piece.root, at);
      kept.at = at;
    }
    if (alone) this.#note(kept.root, piece.root);
    return kept.root;
  }

  /**
   * For an entry (a map or a list) of the newest text: an object that is the same as long as its text is, wherever it stands. Only of entries
   * without faults, tags, anchors and aliases, so that what is in it depends on nothing else.
   */
  twin(node: Node): Node | undefined {
    return this.#twins.get(node);
  }

  /** The entries of a stretch; it holds one, or a few that were read together. */
  #note(root: Node, twin: Node): void {
    if (root.kind === 'map' && twin.kind === 'map') root.pairs.forEach((pair, index) => this.#noteEntry(pair.value, twin.pairs[index]?.value));
    else if (root.kind === 'seq' && twin.kind === 'seq') root.items.forEach((item, index) => this.#noteEntry(item, twin.items[index]));
  }

  #noteEntry(node: Node, twin: Node | undefined): void {
    if (twin && (node.kind === 'map' || node.kind === 'seq')) this.#twins.set(node, twin);
  }
}

interface Line {
  readonly start: number;
  /** -1 for a blank line or a comment */
  readonly indent: number;
  readonly entry: 'key' | 'dash' | null;
}

/** Faulty entries that may still be read in parts. */
interface Budget {
  left: number;
}

/** Reads the block document in `text` from `from` to `to` entry by entry (offsets of `text`); null where it must be read whole. */
export function composeBlocks(text: string, from: number, to: number, memo?: ParseMemo): Piece | null {
  const lines = lineTable(text, from, to);
  return lines.length - 1 < MIN_LINES ? null : readLines(new BlockReader(text, lines, memo, 0, { left: MAX_FAULTY }), lines.length - 1, 0, false);
}

/** The same for a document that is known to be faulty, of whatever length: what stands in a wrong column is an entry too. */
export function composeFaulty(text: string, from: number, to: number, memo?: ParseMemo, depth = 0, budget: Budget = { left: MAX_FAULTY }): Piece | null {
  const lines = lineTable(text, from, to);
  return readLines(new BlockReader(text, lines, memo, depth, budget), lines.length - 1, depth, true);
}

function readLines(reader: BlockReader, count: number, depth: number, loose: boolean): Piece | null {
  const root = reader.collection(0, count, depth, loose);
  if (!root || reader.whole || (reader.anchored && reader.dangling)) return null;
  return { root, problems: reader.problems, tags: reader.tags, comments: reader.comments, anchored: reader.anchored, dangling: reader.dangling };
}

/** Unquoted tags and aliases are faults too, but the text around them is read as it is meant. */
const faulty = (piece: Piece): boolean => piece.problems.some((p) => p.code !== 'unquoted');

const BARE = /^[ ]*(?:[A-Za-z_][\w./-]*|"[^"\\\n]*"|'[^'\n]*')[ ]*:[ ]*(?:#[^\n]*)?\r?\n?$/;

function lineTable(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let at = from;
  while (at < to) {
    let i = at;
    while (text.charCodeAt(i) === 32) i++;
    const c = i >= to ? 10 : text.charCodeAt(i);
    const blank = c === 10 || c === 13 || c === 35;
    lines.push({ start: at, indent: blank ? -1 : i - at, entry: blank ? null : entryAt(text, i) });
    const next = text.indexOf('\n', i);
    at = next < 0 || next >= to ? to : next + 1;
  }
  lines.push({ start: to, indent: -1, entry: null });
  return lines;
}

/** Longer keys are not known for keys. */
const MAX_KEY = 200;

/** Whether a `-` or a key (a name, or text in quotes without escapes) begins at a place. */
function entryAt(text: string, at: number): Line['entry'] {
  const first = text.charCodeAt(at);
  if (first === 45) return endsWord(text, at + 1) ? 'dash' : null;
  let i = at + 1;
  const stop = Math.min(text.length, at + MAX_KEY);
  if (first === 34 || first === 39) {
    for (; i < stop && text.charCodeAt(i) !== first; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 92 && first === 34)) return null;
    }
    i++;
  } else if (isLetter(first) || first === 95) while (i < stop && isOfName(text.charCodeAt(i))) i++;
  else return null;
  while (i < stop && text.charCodeAt(i) === 32) i++;
  return i < stop && text.charCodeAt(i) === 58 && endsWord(text, i + 1) ? 'key' : null;
}

const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
/** letters, digits, and `_ - . /` */
const isOfName = (c: number): boolean => isLetter(c) || (c >= 45 && c <= 57) || c === 95;

function endsWord(text: string, at: number): boolean {
  const c = at < text.length ? text.charCodeAt(at) : 10;
  return c === 32 || c === 13 || c === 10;
}

const firstPair = (node: Node | null): Pair | null => (node?.kind === 'map' ? (node.pairs[0] ?? null) : null);

class BlockReader {
  readonly problems: SyntaxProblem[] = [];
  readonly tags: Span[] = [];
  readonly comments: Span[] = [];
  /** set where the document can only be read whole */
  whole = false;
  anchored = false;
  dangling = false;

  constructor(
    private readonly text: string,
    private readonly lines: readonly Line[],
    private readonly memo: ParseMemo | undefined,
    private readonly depth: number,
    private readonly budget: Budget,
  ) {}

  /** The map or list that the lines `from` to `to` hold, or null where they are not surely one. `loose`: also with entries in a wrong column, which are faults. */
  collection(from: number, to: number, depth: number, loose: boolean): Node | null {
    const starts = this.#entries(from, to, loose);
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
      // what is read whole in the end is not also read at every level up to there
      if (this.whole) return null;
      if (nested) {
        pairs.push(nested);
        i++;
      } else i += this.#entry(starts, i, to, depth, take);
    }
    if (this.whole) return null;
    const [head, last] = isMap ? [pairs[0]?.key, pairs[pairs.length - 1]] : [items[0], items[items.length - 1]];
    if (!head || !last) return null;
    const end = 'key' in last ? Math.max(last.key.end, last.value.end) : last.end;
    const start = isMap ? head.start : this.#line(starts[0] ?? from).start + this.#line(starts[0] ?? from).indent;
    return isMap ? { kind: 'map', start, end, flow: false, pairs } : { kind: 'seq', start, end, flow: false, items };
  }

  /** The first lines of the entries, or null where something stands left of the first. */
  #entries(from: number, to: number, loose: boolean): number[] | null {
    let first = from;
    while (first < to && this.#line(first).indent < 0) first++;
    const { indent, entry } = this.#line(first);
    if (first >= to || !entry) return null;
    const starts: number[] = [];
    for (let i = first; i < to; i++) {
      const line = this.#line(i);
      const left = line.indent >= 0 && line.indent < indent;
      if (left && !loose) return null;
      if (left && line.entry === entry) this.#misplaced(i);
      if ((left || line.indent === indent) && line.entry === entry) starts.push(i);
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
    let key: Node | null = null;
    const value = this.#trial(() => {
      key = this.#compose(first, first + 1);
      return key?.kind === 'map' && key.pairs[0] ? this.collection(body, end, depth + 1, false) : null;
    });
    const pair = firstPair(key);
    return value && pair ? { key: pair.key, value } : null;
  }

  /** Reads the entry `i`, with those after it where it does not read alone; gives how many were read. */
  #entry(starts: readonly number[], i: number, to: number, depth: number, take: (node: Node) => void): number {
    const from = starts[i] ?? to;
    const end = starts[i + 1] ?? to;
    const kind = this.#line(from).entry === 'key' ? 'map' : 'seq';
    for (let n = 1; n <= MAX_JOIN && i + n <= starts.length; n++) {
      const kept = this.#piece(from, starts[i + n] ?? to);
      if (faulty(kept.piece) || kept.piece.root?.kind !== kind) continue;
      take(this.#absorb(kept, from) as Node);
      return n;
    }
    if (this.budget.left-- <= 0) this.whole = true;
    const repaired = !this.whole && this.depth + depth <= MAX_DEPTH && this.#repair(from, end, depth, take);
    if (!repaired && !this.whole) {
      const kept = this.#piece(from, end);
      // a fault that leaves no entry at all would lose the place of those after it
      if (kept.piece.root?.kind !== kind) this.whole = true;
      else take(this.#absorb(kept, from) as Node);
    }
    return 1;
  }

  /** Reads a faulty entry in parts: false where it has none. */
  #repair(from: number, end: number, depth: number, take: (node: Node) => void): boolean {
    const line = this.#line(from);
    const bare = line.entry === 'key' && BARE.test(this.text.slice(line.start, this.#line(from + 1).start));
    const nested = line.entry === 'dash' && /^-[ ]+-(?:[ \r\n]|$)/.test(this.text.slice(line.start + line.indent, line.start + line.indent + 200));
    if (!bare && !nested) {
      // an entry too far to the right was read as the text of the one above it
      for (let i = from + 1; i < end; i++) {
        if (this.#line(i).entry !== line.entry || faulty(this.#piece(from, i).piece)) continue;
        const rest = this.#trial(() => {
          this.#misplaced(i);
          return this.collection(i, end, depth, true);
        });
        if (!rest) continue;
        take(this.#compose(from, i) as Node);
        take(rest);
        return true;
      }
    }
    if (bare) {
      const rest = this.#trial(() => this.collection(from + 1, end, depth + 1, true));
      const pair = rest && firstPair(this.#compose(from, from + 1));
      if (!rest || !pair) return false;
      take({ kind: 'map', start: pair.key.start, end: rest.end, flow: false, pairs: [{ key: pair.key, value: rest }] });
      return true;
    }
    return line.entry === 'dash' && this.#repairItem(from, end, depth, take);
  }

  /** The map or list that begins behind the dash of a list's entry. */
  #repairItem(from: number, end: number, depth: number, take: (node: Node) => void): boolean {
    const { start, indent } = this.#line(from);
    const inner = `${' '.repeat(indent + 1)}${this.text.slice(start + indent + 1, this.#line(end).start)}`;
    const piece = composeFaulty(inner, 0, inner.length, undefined, this.depth + depth + 1, this.budget);
    const root = piece && this.#absorb(piece, from);
    if (!root) return false;
    take({ kind: 'seq', start: start + indent, end: root.end, flow: false, items: [root] });
    return true;
  }

  /** Runs what may fail; what it has noted until then is forgotten. */
  #trial(read: () => Node | null): Node | null {
    const marks = [this.problems.length, this.tags.length, this.comments.length] as const;
    const node = read();
    if (!node) [this.problems.length, this.tags.length, this.comments.length] = marks;
    return node;
  }

  #misplaced(at: number): void {
    const { start, indent } = this.#line(at);
    this.problems.push(badIndent({ start: start + indent, end: start + indent + 1 }));
  }

  #compose(from: number, to: number): Node | null {
    return this.#absorb(this.#piece(from, to), from);
  }

  #slice(from: number, to: number): string {
    return this.text.slice(this.#line(from).start, this.#line(to).start);
  }

  #piece(from: number, to: number): Kept {
    const text = this.#slice(from, to);
    return this.memo ? this.memo.compose(text) : keptOf(compose(text));
  }

  /** Takes over a stretch, or a piece of other text than stands there. */
  #absorb(given: Kept | Piece, from: number): Node | null {
    const by = this.#line(from).start;
    const piece = 'piece' in given ? given.piece : given;
    this.anchored ||= piece.anchored;
    this.dangling ||= piece.dangling;
    for (const p of piece.problems) this.problems.push(shiftProblem(p, by));
    for (const s of piece.tags) this.tags.push(shiftSpan(s, by));
    for (const s of piece.comments) this.comments.push(shiftSpan(s, by));
    if (this.memo && 'piece' in given) return this.memo.place(given, by);
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
