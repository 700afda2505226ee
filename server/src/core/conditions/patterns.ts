// Patterns of `matches()`: RE2 through re2js, a linear engine; what it cannot compile is not a pattern.
import { RE2JS } from 're2js';
import { MAX_PATTERN } from './limits';

export interface TextPattern {
  /** true when the pattern is found somewhere in the text */
  test(text: string): boolean;
  /** the cost of one character of text, in instructions */
  readonly size: number;
}

export type PatternResult = { readonly pattern: TextPattern } | { readonly fault: string };

/** Most instructions of a compiled pattern; counted repetitions can make hundreds of thousands out of few characters. */
const MAX_INSTRUCTIONS = 20_000;

/** Compiles a pattern; the fault says in words why it cannot be used. */
export function compilePattern(source: string): PatternResult {
  if (source.length > MAX_PATTERN) return { fault: `A pattern may have ${MAX_PATTERN.toLocaleString('en-US')} characters; this one has ${source.length.toLocaleString('en-US')}.` };
  if (instructionsOf(source) > MAX_INSTRUCTIONS) return { fault: 'The pattern repeats too much: it would cost too much to match.' };
  try {
    const compiled = RE2JS.compile(source);
    return { pattern: { test: (text) => compiled.test(text), size: compiled.programSize() } };
  } catch (error) {
    return { fault: faultText(source, error instanceof Error ? error.message : '') };
  }
}

/** About how many instructions a pattern becomes, told before it is compiled: each `{n}` multiplies what stands before it. */
function instructionsOf(source: string): number {
  const groups: number[] = [];
  let total = 0;
  let atom = 0;
  for (let at = 0; at < source.length; at++) {
    const c = source[at];
    const repeat = c === '{' ? /^\{(\d{1,6})(?:,(\d{0,6}))?\}/.exec(source.slice(at, at + 16)) : null;
    if (repeat) {
      const repeated = atom * Math.max(Number(repeat[1]), Number(repeat[2] ?? 0));
      total += repeated - atom;
      atom = repeated;
      at += repeat[0].length - 1;
    } else if (c === '(') {
      groups.push(total);
      atom = 0;
    } else if (c === ')') {
      atom = total - (groups.pop() ?? 0) + 2;
      total += 2;
    } else if (c !== '*' && c !== '+' && c !== '?') {
      if (c === '\\') at++;
      else if (c === '[') at = classEnd(source, at);
      atom = 1;
      total++;
    }
  }
  return total;
}

/** The offset of the bracket that closes a class of characters. */
function classEnd(source: string, start: number): number {
  let at = start + (source[start + 1] === '^' ? 2 : 1);
  if (source[at] === ']') at++;
  for (; at < source.length && source[at] !== ']'; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith('[:', at)) at = Math.max(at, source.indexOf(':]', at) + 1);
  }
  return at;
}

function faultText(source: string, message: string): string {
  if (/\(\?(?:<?[=!])/.test(source)) return 'Look-ahead and look-behind (`(?=`, `(?!`, `(?<=`, `(?<!`) do not exist in RE2, the pattern language of `matches()`.';
  if (/\\[1-9]/.test(source)) return 'Back-references (`\\1`) do not exist in RE2, the pattern language of `matches()`.';
  const reason = message.replace(/^.*?error parsing regexp: /s, '').slice(0, 200);
  return `RE2, the pattern language of \`matches()\`, cannot compile this${reason === '' ? '' : `: ${reason}`}.`;
}

/** Patterns that one condition has met, so that each is compiled once; the oldest goes when there are too many. */
export class PatternCache {
  readonly #entries = new Map<string, PatternResult>();

  get(source: string): PatternResult | undefined {
    return this.#entries.get(source);
  }

  compile(source: string): PatternResult {
    const result = compilePattern(source);
    if (source.length <= MAX_PATTERN) {
      if (this.#entries.size >= 32) this.#entries.delete(this.#entries.keys().next().value ?? '');
      this.#entries.set(source, result);
    }
    return result;
  }
}
