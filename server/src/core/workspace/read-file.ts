// A file's text to its facts: which role it plays, what is wrong with it alone, what it declares and names. Pure.
import { CONFIG_FILE, kindOfFileName, namesOf, readConfig, readDocuments, type ConfigDocument, type CountersignDocument, type Declaration, type Kind, type NamesMemo, type SoundMemo } from '../documents';
import { mayBeForeign, readForeign, recogniseFile, type CedarEngine, type ForeignFile } from '../formats';
import { detached, type Problem, type Span } from '../text';
import { ParseMemo, nodeAt, parseJson, parseYaml, plainValue, resolve, textOf, valueOf, type Node, type Path, type PathStep, type PlainValue, type SourceDocument } from '../yaml';
import { configSource } from './config';
import type { DocumentFacts, FileFacts, Role, RulePlace } from './facts';
import { KeptTrees } from './kept-trees';
import { DeclaredWith, DocumentFactsOf } from './lazy-facts';
import { lazyValue, madeValue } from './lazy-value';
import type { Declared } from './names';
import { isElsewhere } from './paths';
import { placesOf } from './places';
import type { Settings } from './settings';
import { suppressionsOf } from './suppressions';

const YAML = /\.ya?ml$/i;
const JSON_FILE = /\.json$/i;
const SNIPPETS = /\.code-snippets$/i;

/** Versions and hashes of the snippet libraries that are used; read for those who compare. */
export const SNIPPETS_LOCK = '.countersign/snippets.lock';

/** By the path alone: whether the content of a file could matter. */
export const wanted = (path: string): boolean => path === SNIPPETS_LOCK || YAML.test(path) || JSON_FILE.test(path) || SNIPPETS.test(path) || mayBeForeign(path);

/** What is kept of a file under edit for its next version; all of it changes the time that reading takes and nothing else. */
export interface FileMemo extends SoundMemo, NamesMemo {
  /** by the twin of the entry that is declared, which may declare several names */
  readonly declared: WeakMap<Node, DeclaredWith[]>;
}

export const fileMemo = (): FileMemo => ({ parse: new ParseMemo(), sound: new WeakMap(), names: new WeakMap(), declared: new WeakMap() });

/** `trees` keeps the tree as long as it is used; `memo` is for files under edit. */
export function readFile(path: string, text: string, settings: Settings, trees: KeptTrees = new KeptTrees(), memo?: FileMemo, cedar: CedarEngine | null = null): FileFacts {
  if (path === CONFIG_FILE) return configFile(path, text);
  if (settings.excluded(path)) return nothing(path);
  if (YAML.test(path) || JSON_FILE.test(path)) {
    const ours = kindOfFileName(path) !== null || text.includes('countersign/v1') ? ourFile(path, text, trees, memo) : null;
    // what a package or another folder brings beside its snippets is no part of the workspace
    if (ours) return isElsewhere(path) && ours.documents.some(({ kind }) => kind !== 'SnippetLibrary') ? nothing(path) : ours;
  }
  if (SNIPPETS.test(path)) return snippetFile(path, text);
  const format = mayBeForeign(path) ? recogniseFile(path, text) : null;
  if (!format || settings.formatOff(format.id)) return nothing(path);
  const foreign = readForeign(path, text, undefined, cedar);
  return foreign ? { ...nothing(path), role: 'foreign', format: foreign.format, foreign, problems: foreign.problems, declared: foreignNames(path, foreign, text) } : nothing(path);
}

const nothing = (path: string, role: Role = 'none'): FileFacts => ({
  path, role, format: null, problems: [], documents: [], foreign: null, declared: [], suppressions: [], config: null, extends: [],
});

function ourFile(path: string, text: string, trees: KeptTrees, memo: FileMemo | undefined): FileFacts | null {
  const json = JSON_FILE.test(path);
  const tree = trees.of(path, text, memo?.parse);
  const documents = readDocuments(tree, path, text, memo);
  const named = kindOfFileName(path) !== null;
  if (documents.length === 0 && !(named && tree.documents.some((d) => d.problems.length > 0 && foreignVersion(d) === null))) return null;
  const declared: Declared[] = [];
  const facts = documents.map((document) => documentFacts(path, document, text, memo ? holding(document.root) : looking(trees, path, text, document.index), declared, memo));
  // a document that could not be read is ours by the file's name, or because it stands beside ours
  const unread = tree.documents.filter((source, index) => source.problems.length > 0 && !documents.some((d) => d.index === index) && (named || source.root === null) && foreignVersion(source) === null);
  const problems = unread.flatMap((source) => source.problems.map((p) => ({ code: `syntax/${p.code}`, span: p.span, message: p.message })));
  return { ...nothing(path, 'countersign'), format: 'countersign', documents: facts, declared, problems, suppressions: json ? [] : suppressionsOf(tree, text) };
}

/** The `apiVersion` of a document that says it is somebody else's. */
function foreignVersion(source: SourceDocument): string | null {
  const version = textOf(valueOf(source.root, 'apiVersion'));
  return version === null || version === 'countersign/v1' ? null : version;
}

// Facts live as long as their file, and a function keeps all that stands around it: those that facts hold are made where no tree is in sight.
const holding = (root: Node | null) => (): Node | null => root;
const looking = (trees: KeptTrees, path: string, text: string, index: number) => (): Node | null => trees.of(path, text).documents[index]?.root ?? null;

function documentFacts(path: string, document: CountersignDocument, text: string, tree: () => Node | null, declared: Declared[], memo: FileMemo | undefined): DocumentFacts {
  const names = namesOf(document, memo);
  // what all look at is made while the tree is there, which would have to be read again for it
  const value = !memo && document.kind !== null && LOOKED_AT.has(document.kind) ? madeValue(plainValue(document.root)) : lazyValue(tree, memo?.parse);
  for (const d of names.declarations) declared.push(declaredBy(path, document, d, text, value, memo));
  const root = resolve(document.root);
  const at = nodeAt(root, ['metadata', 'name']) ?? nodeAt(root, ['kind']) ?? (root?.kind === 'map' ? root.pairs[0]?.key : null);
  return new DocumentFactsOf(tree, value, {
    index: document.index, kind: document.kind, schema: document.schema, name: document.name,
    at: at ? { start: at.start, end: at.end } : { start: document.source.start, end: document.source.start },
    span: { start: document.source.start, end: document.source.end },
    syntax: document.source.problems, problems: document.problems,
    references: names.references, conditions: names.conditions, expiries: names.expiries,
    rules: document.kind === 'Policy' ? rulesOf(document, names.declarations) : [],
  });
}

/** Documents that agents, Catalog, Standards and the engine are made of. */
const LOOKED_AT: ReadonlySet<Kind> = new Set<Kind>(['Agent', 'Policy', 'Catalog', 'Standard']);

/** Where the rules of a Policy stand. Their ids are told by the names, for which no rule need be looked into. */
function rulesOf(document: CountersignDocument, declarations: readonly Declaration[]): readonly RulePlace[] {
  const list = resolve(nodeAt(document.root, ['spec', 'rules']));
  if (list?.kind !== 'seq') return [];
  const ids = new Map(declarations.flatMap(({ kind, path, span }): [PathStep | undefined, Span][] => (kind === 'rule' ? [[path[2], span]] : [])));
  return list.items.map(({ start, end }, index) => ({ span: { start, end }, id: ids.get(index) ?? null }));
}


function declaredBy(path: string, document: CountersignDocument, d: Declaration, text: string, whole: () => PlainValue, memo: FileMemo | undefined): Declared {
  const isDocument = d.path.length === 2 && d.path[0] === 'metadata';
  const item = itemPath(d.path);
  const node = isDocument ? document.root : lastAt(document.root, item);
  // a document stands for all that is in it, an entry for itself
  const twin = isDocument || !node ? undefined : memo?.parse.twin(node);
  const known = (twin && memo?.declared.get(twin)) ?? [];
  const at = known.findIndex((one) => one.isOf(d, document.index));
  const same = known[at];
  if (same) return (known[at] = same.at(d.span, d.nameSpan));
  // what is kept from an earlier text must not keep that text's whole value
  const value = isDocument ? whole : memo ? lazyValue(holding(node), memo.parse) : partly(whole, item);
  const fingerprint = node ? text.slice(node.start, node.end) : '';
  const declared = new DeclaredWith(value, {
    kind: d.kind, name: d.name, path, span: d.span, nameSpan: d.nameSpan, pattern: d.pattern, unique: d.unique, document: document.index, ours: true,
    fingerprint: memo && !isDocument ? detached(fingerprint) : fingerprint,
  });
  known.push(declared);
  if (twin) memo?.declared.set(twin, known);
  return declared;
}

/** The node at a path; of keys that stand twice the last counts, as it does in the value. */
function lastAt(root: Node | null, path: Path): Node | null {
  let node: Node | null = root;
  for (const step of path) {
    const here = resolve(node);
    node = (here?.kind === 'map' ? here.pairs.findLast(({ key }) => key.text === step)?.value : here?.kind === 'seq' ? here.items[Number(step)] : null) ?? null;
  }
  return node;
}

const partly = (whole: () => PlainValue, path: Path) => (): PlainValue => partOf(whole(), path);

/** The value at a path within a value. */
function partOf(value: PlainValue, path: Path): PlainValue {
  let at: PlainValue = value;
  for (const step of path) at = typeof at === 'object' && at !== null && Object.hasOwn(at, step) ? ((at as Record<string, PlainValue>)[step] ?? null) : null;
  return at;
}

/** What a declaration stands for: the map that holds an `id`, else the value at the path. */
const itemPath = (path: readonly (string | number)[]): readonly (string | number)[] => (path[path.length - 1] === 'id' ? path.slice(0, -1) : path);

function configFile(path: string, text: string): FileFacts {
  const tree = parseYaml(text);
  const document: ConfigDocument | null = readConfig(tree, text);
  const names = document ? namesOf(document) : null;
  const { source, extended } = configSource(document?.value ?? null);
  const facts: DocumentFacts[] = document && names
    ? [{
        index: 0, kind: null, schema: 'config', name: null, at: { start: 0, end: 0 }, span: { start: 0, end: text.length }, root: document.root, value: document.value, syntax: document.source.problems,
        problems: document.problems, references: names.references, conditions: [], expiries: [], rules: [], places: placesOf(() => document.root),
      }]
    : [];
  const rest = tree.documents.slice(1).flatMap((d) => [...d.problems.map((p): Problem => ({ code: `syntax/${p.code}`, span: p.span, message: p.message })), ...furtherDocument(d)]);
  return { ...nothing(path, 'config'), format: 'countersign', documents: facts, problems: rest, config: source, extends: extended, suppressions: suppressionsOf(tree, text) };
}

/** Settings are one document; what stands behind it would be taken for settings and does nothing. */
function furtherDocument({ root }: SourceDocument): Problem[] {
  const first = root?.kind === 'map' ? root.pairs[0]?.key : root;
  if (!first || first.start === first.end) return [];
  return [{ code: 'schema/combination', span: { start: first.start, end: first.end }, message: 'This file takes one document; a second one, behind `---`, is not read. Join it with the first, or remove it.' }];
}

/** Agents and servers of other tools have names that our documents may use. */
function foreignNames(path: string, foreign: ForeignFile, text: string): Declared[] {
  const common = { path, pattern: false, unique: false, document: 0, ours: false } as const;
  return [
    ...toolNames(foreign).map(({ name, span }): Declared => ({ ...common, kind: 'agent', name, span, nameSpan: span, value: { format: foreign.format }, fingerprint: '' })),
    ...foreign.agents.map((agent): Declared => ({ ...common, kind: 'agent', name: agent.id, span: agent.span, nameSpan: agent.span, value: { format: foreign.format }, fingerprint: text })),
    ...foreign.servers.map((server): Declared => ({ ...common, kind: 'server', name: server.name, span: server.span, nameSpan: server.span, value: { format: foreign.format }, fingerprint: text.slice(server.entry.start, server.entry.end) })),
  ];
}

/** Permissions speak of their tool as of an agent. */
function toolNames({ permissions = [] }: ForeignFile): { name: string; span: Span }[] {
  const tools = permissions.flatMap(({ governs, default: { span } }) => (governs.kind === 'tool' && governs.implicit !== null ? [{ name: governs.implicit, span: span ?? { start: 0, end: 0 } }] : []));
  return tools.filter((tool, index) => tools.findIndex((other) => other.name === tool.name) === index);
}

/** VS Code snippet files: the names, and the prefixes that people type, are names of snippets. */
function snippetFile(path: string, text: string): FileFacts {
  const root = resolve(parseJson(text, { comments: true }).documents[0]?.root);
  if (root?.kind !== 'map') return nothing(path, 'snippets');
  const declared = root.pairs.flatMap(({ key, value }): Declared[] => {
    const prefix = valueOf(value, 'prefix');
    const prefixes = prefix?.kind === 'seq' ? prefix.items.map(textOf) : [textOf(prefix)];
    const names = new Set([key.text, ...prefixes.filter((p): p is string => p !== null)]);
    const span = { start: key.start, end: key.end };
    return [...names].map((name) => ({ kind: 'snippet', name, path, span, nameSpan: span, pattern: false, unique: false, document: 0, ours: false, value: null, fingerprint: text.slice(value.start, value.end) }));
  });
  return { ...nothing(path, 'snippets'), declared };
}
