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
  const list = patternList(sources);
  const exclusionsOnly = list.included.length === 0 && list.excluded.length > 0;
  const literals = list.excluded.length === 0 && sources.every((source) => !source.includes('*')) ? sources : null;
  const star = exclusionsOnly || list.included.some((entry) => /^\*+$/.test(entry.source));
  return {
    sources, literals, exclusionsOnly,
    matches: literals?.length === 1 ? (name) => name === literals[0] : (name) => list.matches(name),
    matchesAny(names) {
      if (names.length === 0) return star;
      if (literals) {
        for (const name of names) if (literals.includes(name)) return true;
        return false;
      }
      if (list.excluded.some((entry) => names.some((name) => entry.matches(name)))) return false;
      return exclusionsOnly || list.included.some((entry) => names.some((name) => entry.matches(name)));
    },
  };
}
