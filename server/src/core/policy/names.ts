// Pattern lists over names, as rules use them.
import { patternList } from '../text';

export interface NameMatcher {
  readonly sources: readonly string[];
  /** the names, where the list is nothing but names */
  readonly literals: readonly string[] | null;
  /** without entries that include: everything but what is excluded */
  readonly exclusionsOnly: boolean;
  matches(name: string): boolean;
  /** over roles: any may match, none may be excluded; without roles `*` and pure exclusions match */
  matchesAny(names: readonly string[]): boolean;
}

export function nameMatcher(sources: readonly string[]): NameMatcher {
  const plain = sources.every((source) => !source.includes('*') && !source.startsWith('!'));
  return plain ? ofNames(sources) : ofPatterns(sources);
}

/** With more names than these, they are looked up. */
const FEW = 8;

/** Most lists are names. */
function ofNames(sources: readonly string[]): NameMatcher {
  const known = sources.length > FEW ? new Set(sources) : null;
  const matches = sources.length === 1 ? (name: string) => name === sources[0] : (name: string) => known?.has(name) ?? sources.includes(name);
  return { sources, literals: sources, exclusionsOnly: false, matches, matchesAny: (names) => names.some(matches) };
}

function ofPatterns(sources: readonly string[]): NameMatcher {
  const list = patternList(sources);
  const { included, excluded } = list;
  const exclusionsOnly = included.length === 0 && excluded.length > 0;
  const star = exclusionsOnly || included.some((entry) => /^\*+$/.test(entry.source));
  return {
    sources, literals: null, exclusionsOnly,
    matches: (name) => list.matches(name),
    matchesAny(names) {
      if (names.length === 0) return star;
      if (excluded.some((entry) => names.some((name) => entry.matches(name)))) return false;
      return exclusionsOnly || included.some((entry) => names.some((name) => entry.matches(name)));
    },
  };
}
