// `# countersign-ignore code: reason` comments and the lines that they speak of.
import type { Span } from '../text';
import type { SourceTree } from '../yaml';
import type { Suppression } from './facts';

const FORM = /^#\s*countersign-ignore\b[ \t]*([^\s:]*)[ \t]*:?[ \t]*(.*)$/;

export function suppressionsOf(tree: SourceTree, text: string): Suppression[] {
  if (!text.includes('countersign-ignore')) return [];
  const found: Suppression[] = [];
  for (const document of tree.documents) {
    for (const comment of document.comments) {
      const match = FORM.exec(text.slice(comment.start, comment.end).trimEnd());
      if (!match) continue;
      found.push({ code: match[1] ?? '', reason: (match[2] ?? '').trim(), span: comment, line: lineAfter(text, comment.end) });
    }
  }
  return found;
}

/** The next line; comments of this form that stand there speak of the line after them. */
function lineAfter(text: string, from: number): Span {
  const newline = text.indexOf('\n', from);
  let start = newline < 0 ? text.length : newline + 1;
  for (;;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (found < 0 || !FORM.test(text.slice(start, end).trim())) return { start, end };
    start = found + 1;
  }
}
