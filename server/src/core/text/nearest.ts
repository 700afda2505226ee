// "Did you mean": the known name nearest to one that is not known.
import { distance } from 'fastest-levenshtein';

/** The candidate within a third of the name's length (at least 1, at most 3 edits, case counting less), or null. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const limit = Math.max(1, Math.min(3, Math.floor(name.length / 3)));
  const lower = name.toLowerCase();
  let best: string | null = null;
  let bestScore = limit + 0.5;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit || candidate === name) continue;
    const edits = distance(lower, candidate.toLowerCase());
    // two names of one letter have nothing in common
    if (edits >= name.length) continue;
    const score = edits + (candidate.toLowerCase() === lower ? 0.25 : 0);
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}
