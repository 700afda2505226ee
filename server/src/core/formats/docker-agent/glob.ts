// The globs of Docker agent's permissions: `*`, `?`, `[...]` and `\` over the whole text, in any case, across slashes and line breaks.

export type Glob = (text: string) => boolean;

type Token = string | { readonly any: 'one' | 'run' } | { readonly not: boolean; readonly ranges: readonly (readonly [from: string, to: string])[] };

const MAX_PATTERN = 2_000;

/** Null where the pattern is too long to be tried. Time is bounded by the product of the two lengths. */
export function globOf(pattern: string): Glob | null {
  if (pattern.length > MAX_PATTERN) return null;
  const tokens = tokensOf(pattern.toLowerCase());
  return (text) => matches(tokens, text.toLowerCase());
}

/** Whether nothing but `*` is special in it. */
export const isPlain = (pattern: string): boolean => !/[?[\]\\]/.test(pattern);

function tokensOf(pattern: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const c = pattern.charAt(at);
    const end = c === '[' ? classEnd(pattern, at) : -1;
    if (c === '*') tokens.push({ any: 'run' });
    else if (c === '?') tokens.push({ any: 'one' });
    else if (c === '\\' && at + 1 < pattern.length) tokens.push(pattern.charAt(++at));
    else if (end > 0) {
      tokens.push(classOf(pattern.slice(at + 1, end)));
      at = end;
    } else tokens.push(c);
  }
  return tokens;
}

function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') return at;
  }
  return -1;
}

/** An empty class fits nothing. */
function classOf(body: string): Token {
  const not = body.startsWith('^');
  const chars: { readonly char: string; readonly escaped: boolean }[] = [];
  for (let at = not ? 1 : 0; at < body.length; at++) chars.push(body[at] === '\\' && at + 1 < body.length ? { char: body.charAt(++at), escaped: true } : { char: body.charAt(at), escaped: false });
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < chars.length; at++) {
    const from = chars[at]?.char ?? '';
    const dash = chars[at + 1];
    const to = chars[at + 2];
    if (dash?.char === '-' && !dash.escaped && to) {
      ranges.push([from, to.char]);
      at += 2;
    } else ranges.push([from, from]);
  }
  return { not: not && ranges.length > 0, ranges };
}

function matches(tokens: readonly Token[], text: string): boolean {
  let at = 0;
  let token = 0;
  let back = -1;
  let from = 0;
  while (at < text.length) {
    const now = tokens[token];
    if (now !== undefined && typeof now === 'object' && 'any' in now && now.any === 'run') {
      back = token++;
      from = at;
    } else if (now !== undefined && fits(now, text.charAt(at))) {
      token++;
      at++;
    } else if (back >= 0) {
      token = back + 1;
      at = ++from;
    } else return false;
  }
  while (token < tokens.length) {
    const rest = tokens[token++];
    if (typeof rest !== 'object' || !('any' in rest) || rest.any !== 'run') return false;
  }
  return true;
}

function fits(token: Token, char: string): boolean {
  if (typeof token === 'string') return token === char;
  if ('any' in token) return true;
  return token.ranges.some(([from, to]) => char >= from && char <= to) !== token.not;
}
