// YAML text to documents. Long block documents are read stretch by stretch: an edit costs its own stretch, and a fault spoils only its own.
import { composeBlocks, composeFaulty, type ParseMemo } from './blocks';
import { compose, type Piece } from './compose';
import { MAX_DOCUMENTS, MAX_EXPANDED, MAX_FAULTS, expandedSize, tooDense, tooLarge } from './limits';
import { readQuick } from './quick';
import { shiftNode, shiftProblem, shiftSpan } from './shift';
import type { MapNode, Node, SourceDocument, SourceTree, SyntaxProblem } from './tree';

/** Parses YAML 1.2 (core schema). Never throws: faults are problems of the document in which they stand. `base` is added to every offset; `memo` keeps stretches for the next time. */
export function parseYaml(text: string, base = 0, memo?: ParseMemo): SourceTree {
  const large = tooLarge(text) ?? tooDense(text);
  if (large) return refused(text, base, large);
  const ranges = documentRanges(text);
  if (ranges.length > MAX_DOCUMENTS) return refused(text, base, `This file holds ${ranges.length.toLocaleString('en')} documents; files with more than ${MAX_DOCUMENTS.toLocaleString('en')} are not read. Split it.`);
  memo?.begin();
  const documents = ranges.map(({ start, end, body, bodyEnd }) => {
    return finish(read(text, start, end, body, bodyEnd, memo), start + base, end + base, base, memo);
  });
  memo?.end();
  return { documents };
}

/** A file that is named and left alone. */
function refused(text: string, base: number, message: string): SourceTree {
  const problem: SyntaxProblem = { code: 'too-large', span: { start: base, end: base + firstLine(text) }, message };
  return { documents: [{ start: base, end: base + text.length, root: null, problems: [problem], tags: [], comments: [] }] };
}

/**
 * A sound document gives the same tree whole and entry by entry (a law of the tests), so one that is of the common form is read whole, and one
 * under edit or with anything else in it entry by entry; a faulty one always entry by entry, so that all ways agree on it too.
 */
function read(text: string, start: number, end: number, body: number | null, bodyEnd: number, memo: ParseMemo | undefined): Piece {
  // a comment before the body belongs to the document too
  const quick = !memo && body !== null && !text.slice(start, body).includes('#') ? readQuick(text.slice(body, bodyEnd)) : null;
  if (quick && body !== null) return offset({ ...quick, problems: [], tags: [], anchored: false, dangling: false }, body);
  const kept = body === null ? null : composeBlocks(text, body, bodyEnd, memo);
  if (kept) return kept;
  const whole = offset(compose(text.slice(start, end)), start);
  return (body !== null && whole.problems.some((p) => p.code === 'yaml') && composeFaulty(text, body, bodyEnd)) || whole;
}

interface Range {
  readonly start: number;
  readonly end: number;
  /** where the content begins if nothing but a bare marker stands before it; null where only the whole can be read */
  readonly body: number | null;
  readonly bodyEnd: number;
}

/** Where documents begin and end: at `---`, which opens one, and `...`, which closes one, in the first column. */
function documentRanges(text: string): Range[] {
  const ranges: Range[] = [];
  const first = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let start = 0;
  let body: number | null = first;
  let opened = false;
  let content = false;
  const close = (end: number, next: number): void => {
    if (opened || content) ranges.push({ start, end: next, body, bodyEnd: end });
    start = next;
    body = next;
    opened = content = false;
  };
  for (let at = first; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const c = text[at];
    if ((c === '-' || c === '.') && /^(?:---|\.\.\.)(?:[ \t\r\n]|$)/.test(text.slice(at, at + 4))) {
      if (c === '-') {
        if (opened || content) close(at, at);
        opened = true;
        const bare: boolean = body !== null && /^---[ \t]*(?:#[^\n]*)?\r?\n?$/.test(text.slice(at, next));
        body = bare ? next : null;
      } else close(at, next);
    } else if (c === '%' && !opened && !content) body = null;
    else if (!content && !/^[ \t\r]*(?:#|\r?\n?$)/.test(text.slice(at, next))) content = true;
    at = next;
  }
  if (opened || content || ranges.length === 0) ranges.push({ start, end: text.length, body, bodyEnd: text.length });
  return ranges;
}

const offset = (piece: Piece, by: number): Piece =>
  by === 0
    ? piece
    : {
        ...piece,
        root: piece.root && shiftNode(piece.root, by),
        problems: piece.problems.map((p) => shiftProblem(p, by)),
        tags: piece.tags.map((s) => shiftSpan(s, by)),
        comments: piece.comments.map((s) => shiftSpan(s, by)),
      };

function finish(given: Piece, start: number, end: number, base: number, memo: ParseMemo | undefined): SourceDocument {
  const piece = offset(given, base);
  const problems = [...piece.problems];
  let root = piece.root;
  if (root && piece.anchored && expandedSize(root) > MAX_EXPANDED) {
    problems.push({ code: 'too-large', span: { start: root.start, end: root.start + 1 }, message: `The aliases of this document stand for more than ${MAX_EXPANDED.toLocaleString('en')} values; it is not read.` });
    root = null;
  }
  if (root) duplicateKeys(root, problems, memo);
  problems.sort((a, b) => a.span.start - b.span.start);
  const rest = problems[MAX_FAULTS];
  // the document then counts as one that does not parse, so that no fault which is not told is lost
  if (rest) problems.splice(MAX_FAULTS, problems.length, { code: 'too-large', span: rest.span, message: `This document has more than ${MAX_FAULTS.toLocaleString('en')} faults of syntax; those from here on are not shown.` });
  return { start, end, root, problems, tags: piece.tags, comments: piece.comments };
}

/** A key that stands twice in its map, reported at the second. */
function duplicateKeys(node: Node, problems: SyntaxProblem[], memo: ParseMemo | undefined): void {
  if (node.kind === 'scalar' || node.kind === 'alias') return;
  const twin = memo?.twin(node);
  if (twin && memo?.unique.has(twin)) return;
  const before = problems.length;
  if (node.kind === 'seq') for (const item of node.items) duplicateKeys(item, problems, memo);
  else duplicateKeysOf(node, problems, memo);
  if (twin && problems.length === before) memo?.unique.add(twin);
}

function duplicateKeysOf(node: MapNode, problems: SyntaxProblem[], memo: ParseMemo | undefined): void {
  const seen = node.pairs.length > 8 ? new Set<string>() : null;
  node.pairs.forEach((pair, index) => {
    const { key } = pair;
    const twice = seen ? seen.has(key.text) : earlier(node, index);
    seen?.add(key.text);
    if (twice && key.start < key.end) {
      problems.push({ code: 'duplicate-key', span: { start: key.start, end: key.end }, message: `The key \`${key.text}\` stands twice in this map; only one of the two would count. Remove or rename one.` });
    }
    duplicateKeys(pair.value, problems, memo);
  });
}

function earlier(map: MapNode, index: number): boolean {
  const text = map.pairs[index]?.key.text;
  for (let i = 0; i < index; i++) if (map.pairs[i]?.key.text === text) return true;
  return false;
}

const firstLine = (text: string): number => {
  const at = text.slice(0, 200).search(/[\r\n]/);
  return at < 0 ? Math.min(text.length, 200) : at;
};
