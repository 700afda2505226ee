// Accepting changes: the edit that adds them, with who accepts it and why, to `.countersign/accepted.yaml`.
import { inline } from '../../core/documents';
import type { Region } from '../../core/analysis';
import type { TextEdit } from '../../core/text';
import { parseYaml, resolve, valueOf, type PlainValue, type SeqNode } from '../../core/yaml';
import { outcomeJson, ruleIds } from './outcome';

const HEAD = '# Changes of decisions that somebody accepted, and why. `countersign diff` reads them: an accepted change does not fail.\n';

/** `text`: of the file, null where there is none yet. Null where it is not written as it must be. */
export function acceptEdit(text: string | null, regions: readonly Region[], said: { readonly reason: string; readonly by: string; readonly on: string }): TextEdit | null {
  const entries = regions.map((region): Entry => ({
    region: region.region as unknown as PlainValue, change: region.change, rules: ruleIds(region.rules),
    before: outcomeJson(region.before), after: outcomeJson(region.after), ...said,
  }));
  const items = (indent: string, eol: string): string => entries.map((entry) => item(entry, indent, eol)).join('');
  if (text === null || text.trim() === '') return { span: { start: 0, end: text?.length ?? 0 }, newText: `${HEAD}${items('', '\n')}` };
  const [document, second] = parseYaml(text).documents;
  if (!document || second || document.problems.length > 0) return null;
  const root = resolve(document.root);
  const list = root?.kind === 'map' ? resolve(valueOf(root, 'accepted')) : root;
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  if (list?.kind === 'seq' && list.items.length > 0) return list.flow ? intoFlow(list, entries.map((entry) => inline(entry, false)).join(', ')) : intoBlock(text, list, items, eol);
  // a file of comments, or an empty list
  const isEmpty = root === null || (root.kind === 'scalar' && root.value === null);
  if (isEmpty) return { span: { start: text.length, end: text.length }, newText: `${text.endsWith('\n') ? '' : eol}${items('', eol)}` };
  return root === list && list?.kind === 'seq' ? { span: { start: list.start, end: list.end }, newText: items('', eol).trimEnd() } : null;
}

type Entry = { readonly [key: string]: PlainValue };

function item(parts: Entry, indent: string, eol: string): string {
  return `${indent}- ${Object.entries(parts).map(([key, value]) => `${key}: ${inline(value, false)}`).join(`${eol}${indent}  `)}${eol}`;
}

const intoFlow = (list: SeqNode, value: string): TextEdit => {
  const end = list.items[list.items.length - 1]?.end ?? list.start + 1;
  return { span: { start: end, end }, newText: `, ${value}` };
};

/** Behind the last entry, at the column of the first. */
function intoBlock(text: string, list: SeqNode, items: (indent: string, eol: string) => string, eol: string): TextEdit {
  const first = list.items[0]?.start ?? list.start;
  const dash = text.lastIndexOf('-', first - 1);
  const indent = text.slice(text.lastIndexOf('\n', dash - 1) + 1, dash);
  let end = list.items[list.items.length - 1]?.end ?? list.end;
  while (end > first && /\s/.test(text[end - 1] ?? '')) end--;
  const newline = text.indexOf('\n', end);
  const at = newline < 0 ? text.length : newline + 1;
  return { span: { start: at, end: at }, newText: `${newline < 0 ? eol : ''}${items(indent, eol)}` };
}
