// Frontmatter that strict YAML rejects, read one top-level entry at a time: mostly an unquoted `: ` inside a description.
import type { Problem, Span } from '../text';
import { parseYaml, type MapNode, type Pair, type ScalarNode } from '../yaml';

interface Entry {
  readonly name: string;
  readonly text: string;
  /** offset in the file */
  readonly start: number;
  /** where the value begins in `text`, blanks passed */
  readonly value: number;
}

const KEY = /^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t\r\n]|$)[ \t]*/;
const SKIPPED = 'Tools that read frontmatter strictly skip this file without a word.';

/** The entries that can be read, the first of each name, and a problem with a fix for each that YAML rejects. */
export function readEntries(block: string, span: Span): { root: MapNode; problems: Problem[] } {
  const pairs: Pair[] = [];
  const problems: Problem[] = [];
  for (const entry of split(block, span.start)) {
    const document = parseYaml(entry.text, entry.start).documents[0];
    const fault = document?.problems.find((problem) => problem.code !== 'duplicate-key');
    const read = document?.root?.kind === 'map' ? document.root.pairs : [];
    if (!fault) {
      pairs.push(...read);
      continue;
    }
    const scalar = plainValue(entry);
    if (scalar) pairs.push({ key: keyNode(entry), value: scalar });
    else pairs.push(...read.slice(0, 1));
    problems.push(problemOf(entry, scalar, fault));
  }
  return { root: { kind: 'map', ...span, flow: false, pairs }, problems };
}

function split(block: string, base: number): Entry[] {
  const starts: { at: number; key: RegExpExecArray }[] = [];
  for (let line = 0; line < block.length; ) {
    const key = KEY.exec(block.slice(line, line + 300));
    if (key) starts.push({ at: line, key });
    const end = block.indexOf('\n', line);
    line = end < 0 ? block.length : end + 1;
  }
  return starts.map(({ at, key }, index) => ({ name: key[1] ?? '', text: block.slice(at, starts[index + 1]?.at ?? block.length), start: base + at, value: key[0].length }));
}

const keyNode = (entry: Entry): ScalarNode => ({ kind: 'scalar', start: entry.start, end: entry.start + entry.name.length, value: entry.name, text: entry.name, style: 'plain' });

/** The value as the plain text that its writer meant, lines folded; null where it begins like something else than text. */
function plainValue(entry: Entry): ScalarNode | null {
  const raw = entry.text.slice(entry.value).replace(/[ \t]+#[^\n]*$/, '').trimEnd();
  if (raw === '' || /^[[{|>&\r\n]/.test(raw)) return null;
  const text = raw.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '').join(' ');
  const start = entry.start + entry.value;
  return { kind: 'scalar', start, end: start + raw.length, value: text, text, style: 'plain' };
}

function problemOf(entry: Entry, scalar: ScalarNode | null, fault: { span: Span; message: string; fix?: { title: string; newText: string; span?: Span } }): Problem {
  const code = 'syntax/frontmatter';
  if (!scalar || /^["']/.test(scalar.text)) {
    const fixes = fault.fix ? [{ title: fault.fix.title, safe: true, edits: [{ span: fault.fix.span ?? fault.span, newText: fault.fix.newText }] }] : [];
    return { code, span: fault.span, message: `\`${entry.name}\` is not valid YAML. ${fault.message} ${SKIPPED}`, ...(fixes.length > 0 ? { fixes } : {}) };
  }
  const span = { start: scalar.start, end: scalar.end };
  const fixes = [{ title: `Quote the text of \`${entry.name}\``, safe: true, edits: [{ span, newText: JSON.stringify(scalar.text) }] }];
  const colon = /:(?:\s|$)/.test(scalar.text);
  const why = colon ? 'holds a colon followed by a blank, which YAML takes for another key' : `is not valid YAML without quotes: ${fault.message}`;
  return { code, span, message: `The text of \`${entry.name}\` ${why}${colon ? '.' : ''} ${SKIPPED} Put the text in quotes.`, fixes };
}
