// Edits at the ends of lines: indentation, blanks behind dashes, trailing blanks, blank lines in a row, the last line break.
import type { TextEdit } from '../../core/text';
import type { LineLayout } from './columns';

export function lineEdits(text: string, lines: readonly LineLayout[], eol: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const edit = (start: number, end: number, newText: string): void => {
    if (text.slice(start, end) !== newText) edits.push({ span: { start, end }, newText });
  };
  let end = lines.length;
  while (end > 0 && lines[end - 1]?.blank && lines[end - 1]?.inside === 'none') end--;
  for (let i = 0; i < end; i++) {
    const line = lines[i] as LineLayout;
    if (line.blank) {
      if (line.inside !== 'none') continue;
      const before = lines[i - 1];
      // of several blank lines the first is kept, at the beginning of the file none
      if (!before || (before.blank && before.inside === 'none')) edit(line.start, lines[i + 1]?.start ?? line.end, '');
      else edit(line.start, line.end, '');
      continue;
    }
    if (line.wanted !== null) edit(line.start, line.start + line.indent, ' '.repeat(line.wanted));
    for (const gap of line.gaps) edit(gap.at, gap.at + gap.length, ' ');
    if (line.inside === 'none' || line.inside === 'flow') edit(line.start + text.slice(line.start, line.end).trimEnd().length, line.end, '');
  }
  const last = lines[end - 1];
  if (last) edit(last.end, text.length, eol);
  return edits;
}
