// Conditions parsed once: whoever checks a workspace keeps one memo, since the same texts come back at every keystroke.
import { parseCondition, type ParseResult } from './parse';

export type Parse = (text: string) => ParseResult;

/** A parser that keeps the results of the last texts, between `limit` and twice as many. */
export function createParseMemo(limit = 4_000): Parse {
  let young = new Map<string, ParseResult>();
  let old = new Map<string, ParseResult>();
  return (text) => {
    const known = young.get(text) ?? old.get(text) ?? parseCondition(text);
    young.set(text, known);
    if (young.size >= limit) {
      old = young;
      young = new Map();
    }
    return known;
  };
}
