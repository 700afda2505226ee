// Agent files whose name is the agent's name: they move with it, so that other agent files still find it.
import { readForeign } from '../../../core/formats';
import { applyEdits, type TextEdit } from '../../../core/text';
import { resolvePath, type FileFacts, type Workspace } from '../../../core/workspace';
import type { FileEdits } from '../../types';

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The files that give the agent its name and must be called otherwise; a text says why one cannot. */
export function movesOf(workspace: Workspace, name: string, whole: string, edits: readonly FileEdits[]): readonly Move[] | string {
  const moves: Move[] = [];
  for (const declared of workspace.find('agent', name)) {
    if (declared.ours) continue;
    const after = applyEdits(workspace.text(declared.path) ?? '', edits.find(({ path }) => path === declared.path)?.edits ?? []);
    if (readForeign(declared.path, after)?.agents.some((agent) => agent.id === whole)) continue;
    const slash = declared.path.lastIndexOf('/') + 1;
    const base = declared.path.slice(slash);
    if (base !== name && !base.startsWith(`${name}.`)) return `The agent \`${name}\` gets its name from \`${declared.path}\`, and nothing there can be rewritten safely. Change its name in that file.`;
    const to = `${declared.path.slice(0, slash)}${whole}${base.slice(name.length)}`;
    if (workspace.exists(to)) return `The agent file \`${declared.path}\` would have to become \`${to}\`, which exists already. Choose another name.`;
    moves.push({ from: declared.path, to });
  }
  return moves;
}

/** The paths in our documents that lead to a moved file. */
export function pathEdits(facts: FileFacts, text: string, moves: readonly Move[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const document of facts.documents) {
    for (const { kind, name, span, nameSpan } of document.references) {
      const move = kind === 'file' ? moves.find(({ from }) => resolvePath(facts.path, name, document.schema === 'snippets') === from) : undefined;
      if (!move) continue;
      const [before, after] = [base(move.from), base(move.to)];
      const at = name.lastIndexOf(before);
      if (at < 0) continue;
      const exact = text.slice(nameSpan.start, nameSpan.end) === name;
      edits.push(exact ? { span: { start: nameSpan.start + at, end: nameSpan.start + at + before.length }, newText: after } : { span, newText: JSON.stringify(name.slice(0, at) + after) });
    }
  }
  return edits;
}

const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
