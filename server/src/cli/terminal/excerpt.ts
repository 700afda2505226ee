// A line of source and the carets under a range of it, cropped to what a terminal shows.
import { cells } from './cells';
import type { Cell } from './cells';

export interface Excerpt {
  readonly source: string;
  /** blanks and carets, to stand under `source` */
  readonly underline: string;
}

/** How far around the range a line is looked at at all: lines may have millions of characters. */
const REACH = 600;
const ELLIPSIS = '…';

/** `from` and `to` are UTF-16 columns of the line (`to` may lie beyond it); `columns` is the room. An empty range gets one caret. */
export function excerpt(line: string, from: number, to: number, columns: number): Excerpt {
  const begin = boundary(line, Math.max(0, Math.min(from, line.length) - REACH));
  const end = boundary(line, Math.min(line.length, Math.min(from, line.length) + REACH));
  const all = cells(line.slice(begin, end));
  const start = from - begin;
  const stop = Math.max(start + 1, to - begin);
  const first = all.findIndex((cell) => cell.end > start);
  const at = first < 0 ? all.length : first;
  let past = at;
  while (past < all.length && (all[past]?.start ?? 0) < stop) past++;
  const [low, high] = windowOf(all, at, past, Math.max(20, columns));
  const cutLeft = low > 0 || begin > 0;
  const cutRight = high < all.length || end < line.length;
  const before = sum(all, low, at) + (cutLeft ? 1 : 0);
  return {
    source: (cutLeft ? ELLIPSIS : '') + all.slice(low, high).map((cell) => cell.text).join('') + (cutRight ? ELLIPSIS : ''),
    underline: ' '.repeat(before) + '^'.repeat(Math.max(1, sum(all, at, Math.min(past, high)))),
  };
}

const sum = (all: readonly Cell[], from: number, to: number): number => all.slice(from, to).reduce((total, cell) => total + cell.width, 0);

/** Moves a cut off the middle of a surrogate pair. */
const boundary = (line: string, at: number): number => (at > 0 && at < line.length && /[\udc00-\udfff]/.test(line.charAt(at)) ? at - 1 : at);

/** The cells to show: all when they fit, else the range with what fits around it, more on its left than nothing. */
function windowOf(all: readonly Cell[], at: number, past: number, columns: number): [number, number] {
  if (sum(all, 0, all.length) <= columns) return [0, all.length];
  const room = columns - 2;
  const range = Math.min(sum(all, at, past), room);
  const left = Math.min(sum(all, 0, at), Math.max(Math.floor((room - range) / 2), room - range - sum(all, past, all.length)));
  let low = at;
  for (let used = 0; low > 0 && used + (all[low - 1]?.width ?? 0) <= left; low--) used += all[low - 1]?.width ?? 0;
  let high = low;
  for (let used = 0; high < all.length && used + (all[high]?.width ?? 0) <= room; high++) used += all[high]?.width ?? 0;
  return [low, high];
}
