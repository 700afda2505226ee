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

/** Compiles a list: one entry must match, `!` entries exclude, exclusions alone mean everything else. An empty list matches nothing. Plain names are looked up, patterns tried one by one. */
export function patternList(sources: readonly string[]): PatternList {
  const [takes, leaves] = [new Entries(), new Entries()];
  for (const source of sources) {
    if (source.startsWith('!')) leaves.add(source.slice(1));
    else takes.add(source);
  }
  const everything = takes.sources.length === 0 && leaves.sources.length > 0;
  return {
    // most lists are only ever asked whether they match
    get included() {
      return takes.sources.map(pattern);
    },
    get excluded() {
      return leaves.sources.map(pattern);
    },
    matches: (text) => (everything || takes.match(text)) && !leaves.match(text),
  };
}

/** One of them must match. */
class Entries {
  readonly sources: string[] = [];
  readonly #names = new Set<string>();
  readonly #globs: Pattern[] = [];

  add(source: string): void {
    this.sources.push(source);
    if (source.includes('*')) this.#globs.push(pattern(source));
    else this.#names.add(source);
  }

  match(text: string): boolean {
    if (this.#names.has(text)) return true;
    for (const glob of this.#globs) if (glob.matches(text)) return true;
    return false;
  }
}

export const isPattern = (text: string): boolean => text.includes('*') || text.startsWith('!');
