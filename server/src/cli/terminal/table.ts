// A table of plain text, columns as wide as their widest cell, the last one free.
import { pad, printable, width } from './cells';
import type { Style } from './style';

/** Rows of cells under a heading; a cell is printed without control characters. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[], style: Style): string {
  const shown = rows.map((row) => row.map(printable));
  const widths = heading.map((title, i) => Math.max(width(title), ...shown.map((row) => width(row[i] ?? ''))));
  const line = (row: readonly string[]): string => row.map((cell, i) => (i === row.length - 1 ? cell : pad(cell, widths[i] ?? 0))).join('  ').trimEnd();
  return [style.bold(line(heading)), ...shown.map(line)].join('\n') + '\n';
}
