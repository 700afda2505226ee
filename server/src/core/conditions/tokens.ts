// The words and signs of a condition's text, read so that broken text gives tokens too. Used for spans, messages, completion, colouring.
import type { Span } from '../text';

export type TokenKind = 'name' | 'keyword' | 'number' | 'text' | 'operator' | 'bracket' | 'mark' | 'comment' | 'unknown';

export interface Token {
  readonly kind: TokenKind;
  readonly span: Span;
  readonly text: string;
  /** false for text whose closing quote is missing */
  readonly closed: boolean;
}

const NAME_START = /[A-Za-z_]/;
const NAME = /[A-Za-z0-9_]/;
const DIGIT = /[0-9]/;
const KEYWORDS = new Set(['true', 'false', 'null', 'in']);
const OPERATORS = ['===', '!==', '<=', '>=', '==', '!=', '&&', '||', '<>', '=>', '!', '<', '>', '+', '-', '*', '/', '%', '=', '&', '|'];

/** Splits a condition into its tokens; white space is left out. Never fails: what is not of the language is `unknown`. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const c = text[at] ?? '';
    if (c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '\f') {
      at++;
      continue;
    }
    const start = at;
    const kind = kindAt(text, at);
    let closed = true;
    if (kind === 'comment') at = lineEnd(text, at);
    else if (kind === 'text') ({ end: at, closed } = textEnd(text, at));
    else if (kind === 'number') at = numberEnd(text, at);
    else if (kind === 'name') while (at < text.length && NAME.test(text[at] ?? '')) at++;
    else if (kind === 'operator') at += (OPERATORS.find((op) => text.startsWith(op, at)) ?? c).length;
    else at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
    const source = text.slice(start, at);
    tokens.push({ kind: kind === 'name' && KEYWORDS.has(source) ? 'keyword' : kind, span: { start, end: at }, text: source, closed });
  }
  return tokens;
}

function kindAt(text: string, at: number): TokenKind {
  const c = text[at] ?? '';
  const next = text[at + 1] ?? '';
  if (c === '/' && next === '/') return 'comment';
  if (c === '"' || c === "'") return 'text';
  if ('bBrR'.includes(c) && (next === '"' || next === "'")) return 'text';
  if (NAME_START.test(c)) return 'name';
  if (DIGIT.test(c)) return 'number';
  if ('()[]{}'.includes(c)) return 'bracket';
  if ('.,:?'.includes(c)) return 'mark';
  return OPERATORS.includes(c) ? 'operator' : 'unknown';
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function textEnd(text: string, from: number): { end: number; closed: boolean } {
  let at = from;
  while (text[at] !== '"' && text[at] !== "'") at++;
  const quote = text[at] ?? '"';
  const triple = text.startsWith(quote.repeat(3), at);
  const mark = triple ? quote.repeat(3) : quote;
  at += mark.length;
  while (at < text.length) {
    if (text.startsWith(mark, at)) return { end: at + mark.length, closed: true };
    if (!triple && (text[at] === '\n' || text[at] === '\r')) return { end: at, closed: false };
    at += text[at] === '\\' ? 2 : 1;
  }
  return { end: text.length, closed: false };
}

function numberEnd(text: string, from: number): number {
  let at = from;
  const digits = (): void => {
    while (DIGIT.test(text[at] ?? '')) at++;
  };
  if (text[at] === '0' && (text[at + 1] ?? '').toLowerCase() === 'x') {
    at += 2;
    while (/[0-9a-fA-F]/.test(text[at] ?? '')) at++;
  } else {
    digits();
    if (text[at] === '.' && DIGIT.test(text[at + 1] ?? '')) {
      at++;
      digits();
    }
    const exponent = /^[eE][+-]?\d/.exec(text.slice(at, at + 3));
    if (exponent) {
      at += exponent[0].length;
      digits();
    }
  }
  if ((text[at] ?? '').toLowerCase() === 'u') at++;
  return at;
}

/** The index of the first token that ends after `offset`, by halving. */
export function tokenIndexAfter(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.span.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True when a token can be the end of a value: after it an operator may stand. */
export function endsValue(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'bracket') return ')]}'.includes(token.text);
  return token.kind === 'name' || token.kind === 'number' || token.kind === 'text' || (token.kind === 'keyword' && token.text !== 'in');
}
