// `# countersign-ignore code: reason` comments and the lines that they speak of.
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
      const newline = text.indexOf('\n', comment.end);
      const start = newline < 0 ? text.length : newline + 1;
      const end = text.indexOf('\n', start);
      found.push({ code: match[1] ?? '', reason: (match[2] ?? '').trim(), span: comment, line: { start, end: end < 0 ? text.length : end } });
    }
  }
  return found;
}
