// Frontmatter that strict YAML rejects, read one top-level entry at a time: mostly an unquoted `: ` inside a description.
import type { Problem, Span } from '../text';
import { parseYaml, type MapNode, type Pair, type ScalarNode, type SyntaxProblem } from '../yaml';
import { syntaxProblem } from './syntax';

interface Entry {
  readonly name: string;
  readonly text: string;
  /** offset in the file */
  readonly start: number;
  /** where the value begins in `text`, blanks passed */
  readonly value: number;
}

const KEY = /^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t\r\n]|$)[ \t]*/;
/** entries that are read one by one; each costs a parse */
const MAX_ENTRIES = 300;
const SKIPPED = 'Tools that read frontmatter strictly skip this file without a word.';

/** The entries that can be read, the first of each name, and a problem with a fix for each that YAML rejects. */
export function readEntries(block: string, span: Span): { root: MapNode; problems: Problem[] } {
  const pairs: Pair[] = [];
  const problems: Problem[] = [];
  for (const entry of split(block, span.start).slice(0, MAX_ENTRIES)) {
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
  return starts.map(({ at, key }, index) => {
    const end = starts[index + 1]?.at ?? block.length;
    return { name: key[1] ?? '', text: block.slice(at, end), start: base + at, value: key[0].length };
  });
}

function keyNode({ name, start }: Entry): ScalarNode {
  return { kind: 'scalar', start, end: start + name.length, value: name, text: name, style: 'plain' };
}

/** The value as the plain text that its writer meant, lines folded; null where it begins like something else than text. */
function plainValue(entry: Entry): ScalarNode | null {
  const raw = entry.text.slice(entry.value).replace(/[ \t]+#[^\n]*$/, '').trimEnd();
  if (raw === '' || /^[[{|>&\r\n]/.test(raw)) return null;
  const text = raw.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '').join(' ');
  const start = entry.start + entry.value;
  return { kind: 'scalar', start, end: start + raw.length, value: text, text, style: 'plain' };
}

function problemOf(entry: Entry, scalar: ScalarNode | null, fault: SyntaxProblem): Problem {
  if (!scalar || /^["']/.test(scalar.text)) {
    return syntaxProblem({ ...fault, message: `\`${entry.name}\` is not valid YAML. ${fault.message} ${SKIPPED}` }, 'frontmatter');
  }
  const code = 'syntax/frontmatter';
  const span = { start: scalar.start, end: scalar.end };
  const fixes = [{ title: `Quote the text of \`${entry.name}\``, safe: true, edits: [{ span, newText: JSON.stringify(scalar.text) }] }];
  const colon = /:(?:\s|$)/.test(scalar.text);
  const why = colon ? 'holds a colon followed by a blank, which YAML takes for another key' : `is not valid YAML without quotes: ${fault.message}`;
  return { code, span, message: `The text of \`${entry.name}\` ${why}${colon ? '.' : ''} ${SKIPPED} Put the text in quotes.`, fixes };
}
