// A record of an approval, written into a manifest: one edit that leaves everything else as it is.
import { inline, insertPair, layoutOf, pairEnd } from '../documents';
import type { FixEdit } from '../text';
import { nodeAt, parseJson, parseYaml, resolve, type SeqNode } from '../yaml';

export interface NewRecord {
  readonly by: string;
  readonly on: string;
  readonly digest: string;
  readonly expires?: string;
  readonly ticket?: string;
}

const ORDER = ['gate', 'environment', 'resources', 'from', 'count', 'expires', 'records'];

/** The edit that adds the record to a gate of a document of the file, or null where the gate cannot take one. */
export function recordEdit(path: string, text: string, document: number, gate: number, record: NewRecord): FixEdit | null {
  const json = path.endsWith('.json');
  const root = (json ? parseJson(text) : parseYaml(text)).documents[document]?.root ?? null;
  const map = resolve(nodeAt(root, ['spec', 'approvals', gate]));
  if (map?.kind !== 'map') return null;
  const value = inline({ ...record }, json);
  const pair = map.pairs.find((one) => one.key.text === 'records');
  const list = resolve(pair?.value);
  if (pair && list?.kind === 'seq') return list.flow ? intoFlow(list, value) : intoBlock(text, list, value);
  if (pair) {
    const layout = layoutOf(text, map);
    // a key without a value
    return list?.kind === 'scalar' && list.value === null && layout ? { span: { start: pairEnd(text, pair), end: pairEnd(text, pair) }, newText: layout.style === 'block' ? `${layout.eol}${layout.indent}  - ${value}` : ` [${value}]` } : null;
  }
  return insertPair(text, map, 'records', ORDER, ({ style, indent, eol }) => (style === 'block' ? `records:${eol}${indent}  - ${value}` : style === 'json' ? `"records": [${value}]` : `records: [${value}]`));
}

function intoFlow(list: SeqNode, value: string): FixEdit {
  const last = list.items[list.items.length - 1];
  if (last) return { span: { start: last.end, end: last.end }, newText: `, ${value}` };
  return { span: { start: list.start, end: list.end }, newText: `[${value}]` };
}

function intoBlock(text: string, list: SeqNode, value: string): FixEdit | null {
  const [first, last] = [list.items[0], list.items[list.items.length - 1]];
  if (!first || !last) return null;
  const dash = text.lastIndexOf('-', first.start - 1);
  const column = dash - (text.lastIndexOf('\n', dash - 1) + 1);
  let end = last.end;
  while (end > last.start && /\s/.test(text[end - 1] ?? '')) end--;
  // behind a comment that follows on the line
  const newline = text.indexOf('\n', end);
  const at = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  return { span: { start: at, end: at }, newText: `${eol}${' '.repeat(column)}- ${value}` };
}
