// The language's patterns: literal text in which `*` stands for any run of characters, also empty; no other wildcard, no escape.

export interface Pattern {
  readonly source: string;
  matches(text: string): boolean;
}

/** Compiles one pattern. Matching is linear in the text for each literal part: no backtracking. */
export function pattern(source: string): Pattern {
  if (!source.includes('*')) return { source, matches: (text) => text === source };
  const parts = source.split('*');
  const head = parts[0] ?? '';
  const tail = parts[parts.length - 1] ?? '';
  const middle = parts.slice(1, -1).filter((part) => part !== '');
  return {
    source,
    matches(text) {
      if (text.length < head.length + tail.length || !text.startsWith(head) || !text.endsWith(tail)) return false;
      let at = head.length;
      const limit = text.length - tail.length;
      for (const part of middle) {
        const found = text.indexOf(part, at);
        if (found < 0 || found + part.length > limit) return false;
        at = found + part.length;
      }
      return at <= limit;
    },
  };
}

export interface PatternList {
  readonly included: readonly Pattern[];
  readonly excluded: readonly Pattern[];
  matches(text: string): boolean;
}

/** Compiles a list: one entry must match, `!` entries exclude, exclusions alone mean everything else. An empty list matches nothing. */
export function patternList(sources: readonly string[]): PatternList {
  const included = sources.filter((s) => !s.startsWith('!')).map(pattern);
  const excluded = sources.filter((s) => s.startsWith('!')).map((s) => pattern(s.slice(1)));
  const everything = included.length === 0 && excluded.length > 0;
  const [takes, leaves] = [anyOf(included), anyOf(excluded)];
  return {
    included,
    excluded,
    matches: (text) => (everything || takes(text)) && !leaves(text),
  };
}

/** Whether one of them matches; of many plain names at once. */
function anyOf(patterns: readonly Pattern[]): (text: string) => boolean {
  const names = new Set(patterns.flatMap(({ source }) => (source.includes('*') ? [] : [source])));
  const globs = patterns.filter(({ source }) => source.includes('*'));
  if (globs.length === 0) return (text) => names.has(text);
  return (text) => names.has(text) || globs.some((glob) => glob.matches(text));
}

export const isPattern = (text: string): boolean => text.includes('*') || text.startsWith('!');
