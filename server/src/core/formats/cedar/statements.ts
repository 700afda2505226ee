// A text in Cedar as statements, each ending at its `;`, so that a fault spoils one of them.
import type { Span } from '../../text';

/** A text in quotes, a comment, the end of a statement, or what begins one; an open quote takes the rest. */
const TOKEN = /"(?:[^"\\]|\\[^])*(?:"|$)|\/\/[^\n]*|;|[^\s"/;]+|\//g;

/** The statements in order, from their first character to their `;`; what follows the last `;` and is no comment is one too. */
export function statementsOf(text: string, limit: number): readonly Span[] {
  const found: Span[] = [];
  let start = -1;
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match[0].startsWith('//')) continue;
    if (start < 0) start = match.index;
    end = match.index + match[0].length;
    if (match[0] !== ';') continue;
    found.push({ start, end });
    start = -1;
    if (found.length >= limit) return found;
  }
  if (start >= 0) found.push({ start, end });
  return found;
}
