// Reading around the cursor by tokens alone: the text may be broken. What the chain before the cursor is, which names macros have bound.
import type { Span } from '../text';
import { checkCondition } from './check';
import { elementOf } from './check-calls';
import type { TypeEnvironment } from './environment';
import { MACROS } from './functions';
import { parseCondition } from './parse';
import { endsValue, type Token } from './tokens';
import { DYN, type Field, required, type Type } from './types';

const OPENING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const isMacroName = (name: string): boolean => MACROS.some((macro) => macro.name === name);

/** The index of the token at which the operand that ends with `tokens[last]` begins: `a.b(c)[0]` as a whole; -1 for none. */
export function operandStart(tokens: readonly Token[], last: number): number {
  let at = last;
  for (;;) {
    const token = tokens[at];
    if (!token || !endsValue(token)) return -1;
    const opening = OPENING[token.text];
    if (opening !== undefined) {
      at = matching(tokens, at);
      if (at < 0) return -1;
      // The brackets of a call or of an index belong to what stands before them.
      if (opening !== '{' && endsValue(tokens[at - 1]) && tokens[at - 1]?.kind !== 'number') {
        if (opening === '(' && tokens[at - 1]?.kind !== 'name') return at;
        at--;
        continue;
      }
      return at;
    }
    if (tokens[at - 1]?.text !== '.') return at;
    at -= 2;
  }
}

/** The index of the bracket that the one at `closing` closes, or -1. */
function matching(tokens: readonly Token[], closing: number): number {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind !== 'bracket') continue;
    depth += OPENING[token.text] === undefined ? -1 : 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** The indexes of the brackets that are open at the cursor, outermost first. */
export function openBrackets(tokens: readonly Token[]): readonly number[] {
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.kind !== 'bracket') return;
    if (OPENING[token.text] === undefined) open.push(index);
    else open.pop();
  });
  return open;
}

/** The environment with the names that macros around the cursor have bound. `before` are the tokens up to the cursor. */
export function withLocals(text: string, before: readonly Token[], env: TypeEnvironment): TypeEnvironment {
  let known = env;
  for (const open of openBrackets(before)) {
    const macro = before[open - 1];
    const variable = before[open + 1];
    if (macro?.kind !== 'name' || !isMacroName(macro.text) || before[open - 2]?.text !== '.' || variable?.kind !== 'name' || before[open + 2]?.text !== ',') continue;
    const range = chainType(text, before, open - 3, known);
    const field: Field = required(elementOf(range) ?? DYN, `Each entry in turn, bound by \`${macro.text}\`.`);
    known = { roots: new Map(known.roots).set(variable.text, field) };
  }
  return known;
}

/** The type of the operand that ends with `tokens[last]`; unknown where there is none. */
export function chainType(text: string, tokens: readonly Token[], last: number, env: TypeEnvironment): Type {
  const start = operandStart(tokens, last);
  const [first, end] = [tokens[start], tokens[last]];
  if (start < 0 || !first || !end) return DYN;
  const { ast } = parseCondition(text.slice(first.span.start, end.span.end));
  return ast ? checkCondition(ast, env, { result: 'any' }).type : DYN;
}

/** The type that a literal at the cursor is compared with, or null: the other side of `==`, `!=`, `in`, also from inside a list. */
export function comparedType(text: string, tokens: readonly Token[], at: number, after: number, env: TypeEnvironment): Type | null {
  const previous = tokens[at]?.text;
  if (previous === '==' || previous === '!=') return chainType(text, tokens, at - 1, env);
  if (previous === '[' || previous === ',') {
    const open = openBrackets(tokens.slice(0, at + 1)).at(-1) ?? -1;
    return tokens[open]?.text === '[' && tokens[open - 1]?.text === 'in' ? chainType(text, tokens, open - 2, env) : null;
  }
  const operator = tokens[after]?.text;
  if (operator !== '==' && operator !== '!=' && operator !== 'in') return null;
  let end = after + 1;
  if (tokens[end]?.kind !== 'name') return null;
  while (tokens[end + 1]?.text === '.' && tokens[end + 2]?.kind === 'name') end += 2;
  const type = chainType(text, tokens, end, env);
  return operator === 'in' ? (elementOf(type) ?? DYN) : type;
}

/** The token under the cursor: it holds the offset, or ends there. */
export function tokenAt(tokens: readonly Token[], offset: number): number {
  const inside = tokens.findIndex((token) => token.span.start < offset && offset < token.span.end);
  return inside >= 0 ? inside : tokens.findIndex((token) => token.span.end === offset && token.span.start < offset);
}

/** The part of a text token between its quotes. */
export function textPart(token: Token): Span {
  const match = /^[bBrR]?("""|'''|"|')/.exec(token.text);
  const open = match?.[0].length ?? 1;
  const close = token.closed ? (match?.[1]?.length ?? 1) : 0;
  return { start: token.span.start + open, end: Math.max(token.span.start + open, token.span.end - close) };
}
