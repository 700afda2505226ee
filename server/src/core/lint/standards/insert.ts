// A snippet put into a manifest: as a new block, behind the entries of a list that is there, or as the keys that a map lacks.
import { inline, insertPair, keySnippet, pairSnippet, plainOfSnippet, propertySchema, schemaAt, schemaFor, type Schema } from '../../documents';
import type { FixEdit } from '../../text';
import { pairOf, parseYaml, plainValue, resolve, type MapNode, type Node, type Pair, type PlainValue, type SeqNode } from '../../yaml';

export interface Target {
  readonly text: string;
  readonly json: boolean;
  readonly root: Node | null;
}

type Path = readonly string[];

/** The edits that put a snippet's block where `at` says that it belongs (else under `spec`); none where there is no room for it. */
export function insertSnippet(target: Target, body: string, at: Path): readonly FixEdit[] {
  const source = resolve(parseYaml(plainOfSnippet(body)).documents[0]?.root);
  const [pair, more] = source?.kind === 'map' ? source.pairs : [];
  if (!pair || more) return [];
  const place = at.indexOf(pair.key.text);
  const path = [...(place > 0 ? at.slice(0, place) : ['spec']), pair.key.text];
  return put(target, path, { key: pair.key.text, value: plainValue(pair.value), body });
}

/** The edits that add the key at a path with an example of what belongs there; maps on the way are made. */
export function insertExample(target: Target, at: Path): readonly FixEdit[] {
  const key = at[at.length - 1];
  const place = schemaAt('agent', target.root, at);
  if (key === undefined || !place) return [];
  return put(target, at, { key, value: undefined, body: keySnippet(key, place.field, { style: 'block', indent: '', eol: '\n' }) });
}

interface Block {
  readonly key: string;
  /** undefined: whatever is there already is left alone */
  readonly value: PlainValue | undefined;
  /** `key: ...` in snippet syntax, lines from column 0 */
  readonly body: string;
}

function put(target: Target, path: Path, block: Block): readonly FixEdit[] {
  let map = resolve(target.root);
  for (const [depth, step] of path.entries()) {
    if (map?.kind !== 'map') return [];
    const pair: Pair | null = pairOf(map, step);
    if (!pair) {
      // what the path needs between here and the block is made around it
      const inner = path.slice(depth, -1);
      const edit = insertPair(target.text, map, step, orderAt(target, path.slice(0, depth)), (layout) =>
        layout.style === 'block' ? wrapped(inner, block.body).replaceAll('\n', `${layout.eol}${layout.indent}`) : flowPair(path.slice(depth), block, layout.style === 'json'));
      return edit ? [edit] : [];
    }
    if (pair.value.kind === 'alias') return [];
    if (depth === path.length - 1) return into(target, path, resolve(pair.value), block);
    map = resolve(pair.value);
  }
  return [];
}

function into(target: Target, path: Path, there: ReturnType<typeof resolve>, block: Block): readonly FixEdit[] {
  if (there?.kind === 'seq' && Array.isArray(block.value)) return append(target, there, block);
  const value = block.value;
  if (there?.kind !== 'map' || value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return lackingKeys(target, path, there, value);
}

/** Entries behind those of a list. */
function append(target: Target, list: SeqNode, block: Block): readonly FixEdit[] {
  const values = Array.isArray(block.value) ? block.value : [];
  const last = list.items[list.items.length - 1];
  if (list.flow) {
    const items = values.map((value) => inline(value, target.json)).join(', ');
    const at = last ? last.end : list.start + 1;
    return [{ span: { start: at, end: at }, newText: last ? `, ${items}` : items }];
  }
  if (!last) return [];
  const line = target.text.lastIndexOf('\n', last.start - 1) + 1;
  const dash = target.text.lastIndexOf('-', last.start);
  if (dash < line || target.text.slice(line, dash).trim() !== '') return [];
  const indent = target.text.slice(line, dash);
  const eol = /\r?\n/.exec(target.text)?.[0] ?? '\n';
  const at = contentEnd(target.text, last.end);
  const lines = block.body.split('\n').slice(1).map((text) => `${eol}${indent}${text.slice(2)}`);
  return [{ span: { start: at, end: at }, newText: lines.join('') }];
}

/** The end of the line on which a value really ends: a block map's span may reach over blank lines and comments. */
function contentEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  const newline = text.indexOf('\n', at);
  const stop = newline < 0 ? text.length : newline;
  return text[stop - 1] === '\r' ? stop - 1 : stop;
}

function lackingKeys(target: Target, path: Path, map: MapNode, wanted: { readonly [key: string]: PlainValue }): readonly FixEdit[] {
  const edits: FixEdit[] = [];
  let stops = 0;
  for (const [key, value] of Object.entries(wanted)) {
    if (pairOf(map, key)) continue;
    const schema = schemaAt('agent', target.root, path)?.schema;
    const field: Schema = (schema ? propertySchema(schema, key) : null) ?? {};
    const edit = insertPair(target.text, map, key, orderAt(target, path), (layout) => {
      const text = pairSnippet(key, value, field, layout).replace(/(^|[^\\])\$\{(\d+)/g, (_, before: string, n: string) => `${before}\${${Number(n) + stops}`);
      stops += [...text.matchAll(/(?:^|[^\\])\$\{\d+/g)].length;
      return text;
    });
    if (!edit) continue;
    const same = edits.findIndex((other) => other.span.start === edit.span.start);
    const other = edits[same];
    if (other) edits[same] = { ...other, newText: other.newText + edit.newText };
    else edits.push(edit);
  }
  return edits;
}

const orderAt = (target: Target, path: Path): readonly string[] => Object.keys((path.length === 0 ? schemaFor('agent') : schemaAt('agent', target.root, path)?.schema)?.properties ?? {});

/** The block under keys that are made for it. */
const wrapped = (keys: Path, body: string): string => keys.reduceRight((inner, key) => `${key}:\n${inner.split('\n').map((line) => `  ${line}`).join('\n')}`, body);

/** For maps on one line; without tab stops. */
function flowPair(path: Path, block: Block, json: boolean): string {
  const value = block.value ?? plainValue(parseYaml(plainOfSnippet(block.body)).documents[0]?.root ?? null);
  const own = block.value === undefined && value !== null && typeof value === 'object' && !Array.isArray(value) ? (value[block.key] ?? null) : value;
  const nested = path.slice(1).reduceRight<PlainValue>((inner, key) => ({ [key]: inner }), own);
  return `${json ? JSON.stringify(path[0]) : path[0]}: ${inline(nested, json)}`;
}
