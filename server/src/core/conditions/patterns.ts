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

/** Most instructions of a compiled pattern; counted repetitions can make thousands out of few characters. */
const MAX_INSTRUCTIONS = 20_000;

/** Compiles a pattern; the fault says in words why it cannot be used. */
export function compilePattern(source: string): PatternResult {
  if (source.length > MAX_PATTERN) return { fault: `A pattern may have ${MAX_PATTERN.toLocaleString('en-US')} characters; this one has ${source.length.toLocaleString('en-US')}.` };
  try {
    const compiled = RE2JS.compile(source);
    const size = compiled.programSize();
    if (size > MAX_INSTRUCTIONS) return { fault: 'The pattern repeats too much: it would cost too much to match.' };
    return { pattern: { test: (text) => compiled.matcher(text).find(), size } };
  } catch (error) {
    return { fault: faultText(source, error instanceof Error ? error.message : '') };
  }
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
