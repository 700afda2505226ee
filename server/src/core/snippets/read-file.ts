// A file of snippets in VS Code's own format, each with the places of its parts in the file.
import { scalarMap, parseJson, resolve, textOf, valueOf, type MapNode, type Node, type ScalarNode, type SyntaxProblem } from '../yaml';
import type { Span } from '../text';
import { parseBody, type ParsedBody } from './syntax';

export interface Snippet {
  /** the key in the file */
  readonly name: string;
  readonly nameSpan: Span;
  readonly prefixes: readonly { readonly text: string; readonly span: Span }[];
  readonly description: string | null;
  /** languages; null for all */
  readonly scope: readonly string[] | null;
  /** globs of the files that it is for, and of those that it is not for; null for all, and none */
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[] | null;
  /** lines joined by newlines */
  readonly body: string;
  readonly bodySpan: Span;
  readonly parsed: ParsedBody;
  /** where part of the body stands in the file */
  place(start: number, end: number): Span;
}

export interface SnippetFile {
  readonly snippets: readonly Snippet[];
  readonly syntax: readonly SyntaxProblem[];
  /** entries that are no snippet: not a map, or without a body */
  readonly broken: readonly { readonly span: Span; readonly message: string }[];
}

const MAX_SNIPPETS = 1_000;
const MAX_GLOBS = 50;

/** What is said of a file of a library that is too large, or no text. */
export const unreadSnippets = (why: string): string => `This file was not read: ${why}. None of its snippets are offered; mend it, or split it.`;

/** Never throws; what cannot be read is named, the rest is kept. */
export function readSnippets(text: string): SnippetFile {
  const document = parseJson(text, { comments: true }).documents[0];
  const syntax = document?.problems ?? [];
  const root = resolve(document?.root);
  if (root?.kind !== 'map') return { snippets: [], syntax, broken: text.trim() === '' || syntax.length > 0 ? [] : [{ span: { start: 0, end: 0 }, message: 'A file of snippets is a JSON map: each name has a map with `prefix` and `body`.' }] };
  const snippets: Snippet[] = [];
  const broken: { span: Span; message: string }[] = [];
  for (const pair of entriesOf(root).slice(0, MAX_SNIPPETS)) {
    const nameSpan = spanOf(pair.key);
    const value = resolve(pair.value);
    const read = value?.kind === 'map' ? bodyOf(text, valueOf(value, 'body')) : null;
    if (!read) {
      broken.push({ span: nameSpan, message: value?.kind === 'map' ? `\`${pair.key.text}\` has no \`body\`: a text, or a list with a text for each line.` : `\`${pair.key.text}\` is no snippet: it must be a map with \`prefix\` and \`body\`.` });
      continue;
    }
    const scope = textOf(valueOf(value, 'scope'));
    snippets.push({
      name: pair.key.text, nameSpan, prefixes: textsOf(valueOf(value, 'prefix')), description: textOf(valueOf(value, 'description')) ?? (textsOf(valueOf(value, 'description')).map((line) => line.text).join(' ') || null),
      scope: scope === null ? null : scope.split(',').map((language) => language.trim()).filter((language) => language !== ''),
      include: globsOf(valueOf(value, 'include')), exclude: globsOf(valueOf(value, 'exclude')), body: read.text, bodySpan: read.span, parsed: parseBody(read.text), place: read.place,
    });
  }
  const more = entriesOf(root)[MAX_SNIPPETS];
  if (more) broken.push({ span: spanOf(more.key), message: `A file of snippets may have ${MAX_SNIPPETS.toLocaleString('en')}; this one has ${entriesOf(root).length.toLocaleString('en')}, and those from here on are left out. Split it.` });
  return { snippets, syntax, broken };
}

/** The entries of a file; one without a body that holds some is a group of them, as the editor reads it. */
function entriesOf(root: MapNode): MapNode['pairs'] {
  return root.pairs.flatMap((pair) => {
    const value = resolve(pair.value);
    const group = value?.kind === 'map' && !valueOf(value, 'body') ? value.pairs : [];
    return group.some((inner) => valueOf(resolve(inner.value), 'body')) ? group : [pair];
  });
}

function globsOf(node: Node | null): readonly string[] | null {
  const texts = textsOf(node).map(({ text }) => text).filter((text) => text !== '').slice(0, MAX_GLOBS);
  return texts.length > 0 ? texts : null;
}

const spanOf = (node: Span): Span => ({ start: node.start, end: node.end });

function textsOf(node: Node | null): { text: string; span: Span }[] {
  const here = resolve(node);
  if (here?.kind === 'seq') return here.items.flatMap((item) => textsOf(item));
  return here?.kind === 'scalar' && typeof here.value === 'string' ? [{ text: here.value, span: spanOf(here) }] : [];
}

interface Body {
  readonly text: string;
  readonly span: Span;
  readonly place: Snippet['place'];
}

function bodyOf(source: string, node: Node | null): Body | null {
  const here = resolve(node);
  const lines: ScalarNode[] = [];
  if (here?.kind === 'scalar' && typeof here.value === 'string') lines.push(here);
  else if (here?.kind === 'seq') for (const item of here.items) {
    const line = resolve(item);
    if (line?.kind !== 'scalar' || typeof line.value !== 'string') return null;
    lines.push(line);
  } else return null;
  if (!here || lines.length === 0) return here ? { text: '', span: spanOf(here), place: () => spanOf(here) } : null;
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.text.length + 1;
  }
  const lineAt = (offset: number): number => {
    let index = starts.findIndex((start) => start > offset);
    if (index < 0) index = starts.length;
    return Math.max(0, index - 1);
  };
  return {
    text: lines.map((line) => line.text).join('\n'), span: spanOf(here),
    place(start, end) {
      const [first, last] = [lineAt(start), lineAt(Math.max(start, end - 1))];
      const [from, to] = [lines[first] as ScalarNode, lines[last] as ScalarNode];
      const at = scalarMap(source, from).span(Math.min(from.text.length, start - (starts[first] ?? 0)), Math.min(from.text.length, Math.max(start - (starts[first] ?? 0), first === last ? end - (starts[first] ?? 0) : from.text.length)));
      if (first === last) return at;
      return { start: at.start, end: scalarMap(source, to).span(0, Math.min(to.text.length, end - (starts[last] ?? 0))).end };
    },
  };
}
