// Which documents of a file are Countersign's, and what is wrong with their shape.
import { plainValue, resolve, textOf, valueOf, type Node, type PlainValue, type SourceDocument, type SourceTree } from '../yaml';
import type { ConfigDocument, CountersignDocument, DocumentProblem } from './document';
import { insertKey, meant, toChoice } from './fixes';
import { API_VERSION, KINDS, isKind, kindOfFileName, schemaNameOf, stemOfFileName, type Kind } from './kinds';
import { schemaFor } from './navigate';
import { skeleton } from './skeleton';
import { unsafeYaml } from './unsafe';
import { validate, type SoundMemo, type ValidateOptions } from './validate';

const ROOT_KEYS = new Set(['kind', 'metadata', 'spec']);

/**
 * The documents of a file that are ours: those with `apiVersion: countersign/v1`, and by the file's name those that are empty or hold no
 * other root key than `kind`, `metadata`, `spec`. `fileName` may hold folders; `text` is what the tree was parsed from, with the `parse` of `memo` where one is given.
 */
export function readDocuments(tree: SourceTree, fileName: string, text: string, memo?: SoundMemo): CountersignDocument[] {
  const expected = kindOfFileName(fileName);
  const documents: CountersignDocument[] = [];
  for (let index = 0; index < tree.documents.length; index++) {
    const source = tree.documents[index];
    if (source && isOurs(source, expected, tree.documents.length === 1)) documents.push(readDocument(source, index, expected, fileName, text, memo));
  }
  return documents;
}

/** `.countersign.yaml`; null for a tree without a document. */
export function readConfig(tree: SourceTree, text: string): ConfigDocument | null {
  const source = tree.documents[0];
  if (!source) return null;
  const options: ValidateOptions = { text, json: false, tags: source.tags, broken: brokenAt(source), stem: 'workspace' };
  const problems = source.root && !isEmpty(source.root) ? validate(source.root, schemaFor('config'), options) : [];
  const value = lazyValue(source.root);
  return { index: 0, kind: null, schema: 'config', name: null, root: source.root, source, text, get value() { return value(); }, problems: inOrder([...problems, ...unsafeYaml(source, text)]) };
}

function isOurs(source: SourceDocument, expected: Kind | null, alone: boolean): boolean {
  const root = resolve(source.root);
  const version = valueOf(root, 'apiVersion');
  if (textOf(version) === API_VERSION) return true;
  if (expected === null || source.problems.some((problem) => problem.code === 'too-large')) return false;
  if (!root || isEmpty(root)) return alone;
  if (root.kind !== 'map') return true;
  // an `apiVersion` without a value is being typed
  return root.pairs.every((pair) => ROOT_KEYS.has(pair.key.text) || (pair.key.text === 'apiVersion' && version?.kind === 'scalar' && version.text === ''));
}

const isEmpty = (root: Node): boolean => root.kind === 'scalar' && root.start === root.end;

function readDocument(source: SourceDocument, index: number, expected: Kind | null, fileName: string, text: string, memo: SoundMemo | undefined): CountersignDocument {
  const { root } = source;
  const written = valueOf(root, 'kind');
  const kind = kindOf(textOf(written), expected);
  // a misspelt kind is taken for the one it probably means; with any other the rest of the document says nothing
  const guess = kind ?? meant(textOf(written) ?? '', KINDS);
  const shape = isKind(guess) ? guess : written && textOf(written) ? null : expected;
  const json = fileName.endsWith('.json');
  const options: ValidateOptions = { text, json, tags: source.tags, broken: brokenAt(source), stem: nameFor(fileName), memo };
  const problems = [...(root && !isEmpty(root) ? shapeProblems(root, kind, shape, options) : emptyProblem(source, shape, options)), ...unsafeYaml(source, text, memo?.parse)];
  const named = shape ?? expected;
  const value = lazyValue(root);
  return { index, kind, schema: named ? schemaNameOf(named) : null, name: textOf(valueOf(valueOf(root, 'metadata'), 'name')), root, source, text, get value() { return value(); }, problems: inOrder(problems) };
}

/** The kind that is written; that of the file's name while none is; null for one that does not exist. */
function kindOf(written: string | null, expected: Kind | null): Kind | null {
  if (written === null || written === '') return expected;
  return isKind(written) ? written : null;
}

/** The schema's problems; those of `kind` in words of their own, since they are about the choice between the schemas. */
function shapeProblems(root: Node, kind: Kind | null, shape: Kind | null, options: ValidateOptions): DocumentProblem[] {
  const found = shape ? validate(root, schemaFor(schemaNameOf(shape)), options).filter((problem) => problem.path[0] !== 'kind') : [];
  const problem = kindProblem(root, kind, shape, options);
  return problem ? [...found, problem] : found;
}

function kindProblem(root: Node, kind: Kind | null, shape: Kind | null, source: ValidateOptions): DocumentProblem | null {
  const map = resolve(root);
  if (map?.kind !== 'map') return null;
  const pair = map.pairs.find((p) => p.key.text === 'kind');
  const allowed = KINDS.map((name) => `\`${name}\``).join(', ');
  const value = resolve(pair?.value);
  if (!pair) {
    if (source.broken.length > 0) return null;
    const fixes = insertKey(source, map, 'kind', schemaFor(schemaNameOf(shape ?? 'Agent')).properties?.kind ?? {}, ['apiVersion', 'kind', 'metadata', 'spec'], shape ?? 'Agent');
    const at = map.pairs[0]?.key ?? { start: map.start, end: Math.min(map.end, map.start + 1) };
    return { code: 'schema/required', span: { start: at.start, end: at.end }, path: ['kind'], message: `The document needs \`kind\`: one of ${allowed}.`, ...(fixes.length > 0 ? { fixes } : {}) };
  }
  if (!value || (value.kind === 'scalar' && isKind(textOf(value)) && kind)) return null;
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.value === '') {
    const at = value.start === value.end ? pair.key : value;
    return { code: 'schema/type', span: { start: at.start, end: at.end }, path: ['kind'], message: `\`kind\` ${value.start === value.end ? 'is empty; it ' : ''}must be one of ${allowed}.` };
  }
  const near = meant(value.value, KINDS);
  return { code: 'schema/enum', span: { start: value.start, end: value.end }, path: ['kind'], message: `\`${value.value.slice(0, 60)}\` is not a kind of document. ${near ? `Did you mean \`${near}\`? ` : ''}Allowed: ${allowed}.`, fixes: toChoice(value, KINDS, near) };
}

/** A new file that its name makes ours: one message, and a fix that writes the document. */
function emptyProblem(source: SourceDocument, shape: Kind | null, options: ValidateOptions): DocumentProblem[] {
  // a file that could not be parsed at all is not empty; its syntax says so
  if (!shape || source.problems.length > 0) return [];
  const at = { start: source.start, end: source.start };
  const edit = { span: { start: source.end, end: source.end }, newText: `${/(^|\n)$/.test(options.text.slice(0, source.end)) ? '' : '\n'}${skeleton(shape, options.stem, options.json)}` };
  return [{ code: 'schema/required', span: at, path: ['apiVersion'], message: `This file is empty. A document begins with \`apiVersion: ${API_VERSION}\`, \`kind: ${shape}\`, \`metadata\` and \`spec\`.`, fixes: [{ title: `Write a new ${shape}`, safe: false, edits: [edit], snippet: true }] }];
}

const brokenAt = (source: SourceDocument): number[] => source.problems.filter((problem) => problem.code === 'yaml' || problem.code === 'json').map((problem) => problem.span.start);

/** The file's name as the name of a document, where it can be one. */
function nameFor(fileName: string): string {
  const stem = stemOfFileName(fileName).toLowerCase().replace(/\.(ya?ml|json)$/, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63).replace(/-+$/, '');
  return stem || 'example';
}

const inOrder = (problems: DocumentProblem[]): DocumentProblem[] => problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : 1));

function lazyValue(root: Node | null): () => PlainValue {
  let made: { readonly value: PlainValue } | null = null;
  return () => (made ??= { value: plainValue(root) }).value;
}
