// The lines of one YAML document around a cursor, and a shorter text that says the same about the place: what stands far from it is left out.

export interface Line {
  readonly start: number;
  /** without the line break */
  readonly end: number;
  /** -1 for a blank line or a comment */
  readonly indent: number;
  readonly dash: boolean;
}

/** Documents up to this many lines are kept whole, and so are the entries around the cursor. */
const ENOUGH = 80;
/** Entries of one line are kept beside the cursor's, up to this many. */
const MAX_SIBLINGS = 400;

/** The lines of the document in which the offset stands, without its `---`. */
export function documentLines(text: string, offset: number): Line[] {
  let from = 0;
  let to = text.length;
  for (const match of text.matchAll(/^(?:---|\.\.\.)(?=[ \t\r\n]|$).*$/gm)) {
    const end = match.index + match[0].length;
    if (offset > match.index && offset <= end) return [];
    if (end < offset) from = Math.min(text.length, end + (text.startsWith('\r\n', end) ? 2 : 1));
    else {
      to = match.index;
      break;
    }
  }
  const lines: Line[] = [];
  for (let at = text.charCodeAt(from) === 0xfeff ? from + 1 : from; at <= to; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 || newline >= to ? to : newline;
    lines.push(lineOf(text, at, text[next - 1] === '\r' && next > at ? next - 1 : next));
    if (next === to) break;
    at = next + 1;
  }
  return lines;
}

function lineOf(text: string, start: number, end: number): Line {
  let i = start;
  while (i < end && text.charCodeAt(i) === 32) i++;
  const blank = i >= end || text[i] === '#' || text.slice(i, end).trim() === '';
  return { start, end, indent: blank ? -1 : i - start, dash: !blank && text[i] === '-' && (i + 1 >= end || text[i + 1] === ' ') };
}

/** A stretch of the original text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The stretches of the text that say enough about the line `at`: its ancestors, what stands beside it, and the heads of other entries. */
export function relevant(lines: readonly Line[], at: number): Stretch[] {
  const kept: Stretch[] = [];
  keep(lines, 0, lines.length, at, kept, 0);
  return kept;
}

function keep(lines: readonly Line[], from: number, to: number, at: number, kept: Stretch[], depth: number): void {
  const all = (a: number, b: number): void => {
    for (let i = a; i < b; i++) kept.push(lines[i] as Line);
  };
  if (to - from <= ENOUGH || depth > 64) return all(from, to);
  let first = from;
  while (first < to && (lines[first]?.indent ?? -1) < 0) first++;
  const level = lines[first]?.indent ?? 0;
  const starts: number[] = [];
  for (let i = first; i < to; i++) {
    const indent = lines[i]?.indent ?? -1;
    if (indent < 0) continue;
    if (indent < level) return all(from, to);
    if (indent === level) starts.push(i);
  }
  let mine = starts.length - 1;
  while (mine >= 0 && (starts[mine] ?? 0) > at) mine--;
  if (mine < 0) return all(from, to);
  let siblings = 0;
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? to;
    const line = lines[start] as Line;
    if (index === mine) {
      kept.push(line);
      keep(lines, start + 1, end, at, kept, depth + 1);
    } else if (end - start === 1 || lines.slice(start + 1, end).every((other) => other.indent < 0)) {
      if (++siblings <= MAX_SIBLINGS) kept.push(line);
    } else if (!line.dash) kept.push({ start: line.start, end: -1 });
  });
}
