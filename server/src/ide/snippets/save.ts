// "Save selection as snippet": what differs from agent to agent becomes a placeholder, what the Catalog names becomes a choice.
import { choice, escapeSnippet, placeholder, type NameKind } from '../../core/documents';
import { fragmentPlaces, sampleOf } from '../../core/snippets';
import { isPattern, type Span } from '../../core/text';
import { readFile, type DocumentFacts, type Workspace } from '../../core/workspace';
import { nodeAt, parseJson, resolve, type Node, type Path, type ScalarNode } from '../../core/yaml';

export interface SavedSnippet {
  /** lines in snippet syntax, from column 0 */
  readonly body: string;
  /** a word to begin with */
  readonly prefix: string;
}

/** Kinds whose names a Catalog declares. */
const CATALOG: ReadonlySet<NameKind> = new Set<NameKind>(['team', 'person', 'role', 'environment', 'region', 'tool', 'server', 'data', 'channel', 'system', 'queue', 'integration', 'party', 'oncall']);
const MAX_CHOICES = 20;
const MAX_TEXT = 50_000;

/** The selected text as a snippet; null where it is no map and no list of the language. */
export function snippetOf(workspace: Workspace, text: string): SavedSnippet | null {
  const plain = dedented(text);
  if (plain === '' || plain.length > MAX_TEXT) return null;
  const sample = sampleOf({ text: plain, offsets: [], filled: [] }, fragmentPlaces());
  if (!sample?.home) return null;
  const facts = readFile(sample.fileName, sample.text, workspace.settings);
  const stops: { span: Span; text: string; name: string; choices: readonly string[] }[] = [];
  for (const document of facts.documents) {
    for (const scalar of scalarsOf(document)) {
      const span = sample.inBody(scalar.node);
      if (!span || span.end <= span.start) continue;
      const reference = document.references.find((one) => one.span.start === scalar.node.start && one.span.end === scalar.node.end);
      const bare = scalar.node.style === 'plain' || scalar.node.end - scalar.node.start === scalar.node.text.length + 2;
      if (!bare || scalar.node.text.includes('\n')) continue;
      const inner = scalar.node.style === 'plain' ? span : { start: span.start + 1, end: span.end - 1 };
      const names = reference && CATALOG.has(reference.kind) && !isPattern(reference.name) && reference.name === scalar.node.text ? namesOf(workspace, reference.kind) : [];
      if (names.length > 1 && names.includes(scalar.node.text)) stops.push({ span: inner, text: scalar.node.text, name: `${reference?.kind} ${scalar.node.text}`, choices: [scalar.node.text, ...names.filter((name) => name !== scalar.node.text)].slice(0, MAX_CHOICES) });
      else if (reference || isOwn(scalar.path) || differs(workspace, document, scalar.path, scalar.node)) stops.push({ span: inner, text: scalar.node.text, name: `${reference?.kind ?? scalar.path.join('/')} ${scalar.node.text}`, choices: [] });
    }
  }
  return { body: written(plain, stops), prefix: prefixOf(plain, sample.home.kind === 'document' ? (facts.documents[0]?.kind ?? null) : null) };
}

function written(text: string, stops: readonly { span: Span; text: string; name: string; choices: readonly string[] }[]): string {
  const numbers = new Map<string, number>();
  let out = '';
  let at = 0;
  for (const stop of [...stops].sort((a, b) => a.span.start - b.span.start)) {
    if (stop.span.start < at) continue;
    out += escapeSnippet(text.slice(at, stop.span.start));
    const known = numbers.get(stop.name);
    const number = known ?? numbers.size + 1;
    numbers.set(stop.name, number);
    out += known !== undefined ? `$${number}` : stop.choices.length > 1 ? choice(number, stop.choices) : placeholder(number, text.slice(stop.span.start, stop.span.end));
    at = stop.span.end;
  }
  return out + escapeSnippet(text.slice(at));
}

/** What is of one document only, whatever others say. */
const isOwn = (path: Path): boolean => /^(?:metadata\/(?:name|title|description)|spec\/purpose)$/.test(path.join('/'));

function namesOf(workspace: Workspace, kind: NameKind): readonly string[] {
  const kinds: readonly NameKind[] = kind === 'party' ? ['team', 'oncall'] : [kind];
  return kinds.flatMap((one) => workspace.sortedNames(one)).filter((name) => !isPattern(name));
}

/** Whether another document of the kind has another value at the path. */
function differs(workspace: Workspace, { kind }: DocumentFacts, path: Path, own: ScalarNode): boolean {
  if (kind !== 'Agent' || path.some((step) => typeof step === 'number')) return false;
  return workspace.filesOf('Agent').slice(0, 500).some((file) => workspace.facts(file)?.documents.some((document) => {
    const node = resolve(nodeAt(document.root, path));
    return node?.kind === 'scalar' && node.text !== own.text;
  }));
}

function scalarsOf({ root }: DocumentFacts): readonly { readonly node: ScalarNode; readonly path: Path }[] {
  const found: { node: ScalarNode; path: Path }[] = [];
  const walk = (given: Node | null, path: Path): void => {
    const node = given?.kind === 'alias' ? null : resolve(given);
    if (!node || path.length > 20) return;
    if (node.kind === 'scalar') {
      if (!(path.length === 1 && (path[0] === 'apiVersion' || path[0] === 'kind'))) found.push({ node, path });
    } else if (node.kind === 'seq') node.items.forEach((item, index) => walk(item, [...path, index]));
    else for (const { key, value } of node.pairs) walk(value, [...path, key.text]);
  };
  walk(root, []);
  return found;
}

/** Without the indentation that all lines share; the first line may begin in the middle of its own. */
export function dedented(text: string): string {
  const lines = text.replaceAll('\r\n', '\n').replace(/^\n+|\s+$/g, '').split('\n');
  const rest = lines.slice(1).filter((line) => line.trim() !== '');
  const indents = rest.map((line) => line.length - line.trimStart().length);
  const first = (lines[0] ?? '').length - (lines[0] ?? '').trimStart().length;
  const opens = /:\s*$|^\s*- /.test(lines[0] ?? '');
  const least = indents.length > 0 ? Math.min(...indents) : 0;
  // a selection that begins behind the indentation has its first line at column 0 and its siblings further right
  const shared = first > 0 ? Math.min(first, ...indents) : opens ? Math.max(0, least - 2) : least;
  return [(lines[0] ?? '').slice(Math.min(first, shared === 0 ? first : Math.max(shared, first))), ...lines.slice(1).map((line) => line.slice(Math.min(shared, line.length - line.trimStart().length)))].join('\n');
}

function prefixOf(text: string, kind: string | null): string {
  if (kind !== null) return `our-${kind.toLowerCase()}`;
  return `our-${/^(?:- )?([A-Za-z][\w-]*):/.exec(text)?.[1] ?? 'block'}`;
}

/** The edit that adds a snippet to a file of snippets, behind the others; null for a file that is no map. */
export function addSnippet(text: string, name: string, snippet: { readonly prefix: string; readonly description: string; readonly body: string }): { readonly span: Span; readonly newText: string } | null {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const entry = `  ${JSON.stringify(name)}: ${JSON.stringify({ prefix: snippet.prefix, scope: 'countersign-yaml', description: snippet.description, body: snippet.body.split('\n') }, null, 2).replaceAll('\n', '\n  ')}`.replaceAll('\n', eol);
  if (text.trim() === '') return { span: { start: 0, end: text.length }, newText: `{${eol}${entry}${eol}}${eol}` };
  const document = parseJson(text, { comments: true }).documents[0];
  const root = resolve(document?.root);
  if (root?.kind !== 'map' || (document?.problems.length ?? 0) > 0) return null;
  const last = root.pairs.at(-1);
  if (!last) return { span: { start: root.start, end: root.end }, newText: `{${eol}${entry}${eol}}` };
  return { span: { start: last.value.end, end: last.value.end }, newText: `,${eol}${entry}` };
}
