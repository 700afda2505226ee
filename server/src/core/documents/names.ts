// What a document declares, what it names, and which conditions it holds: one walk over tree and schema, everything with its place.
import type { Span } from '../text';
import { resolve, shiftScalar, shiftSpan, textOf, valueOf, type MapNode, type Node, type ParseMemo, type Path, type Plain, type ScalarNode } from '../yaml';
import type { ConfigDocument, CountersignDocument } from './document';
import { branchFor, propertySchema, schemaFor } from './navigate';
import type { NameKind, Schema } from './schema';

export interface Declaration {
  readonly kind: NameKind;
  /** rules, requirements and variables with their document before a `/`: `payments-guardrails/refund-large` */
  readonly name: string;
  /** the name as it is written here */
  readonly local: string;
  /** the whole scalar, quotes included */
  readonly span: Span;
  /** the name inside the scalar */
  readonly nameSpan: Span;
  readonly path: Path;
  /** a key that is a pattern over names of the kind (Catalog `models`) */
  readonly pattern: boolean;
  /** false where two declarations of one name are no conflict (`oncall`, queues) */
  readonly unique: boolean;
}

export interface Reference {
  /** of a resource (`tool:payments/refund`) the kind of what it names */
  readonly kind: NameKind;
  /** without `!`, and of a resource without its type; may hold `*` where `pattern` is true */
  readonly name: string;
  /** the whole scalar, quotes included: where findings stand */
  readonly span: Span;
  /** the name inside the scalar, for links and renaming; the whole scalar where escapes or folding hide it */
  readonly nameSpan: Span;
  readonly path: Path;
  /** an entry of a pattern list that holds `*` (of a resource also the lone `*`) */
  readonly pattern: boolean;
  /** an entry of a pattern list that begins with `!` */
  readonly negated: boolean;
  /** which checks it is for: `reference/...`, `waiver/...`, or none (completion and navigation only) */
  readonly check: 'reference' | 'waiver' | 'none';
}

export interface ConditionPlace {
  readonly node: ScalarNode;
  readonly path: Path;
  /** which variables it sees */
  readonly env: 'policy' | 'standard';
}

/** A date after which something stops to hold. */
export interface ExpiryPlace {
  readonly node: ScalarNode;
  readonly path: Path;
}

export interface Names {
  readonly declarations: readonly Declaration[];
  readonly references: readonly Reference[];
  readonly conditions: readonly ConditionPlace[];
  readonly expiries: readonly ExpiryPlace[];
}

interface Walk {
  readonly document: CountersignDocument | ConfigDocument;
  readonly owner: string;
  readonly declarations: Declaration[];
  readonly references: Reference[];
  readonly conditions: ConditionPlace[];
  readonly expiries: ExpiryPlace[];
  readonly seen: Set<Plain>;
  readonly memo: NamesMemo | undefined;
}

/** The names of entries, from one text of a file to the next: what stands where it stood names what it named. */
export interface NamesMemo {
  readonly parse: ParseMemo;
  /** by the entry's twin */
  readonly names: WeakMap<Node, EntryNames>;
}

interface EntryNames extends Names {
  /** where the entry stood */
  readonly node: Node;
  /** what the names depend on beside the entry and its place in the text */
  readonly path: Path;
  readonly owner: string;
  readonly schema: Schema;
  readonly of: CountersignDocument['schema'];
}

/** All names of a document. The target of an alias counts once, where it first stands. */
export function namesOf(document: CountersignDocument | ConfigDocument, memo?: NamesMemo): Names {
  const owner = document.kind === null ? '' : (textOf(valueOf(valueOf(document.root, 'metadata'), 'name')) ?? '');
  const walk: Walk = { document, owner, declarations: [], references: [], conditions: [], expiries: [], seen: new Set(), memo };
  if (document.root && document.schema && (document.kind || document.schema === 'config')) visit(walk, document.root, schemaFor(document.schema), []);
  const { declarations, references, conditions, expiries } = walk;
  return { declarations, references: references.slice(), conditions, expiries };
}

export const declarations = (document: CountersignDocument): readonly Declaration[] => namesOf(document).declarations;
export const references = (document: CountersignDocument | ConfigDocument): readonly Reference[] => namesOf(document).references;
export const conditions = (document: CountersignDocument): readonly ConditionPlace[] => namesOf(document).conditions;

function visit(walk: Walk, given: Node, schema: Schema, path: Path): void {
  const node = resolve(given);
  if (!node) return;
  const branch = branchFor(schema, node);
  if (!branch) return;
  if (walk.seen.has(node)) {
    // a condition may stand in several places, each with something else around it
    if (node.kind === 'scalar') visitCondition(walk, node, branch, path);
    return;
  }
  walk.seen.add(node);
  if (node.kind === 'scalar') return visitScalar(walk, node, branch, path);
  const twin = walk.memo?.parse.twin(node);
  if (!twin || !walk.memo) return visitCollection(walk, node, branch, path);
  const { memo, owner } = walk;
  const of = walk.document.schema;
  const kept = memo.names.get(twin);
  if (kept && kept.schema === branch && kept.of === of && kept.owner === owner && kept.path.length === path.length && kept.path.every((step, index) => step === path[index])) {
    if (kept.node === node) return take(walk, kept);
    const there = moved(kept, node);
    memo.names.set(twin, there);
    return take(walk, there);
  }
  const inner: Walk = { ...walk, declarations: [], references: [], conditions: [], expiries: [] };
  visitCollection(inner, node, branch, path);
  const { declarations, references, conditions, expiries } = inner;
  const found = { node, path, owner, schema: branch, of, declarations, references, conditions, expiries };
  memo.names.set(twin, found);
  take(walk, found);
}

/** The names of an entry that stands elsewhere now. */
function moved(kept: EntryNames, node: Node): EntryNames {
  const by = node.start - kept.node.start;
  if (by === 0) return { ...kept, node };
  const spans = ({ span, nameSpan }: { readonly span: Span; readonly nameSpan: Span }): { readonly span: Span; readonly nameSpan: Span } => {
    const there = shiftSpan(span, by);
    return { span: there, nameSpan: nameSpan === span ? there : shiftSpan(nameSpan, by) };
  };
  return {
    node, path: kept.path, owner: kept.owner, schema: kept.schema, of: kept.of,
    declarations: kept.declarations.map((d): Declaration => ({ kind: d.kind, name: d.name, local: d.local, ...spans(d), path: d.path, pattern: d.pattern, unique: d.unique })),
    references: kept.references.map((r): Reference => ({ kind: r.kind, name: r.name, ...spans(r), path: r.path, pattern: r.pattern, negated: r.negated, check: r.check })),
    conditions: kept.conditions.map((c): ConditionPlace => ({ node: shiftScalar(c.node, by), path: c.path, env: c.env })),
    expiries: kept.expiries.map((e): ExpiryPlace => ({ node: shiftScalar(e.node, by), path: e.path })),
  };
}

function take(walk: Walk, names: Names): void {
  for (const one of names.declarations) walk.declarations.push(one);
  for (const one of names.references) walk.references.push(one);
  for (const one of names.conditions) walk.conditions.push(one);
  for (const one of names.expiries) walk.expiries.push(one);
}

function visitCollection(walk: Walk, node: Exclude<Plain, ScalarNode>, branch: Schema, path: Path): void {
  if (node.kind === 'seq') {
    if (branch.items) for (let i = 0; i < node.items.length; i++) visit(walk, node.items[i] as Node, branch.items, path.concat(i));
    return;
  }
  if (branch['x-ref-join']) joined(walk, node, branch['x-ref-join'], path);
  for (const pair of node.pairs) {
    const field = propertySchema(branch, pair.key.text);
    if (!field) continue;
    const inner = path.concat(pair.key.text);
    const keys = branch.properties && Object.hasOwn(branch.properties, pair.key.text) ? undefined : branch.propertyNames;
    if (keys && pair.key.text !== '') visitName(walk, pair.key, keys, inner);
    visit(walk, pair.value, field, inner);
  }
}

function visitScalar(walk: Walk, node: ScalarNode, schema: Schema, path: Path): void {
  visitCondition(walk, node, schema, path);
  if (typeof node.value !== 'string' || node.value === '') return;
  if (schema['x-expires']) walk.expiries.push({ node, path });
  visitName(walk, node, schema, path);
}

/** Also an empty one, which can no more be read than a broken one. */
function visitCondition(walk: Walk, node: ScalarNode, schema: Schema, path: Path): void {
  if (typeof node.value === 'string' && node.start < node.end && schema['x-condition']) walk.conditions.push({ node, path, env: schema['x-condition'] });
}

function visitName(walk: Walk, node: ScalarNode, schema: Schema, path: Path): void {
  const declared = schema['x-declares'];
  if (declared) declare(walk, node, declared === 'document' ? documentKind(walk) : declared, schema, path);
  const check = schema['x-check'] ?? 'reference';
  if (schema['x-ref']) refer(walk, node, schema['x-ref'], path, check, false);
  else if (schema['x-patterns']) refer(walk, node, schema['x-patterns'], path, check, true);
}

function documentKind(walk: Walk): NameKind {
  const { schema } = walk.document;
  return schema === 'snippets' ? 'library' : schema === 'config' || schema === null ? 'library' : schema;
}

function declare(walk: Walk, node: ScalarNode, kind: NameKind, schema: Schema, path: Path): void {
  const within = kind === 'rule' || kind === 'requirement' || kind === 'variable';
  walk.declarations.push({
    kind, name: within ? `${walk.owner}/${node.text}` : node.text, local: node.text, ...spansOf(node, 0), path,
    pattern: schema['x-pattern-key'] === true, unique: schema['x-unique'] !== false,
  });
}

const RESOURCE = /^(tool|data|agent|model|channel|environment):/;

function refer(walk: Walk, node: ScalarNode, kind: NameKind, path: Path, check: Reference['check'], patterns: boolean): void {
  const negated = patterns && node.text.startsWith('!');
  let offset = negated ? 1 : 0;
  let of = kind;
  if (kind === 'resource') {
    const type = RESOURCE.exec(node.text.slice(offset));
    if (type) {
      of = type[1] as NameKind;
      offset += type[0].length;
    }
  }
  const name = node.text.slice(offset);
  const { span, nameSpan } = spansOf(node, offset);
  walk.references.push({ kind: of, name, span, nameSpan, path, pattern: patterns && name.includes('*'), negated, check });
}

/** A scalar, and the part of it from `offset` on, where each of its characters is written as itself; else the whole. One object where they are one. */
function spansOf(node: ScalarNode, offset: number): { readonly span: Span; readonly nameSpan: Span } {
  const span = { start: node.start, end: node.end };
  const length = node.end - node.start;
  if (node.style === 'plain' && length === node.text.length) return { span, nameSpan: offset === 0 ? span : { start: node.start + offset, end: node.end } };
  if ((node.style === 'single' || node.style === 'double') && length === node.text.length + 2) return { span, nameSpan: { start: node.start + 1 + offset, end: node.end - 1 } };
  return { span, nameSpan: span };
}

/** A map whose keys together name something; it stands at the last of them. */
function joined(walk: Walk, map: MapNode, join: NonNullable<Schema['x-ref-join']>, path: Path): void {
  const values = join.keys.map((key) => valueOf(map, key));
  const texts = values.map(textOf);
  const last = values[values.length - 1];
  const key = join.keys[join.keys.length - 1];
  if (last?.kind !== 'scalar' || key === undefined || texts.some((text) => text === null || text === '')) return;
  walk.references.push({ kind: join.kind, name: texts.join(join.separator), ...spansOf(last, 0), path: path.concat(key), pattern: false, negated: false, check: 'reference' });
}
