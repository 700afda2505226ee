// What the library says of a stretch of YAML, as problems: each fault once, where it begins, without the echoes that it has further on.
import type { CST, YAMLParseError } from 'yaml';
import type { Span } from '../text';
import { MAX_FAULTS } from './limits';
import type { SyntaxProblem } from './tree';
import { plainMessage, quoteLine, tabIndent, unquotedTag } from './yaml-messages';

/** Faults that a tag or a star without quotes has right behind it, because the rest of its text then makes no sense. */
const BEHIND_TAG = /^(?:Not a YAML token|Plain value cannot start with|Tags and anchors must be separated|Block scalar header includes|Unexpected \S+ at node end)/;

/** The problems of one document. `tags` are its tags, in order. */
export function faultsOf(errors: readonly YAMLParseError[], tokens: readonly CST.Token[], text: string, tags: readonly Span[]): SyntaxProblem[] {
  if (errors.length === 0) return [];
  const found: SyntaxProblem[] = [];
  const taken = new Set<number>();
  const add = (problem: SyntaxProblem): void => {
    if (!taken.has(problem.span.start)) found.push(problem);
    taken.add(problem.span.start);
  };
  const places = openings(tokens);
  const lineOf = lineFinder(text);
  let stray = false;
  let ended = -1;
  let wrongLine = -1;
  let openQuote = -1;
  let strange = 0;
  for (const error of errors) {
    if (found.length > MAX_FAULTS) break;
    if (error.message.startsWith('Alias cannot be an empty string')) continue;
    const at = Math.max(0, Math.min(error.pos[0], text.length));
    if (ended >= 0 && at >= ended) continue;
    // what stands in a wrong column is not read as what it is meant for
    if (error.code === 'TAB_AS_INDENT' || error.message.startsWith('All ')) wrongLine = lineOf(at);
    else if (wrongLine >= 0 && lineOf(at) === wrongLine) continue;
    if (BEHIND_TAG.test(error.message)) {
      const cause = unquotedBefore(text, at, lineOf(at), tags);
      if (cause === 'alias') continue;
      if (cause) {
        if (!taken.has(cause.start)) add(unquotedTag(text, cause));
        continue;
      }
    }
    if (/^Unexpected \S+ (?:token in YAML|on same line|at node end)/.test(error.message)) {
      if (stray) continue;
      stray = true;
      if (error.message.startsWith('Unexpected block-seq-ind')) ended = at + 1;
    }
    const tab = /^(?:Unexpected|All) /.test(error.message) ? tabBefore(text, at, lineOf(at)) : null;
    const problem = tab ? { ...tabIndent(tab) } : { ...plainMessage(error, text), span: spanOf(error, text) };
    const opening = unclosed(error, places, text);
    if (opening) {
      // a quote that is not closed takes the brackets behind it into its text
      if (opening.bracket && openQuote > opening.at) continue;
      if (!opening.bracket) openQuote = opening.at;
      // what stands behind a bracket that is not closed was read as its content
      if (opening.bracket) ended = at;
      // its bracket was there, and was taken for that of another
      if (opening.bracket && strange > 0) {
        strange--;
        continue;
      }
      problem.span = { start: opening.at, end: opening.at + 1 };
    }
    if (closesAnother(error, text)) strange++;
    const fix = !tab && QUOTABLE.test(error.message) ? quoteLine(text, valueStart(text, at, places)) : null;
    add(fix ? { ...problem, fix } : problem);
  }
  return found;
}

/** Gives where the line of a place begins. Faults come in their order, so that each stretch is looked at once, however long the line. */
function lineFinder(text: string): (at: number) => number {
  let [known, line] = [0, 0];
  return (at) => {
    if (at < known) return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
    const feed = text.slice(known, at).lastIndexOf('\n');
    if (feed >= 0) line = known + feed + 1;
    known = at;
    return line;
  };
}

/** The tab in the indentation of the line in which a place stands, when the place is its first text. */
function tabBefore(text: string, at: number, line: number): Span | null {
  const indent = /^( *)\t[ \t]*/.exec(text.slice(line, line + 200));
  const tab = line + (indent?.[1]?.length ?? 0);
  return indent && at >= tab && at <= line + indent[0].length ? { start: tab, end: tab + 1 } : null;
}

/** Faults of a text that was meant as one, up to the end of its line. */
const QUOTABLE = /^(?:Nested mappings are not allowed|Plain value cannot start with|Unexpected scalar at node end)/;

/** Where the value begins that goes on at `at`: at the quoted text before it, else there. */
function valueStart(text: string, at: number, { quotes }: Openings): number {
  let end = at;
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return quotes.get(end) ?? at;
}

interface Openings {
  /** brackets that nothing closes */
  readonly brackets: number[];
  /** quoted texts: where they begin, by where they end */
  readonly quotes: Map<number, number>;
}

function openings(tokens: readonly CST.Token[]): Openings {
  const found: Openings = { brackets: [], quotes: new Map() };
  const stack: CST.Token[] = [...tokens];
  for (let token = stack.pop(); token; token = stack.pop()) {
    if (token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') found.quotes.set(token.offset + token.source.length, token.offset);
    if (token.type === 'flow-collection' && !token.end.some((t) => t.type === 'flow-map-end' || t.type === 'flow-seq-end')) found.brackets.push(token.start.offset);
    if ('value' in token && token.value) stack.push(token.value);
    if ('items' in token) {
      for (const item of token.items) {
        if (item.key) stack.push(item.key);
        if (item.value) stack.push(item.value);
      }
    }
  }
  found.brackets.sort((a, b) => a - b);
  return found;
}

const UNCLOSED = /must (?:be sufficiently indented and )?end with a/;

/** A bracket that closes another kind than was opened. */
const closesAnother = (error: YAMLParseError, text: string): boolean => UNCLOSED.test(error.message) && /[\]}]/.test(text[error.pos[0]] ?? '');

/** Where a bracket or quote stands that the library misses the end of. */
function unclosed(error: YAMLParseError, { brackets, quotes }: Openings, text: string): { at: number; bracket: boolean } | null {
  if (error.message.startsWith('Missing closing')) {
    const at = quotes.get(error.pos[0]);
    return at === undefined ? null : { at, bracket: false };
  }
  if (!UNCLOSED.test(error.message) || closesAnother(error, text)) return null;
  const at = brackets.findLast((start) => start < error.pos[0]);
  return at === undefined ? null : { at, bracket: true };
}

/** The tag (or a lone star) on the same line before a fault, when nothing but its own text stands between. */
function unquotedBefore(text: string, at: number, line: number, tags: readonly Span[]): Span | 'alias' | null {
  const tag = tags.findLast((t) => t.start >= line && t.end <= at);
  if (tag && /^[ \t]*[>|,]?[^\s"'[\]{}]*[ \t]*$/.test(text.slice(tag.end, at))) return tag;
  let star = at - 1;
  while (star >= line && (text[star] === ' ' || text[star] === '\t')) star--;
  return star >= line && star < at - 1 && text[star] === '*' && (star === line || /[\s[{,]/.test(text[star - 1] ?? '')) ? 'alias' : null;
}

/** An error's place, on one line; indentation before the text is not it. */
function spanOf(error: YAMLParseError, text: string): Span {
  let start = Math.max(0, Math.min(error.pos[0], text.length));
  if (error.code !== 'TAB_AS_INDENT') while (text[start] === ' ') start++;
  const end = Math.max(Math.min(start + 1, text.length), Math.min(error.pos[1], text.length));
  const line = text.slice(start, end).search(/[\r\n]/);
  return { start, end: line >= 0 ? start + line : end };
}
