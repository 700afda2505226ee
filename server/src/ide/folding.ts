// What can be folded: documents, maps, lists, texts over several lines, and runs of comments.
import { resolve, type Node } from '../core/yaml';
import type { Workspace } from '../core/workspace';
import { treeOf } from './tree';
import type { Folding } from './types';

const MAX_FOLDS = 20_000;

export function folding(workspace: Workspace, path: string): readonly Folding[] {
  const text = workspace.text(path);
  const role = workspace.facts(path)?.role;
  const tree = text === null || role === 'foreign' || role === 'none' ? null : treeOf(workspace, path);
  if (text === null || !tree) return [];
  const folds: Folding[] = [];
  const add = (start: number, end: number, kind?: Folding['kind']): void => {
    if (folds.length < MAX_FOLDS && text.slice(start, end).includes('\n')) folds.push(kind ? { span: { start, end }, kind } : { span: { start, end } });
  };
  const trimmed = (start: number, end: number): number => start + text.slice(start, end).trimEnd().length;
  const visit = (node: Node, from: number): void => {
    if (node.kind === 'alias') return;
    add(Math.min(from, node.start), trimmed(node.start, node.end));
    if (node.kind === 'map') for (const { key, value } of node.pairs) visit(value, key.start);
    else if (node.kind === 'seq') for (const item of node.items) visit(item, item.start);
  };
  for (const document of tree.documents) {
    if (tree.documents.length > 1) add(document.start, trimmed(document.start, document.end), 'region');
    const root = resolve(document.root);
    if (root?.kind === 'map') for (const { key, value } of root.pairs) visit(value, key.start);
    else if (root) visit(root, root.start);
    comments(text, document.comments, (start, end) => add(start, end, 'comment'));
  }
  const seen = new Set<string>();
  return folds.filter(({ span }) => {
    const id = `${text.lastIndexOf('\n', span.start)} ${span.end}`;
    return seen.has(id) ? false : seen.add(id);
  });
}

/** Comments on lines of their own that follow each other. */
function comments(text: string, given: readonly { start: number; end: number }[], add: (start: number, end: number) => void): void {
  let run: { start: number; end: number } | null = null;
  for (const { start, end } of given) {
    const alone = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '';
    if (run && alone && /^[ \t]*\r?\n[ \t]*$/.test(text.slice(run.end, start))) {
      run = { start: run.start, end };
      continue;
    }
    if (run) add(run.start, run.end);
    run = alone ? { start, end } : null;
  }
  if (run) add(run.start, run.end);
}
