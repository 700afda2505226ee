// What a new name does to patterns: those that matched the old name and do not match the new one, and those that match it only now.
import { pattern, type TextEdit } from '../../../core/text';
import { nodeAt, type Node, type SeqNode } from '../../../core/yaml';
import type { FileFacts } from '../../../core/workspace';
import { yamlScalar } from '../../../core/documents';
import type { NameAt } from '../at';

export interface PatternEffect {
  readonly at: NameAt;
  readonly effect: 'lost' | 'gained';
  /** the pattern as it is after the rename */
  readonly source: string;
}

/** `changed`: old and new names of the pattern's kind; `after`: the pattern as the rename leaves it. */
export function effectOn(at: NameAt, after: string, changed: readonly (readonly [before: string, now: string])[]): PatternEffect | null {
  const [old, now] = [pattern(at.name), pattern(after)];
  if (changed.some(([before, name]) => old.matches(before) && !now.matches(name))) return { at, effect: 'lost', source: after };
  return changed.some(([before, name]) => !old.matches(before) && now.matches(name)) ? { at, effect: 'gained', source: after } : null;
}

/** An entry beside the pattern that means what the pattern meant before: for the user to choose. Null where there is no list to add to. */
export function entryBeside(facts: FileFacts, text: string, at: NameAt, name: string): TextEdit | null {
  if (!at.entry) return null;
  const document = facts.documents.find(({ index }) => index === at.entry?.document);
  const path = [...at.entry.path];
  while (path.length > 0 && typeof path[path.length - 1] !== 'number') path.pop();
  const item: Node | null = document ? nodeAt(document.root, path) : null;
  const list: Node | null = document ? nodeAt(document.root, path.slice(0, -1)) : null;
  if (!item || list?.kind !== 'seq') return null;
  const glue = separator(text, list, item, facts.path);
  // a comment behind the entry stays with it
  const rest = glue === ', ' ? 0 : (/^[ \t]+#[^\r\n]*/.exec(text.slice(item.end, item.end + 1000))?.[0].length ?? 0);
  return { span: { start: item.end + rest, end: item.end + rest }, newText: glue + scalar(`${at.entry.head}${name}`, facts.path) };
}

const scalar = (value: string, path: string): string => (path.endsWith('.json') ? JSON.stringify(value) : yamlScalar(value));

function separator(text: string, list: SeqNode, item: Node, path: string): string {
  if (list.flow || path.endsWith('.json')) return ', ';
  const lineStart = text.lastIndexOf('\n', item.start - 1) + 1;
  const dash = /^[ ]*(?=-)/.exec(text.slice(lineStart, item.start));
  const eol = text.slice(0, 10_000).includes('\r\n') ? '\r\n' : '\n';
  return dash ? `${eol}${dash[0]}- ` : ', ';
}
