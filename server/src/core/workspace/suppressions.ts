// `# countersign-ignore code: reason` comments and the lines that they speak of.
import type { Span } from '../text';
import type { SourceTree } from '../yaml';
import type { Suppression } from './facts';

const FORM = /^#\s*countersign-ignore\b[ \t]*([^\s:]*)[ \t]*:?[ \t]*(.*)$/;

export function suppressionsOf(tree: SourceTree, text: string): Suppression[] {
  if (!text.includes('countersign-ignore')) return [];
  const found: Suppression[] = [];
  const comments = tree.documents.flatMap((document) => document.comments);
  /** lines already found, by where they were looked for: comments one under the other speak of one line */
  const after = new Map<number, Span>();
  // from the last, so that a comment over another one takes its line
  for (const comment of [...comments].reverse()) {
    const match = FORM.exec(text.slice(comment.start, comment.end).trimEnd());
    if (!match) continue;
    const start = lineStart(text, comment.end);
    const line = after.get(start) ?? lineFrom(text, start, after);
    after.set(start, line);
    found.push({ code: match[1] ?? '', reason: (match[2] ?? '').trim(), span: comment, line });
  }
  return found.reverse();
}

const lineStart = (text: string, from: number): number => {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
};

/** The line there; comments of this form that stand there speak of the line after them. */
function lineFrom(text: string, from: number, known: ReadonlyMap<number, Span>): Span {
  let start = from;
  for (;;) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (found < 0 || !FORM.test(text.slice(start, end).trim())) return { start, end };
    start = found + 1;
    const line = known.get(start);
    if (line) return line;
  }
}
