// A file or a folder that is moved in the editor: the paths in our documents that lead to it follow.
import { yamlScalar } from '../../../core/documents';
import type { TextEdit } from '../../../core/text';
import { resolvePath, type FileFacts, type Workspace } from '../../../core/workspace';
import type { FileEdits } from '../../types';
import type { Move } from './moves';

/** The edits for files and folders that are about to be moved, as paths of the workspace; a file that moves itself is edited where it still is. */
export function movedPaths(workspace: Workspace, moves: readonly Move[]): readonly FileEdits[] {
  return workspace.paths().flatMap((path): FileEdits[] => {
    const facts = workspace.facts(path);
    const edits = facts ? editsIn(facts, workspace.text(path) ?? '', moves) : [];
    return edits.length > 0 ? [{ path, edits }] : [];
  });
}

function editsIn(facts: FileFacts, text: string, moves: readonly Move[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const document of facts.documents) {
    for (const { kind, name, span, nameSpan } of document.references) {
      if (kind !== 'file') continue;
      // paths inside a library begin at its document, and move with it
      const target = document.schema === 'snippets' ? null : resolvePath(facts.path, name, false);
      const to = target === null || target === '' ? null : movedTo(target, moves);
      if (to === null) continue;
      const written = `${/^\.[/\\]/.test(name) ? './' : ''}${to}${/[/\\]$/.test(name) ? '/' : ''}`;
      const before = text.slice(span.start, span.end);
      const plainStays = text.slice(nameSpan.start, nameSpan.end) === name && (/["']/.test(before[0] ?? '') || yamlScalar(written) === written);
      edits.push(plainStays ? { span: nameSpan, newText: written } : { span, newText: JSON.stringify(written) });
    }
  }
  return edits;
}

/** Where a path leads after the moves; null where it is not moved. */
function movedTo(target: string, moves: readonly Move[]): string | null {
  for (const { from, to } of moves) {
    if (target === from) return to;
    if (target.startsWith(`${from}/`)) return to + target.slice(from.length);
  }
  return null;
}
