// Text broken into lines at blanks.
import { width } from './cells';

/** Breaks at blanks so that no line is wider than `columns`, unless one word is. Line breaks of the text stay. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    for (const word of paragraph.split(' ')) {
      const size = width(word);
      if (used > 0 && used + 1 + size > columns) {
        lines.push(line);
        line = word;
        used = size;
      } else {
        line = used > 0 || line !== '' ? `${line} ${word}` : word;
        used = width(line);
      }
    }
    lines.push(line);
  }
  return lines;
}

/** `1 file`, `3 files`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
