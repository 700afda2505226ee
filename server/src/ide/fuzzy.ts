// Names by a few of their letters.

/** How well a text answers a query: null where its letters do not occur in that order; the lower, the better. */
export function fuzzy(query: string, text: string): number | null {
  if (query === '') return 0;
  const [q, t] = [query.toLowerCase(), text.toLowerCase()];
  const found = t.indexOf(q);
  if (found === 0) return t.length === q.length ? 0 : 1;
  if (found > 0) return 2 + (/[a-z0-9]/.test(t[found - 1] ?? '') ? 1 : 0);
  let gaps = 0;
  let at = -1;
  for (const letter of q) {
    const next = t.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (next !== at + 1) gaps++;
    at = next;
  }
  return 4 + gaps;
}

/** The best of many, in order of rank and then as given; at most `limit`. */
export function best<T>(query: string, items: Iterable<T>, text: (item: T) => string, limit: number): T[] {
  const ranked: { item: T; rank: number; index: number }[] = [];
  let index = 0;
  for (const item of items) {
    const rank = fuzzy(query, text(item));
    if (rank !== null) ranked.push({ item, rank, index: index++ });
  }
  return ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, limit).map(({ item }) => item);
}
