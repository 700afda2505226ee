// How wide a text stands in a terminal: graphemes, wide characters, tabs; and what must never reach a terminal as it is.

export interface Cell {
  /** offset in the text, UTF-16 */
  readonly start: number;
  readonly end: number;
  /** what to print */
  readonly text: string;
  readonly width: number;
}

const TAB = 4;
const segmenter = (): Intl.Segmenter => new Intl.Segmenter('en', { granularity: 'grapheme' });

const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f], [0x231a, 0x231b], [0x2329, 0x232a], [0x2e80, 0x303e], [0x3041, 0x4dbf], [0x4e00, 0xa4cf], [0xa960, 0xa97f], [0xac00, 0xd7a3],
  [0xf900, 0xfaff], [0xfe10, 0xfe19], [0xfe30, 0xfe6f], [0xff00, 0xff60], [0xffe0, 0xffe6], [0x16fe0, 0x18aff], [0x1b000, 0x1b2ff],
  [0x1f200, 0x1f2ff], [0x20000, 0x3fffd],
];

function graphemeWidth(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (point >= 0x20 && point < 0x300 && !grapheme.includes('\ufe0f')) return 1;
  if (grapheme.includes('\ufe0f') || /^\p{Emoji_Presentation}/u.test(grapheme)) return 2;
  if (WIDE.some(([from, to]) => from <= point && point <= to)) return 2;
  return /^[\p{Mn}\p{Me}\p{Cf}]+$/u.test(grapheme) ? 0 : 1;
}

const ASCII = /^[\u0020-\u007e]*$/;

/** Characters that steer a terminal, or turn the direction of the text, are shown by pictures instead: file contents come from anybody. */
function harmless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (c) => {
    const point = c.charCodeAt(0);
    if (point < 0x20) return String.fromCharCode(0x2400 + point);
    if (point === 0x7f) return '\u2421';
    return '\ufffd';
  });
}

/** The text as it may be printed: no control characters (tabs become a blank, line breaks a blank). */
export const printable = (text: string): string => harmless(text.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\t', ' '));

/** As `printable`, with its line breaks. */
export const printableLines = (text: string): string => text.split(/\r\n|\r|\n/).map((line) => harmless(line.replaceAll('\t', '    '))).join('\n');

/** The cells of a line (without its break), tabs expanded to multiples of four. */
export function cells(line: string): readonly Cell[] {
  const result: Cell[] = [];
  let column = 0;
  const push = (start: number, source: string): void => {
    const width = source === '\t' ? TAB - (column % TAB) : 0;
    const shown = harmless(source);
    const cell = source === '\t' ? { start, end: start + 1, text: ' '.repeat(width), width } : { start, end: start + source.length, text: shown, width: graphemeWidth(shown) };
    result.push(cell);
    column += cell.width;
  };
  if (ASCII.test(line)) for (let i = 0; i < line.length; i++) push(i, line.charAt(i));
  else for (const { index, segment } of segmenter().segment(line)) push(index, segment);
  return result;
}

/** Columns that a text takes in a terminal. */
export const width = (text: string): number => (ASCII.test(text) ? text.length : cells(text).reduce((sum, cell) => sum + cell.width, 0));

/** Pads with blanks on the right to a width. */
export const pad = (text: string, to: number): string => text + ' '.repeat(Math.max(0, to - width(text)));
