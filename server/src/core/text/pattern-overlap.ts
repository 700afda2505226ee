// Whether two patterns can match one text: for names that are themselves declared by patterns.
import { pattern } from './pattern';

/** True when some text matches both. Dynamic programming over both texts; the work is bounded by the product of their lengths. */
export function patternsOverlap(a: string, b: string): boolean {
  // nearly always one of the two is a name
  if (!a.includes('*')) return a === b || (b.includes('*') && pattern(b).matches(a));
  if (!b.includes('*')) return pattern(a).matches(b);
  let row = new Array<boolean>(b.length + 1).fill(false);
  row[0] = true;
  for (let j = 1; j <= b.length; j++) row[j] = (row[j - 1] ?? false) && b[j - 1] === '*';
  for (let i = 1; i <= a.length; i++) {
    const next = new Array<boolean>(b.length + 1).fill(false);
    next[0] = (row[0] ?? false) && a[i - 1] === '*';
    for (let j = 1; j <= b.length; j++) {
      if (a[i - 1] === '*' || b[j - 1] === '*') next[j] = (row[j] ?? false) || (next[j - 1] ?? false) || (row[j - 1] ?? false);
      else next[j] = (row[j - 1] ?? false) && a[i - 1] === b[j - 1];
    }
    row = next;
  }
  return row[b.length] ?? false;
}
