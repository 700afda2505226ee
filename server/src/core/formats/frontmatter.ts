// The YAML between two `---` lines at the top of a Markdown file, with offsets in the whole file.
import type { Problem, Span } from '../text';
import { parseYaml, type MapNode } from '../yaml';
import { syntaxProblem } from './syntax';
import { readEntries } from './frontmatter-entries';

/** UTF-16 units and lines of a block; real ones have a hundredth of it */
const MAX_BLOCK = 64_000;
const MAX_BLOCK_LINES = 2_000;

export interface Frontmatter {
  /** the opening `---` */
  readonly fence: Span;
  /** what stands between the fences */
  readonly span: Span;
  /** where the text after it begins */
  readonly body: number;
  /** keys and values; empty for a blank block; null where nothing can be read */
  readonly root: MapNode | null;
  readonly problems: readonly Problem[];
}

/**
 * The frontmatter of a file, or null where its first line is not `---`. A YAML fault is reported as `syntax/frontmatter`
 * and the block is then read entry by entry, so that one bad line does not hide the others.
 */
export function readFrontmatter(text: string): Frontmatter | null {
  const top = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const opening = /^---[ \t]*(\r\n|\n|\r|$)/.exec(text.slice(top, top + 200));
  if (!opening) return null;
  const fence = { start: top, end: top + 3 };
  const start = top + opening[0].length;
  const close = closingFence(text, start);
  if (!close) {
    const span = { start, end: text.length };
    const keyed = /^[A-Za-z_][\w.-]*[ \t]*:/.test(text.slice(start, start + 200));
    const message = 'The frontmatter that begins here is never closed, so all of the file counts as text. Put a line `---` after the last key.';
    return { fence, span, body: start, root: null, problems: keyed ? [{ code: 'syntax/frontmatter', span: fence, message }] : [] };
  }
  const span = { start, end: close.start };
  const large = span.end - span.start > MAX_BLOCK || lineCount(text, span) > MAX_BLOCK_LINES;
  if (large) {
    const message = `This frontmatter is not read: it has more than ${MAX_BLOCK.toLocaleString('en')} characters or ${MAX_BLOCK_LINES.toLocaleString('en')} lines.`;
    return { fence, span, body: close.body, root: null, problems: [{ code: 'syntax/too-large', span: fence, message }] };
  }
  return { fence, span, body: close.body, ...readBlock(text.slice(start, close.start), span, fence) };
}

function closingFence(text: string, from: number): { start: number; body: number } | null {
  const fence = /^---[ \t]*(?:\r\n|\n|\r|$)/;
  for (let line = from; line < text.length; line = nextLine(text, line)) {
    if (!text.startsWith('---', line)) continue;
    const found = fence.exec(text.slice(line, line + 200));
    if (found) return { start: line, body: line + found[0].length };
  }
  return null;
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function lineCount(text: string, span: Span): number {
  let lines = 0;
  for (let line = span.start; line < span.end; line = nextLine(text, line)) lines++;
  return lines;
}

function readBlock(block: string, span: Span, fence: Span): Pick<Frontmatter, 'root' | 'problems'> {
  const document = parseYaml(block, span.start).documents[0];
  const faults = document?.problems ?? [];
  const broken = faults.some((fault) => fault.code === 'yaml' || fault.code === 'unquoted');
  if (broken) {
    const entries = readEntries(block, span);
    const twice = faults.filter((fault) => fault.code === 'duplicate-key').map((fault) => syntaxProblem(fault));
    const others = faults.filter((fault) => fault.code !== 'duplicate-key').map((fault) => syntaxProblem(fault, 'frontmatter'));
    return { root: entries.root, problems: [...(entries.problems.length > 0 ? entries.problems : others), ...twice] };
  }
  const problems = faults.map((fault) => syntaxProblem(fault));
  const root = document?.root ?? null;
  if (root?.kind === 'map') return { root, problems };
  if (problems.length > 0) return { root: null, problems };
  if (!root || (root.kind === 'scalar' && root.value === null)) return { root: { kind: 'map', ...span, flow: false, pairs: [] }, problems };
  const message = 'Frontmatter holds keys and values (`description: ...`); this is something else, and tools skip it without a word.';
  return { root: null, problems: [{ code: 'syntax/frontmatter', span: fence, message }] };
}
