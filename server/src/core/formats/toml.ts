// TOML as the one tree that YAML and JSON become. What stands before and behind a faulty line is kept.
import { parseTOML, type AST } from 'toml-eslint-parser';
import type { Problem, Span } from '../text';
import type { MapNode, Node, Pair, ScalarNode, SeqNode } from '../yaml';

export interface TomlFile {
  readonly root: MapNode;
  readonly problems: readonly Problem[];
}

/** Policies of people have a few hundred lines. */
const MAX_TEXT = 500_000;
/** faulty lines that are left out one after another, until the rest can be read */
const MAX_FAULTS = 10;
const MAX_DEPTH = 60;

/** Never throws: each faulty line is a `syntax/toml` problem, and the file is read without it. */
export function readToml(text: string): TomlFile {
  const problems: Problem[] = [];
  const nothing: TomlFile = { root: mapAt({ start: 0, end: 0 }), problems };
  if (text.length > MAX_TEXT) return { ...nothing, problems: [{ code: 'syntax/too-large', span: { start: 0, end: 0 }, message: 'This TOML file is too large to be configuration of an agent, and is not read.' }] };
  if (tooDeep(text)) return { ...nothing, problems: [{ code: 'syntax/too-large', span: { start: 0, end: 0 }, message: `This TOML file nests deeper than ${MAX_DEPTH} levels, and is not read.` }] };
  let rest = text;
  for (let tries = 0; tries <= MAX_FAULTS; tries++) {
    const parsed = tryParse(rest);
    if ('program' in parsed) return { root: rootOf(parsed.program, text), problems };
    // what breaks off is told at its end, and not in the blank line where the parser gave up
    const at = endOfWritten(rest, Math.min(Math.max(0, parsed.index), text.length));
    const start = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (rest.slice(start, end).trim() === '') break;
    problems.push({ code: 'syntax/toml', span: { start: at, end: Math.max(at, Math.min(end, at + 1)) }, message: `${parsed.message}. The tool that reads this file refuses all of it.${/escape/i.test(parsed.message) ? ' Double the backslash, or put the text into single quotes, where it stands for itself.' : ' Correct it here.'}` });
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  }
  return nothing;
}

/** The place itself, or, in a blank line, the end of what stands before it. */
function endOfWritten(text: string, at: number): number {
  const start = text.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
  const newline = text.indexOf('\n', start);
  return text.slice(start, newline < 0 ? text.length : newline).trim() === '' ? text.slice(0, start).trimEnd().length : at;
}

function tryParse(text: string): { readonly program: AST.TOMLProgram } | { readonly index: number; readonly message: string } {
  try {
    return { program: parseTOML(text) };
  } catch (error) {
    const { index, message } = error as { readonly index?: unknown; readonly message?: unknown };
    return { index: typeof index === 'number' ? index : 0, message: typeof message === 'string' ? message.replace(/\.$/, '') : 'This is not TOML' };
  }
}

/** The parser goes down a level for each bracket; strings that hold brackets only make this say yes too early. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 0x5b || c === 0x7b) {
      if (++depth > MAX_DEPTH) return true;
    } else if ((c === 0x5d || c === 0x7d) && depth > 0) depth--;
    else if (c === 0x0a && /^\s*\[\[?[\w"'.\s-]+\]\]?\s*(?:#.*)?$/.test(text.slice(at + 1, at + 200).split('\n')[0] ?? '')) depth = 0;
  }
  return false;
}

interface Building {
  start: number;
  end: number;
  readonly pairs: Pair[];
}

const mapAt = (span: Span): MapNode & Building => ({ kind: 'map', flow: false, pairs: [], start: span.start, end: span.end });

function rootOf(program: AST.TOMLProgram, text: string): MapNode {
  const root = mapAt({ start: 0, end: text.length });
  for (const item of program.body[0].body) {
    if (item.type === 'TOMLKeyValue') assign(root, item, text);
    else {
      const table = tableAt(root, item.key.keys, item.kind === 'array', spanOf(item));
      for (const pair of item.body) assign(table, pair, text);
    }
  }
  return root;
}

const spanOf = ({ range }: { readonly range: readonly [number, number] }): Span => ({ start: range[0], end: range[1] });
type Key = AST.TOMLBare | AST.TOMLQuoted;
const nameOf = (key: Key): string => (key.type === 'TOMLBare' ? key.name : key.value);
const keyNode = (key: Key): ScalarNode => ({ kind: 'scalar', value: nameOf(key), text: nameOf(key), style: 'plain', ...spanOf(key) });

/** The table of a header: those on the way are made, and of a list of tables the last one is meant. */
function tableAt(root: Building, keys: readonly Key[], array: boolean, span: Span): Building {
  let here = root;
  keys.forEach((key, index) => {
    const last = index === keys.length - 1;
    const known = here.pairs.find((pair) => pair.key.text === nameOf(key))?.value;
    if (known?.kind === 'seq' && !(last && array)) here = (known.items.at(-1) ?? mapAt(span)) as MapNode & Building;
    else if (known?.kind === 'map') here = known as MapNode & Building;
    else if (last && array) {
      const table = mapAt(span);
      if (known?.kind === 'seq') (known.items as Node[]).push(table);
      else here.pairs.push({ key: keyNode(key), value: { kind: 'seq', flow: false, items: [table], ...span } });
      here = table;
    } else {
      const table = mapAt(span);
      here.pairs.push({ key: keyNode(key), value: table });
      here = table;
    }
  });
  return here;
}

function assign(map: Building, pair: AST.TOMLKeyValue, text: string): void {
  const { keys } = pair.key;
  const last = keys.at(-1);
  if (!last) return;
  const table = keys.length > 1 ? tableAt(map, keys.slice(0, -1), false, spanOf(pair)) : map;
  table.pairs.push({ key: keyNode(last), value: nodeOf(pair.value, text) });
}

function nodeOf(value: AST.TOMLContentNode, text: string): Node {
  const span = spanOf(value);
  if (value.type === 'TOMLArray') return { kind: 'seq', flow: true, items: value.elements.map((item) => nodeOf(item, text)), ...span } satisfies SeqNode;
  if (value.type === 'TOMLInlineTable') {
    const map: MapNode & Building = { ...mapAt(span), flow: true };
    for (const pair of value.body) assign(map, pair, text);
    return map;
  }
  const written = text.slice(span.start, span.end);
  if (value.kind === 'string') return { kind: 'scalar', value: value.value, text: value.value, style: value.style === 'basic' && !value.multiline ? 'double' : 'single', ...span };
  const plain = value.kind === 'boolean' ? value.value : value.kind === 'integer' || value.kind === 'float' ? Number(value.value) : written;
  return { kind: 'scalar', value: plain, text: written, style: 'plain', ...span };
}
