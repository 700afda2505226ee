// Edits of several files, and texts as they would be after them.
import type { FixEdit, TextEdit } from '../../core/text';
import type { Workspace } from '../../core/workspace';
import type { FileEdits } from '../types';

/** Edits by file; those without a path are of the file at `path`. */
export function byFile(path: string, edits: readonly FixEdit[]): FileEdits[] {
  const files = new Map<string, TextEdit[]>();
  for (const { span, newText, path: other = path } of edits) {
    const list = files.get(other);
    if (list) list.push({ span, newText });
    else files.set(other, [{ span, newText }]);
  }
  return [...files].map(([file, list]) => ({ path: file, edits: list }));
}

/** The smallest single edit that makes one text another. */
export function difference(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const limit = Math.min(before.length, after.length);
  let start = 0;
  while (start < limit && before[start] === after[start]) start++;
  let end = 0;
  while (end < limit - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { span: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}

/** The manifest that holds an offset, and whether its file is JSON. */
export function documentAt(workspace: Workspace, path: string, offset: number): { readonly index: number; readonly json: boolean } | null {
  const document = workspace.facts(path)?.documents.find(({ span }) => offset >= span.start && offset <= span.end);
  return document ? { index: document.index, json: /\.json$/i.test(path) } : null;
}
