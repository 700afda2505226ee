// The text of `$'...'`, whose escapes may hide what a word is.

/** What stands behind a backslash in `$'...'` and is not itself. */
const ESCAPES: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', v: '\v' };

export interface Escaped {
  readonly value: string;
  /** behind the closing quote, or the end of the line */
  readonly end: number;
  readonly closed: boolean;
}

/** What the text that begins at `from`, behind the opening quote, stands for. */
export function readEscaped(line: string, from: number): Escaped {
  let value = '';
  let at = from;
  for (;;) {
    const c = line[at];
    if (c === undefined) return { value, end: at, closed: false };
    if (c === "'") return { value, end: at + 1, closed: true };
    const code = c === '\\' ? /^\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/.exec(line.slice(at, at + 10)) : null;
    if (code) {
      const point = parseInt(code[1] ?? code[2] ?? code[3] ?? code[4] ?? '0', code[4] === undefined ? 16 : 8);
      value += point <= 0x10ffff ? String.fromCodePoint(point) : '';
      at += code[0].length;
    } else if (c === '\\') {
      const next = line[at + 1] ?? '';
      value += ESCAPES[next] ?? next;
      at += 2;
    } else {
      value += c;
      at++;
    }
  }
}
