// JSON (with comments and trailing commas where a format allows them) to the same tree.
import { createScanner, parseTree, type Node as JsonNode, type ParseError, printParseErrorCode } from 'jsonc-parser';
import type { Span } from '../text';
import { MAX_DEPTH, MAX_FAULTS, tooLarge } from './limits';
import type { Node, Pair, SourceTree, SyntaxProblem } from './tree';

export interface JsonOptions {
  /** JSON with comments: `//`, slash-star, trailing commas */
  readonly comments: boolean;
}

const WORDS: Record<string, string> = {
  InvalidSymbol: 'This is not a JSON value. Is a quote missing?',
  InvalidNumberFormat: 'This is not a JSON number.',
  PropertyNameExpected: 'A key in double quotes is expected here.',
  ValueExpected: 'A value is expected here.',
  ColonExpected: 'A colon is expected here, between key and value.',
  CommaExpected: 'A comma is expected here.',
  CloseBraceExpected: 'A closing `}` is missing.',
  CloseBracketExpected: 'A closing `]` is missing.',
  EndOfFileExpected: 'Nothing may follow the JSON value.',
  InvalidCommentToken: 'JSON has no comments.',
  UnexpectedEndOfComment: 'This comment is not closed.',
  UnexpectedEndOfString: 'This text is not closed: a `"` is missing.',
  UnexpectedEndOfNumber: 'This number is cut short.',
  InvalidUnicode: 'A `\\u` escape needs four hexadecimal digits.',
  InvalidEscapeCharacter: 'JSON does not know this escape.',
  InvalidCharacter: 'This character must be escaped in JSON text.',
};

/** Parses JSON. Never throws; what can be read around a fault is kept. */
export function parseJson(text: string, options: JsonOptions = { comments: false }): SourceTree {
  const large = tooLarge(text);
  const problems: SyntaxProblem[] = [];
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const done = (root: Node | null): SourceTree => ({ documents: [{ start: 0, end: text.length, root, problems, tags: [], comments: [] }] });
  if (large) {
    problems.push({ code: 'too-large', span: { start: 0, end: Math.min(1, text.length) }, message: large });
    return done(null);
  }
  const deep = tooDeep(text);
  if (deep) {
    problems.push({ code: 'too-large', span: deep, message: `More than ${MAX_DEPTH} levels of objects and arrays within each other are not read.` });
    return done(null);
  }
  const errors: ParseError[] = [];
  const body = start > 0 ? ` ${text.slice(1)}` : text;
  const tree = parseTree(body, errors, { disallowComments: !options.comments, allowTrailingComma: options.comments, allowEmptyContent: true });
  for (const error of errors) {
    if (problems.length > MAX_FAULTS) break;
    const problem = trailingComma(text, error) ?? plainProblem(text, error);
    // one thing that is not JSON is one fault, however many of its parts the parser stumbles over
    const last = problems[problems.length - 1];
    if (!last || problem.span.start > last.span.end + 80 || text.slice(last.span.end, problem.span.start).trim() !== '') problems.push(problem);
  }
  const root = tree ? toTree(tree, text, problems) : null;
  problems.sort((a, b) => a.span.start - b.span.start);
  const rest = problems[MAX_FAULTS];
  if (rest) problems.splice(MAX_FAULTS, problems.length, { code: 'too-large', span: rest.span, message: `This file has more than ${MAX_FAULTS.toLocaleString('en')} faults of syntax; those from here on are not shown.` });
  return done(root);
}

function plainProblem(text: string, error: ParseError): SyntaxProblem {
  const name = printParseErrorCode(error.error);
  const start = Math.min(error.offset, text.length);
  const end = Math.min(text.length, start + Math.max(1, Math.min(error.length, 80)));
  return { code: 'json', span: { start, end }, message: WORDS[name] ?? `This is not valid JSON (${name}).` };
}

/** A comma before a closing bracket: the fault is the comma, not that nothing follows. */
function trailingComma(text: string, error: ParseError): SyntaxProblem | null {
  const closing = text[error.offset];
  if (closing !== '}' && closing !== ']') return null;
  let at = error.offset - 1;
  while (at >= 0 && /\s/.test(text[at] ?? '')) at--;
  if (text[at] !== ',') return null;
  return { code: 'json', span: { start: at, end: at + 1 }, message: `JSON has no comma before \`${closing}\`. Remove it.`, fix: { title: 'Remove the comma', newText: '' } };
}

function toTree(node: JsonNode, text: string, problems: SyntaxProblem[]): Node {
  // the library counts one too many behind a comment that is not closed
  const [start, end] = [Math.min(node.offset, text.length), Math.min(node.offset + node.length, text.length)];
  if (node.type === 'array') return { kind: 'seq', start, end, flow: true, items: (node.children ?? []).map((child) => toTree(child, text, problems)) };
  if (node.type === 'object') {
    const pairs: Pair[] = [];
    const seen = new Set<string>();
    for (const property of node.children ?? []) {
      const [keyNode, valueNode] = property.children ?? [];
      if (!keyNode) continue;
      const name = String(keyNode.value);
      const key = { kind: 'scalar', start: keyNode.offset, end: Math.min(keyNode.offset + keyNode.length, text.length), value: name, text: name, style: 'double' } as const;
      if (seen.has(name)) problems.push({ code: 'duplicate-key', span: { start: key.start, end: key.end }, message: `The key \`${name}\` stands twice in this object; only one of the two would count. Remove or rename one.` });
      seen.add(name);
      pairs.push({ key, value: valueNode ? toTree(valueNode, text, problems) : { kind: 'scalar', start: key.end, end: key.end, value: null, text: '', style: 'plain' } });
    }
    return { kind: 'map', start, end, flow: true, pairs };
  }
  if (node.type === 'string') return { kind: 'scalar', start, end, value: String(node.value), text: String(node.value), style: 'double' };
  const value = typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : null;
  return { kind: 'scalar', start, end, value, text: text.slice(start, end), style: 'plain' };
}

/** The first bracket that opens a level too many; a scan, because the parser recurses. */
function tooDeep(text: string): Span | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (let token = scanner.scan(); token !== 17 /* EOF */; token = scanner.scan()) {
    if (token === 1 || token === 3) depth++;
    else if (token === 2 || token === 4) depth--;
    if (depth > MAX_DEPTH) return { start: scanner.getTokenOffset(), end: scanner.getTokenOffset() + 1 };
  }
  return null;
}
