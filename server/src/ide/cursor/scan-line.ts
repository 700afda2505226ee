// What is open at the end of a piece of a line: brackets and a quote. Enough of YAML's and JSON's lexing for one line that is being typed.

export interface Open {
  /** brackets that were opened and not closed, outermost first */
  readonly brackets: readonly ('{' | '[')[];
  /** closers without their opener: the flow began on an earlier line */
  readonly unmatched: number;
  readonly quote: '"' | "'" | null;
  /** where the open quote stands in the piece; -1 without one */
  readonly quoteAt: number;
  /** true behind ` #` */
  readonly comment: boolean;
}

export function scanLine(piece: string, json: boolean): Open {
  const brackets: ('{' | '[')[] = [];
  let unmatched = 0;
  let quote: '"' | "'" | null = null;
  let quoteAt = -1;
  for (let i = 0; i < piece.length; i++) {
    const c = piece[i];
    if (quote) {
      if (c === '\\' && quote === '"') i++;
      else if (c === quote) {
        if (quote === "'" && piece[i + 1] === "'") i++;
        else quote = null;
      }
      continue;
    }
    const before = piece[i - 1];
    const begins = before === undefined || /[\s{[,:-]/.test(before);
    if (c === '"' ? json || begins : c === "'" && !json && begins) {
      quote = c as '"' | "'";
      quoteAt = i;
    } else if (c === '#' && !json && (before === undefined || /\s/.test(before))) return { brackets, unmatched, quote, quoteAt, comment: true };
    else if ((c === '{' || c === '[') && (json || begins || brackets.length > 0)) brackets.push(c);
    else if (c === '}' || c === ']') {
      if (brackets.length > 0) brackets.pop();
      else unmatched++;
    }
  }
  return { brackets, unmatched, quote, quoteAt: quote ? quoteAt : -1, comment: false };
}

/** What closes all that is open. */
export const closers = (open: Open): string => (open.quote ?? '') + [...open.brackets].reverse().map((c) => (c === '{' ? '}' : ']')).join('');
