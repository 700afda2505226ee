// Linked editing: a policy's variable and the conditions that read it change together while one types.
import type { Workspace } from '../core/workspace';
import { nameAt, namesIn } from './names/at';
import type { LinkedEditing } from './types';

/** The places of the variable at the offset in its policy. Other names reach into other files, where typing must not follow: they are renamed. */
export function linkedEditing(workspace: Workspace, path: string, offset: number): LinkedEditing | null {
  const facts = workspace.facts(path);
  const at = nameAt(workspace, path, offset);
  if (!facts || !at?.home || at.written === null) return null;
  const { home, written, name } = at;
  const spans = namesIn(workspace, facts, { about: [written] })
    .filter((other) => other.kind === 'variable' && other.name === name && other.written === written && home.span.start <= other.span.start && other.span.end <= home.span.end)
    .map(({ span }) => span)
    .sort((a, b) => a.start - b.start);
  return spans.length > 1 ? { spans, word: '[A-Za-z_][A-Za-z0-9_]*' } : null;
}
