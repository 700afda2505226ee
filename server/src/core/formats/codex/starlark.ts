// The part of Starlark that rule files are written in: calls with literal arguments. Anything else is told as not understood. Bounded; never throws.
import type { Span } from '../../text';
import type { Spanned } from '../format';

export type Literal = Spanned<string> | { readonly items: readonly Literal[]; readonly span: Span };

export interface Call {
  readonly name: string;
  readonly span: Span;
  readonly args: ReadonlyMap<string, Literal>;
}

export interface RuleFile {
  readonly calls: readonly Call[];
  /** statements that are no call with literal arguments */
  readonly others: readonly Span[];
}

const MAX_TEXT = 500_000;
const MAX_DEPTH = 8;

interface Token extends Span {
  readonly kind: 'name' | 'text' | 'sign';
  readonly value: string;
}

export function readRules(text: string): RuleFile {
  if (text.length > MAX_TEXT) return { calls: [], others: [{ start: 0, end: 0 }] };
  const tokens = tokenize(text);
  const calls: Call[] = [];
  const others: Span[] = [];
  for (let at = 0; at < tokens.length; ) {
    const read = callAt(tokens, at);
    if (read) {
      calls.push(read.call);
      at = read.next;
      continue;
    }
    const first = tokens[at];
    if (!first) break;
    const end = statementEnd(text, tokens, at);
    others.push({ start: first.start, end: tokens[end - 1]?.end ?? first.end });
    at = end;
  }
  return { calls, others };
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const c = text[at] ?? '';
    if (/\s/.test(c)) at++;
    else if (c === '#') {
      const newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length : newline;
    } else if (c === '"' || c === "'") {
      const token = textAt(text, at, c);
      tokens.push(token);
      at = token.end;
    } else if (/\w/.test(c)) {
      const start = at;
      while (at < text.length && /[\w.]/.test(text[at] ?? '')) at++;
      tokens.push({ kind: 'name', value: text.slice(start, at), start, end: at });
    } else {
      tokens.push({ kind: 'sign', value: c, start: at, end: at + 1 });
      at++;
    }
  }
  return tokens;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([['n', '\n'], ['t', '\t'], ['r', '\r'], ['\\', '\\'], ['"', '"'], ["'", "'"]]);

function textAt(text: string, start: number, quote: string): Token {
  const triple = text.startsWith(quote.repeat(3), start);
  const close = triple ? quote.repeat(3) : quote;
  let at = start + close.length;
  let value = '';
  while (at < text.length && !text.startsWith(close, at)) {
    const c = text[at] ?? '';
    if (!triple && c === '\n') break;
    if (c === '\\') {
      value += ESCAPES.get(text[at + 1] ?? '') ?? `\\${text[at + 1] ?? ''}`;
      at += 2;
    } else {
      value += c;
      at++;
    }
  }
  return { kind: 'text', value, start, end: Math.min(text.length, text.startsWith(close, at) ? at + close.length : at) };
}

const isSign = (token: Token | undefined, value: string): boolean => token?.kind === 'sign' && token.value === value;

/** `name(key = literal, ...)`. */
function callAt(tokens: readonly Token[], at: number): { readonly call: Call; readonly next: number } | null {
  const name = tokens[at];
  if (name?.kind !== 'name' || !isSign(tokens[at + 1], '(')) return null;
  const args = new Map<string, Literal>();
  let here = at + 2;
  while (!isSign(tokens[here], ')')) {
    const key = tokens[here];
    if (key?.kind !== 'name' || !isSign(tokens[here + 1], '=')) return null;
    const read = literalAt(tokens, here + 2, 0);
    if (!read) return null;
    args.set(key.value, read.literal);
    here = read.next;
    if (isSign(tokens[here], ',')) here++;
    else if (!isSign(tokens[here], ')')) return null;
  }
  return { call: { name: name.value, span: { start: name.start, end: tokens[here]?.end ?? name.end }, args }, next: here + 1 };
}

function literalAt(tokens: readonly Token[], at: number, depth: number): { readonly literal: Literal; readonly next: number } | null {
  const token = tokens[at];
  if (!token || depth > MAX_DEPTH) return null;
  if (token.kind === 'text') return { literal: { value: token.value, span: { start: token.start, end: token.end } }, next: at + 1 };
  if (!isSign(token, '[') && !isSign(token, '(')) return null;
  const close = token.value === '[' ? ']' : ')';
  const items: Literal[] = [];
  let here = at + 1;
  while (!isSign(tokens[here], close)) {
    const read = literalAt(tokens, here, depth + 1);
    if (!read) return null;
    items.push(read.literal);
    here = read.next;
    if (isSign(tokens[here], ',')) here++;
    else if (!isSign(tokens[here], close)) return null;
  }
  return { literal: { items, span: { start: token.start, end: tokens[here]?.end ?? token.end } }, next: here + 1 };
}

/** The first token on a later line that begins in the first column. */
function statementEnd(text: string, tokens: readonly Token[], at: number): number {
  let end = at + 1;
  while (end < tokens.length) {
    const start = tokens[end]?.start ?? 0;
    if (start === 0 || text[start - 1] === '\n') break;
    end++;
  }
  return end;
}
