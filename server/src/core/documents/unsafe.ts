// YAML that silently says something else: tags (a bare `!x` vanishes) and aliases without an anchor. Ours must have neither.
import type { Fix, Span } from '../text';
import type { Node, ParseMemo, Path, PathStep, SourceDocument } from '../yaml';
import type { DocumentProblem } from './document';

/** `syntax/unquoted` for every tag, and for aliases that the parser has not reported itself. */
export function unsafeYaml(source: SourceDocument, text: string, memo?: ParseMemo): DocumentProblem[] {
  const problems: DocumentProblem[] = [];
  const known = new Set(source.problems.map((problem) => problem.span.start));
  const places = source.tags.length > 0 ? placesOf(source.root) : [];
  if (source.tags.length > MAX_TAGS) problems.push({ code: 'syntax/unquoted', span: source.tags[MAX_TAGS] as Span, path: [], message: `This document has ${source.tags.length.toLocaleString('en')} tags; those from here on are not shown. Documents of Countersign take none.` });
  for (const tag of source.tags.slice(0, MAX_TAGS)) if (!known.has(tag.start)) problems.push(tagProblem(tag, text, places));
  for (const { node, path } of aliasesOf(source.root, memo)) {
    if (known.has(node.start)) continue;
    const written = text.slice(node.start, node.end);
    problems.push({ code: 'syntax/unquoted', span: { start: node.start, end: node.end }, path, message: `YAML takes \`${written}\` for an alias, and no anchor of that name stands before it. If the text is meant, quote it: \`"${written}"\`.`, fixes: [quote({ start: node.start, end: node.end }, written)] });
  }
  return problems;
}

/** tags that are told of one document */
const MAX_TAGS = 1_000;
/** blanks between a tag and what it stands before */
const MAX_GAP = 200;

/** The index of the first place at or behind an offset, by halving. */
function firstFrom(places: readonly PlaceOf[], offset: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.node.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface PlaceOf {
  readonly node: Node;
  readonly path: Path;
}

function tagProblem(tag: Span, text: string, places: readonly PlaceOf[]): DocumentProblem {
  const written = text.slice(tag.start, tag.end);
  const next = places[firstFrom(places, tag.end)];
  const place = next && next.node.start - tag.end < MAX_GAP && text.slice(tag.end, next.node.start).trim() === '' ? next : undefined;
  const node = place?.node;
  const scalar = node?.kind === 'scalar' ? node : null;
  const standard = written.startsWith('!!');
  const whole = { start: tag.start, end: scalar ? Math.max(tag.end, scalar.end) : tag.end };
  const fixes: Fix[] = [];
  if (standard) fixes.push({ title: `Remove \`${written}\``, safe: false, edits: [{ span: { start: tag.start, end: node ? Math.max(tag.end, node.start) : tag.end }, newText: '' }] });
  else if (node ? scalar && (scalar.style === 'plain' || scalar.start === scalar.end) : /^[ \t]*(?:[,\]}#\r\n]|$)/.test(text.slice(tag.end, tag.end + MAX_GAP))) fixes.push(quote(whole, text.slice(whole.start, whole.end).replace(/\s+/g, ' ')));
  const message = standard
    ? `\`${written}\` is a YAML tag; documents of Countersign take none. Remove it.`
    : written === '!'
      ? 'YAML drops a `!` that stands alone, so this says the opposite of what it seems to say. Quote the whole text.'
      : `YAML takes \`${written}\` for a tag and drops it. If the text is meant, quote it: \`"${written}"\`.`;
  return { code: 'syntax/unquoted', span: { start: tag.start, end: tag.end }, path: place?.path ?? [], message, ...(fixes.length > 0 ? { fixes } : {}) };
}

const quote = (span: Span, text: string): Fix => ({ title: 'Quote the text', safe: false, edits: [{ span, newText: JSON.stringify(text) }] });

/** All nodes in the order of the text; bounded by the tree. */
function placesOf(root: Node | null): PlaceOf[] {
  const places: PlaceOf[] = [];
  walk(root, [], (node, path) => places.push({ node, path: [...path] }));
  return places.sort((a, b) => a.node.start - b.node.start);
}

function aliasesOf(root: Node | null, memo: ParseMemo | undefined): PlaceOf[] {
  const found: PlaceOf[] = [];
  walk(root, [], (node, path) => {
    if (node.kind === 'alias' && !node.target) found.push({ node, path: [...path] });
    // what is kept of an entry of a file under edit holds no alias
  }, (node) => memo?.twin(node) !== undefined);
  return found;
}

/** Every node as it is written; alias targets are not entered, nor what is `closed`. `path` is one array that changes under way. */
function walk(node: Node | null, path: PathStep[], visit: (node: Node, path: Path) => void, closed: (node: Node) => boolean = () => false): void {
  if (!node) return;
  visit(node, path);
  if (closed(node)) return;
  if (node.kind === 'map') {
    for (const pair of node.pairs) {
      path.push(pair.key.text);
      walk(pair.value, path, visit, closed);
      path.pop();
    }
  } else if (node.kind === 'seq') {
    for (let i = 0; i < node.items.length; i++) {
      path.push(i);
      walk(node.items[i] ?? null, path, visit, closed);
      path.pop();
    }
  }
}
