// One place of a name as the edit that writes the new one there, as the file's own form asks for it.
import { yamlScalar } from '../../../core/documents';
import type { TextEdit } from '../../../core/text';
import { nodeAt } from '../../../core/yaml';
import type { FileFacts } from '../../../core/workspace';
import type { NameAt } from '../at';

/** The edits at one place, or a text that says why there are none. */
export function editsAt(facts: FileFacts, text: string, at: NameAt, whole: string): readonly TextEdit[] | string {
  if (at.written === null) return hidden(facts, text, at, whole);
  const written = respelt(at.written, at.name, whole);
  if (written === null) return 'the name is written in another spelling';
  if (at.field && !/^[A-Za-z_]\w*$/.test(whole)) return `\`.${at.name}\` takes letters, digits and \`_\` only; write \`["${whole}"]\``;
  const edits: TextEdit[] = [replaceIn(text, at, written)];
  if (at.provider && at.written !== at.name) {
    const slash = whole.indexOf('/');
    const provider = whole.slice(0, Math.max(0, slash));
    if (provider !== at.name.slice(0, at.name.length - at.written.length - 1)) edits.push(replaceIn(text, { span: inner(text, at.provider), scalar: at.provider }, provider));
  }
  return edits;
}

const inner = (text: string, { start, end }: { start: number; end: number }) => (/["']/.test(text[start] ?? '') ? { start: start + 1, end: end - 1 } : { start, end });

/** A part of a scalar replaced; a plain one is put in quotes where the new text would be read as something else. */
function replaceIn(text: string, { span, scalar }: Pick<NameAt, 'span' | 'scalar'>, written: string): TextEdit {
  if (!scalar || /["']/.test(text[scalar.start] ?? '')) return { span, newText: written };
  const before = text.slice(scalar.start, scalar.end);
  const after = text.slice(scalar.start, span.start) + written + text.slice(span.end, scalar.end);
  return yamlScalar(before) === before && yamlScalar(after) !== after ? { span: scalar, newText: JSON.stringify(after) } : { span, newText: written };
}

/** The new name in the spelling of what is written: the whole, what follows its slash, or `mcp__server__tool`. */
function respelt(written: string, name: string, whole: string): string | null {
  if (written === name) return whole;
  if (name.endsWith(`/${written}`)) return whole.slice(whole.indexOf('/') + 1);
  const [server, tool] = split(name);
  if (written === `mcp__${server}__${tool}`) return `mcp__${split(whole).join('__')}`;
  return null;
}

const split = (tool: string): [string, string] => [tool.slice(0, Math.max(0, tool.indexOf('/'))), tool.slice(tool.indexOf('/') + 1)];

/** Where escapes hide the name, its scalar is written anew. */
function hidden(facts: FileFacts, text: string, at: NameAt, whole: string): readonly TextEdit[] | string {
  const why = 'the name is not written out there';
  if (at.within || !at.scalar) return why;
  for (const document of facts.documents) {
    const reference = document.references.find((one) => one.span.start === at.scalar?.start && one.span.end === at.scalar.end);
    const node = reference && nodeAt(document.root, reference.path);
    if (node?.kind !== 'scalar' || node.start !== at.scalar.start) continue;
    const index = node.text.lastIndexOf(at.name);
    if (index < 0) return why;
    return [{ span: at.scalar, newText: JSON.stringify(node.text.slice(0, index) + whole + node.text.slice(index + at.name.length)) }];
  }
  return text === '' ? [] : why;
}
