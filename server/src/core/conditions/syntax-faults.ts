// Syntax faults in plain words: signs of other languages, missing and left-over brackets, text that is not closed.
import type { Fix, Problem, Related, Span } from '../text';
import { endsValue, tokenIndexAfter, type Token } from './tokens';

/** What people write from habit, what to write instead, and a stand-in of equal length with which the rest can be read. */
const SIGNS: Readonly<Record<string, { readonly write: string; readonly standIn: string; readonly why: string }>> = {
  '=': { write: '==', standIn: '<', why: 'Nothing is assigned in a condition; `==` compares.' },
  '===': { write: '==', standIn: '== ', why: 'There is one kind of equality: `==`.' },
  '!==': { write: '!=', standIn: '!= ', why: 'There is one kind of inequality: `!=`.' },
  '<>': { write: '!=', standIn: '!=', why: '`!=` says "not equal".' },
  '=>': { write: '>=', standIn: '>=', why: '`>=` says "at least".' },
  '&': { write: '&&', standIn: '+', why: '`&&` says "and".' },
  '|': { write: '||', standIn: '+', why: '`||` says "or".' },
  and: { write: '&&', standIn: '&& ', why: '`&&` says "and".' },
  or: { write: '||', standIn: '||', why: '`||` says "or".' },
};

const METHODS_AS_WORDS = new Set(['contains', 'startsWith', 'endsWith', 'matches']);
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

const syntax = (span: Span, message: string, fixes?: readonly Fix[], related?: readonly Related[]): Problem => ({ code: 'condition/syntax', span, message, ...(fixes ? { fixes } : {}), ...(related ? { related } : {}) });

const replace = (span: Span, newText: string, title: string): Fix => ({ title, safe: false, edits: [{ span, newText }] });

/** Finds signs and words of other languages; the returned text has the same length and parses where they were the only faults. */
export function repairWords(text: string, tokens: readonly Token[]): { readonly text: string; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  let repaired = '';
  let at = 0;
  tokens.forEach((token, index) => {
    const previous = tokens[index - 1];
    const next = tokens[index + 1];
    const found = repairOf(token, previous, next);
    if (!found) return;
    problems.push(found.problem);
    repaired += text.slice(at, token.span.start) + found.standIn;
    at = token.span.end;
  });
  return { text: repaired + text.slice(at), problems };
}

function repairOf(token: Token, previous: Token | undefined, next: Token | undefined): { problem: Problem; standIn: string } | null {
  const word = token.kind === 'name' ? token.text.toLowerCase() : token.text;
  if (token.kind === 'name' && previous?.text === '.') return null;
  if (token.kind === 'name' && word === 'not') {
    if (next?.text === 'in' && endsValue(previous)) {
      return { problem: syntax(token.span, '`not in` is not an operator. Negate the whole: write `!(x in list)`.'), standIn: '   ' };
    }
    if (endsValue(previous) || !next || !['name', 'keyword', 'number', 'text'].includes(next.kind)) return null;
    const edit = { start: token.span.start, end: next.span.start };
    return { problem: syntax(token.span, '`not` is not an operator. Write `!` directly before what is negated.', [replace(edit, '!', 'Replace by `!`')]), standIn: '!  ' };
  }
  const sign = (token.kind === 'name' && endsValue(previous)) || token.kind === 'operator' ? SIGNS[word] : undefined;
  if (!sign) return null;
  const message = `\`${token.text}\` is not an operator here. ${sign.why}`;
  return { problem: syntax(token.span, message, [replace(token.span, sign.write, `Replace by \`${sign.write}\``)]), standIn: sign.standIn };
}

/** The stretches between the outermost `&&` and `||`; one stretch, the whole, where brackets do not pair or a `? :` stands outside of them. */
export function splitOperands(text: string, tokens: readonly Token[]): readonly Span[] {
  const whole = [{ start: 0, end: text.length }];
  const parts: Span[] = [];
  const open: string[] = [];
  let start = 0;
  for (const token of tokens) {
    const closing = token.kind === 'bracket' ? CLOSING[token.text] : undefined;
    if (closing) open.push(closing);
    else if (token.kind === 'bracket' && open.pop() !== token.text) return whole;
    if (open.length > 0) continue;
    if (token.text === '?') return whole;
    if (token.text !== '&&' && token.text !== '||') continue;
    parts.push({ start, end: token.span.start });
    start = token.span.end;
  }
  return open.length > 0 ? whole : [...parts, { start, end: text.length }];
}

/** Words for the fault that the parser met at `start` while it read `part`. */
export function describeFault(text: string, tokens: readonly Token[], part: Span, code: string, start: number, message: string): Problem {
  if (code === 'limit_exceeded') return syntax(part, 'The condition is too large or nested too deeply. Split it into `variables`.');
  const unclosed = tokens.find((token) => token.kind === 'text' && !token.closed && token.span.start >= part.start && token.span.end <= part.end && token.span.start <= start + 1);
  if (unclosed) return describeUnclosedText(unclosed);
  const index = tokenIndexAfter(tokens, start);
  const token = tokens[index];
  if (token?.kind === 'text' && token.span.start < start) return describeEscape(text, token, start, message);
  if (code === 'invalid_number' || code === 'invalid_integer' || code === 'invalid_hex_integer' || code === 'invalid_exponent') {
    return syntax(token?.span ?? { start, end: start }, `\`${token?.text ?? ''}\` is not a number.`);
  }
  if (code === 'reserved_identifier') return syntax(token?.span ?? { start, end: start }, `\`${token?.text ?? ''}\` is a reserved word and cannot be a name here.`);
  if (code === 'invalid_macro_argument') return syntax(token?.span ?? { start, end: start }, 'The first part of `all()`, `exists()`, `map()` and `filter()` is a name for each entry, such as `x`.');
  if (!token || start >= part.end) return describeEnd(text, tokens, part, token);
  return describeToken(tokens, index, token);
}

function describeUnclosedText(token: Token): Problem {
  const quote = /["']/.exec(token.text)?.[0] ?? '"';
  const mark = token.text.includes(quote.repeat(3)) ? quote.repeat(3) : quote;
  const end = token.span.start + token.text.trimEnd().length;
  return syntax({ start: token.span.start, end }, `The text that begins here is not closed: \`${mark}\` is missing.`, [replace({ start: end, end }, mark, `Insert \`${mark}\``)]);
}

function describeEscape(text: string, token: Token, start: number, message: string): Problem {
  const span = { start, end: Math.min(start + 2, token.span.end) };
  const escape = text.slice(span.start, span.end);
  const detail = message.startsWith('Invalid escape sequence') ? `\`${escape}\` is not an escape. A backslash itself is written \`\\\\\`; in raw text, \`r"..."\`, it needs none.` : `${message}.`;
  return syntax(span, detail, message.startsWith('Invalid escape sequence') ? [replace({ start, end: start }, '\\', 'Write the backslash twice')] : undefined);
}

function describeEnd(text: string, tokens: readonly Token[], part: Span, after: Token | undefined): Problem {
  const inside = tokens.filter((token) => token.span.start >= part.start && token.span.end <= part.end && token.kind !== 'comment');
  const last = inside[inside.length - 1];
  if (after) return syntax(after.span, `A value is missing before \`${after.text}\`.`);
  const end = last?.span.end ?? part.start + text.slice(part.start, part.end).trimEnd().length;
  const span = { start: end, end };
  const open = unclosedBracket(inside);
  if (!last || (!endsValue(last) && last.text !== open?.text)) {
    const before = last ?? tokens[tokenIndexAfter(tokens, part.start) - 1];
    return syntax(span, before ? `The condition ends where a value is missing after \`${before.text}\`.` : 'The condition ends where a value is missing.');
  }
  if (!open) return syntax(span, 'The condition ends too early.');
  const closing = CLOSING[open.text] ?? ')';
  return syntax(span, `\`${open.text}\` is not closed: \`${closing}\` is missing.`, [replace(span, closing, `Insert \`${closing}\``)], [{ message: `\`${open.text}\` is opened here`, span: open.span }]);
}

function unclosedBracket(tokens: readonly Token[]): Token | undefined {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== 'bracket') continue;
    if (CLOSING[token.text]) open.push(token);
    else open.pop();
  }
  return open[open.length - 1];
}

function describeToken(tokens: readonly Token[], index: number, token: Token): Problem {
  let before = index - 1;
  while (tokens[before]?.kind === 'comment') before--;
  const previous = tokens[before];
  const span = token.span;
  if (token.kind === 'unknown') {
    if (/[\u2018\u2019\u201c\u201d]/.test(token.text)) return syntax(span, `\`${token.text}\` is a typographic quote. Text stands between straight quotes, \`"\` or \`'\`.`);
    if (/\s|[\u200b\ufeff]/.test(token.text)) return syntax(span, 'This is a special space. Replace it by an ordinary one.', [replace(span, ' ', 'Replace by a space')]);
    return syntax(span, `\`${token.text}\` is not part of the condition language.`);
  }
  if (previous?.text === '.') return syntax(span, `The name of a field is missing after \`.\`; \`${token.text}\` cannot be one. For other names write \`["${token.kind === 'text' ? token.text.slice(1, -1) : token.text}"]\`.`);
  if (token.kind === 'bracket' && !CLOSING[token.text]) {
    const open = unclosedBracket(tokens.slice(0, index));
    if (!open) return syntax(span, `\`${token.text}\` closes nothing.`, [replace(span, '', `Remove \`${token.text}\``)]);
    if (CLOSING[open.text] !== token.text) return syntax(span, `\`${CLOSING[open.text] ?? ''}\` is missing before \`${token.text}\`.`, undefined, [{ message: `\`${open.text}\` is opened here`, span: open.span }]);
    return syntax(span, `A value is missing before \`${token.text}\`.`);
  }
  if (endsValue(previous)) {
    if (METHODS_AS_WORDS.has(token.text)) return syntax(span, `\`${token.text}\` is called with a dot: write \`a.${token.text}(b)\`.`);
    if (token.text === '{') return syntax(span, '`{` cannot follow a name: objects of a named type are not part of the condition language.');
    if (token.kind === 'operator' || token.kind === 'mark') return syntax(span, `\`${token.text}\` is not expected here.`);
    return syntax(span, `An operator is missing before \`${token.text}\`, such as \`&&\` or \`==\`.`);
  }
  return syntax(span, `A value is missing before \`${token.text}\`.`);
}
