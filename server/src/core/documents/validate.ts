// A document against its schema, on the tree itself: every fault once, at its own place, and only those of the union branch that is meant.
// The tests hold it to what ajv says of the same schemas.
import type { Fix, Span } from '../text';
import { resolve, type MapNode, type Node, type Pair, type ParseMemo, type Path, type Plain, type ScalarNode, type SeqNode } from '../yaml';
import type { DocumentProblem } from './document';
import { meant, fillEmpty, insertKey, removeKey, toChoice, toName, toType, unknownKey, type FixSource } from './fixes';
import { hasFormat } from './formats';
import { branchFor, conditionsOf, keyAllowed, propertySchema } from './navigate';
import { choices, typesOf, type Demand, type JsonType, type Schema } from './schema';
import { actual, exampleWords, expectation, subject } from './words';

/** More problems than this in one document help nobody. */
const MAX_PROBLEMS = 1_000;

export interface ValidateOptions extends FixSource {
  /** tags of the document: what they stand before is reported as such, not by its shape */
  readonly tags: readonly Span[];
  /** where the text could not be parsed, in order: what stands there may have been lost, so nothing is said to be missing there */
  readonly broken: readonly number[];
  /** a name to propose for the document */
  readonly stem: string;
  /** what was found sound before is not looked at again */
  readonly memo?: SoundMemo;
}

/** Which entries had no fault by which schema, from one text of a file to the next. */
export interface SoundMemo {
  readonly parse: ParseMemo;
  readonly sound: WeakMap<Node, Schema[]>;
}

interface Place {
  /** the key that holds the value, where one does */
  readonly pair: { readonly map: MapNode; readonly index: number } | null;
}

interface Checker extends ValidateOptions {
  readonly problems: DocumentProblem[];
  readonly reported: Set<string>;
  /** the keys of maps that hold an unknown one */
  readonly keys: Map<MapNode, ReadonlySet<string>>;
  /** where tags end */
  readonly tagEnds: ReadonlySet<number>;
  /** what was checked with what, so that the target of aliases is looked at once */
  readonly seen: Map<Plain, Schema[]>;
}

/** All problems of `root` by `schema`, in no particular order. Never throws; each is reported once, also where aliases repeat it. */
export function validate(root: Node, schema: Schema, options: ValidateOptions): DocumentProblem[] {
  const checker: Checker = { ...options, problems: [], reported: new Set(), keys: new Map(), tagEnds: new Set(options.tags.map((tag) => tag.end)), seen: new Map() };
  check(checker, root, schema, [], { pair: null });
  return checker.problems;
}

function report(checker: Checker, code: string, span: Span, path: Path, message: string, fixes: readonly Fix[] = []): void {
  const id = `${code} ${span.start} ${span.end} ${code === 'required' || code === 'combination' ? String(path[path.length - 1]) : ''}`;
  if (checker.reported.has(id) || checker.problems.length >= MAX_PROBLEMS) return;
  checker.reported.add(id);
  checker.problems.push({ code: `schema/${code}`, span: { start: span.start, end: span.end }, path, message, ...(fixes.length > 0 ? { fixes } : {}) });
}

function check(checker: Checker, node: Node, schema: Schema, path: Path, place: Place): void {
  const value = resolve(node);
  if (!value || checker.problems.length >= MAX_PROBLEMS) return;
  const seen = checker.seen.get(value);
  if (seen?.includes(schema)) return;
  if (seen) seen.push(schema);
  else checker.seen.set(value, [schema]);
  const twin = checker.memo?.parse.twin(value);
  if (twin && checker.memo?.sound.get(twin)?.includes(schema)) return;
  if (value.kind === 'scalar' && (isTagged(checker, value) || isBroken(checker, value))) return;
  const before = checker.problems.length;
  checkValue(checker, value, schema, path, place);
  if (node.kind === 'alias') atAlias(checker, node, path, before);
  // a fault of syntax silences what stands near it
  if (twin && checker.problems.length === before && checker.broken.length === 0) checker.memo?.sound.set(twin, [...(checker.memo.sound.get(twin) ?? []), schema]);
}

/** What an alias brings may be right where it is written: that it does not fit is said where it is used, and without a fix. */
function atAlias(checker: Checker, alias: Span, path: Path, from: number): void {
  for (let i = from; i < checker.problems.length; i++) {
    const problem = checker.problems[i];
    if (problem?.path.length !== path.length || /required|combination/.test(problem.code)) continue;
    const { fixes: _, ...rest } = problem;
    checker.problems[i] = { ...rest, span: { start: alias.start, end: alias.end } };
  }
}

function checkValue(checker: Checker, value: Plain, schema: Schema, path: Path, place: Place): void {
  const branch = branchFor(schema, value);
  if (!branch || !hasType(branch, value)) return wrongType(checker, value, schema, path, place);
  if (value.kind === 'scalar') checkScalar(checker, value, branch, path);
  else if (value.kind === 'seq') checkList(checker, value, branch, path, place);
  else checkMap(checker, value, branch, path, place);
}

/** Whether a tag stands before the node, with nothing but blanks between. */
function isTagged(checker: Checker, node: ScalarNode): boolean {
  if (checker.tagEnds.size === 0) return false;
  for (let at = node.start; at > node.start - 200; at--) {
    if (checker.tagEnds.has(at)) return true;
    if (!/\s/.test(checker.text[at - 1] ?? 'x')) return false;
  }
  return false;
}

/** Whether a fault of syntax lies in the node or directly behind it. */
function isBroken({ broken, text }: Checker, node: Plain): boolean {
  let low = 0;
  let high = broken.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((broken[middle] ?? 0) < node.start) low = middle + 1;
    else high = middle;
  }
  const at = broken[low];
  return at !== undefined && (at <= node.end || (at - node.end < 200 && /^[\s:,]*$/.test(text.slice(node.end, at))));
}

function typeOf(node: Plain): JsonType {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'object' : 'array';
  if (node.value === null) return 'null';
  if (typeof node.value === 'number') return Number.isFinite(node.value) ? (Number.isInteger(node.value) ? 'integer' : 'number') : 'string';
  return typeof node.value === 'string' ? 'string' : 'boolean';
}

/** Whether the type fits; a number that JSON cannot write (`.inf`) is none. */
function hasType(schema: Schema, node: Plain): boolean {
  const types = typesOf(schema);
  if (types.length === 0) return true;
  if (node.kind === 'scalar' && typeof node.value === 'number' && !Number.isFinite(node.value)) return false;
  const type = typeOf(node);
  return types.includes(type) || (type === 'integer' && types.includes('number'));
}

/** Where a value stands; one that is left empty stands at its key. */
function spanOf(node: Plain, place: Place): Span {
  const key = keyOf(place);
  return node.start === node.end && key ? key : node;
}

const keyOf = (place: Place): ScalarNode | null => place.pair?.map.pairs[place.pair.index]?.key ?? null;

function wrongType(checker: Checker, node: Plain, schema: Schema, path: Path, place: Place): void {
  const must = `must be ${expectation(schema)}${exampleWords(schema, checker.json)}`;
  const empty = node.kind === 'scalar' && node.value === null;
  const fixes = empty && place.pair ? fillEmpty(checker, place.pair.map, place.pair.index, schema) : node.kind === 'scalar' ? toType(checker, node, schema) : [];
  const bare = node.kind === 'scalar' && node.style === 'plain' && !empty && typesOf(schema).includes('string') && !choices(schema);
  const message = empty ? `${subject(path)} is empty; it ${must}.` : bare ? `${subject(path)} must be a text, and \`${node.text}\` without quotes is ${actual(node)}. Quote it.` : `${subject(path)} ${must}; this is ${actual(node)}.`;
  report(checker, 'type', spanOf(node, place), path, message, fixes);
}

function checkScalar(checker: Checker, node: ScalarNode, schema: Schema, path: Path): void {
  const allowed = choices(schema);
  const say = (code: string, fixes: readonly Fix[], more = ''): void => report(checker, code, node, path, `${subject(path)} must be ${expectation(schema)}${exampleWords(schema, checker.json)}${more}.`, fixes);
  if (typeof node.value === 'string') {
    if (allowed) {
      if (allowed.includes(node.value)) return;
      const near = allowed.includes(node.value.trim()) ? node.value.trim() : meant(node.value, allowed);
      const values = allowed.map((value) => `\`${value}\``).join(', ');
      return report(checker, 'enum', node, path, `\`${short(node.value)}\` is not a value of ${subject(path).replace('An entry', 'an entry')}. ${near ? `Did you mean \`${near}\`? ` : ''}Allowed: ${values}.`, toChoice(node, allowed, near));
    }
    if (schema.regexp && !schema.regexp.test(node.value)) say('format', toName(node, schema), written(node.value));
    else if (schema.format && !hasFormat(schema.format, node.value)) say('format', [], written(node.value));
  } else if (typeof node.value === 'number') {
    const { minimum, maximum } = schema;
    if ((minimum === undefined || node.value >= minimum) && (maximum === undefined || node.value <= maximum)) return;
    const range = minimum !== undefined && maximum !== undefined ? `from ${minimum} to ${maximum}` : minimum !== undefined ? `${minimum} or more` : `${maximum} or less`;
    report(checker, 'range', node, path, `${subject(path)} must be ${range}; this is ${node.text}.`);
  }
}

const written = (text: string): string => (text.trim() === '' ? '; this is empty' : `; this is \`${short(text)}\``);

/** A text of the author's on one line, bounded. */
const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll('\n', '\\n');

function checkList(checker: Checker, node: SeqNode, schema: Schema, path: Path, place: Place): void {
  if (schema.minItems !== undefined && node.items.length < schema.minItems) report(checker, 'range', spanOf(node, place), path, `${subject(path)} is an empty list and would match nothing. Write at least one entry, or leave the key out.`);
  const { items } = schema;
  if (!items) return;
  for (let i = 0; i < node.items.length; i++) check(checker, node.items[i] as Node, items, [...path, i], { pair: null });
  if (schema['x-exclusions-alone'] === false && node.items.length > 0 && node.items.every((item) => isExclusion(resolve(item)))) {
    report(checker, 'combination', spanOf(node, place), path, `${subject(path)} holds exclusions alone. Say first what is included, e.g. \`"*"\`.`);
  }
}

/** A `!` entry, alone or under `ref`. */
function isExclusion(node: Plain | null): boolean {
  if (node?.kind === 'scalar') return typeof node.value === 'string' && node.value.startsWith('!');
  const ref = node?.kind === 'map' ? resolve(node.pairs.find((pair) => pair.key.text === 'ref')?.value) : null;
  return ref?.kind === 'scalar' && typeof ref.value === 'string' && ref.value.startsWith('!');
}

function checkMap(checker: Checker, node: MapNode, schema: Schema, path: Path, place: Place): void {
  const known = new Map<string, Pair>();
  for (let index = 0; index < node.pairs.length; index++) {
    const pair = node.pairs[index] as Pair;
    if (pair.key.start === pair.key.end && pair.key.text === '') continue;
    known.set(pair.key.text, pair);
    const inner: Path = [...path, pair.key.text];
    const field = propertySchema(schema, pair.key.text);
    if (field) {
      checkKey(checker, pair.key, schema, inner);
      check(checker, pair.value, field, inner, { pair: { map: node, index } });
    } else if (!keyAllowed(schema, pair.key.text)) unknown(checker, node, index, schema, inner, place);
  }
  const broken = isBroken(checker, node);
  const missing = (key: string, code: string, message: string): void => {
    if (broken) return;
    const field = schema.properties?.[key] ?? {};
    const value = key === 'metadata' && path.length === 0 ? { name: checker.stem } : key === 'name' && path.length === 1 && path[0] === 'metadata' ? checker.stem : undefined;
    report(checker, code, missingPlace(node, path, place), [...path, key], message, insertKey(checker, node, key, field, Object.keys(schema.properties ?? {}), value));
  };
  for (const key of schema.required ?? []) if (!known.has(key)) missing(key, 'required', `${path.length === 0 ? 'The document' : subject(path)} needs \`${key}\`${purpose(schema.properties?.[key])}.`);
  for (const { demand } of conditionsOf(schema, node)) checkDemand(checker, node, demand, path, known, missing);
  checkCount(checker, node, schema, path, place);
}

/** What the key is for: its only value, or the first clause of its description. */
const purpose = (schema: Schema | undefined): string => {
  if (typeof schema?.const === 'string') return ` with the value \`${schema.const}\``;
  const sentence = /^(?:`[^`]*`|[^.:;`]|[.:;](?=\S))+/.exec(schema?.description ?? '')?.[0];
  return sentence ? `: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : '';
};

function checkDemand(checker: Checker, node: MapNode, demand: Demand, path: Path, known: ReadonlyMap<string, Pair>, missing: (key: string, code: string, message: string) => void): void {
  const words = (key: string, general: string): string => demand['x-message']?.replace('{key}', key) ?? general;
  for (const key of demand.required ?? []) if (!known.has(key)) missing(key, 'combination', words(key, `${subject(path)} needs \`${key}\`.`));
  for (const key of Object.keys(demand.properties ?? {})) {
    const index = node.pairs.findIndex((pair) => pair.key.text === key);
    const pair = node.pairs[index];
    if (pair) report(checker, 'combination', pair.key, [...path, key], words(key, `\`${key}\` does not belong here.`), removeKey(checker, node, index));
  }
}

function checkKey(checker: Checker, key: ScalarNode, schema: Schema, path: Path): void {
  const names = schema.propertyNames;
  if (names?.regexp && !names.regexp.test(key.text)) report(checker, 'format', key, path, `The key \`${short(key.text)}\` must be ${expectation(names)}${exampleWords(names, checker.json)}.`);
}

function checkCount(checker: Checker, node: MapNode, schema: Schema, path: Path, place: Place): void {
  const [min, max] = [schema.minProperties ?? 0, schema.maxProperties ?? Infinity];
  const first = node.pairs[max]?.key;
  if (node.pairs.length > max && first) {
    report(checker, 'combination', first, path, `${subject(path)} takes one key; \`${node.pairs[0]?.key.text ?? ''}\` stands here already. Put \`${first.text}\` into an entry of its own.`);
  } else if (node.pairs.length < min) {
    const keys = Object.keys(schema.properties ?? {}).map((key) => `\`${key}\``).join(', ');
    report(checker, 'combination', node.start === node.end ? spanOf(node, place) : node, path, `${subject(path)} is empty; it needs ${max === 1 ? 'one' : 'at least one'} of ${keys}.`);
  }
}

/** At the parent's key; `kind` at the root; in a list item at its `id` or `name` value, else its first key. */
function missingPlace(node: MapNode, path: Path, place: Place): Span {
  const first = node.pairs[0]?.key;
  const start = { start: node.start, end: Math.min(node.end, node.start + 1) };
  if (path.length === 0) return node.pairs.find((pair) => pair.key.text === 'kind')?.key ?? first ?? start;
  const key = keyOf(place);
  if (key) return key;
  for (const name of ['id', 'name']) {
    const pair = node.pairs.find((p) => p.key.text === name);
    const value = resolve(pair?.value);
    if (pair && value?.kind === 'scalar') return value.start < value.end ? value : pair.key;
  }
  return first ?? start;
}

function keysOf(checker: Checker, node: MapNode): ReadonlySet<string> {
  const known = checker.keys.get(node);
  if (known) return known;
  const keys = new Set(node.pairs.map((pair) => pair.key.text));
  checker.keys.set(node, keys);
  return keys;
}

function unknown(checker: Checker, node: MapNode, index: number, schema: Schema, path: Path, place: Place): void {
  const key = node.pairs[index]?.key;
  if (!key || checker.problems.length >= MAX_PROBLEMS) return;
  const present = keysOf(checker, node);
  const allowed = Object.keys(schema.properties ?? {});
  const near = meant(key.text, allowed.filter((name) => !present.has(name)));
  const where = path.length === 1 ? 'the document' : subject(path.slice(0, -1)).replace('An entry', 'an entry');
  const elsewhere = schema['x-elsewhere']?.[key.text] ?? (path.length === 1 && schema.properties?.spec && propertySchema(schema.properties.spec, key.text) ? `It belongs under \`spec\`.` : null);
  const free = allowed.length > 10 ? allowed.filter((name) => !present.has(name)) : allowed;
  const listed = free.slice(0, 10).map((name) => `\`${name}\``).join(', ') + (free.length > 10 ? ` and ${free.length - 10} more` : '');
  const hint = elsewhere ?? (near ? `Did you mean \`${near}\`?` : key.text === '<<' ? 'YAML 1.2 has no merge keys; write the keys out.' : `${free.length > 0 ? `Known keys: ${listed}. ` : ''}Keys of your own begin with \`x-\`.`);
  const span = key.start === key.end ? spanOf(key, place) : key;
  if (key.text === '') return report(checker, 'unknown-key', span, path, `A key of ${where} must be a text.`);
  report(checker, 'unknown-key', span, path, `\`${short(key.text)}\` is not a key of ${where}. ${hint}`, unknownKey(checker, node, index, elsewhere ? null : near));
}
