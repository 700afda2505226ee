// A text that a regular expression may match: worth a try where a condition hangs on `matches()`. The condition itself says whether it does.

const MAX_TEXT = 200;
const MAX_DEPTH = 20;

/** Texts of several lengths, each once. */
export const samplesOfPattern = (pattern: string): readonly string[] => [...new Set([1, 0, 3].flatMap((times) => sampleOfPattern(pattern, times) ?? []))];

/** The first way through the pattern, with as many repetitions as may be chosen freely; null where it is more than this reads. */
export function sampleOfPattern(pattern: string, repetitions = 1): string | null {
  let at = 0;
  const alternatives = (depth: number): string | null => {
    let first: string | null = null;
    for (;;) {
      const made = sequence(depth);
      if (made === null) return null;
      first ??= made;
      if (pattern[at] !== '|') return first;
      at++;
    }
  };
  const sequence = (depth: number): string | null => {
    let text = '';
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const one = atom(depth);
      if (one === null) return null;
      text += one.repeat(times());
      if (text.length > MAX_TEXT) return null;
    }
    return text;
  };
  const atom = (depth: number): string | null => {
    const character = pattern[at++] ?? '';
    switch (character) {
      case '^':
      case '$':
        return '';
      case '.':
        return 'x';
      case '\\':
        return escaped(pattern[at++] ?? '');
      case '[':
        return klass();
      case '(': {
        if (depth > MAX_DEPTH) return null;
        if (pattern[at] === '?') while (at < pattern.length && pattern[at++] !== ':') if (pattern[at - 1] === ')') return '';
        const inner = alternatives(depth + 1);
        return pattern[at++] === ')' ? inner : null;
      }
      default:
        return character;
    }
  };
  /** The first of a class, of an excluding one something unlikely to be excluded. */
  const klass = (): string | null => {
    const negated = pattern[at] === '^';
    if (negated) at++;
    const first = pattern[at] === '\\' ? escaped(pattern[at + 1] ?? '') : (pattern[at] ?? '');
    const start = at;
    for (at += pattern[at] === '\\' ? 2 : 1; at < pattern.length && pattern[at] !== ']'; at += pattern[at] === '\\' ? 2 : 1);
    if (pattern[at++] !== ']') return null;
    if (!negated) return first;
    return [...'x0_ é'].find((one) => !pattern.slice(start, at).includes(one)) ?? null;
  };
  const times = (): number => {
    const sign = pattern[at];
    let count = 1;
    if (sign === '*' || sign === '+' || sign === '?') {
      at++;
      count = sign === '*' ? repetitions : sign === '+' ? Math.max(1, repetitions) : Math.min(1, repetitions);
    }
    else if (sign === '{') {
      const end = pattern.indexOf('}', at);
      count = end < 0 ? 1 : Math.min(MAX_TEXT, Math.max(0, Number.parseInt(pattern.slice(at + 1, end), 10) || 0));
      at = end < 0 ? pattern.length : end + 1;
    } else return 1;
    if (pattern[at] === '?') at++;
    return count;
  };
  const text = alternatives(0);
  return at === pattern.length ? text : null;
}

function escaped(character: string): string {
  if (character === 'd') return '1';
  if (character === 'w') return 'x';
  if (character === 's') return ' ';
  return character === 'b' || character === 'A' || character === 'z' ? '' : character;
}
