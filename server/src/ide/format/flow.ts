// Blanks in flow collections: `{ a: 1, b: [x, y] }`. Only those within one line; what stands between quotes is not looked at.
import type { TextEdit } from '../../core/text';
import type { Node, SourceTree } from '../../core/yaml';

export function flowEdits(text: string, tree: SourceTree): TextEdit[] {
  const edits: TextEdit[] = [];
  const visit = (node: Node): void => {
    if (node.kind === 'scalar' || node.kind === 'alias') return;
    if (node.flow && (text[node.start] === '{' || text[node.start] === '[')) spaces(text, node, edits);
    if (node.kind === 'map') for (const { value } of node.pairs) visit(value);
    else node.items.forEach(visit);
  };
  for (const document of tree.documents) if (document.root) visit(document.root);
  return edits;
}

function spaces(text: string, node: Node, edits: TextEdit[]): void {
  if (node.kind !== 'map' && node.kind !== 'seq') return;
  const parts = node.kind === 'map' ? node.pairs.map(({ key, value }) => ({ start: key.start, end: Math.max(key.end, value.end) })) : node.items.map(({ start, end }) => ({ start, end }));
  const pad = node.kind === 'map' ? ' ' : '';
  const close = node.end - 1;
  const first = parts[0];
  const last = parts[parts.length - 1];
  const set = (start: number, end: number, newText: string): void => {
    if (end >= start && /^ *$/.test(text.slice(start, end)) && text.slice(start, end) !== newText) edits.push({ span: { start, end }, newText });
  };
  if (!first || !last) return set(node.start + 1, close, '');
  set(node.start + 1, first.start, pad);
  for (let i = 1; i < parts.length; i++) {
    const [before, after] = [parts[i - 1], parts[i]];
    if (!before || !after) continue;
    const comma = text.indexOf(',', before.end);
    if (comma < 0 || comma >= after.start) continue;
    set(before.end, comma, '');
    set(comma + 1, after.start, ' ');
  }
  if (/^ *$/.test(text.slice(last.end, close))) set(last.end, close, pad);
  else if (/^ *, *$/.test(text.slice(last.end, close))) set(text.indexOf(',', last.end) + 1, close, pad);
}
