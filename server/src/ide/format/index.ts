// Formatting of our documents: indentation, blanks and blank lines; never what a value, a comment or a quote says.
// What the edits would leave is read again and compared; if anything but layout differs, there are no edits.
import { format as formatJson } from 'jsonc-parser';
import { applyEdits, contains, type Span, type TextEdit } from '../../core/text';
import { parseJson, parseYaml } from '../../core/yaml';
import type { Workspace } from '../../core/workspace';
import type { FormatOptions } from '../types';
import { columns } from './columns';
import { flowEdits } from './flow';
import { lineEdits } from './lines';
import { sameMeaning } from './same-meaning';

export function format(workspace: Workspace, path: string, options: FormatOptions, range?: Span): readonly TextEdit[] {
  const text = workspace.text(path);
  const role = workspace.facts(path)?.role;
  if (text === null || (role !== 'countersign' && role !== 'config')) return [];
  const edits = path.endsWith('.json') ? jsonEdits(text, options) : yamlEdits(text);
  return range ? edits.filter((edit) => contains(range, edit.span)) : edits;
}

/** The edits of a YAML text; none where it has faults of syntax. */
export function yamlEdits(text: string): readonly TextEdit[] {
  const tree = parseYaml(text);
  if (text.trim() === '' || tree.documents.some((document) => document.problems.length > 0)) return [];
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const layout = columns(text, tree);
  const edits = [...lineEdits(text, layout, eol), ...flowEdits(text, tree)].filter(({ span, newText }) => text.slice(span.start, span.end) !== newText).sort((a, b) => a.span.start - b.span.start);
  return edits.length > 0 && sameMeaning(tree, parseYaml(applyEdits(text, edits)), text, applyEdits(text, edits)) ? edits : [];
}

function jsonEdits(text: string, { indent }: FormatOptions): readonly TextEdit[] {
  const tree = parseJson(text);
  if (text.trim() === '' || tree.documents.some((document) => document.problems.length > 0)) return [];
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const edits = formatJson(text, undefined, { tabSize: indent, insertSpaces: true, eol, insertFinalNewline: true, keepLines: true }).map(({ offset, length, content }) => ({ span: { start: offset, end: offset + length }, newText: between(text, offset, length) ? '' : content }));
  const after = applyEdits(text, edits);
  return edits.length > 0 && after !== text && sameMeaning(tree, parseJson(after), text, after) ? edits : [];
}

/** True for the blanks of an empty object. */
const between = (text: string, offset: number, length: number): boolean => text[offset - 1] === '{' && text[offset + length] === '}';
