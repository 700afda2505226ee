// Where each character of a decoded scalar stands in the source, so that a finding inside a condition lands on its own letters.
import type { ScalarNode } from './tree';

/** `at(i)`: the source offset of the decoded text's i-th unit; `at(length)` is where the content ends. */
export interface ScalarMap {
  readonly at: (index: number) => number;
  readonly span: (start: number, end: number) => { start: number; end: number };
  /** false where the text could not be followed; every place is then the whole scalar */
  readonly exact: boolean;
}

interface Decoded {
  text: string;
  offsets: number[];
}

const ESCAPES: Record<string, string> = {
  '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', '/': '/', '\\': '\\',
  N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029',
};

/** Maps a scalar's decoded text to offsets in `source` (the whole file's text). */
export function scalarMap(source: string, node: ScalarNode): ScalarMap {
  if (node.style === 'plain' && node.end - node.start === node.text.length) return linear(node.start);
  if ((node.style === 'single' || node.style === 'double') && node.end - node.start === node.text.length + 2) return linear(node.start + 1);
  const decoded = decode(source, node);
  if (!decoded || decoded.text !== node.text) return whole(node);
  const { offsets } = decoded;
  const last = offsets.length > 0 ? (offsets[offsets.length - 1] ?? node.start) + 1 : node.start;
  const at = (index: number): number => offsets[index] ?? last;
  return { at, exact: true, span: (start, end) => ({ start: at(start), end: end > start ? at(end - 1) + 1 : at(start) }) };
}

const linear = (base: number): ScalarMap => ({ at: (i) => base + i, span: (s, e) => ({ start: base + s, end: base + e }), exact: true });
const whole = (node: ScalarNode): ScalarMap => ({ at: () => node.start, span: () => ({ start: node.start, end: node.end }), exact: false });

function decode(source: string, node: ScalarNode): Decoded | null {
  if (node.style === 'literal' || node.style === 'folded') return decodeBlock(source, node);
  if (node.style === 'plain') return decodeFlow(source, node.start, node.end, 'plain');
  const closed = source[node.end - 1] === source[node.start] && node.end - node.start >= 2;
  return decodeFlow(source, node.start + 1, closed ? node.end - 1 : node.end, node.style);
}

/** Plain and quoted scalars: line folding (YAML 1.2.2, 7.3), `''`, and the escapes of double quotes (5.7). */
function decodeFlow(source: string, start: number, end: number, style: 'plain' | 'single' | 'double'): Decoded {
  const out: Decoded = { text: '', offsets: [] };
  const push = (text: string, offset: number): void => {
    out.text += text;
    for (let i = 0; i < text.length; i++) out.offsets.push(offset);
  };
  let keep = 0; // trailing blanks before this length were written as escapes and are not folded away
  let i = start;
  while (i < end) {
    const c = source[i] ?? '';
    if (c === '\n' || c === '\r') {
      while (out.text.length > keep && /[ \t]$/.test(out.text)) {
        out.text = out.text.slice(0, -1);
        out.offsets.pop();
      }
      const breakAt = i;
      let breaks = 0;
      while (i < end && /[ \t\r\n]/.test(source[i] ?? '')) {
        if (source[i] === '\n' || (source[i] === '\r' && source[i + 1] !== '\n')) breaks++;
        i++;
      }
      if (breaks === 1) push(' ', breakAt);
      else push('\n'.repeat(breaks - 1), breakAt);
    } else if (style === 'single' && c === "'" && source[i + 1] === "'") {
      push("'", i);
      i += 2;
    } else if (style === 'double' && c === '\\') {
      i = escape(source, i, push);
      keep = out.text.length;
    } else {
      push(c, i);
      i++;
    }
  }
  return out;
}

function escape(source: string, at: number, push: (text: string, offset: number) => void): number {
  const c = source[at + 1] ?? '';
  const digits = c === 'x' ? 2 : c === 'u' ? 4 : c === 'U' ? 8 : 0;
  if (digits > 0) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + digits), 16);
    push(Number.isNaN(code) || code > 0x10ffff ? source.slice(at, at + 2 + digits) : digits === 4 ? String.fromCharCode(code) : String.fromCodePoint(code), at);
    return at + 2 + digits;
  }
  if (c === '\n' || c === '\r') {
    let i = at + (c === '\r' && source[at + 2] === '\n' ? 3 : 2);
    while (/[ \t]/.test(source[i] ?? '')) i++;
    return i;
  }
  push(ESCAPES[c] ?? `\\${c}`, at);
  return at + 2;
}

/** `|` and `>` with their indentation and chomping indicators (YAML 1.2.2, 8.1). */
function decodeBlock(source: string, node: ScalarNode): Decoded | null {
  const header = /^[|>]([+-]?)(\d?)([+-]?)[^\n\r]*(\r\n|\n|\r|$)/.exec(source.slice(node.start, node.end));
  if (!header) return null;
  const chomp = header[1] || header[3] || '';
  const lines = blockLines(source, node.start + header[0].length, node.end);
  const first = lines.find((line) => line.text.trim() !== '');
  const indent = header[2] ? explicitIndent(source, node, Number(header[2])) : first ? first.text.length - first.text.trimStart().length : 0;
  const content = lines.map((line) => ({ text: line.text.slice(indent), at: line.at + Math.min(indent, line.text.length), eol: line.at + line.text.length }));
  let last = content.length;
  while (last > 0 && content[last - 1]?.text === '') last--;
  const out: Decoded = { text: '', offsets: [] };
  const push = (text: string, at: number, step: number): void => {
    out.text += text;
    for (let i = 0; i < text.length; i++) out.offsets.push(at + i * step);
  };
  for (let i = 0; i < last; i++) {
    const line = content[i];
    if (!line) break;
    push(line.text, line.at, 1);
    if (i === last - 1) break;
    if (node.style === 'literal') push('\n', line.eol, 0);
    else i = fold(content, i, last, push);
  }
  const end = content[last - 1]?.eol ?? node.end;
  if (chomp === '+') push('\n'.repeat(last === 0 ? content.length : content.length - last + (last > 0 ? 1 : 0)), end, 0);
  else if (chomp === '' && last > 0) push('\n', end, 0);
  if (out.text !== node.text && node.text.startsWith(out.text)) push(node.text.slice(out.text.length), end, 0);
  if (out.text !== node.text && out.text.startsWith(node.text)) {
    out.offsets.length = node.text.length;
    out.text = node.text;
  }
  return out;
}

interface BlockLine {
  text: string;
  at: number;
  eol: number;
}

/** The break after line `i` of a folded scalar; returns the index of the last line that it swallowed. */
function fold(content: readonly BlockLine[], i: number, last: number, push: (text: string, at: number, step: number) => void): number {
  const line = content[i] as BlockLine;
  let next = i + 1;
  while (next < last && content[next]?.text === '') next++;
  const blank = next - i - 1;
  const more = (text: string): boolean => /^[ \t]/.test(text);
  if (line.text === '') push('\n'.repeat(blank + 1), line.eol, 0);
  else if (more(line.text) || more(content[next]?.text ?? '')) push('\n'.repeat(blank + 1), line.eol, 0);
  else push(blank === 0 ? ' ' : '\n'.repeat(blank), line.eol, 0);
  return next - 1;
}

function blockLines(source: string, start: number, end: number): { text: string; at: number }[] {
  const lines: { text: string; at: number }[] = [];
  let at = start;
  while (at < end) {
    let stop = source.indexOf('\n', at);
    if (stop < 0 || stop >= end) stop = end;
    const text = source.slice(at, stop).replace(/\r$/, '');
    lines.push({ text, at });
    at = stop + 1;
  }
  return lines;
}

/** The indentation that a written indicator means: that of the parent's line plus the indicator, as far as the content agrees. */
function explicitIndent(source: string, node: ScalarNode, indicator: number): number {
  const lineStart = source.lastIndexOf('\n', node.start - 1) + 1;
  const line = source.slice(lineStart, node.start);
  const lead = line.length - line.trimStart().length;
  const dashes = /^\s*((?:- +)*)/.exec(line)?.[0].length ?? lead;
  const first = node.text.split('\n').find((t) => t.trim() !== '') ?? '';
  const body = source.slice(source.indexOf('\n', node.start) + 1);
  for (const base of [lead, dashes, lead - 1]) if (base >= 0 && body.split(/\r?\n/).some((l) => l.slice(base + indicator) === first)) return base + indicator;
  return lead + indicator;
}
