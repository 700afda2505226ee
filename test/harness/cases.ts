// Cases as text: files with marker lines that say what must be found. ALL findings must match; UPDATE=1 writes what was found instead.
//
// A case file holds cases, each begun by a line `=== what it shows`. A case holds one file, or several, each begun by `#- path`.
// A marker line stands under the line that it marks; it is not part of the file:
//
//     lifecycle: prod
//     #          ^^^^ schema/enum: Did you mean `production`
//
// The carets' columns are those of the marked text. `//` does as well as `#` (for JSON). A marker that begins in the first columns, where the
// comment sign stands, is written with `<`: `#<^^ code` reaches from column 0 to the last caret. `|` instead of carets marks an empty place.
// `>` after the carets: the span ends on a later line. The text after `code:` must be part of the message.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

/** What a check found. */
export interface Found {
  readonly path?: string;
  readonly code: string;
  readonly message: string;
  readonly span: { readonly start: number; readonly end: number };
}

export interface CaseFile {
  readonly path: string;
  /** without marker lines */
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Mark {
  /** from 0, in the text without marker lines */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly onward: boolean;
  readonly code: string;
  readonly part: string;
}

export interface Case {
  readonly title: string;
  /** as it stands in the case file */
  readonly source: string;
  readonly files: readonly CaseFile[];
}

const MARKER = /^(\s*)(#|\/\/)(<?)(\s*)(\^*|\|)(>?) ([a-z-]+\/\S+?)(?:: (.*))?$/;
const FILE = /^#- (\S+)$/;

/** The marked lines of one text. */
export function parseMarked(path: string, source: string): CaseFile {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of source.split('\n')) {
    const match = MARKER.exec(line);
    if (!match || (match[3] === '' && match[5] === '')) {
      lines.push(line);
      continue;
    }
    const [, lead = '', sign = '', first = '', gap = '', carets = '', onward = '', code = '', part = ''] = match;
    const begin = lead.length + sign.length + first.length + gap.length;
    const start = first ? 0 : begin;
    marks.push({ line: Math.max(0, lines.length - 1), start, end: carets === '|' ? start : begin + carets.length, onward: onward !== '', code, part });
  }
  return { path, text: lines.join('\n'), marks };
}

/** Splits a case file. `defaultPath` names the file of a case that names none. */
export function parseCases(text: string, defaultPath: string): Case[] {
  return text.split(/^=== /m).slice(1).map((chunk) => {
    const end = chunk.indexOf('\n');
    const source = chunk.slice(end + 1);
    return { title: chunk.slice(0, end).trim(), source, files: parseFiles(source, defaultPath) };
  });
}

function parseFiles(source: string, defaultPath: string): CaseFile[] {
  const files: { path: string; lines: string[] }[] = [];
  for (const line of source.split('\n')) {
    const head = FILE.exec(line);
    if (head) files.push({ path: head[1] ?? defaultPath, lines: [] });
    else if (files.length > 0) files[files.length - 1]?.lines.push(line);
    else files.push({ path: defaultPath, lines: [line] });
  }
  return files.map((file) => parseMarked(file.path, file.lines.join('\n')));
}

/** The files with a marker line for each finding; of a message only the part that `expected` asks for, where it holds. */
export function render(files: readonly CaseFile[], found: readonly Found[], named: boolean): string {
  return files.map((file) => (named ? `#- ${file.path}\n` : '') + renderFile(file, found.filter((f) => (f.path ?? file.path) === file.path))).join('\n');
}

function renderFile(file: CaseFile, found: readonly Found[]): string {
  const sign = file.path.endsWith('.json') ? '//' : '#';
  const lines = file.text.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  const byLine = new Map<number, Mark[]>();
  for (const { code, message, span } of found) {
    const next = starts.findIndex((start) => start > span.start);
    const line = next < 0 ? starts.length - 1 : Math.max(0, next - 1);
    const base = starts[line] ?? 0;
    const length = (lines[line] ?? '').length;
    const onward = span.end - base > length;
    const mark = { line, start: span.start - base, end: Math.min(span.end - base, length), onward, code };
    const part = file.marks.find((m) => m.line === line && m.start === mark.start && m.end === mark.end && m.code === code && message.includes(m.part))?.part;
    byLine.set(line, [...(byLine.get(line) ?? []), { ...mark, part: part ?? message }]);
  }
  return lines.flatMap((line, number) => [line, ...(byLine.get(number) ?? []).sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1)).map((mark) => markerLine(mark, sign))]).join('\n');
}

function markerLine(mark: Mark, sign: string): string {
  const empty = mark.end === mark.start && !mark.onward;
  const width = mark.end - mark.start;
  let head: string;
  if (mark.start >= sign.length) head = sign + ' '.repeat(mark.start - sign.length) + (empty ? '|' : '^'.repeat(width));
  else head = `${sign}<${empty ? '|' : '^'.repeat(Math.max(0, mark.end - sign.length - 1))}`;
  return `${head}${mark.onward ? '>' : ''} ${mark.code}${mark.part ? `: ${mark.part}` : ''}`;
}

/** Checks one case; returns its source as it should stand. */
export function outcome(given: Case, check: (files: readonly CaseFile[]) => readonly Found[]): { readonly expected: string; readonly actual: string } {
  const named = FILE.test(given.source.split('\n')[0] ?? '');
  const wanted: Found[] = given.files.flatMap((file) => file.marks.map((mark) => {
    const base = file.text.split('\n').slice(0, mark.line).reduce((sum, line) => sum + line.length + 1, 0);
    const length = (file.text.split('\n')[mark.line] ?? '').length;
    return { path: file.path, code: mark.code, message: mark.part, span: { start: base + mark.start, end: mark.onward ? base + length + 1 : base + mark.end } };
  }));
  return { expected: render(given.files, wanted, named), actual: render(given.files, check(given.files), named) };
}

/** Defines a test for each case of a file (a path from the repository's root). */
export function runCases(file: string, defaultPath: string, check: (files: readonly CaseFile[]) => readonly Found[] | Promise<readonly Found[]>): void {
  const text = readFileSync(file, 'utf8');
  const cases = parseCases(text, defaultPath);
  const updated = cases.map((given) => given.source);
  for (const [index, given] of cases.entries()) {
    it(given.title, async () => {
      const found = await check(given.files);
      const { expected, actual } = outcome(given, () => found);
      if (process.env.UPDATE) updated[index] = actual;
      else assert.equal(actual, expected);
    });
  }
  if (process.env.UPDATE) {
    after(() => {
      const head = text.slice(0, Math.max(0, text.search(/^=== /m)));
      writeFileSync(file, head + cases.map((given, index) => `=== ${given.title}\n${updated[index]?.replace(/\n?$/, '\n') ?? ''}`).join(''));
    });
  }
}

/** Takes `$0` out of a text; where it stood. */
export function cursor(text: string): { readonly text: string; readonly offset: number } {
  const offset = text.indexOf('$0');
  assert.ok(offset >= 0, 'a case with a cursor needs `$0`');
  return { text: text.slice(0, offset) + text.slice(offset + 2), offset };
}
