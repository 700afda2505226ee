// A body for JSON and for maps in braces: the same keys and values on one line (a whole document on several), with the body's own tab stops.
import { choice, escapeSnippet, inline, placeholder } from '../../core/documents';
import { expand, parseBody, valuesAt, type Expanded, type Part } from '../../core/snippets';
import { parseYaml, resolve, type MapNode, type Node, type ScalarNode } from '../../core/yaml';

export interface InlineBody {
  /** of a map, of the first entry of a list, or of the document: the keys in order, each with its value */
  readonly pairs: readonly { readonly key: string; readonly pair: string }[];
  /** entries of a list */
  readonly items: readonly string[];
  /** the whole on lines of its own */
  readonly whole: string;
}

type Stop = Part & { readonly kind: 'stop' | 'variable' };

interface Hole {
  readonly start: number;
  readonly end: number;
  readonly stop: Stop;
  /** nothing stands there until somebody types */
  readonly empty: boolean;
  /** what the editor fills in, a variable or a transform, stays as the body has it */
  readonly source: string | null;
}

const MAX_DEPTH = 20;

/** In snippet syntax; null for a body that is no YAML by itself, or says more than JSON can. `json`: with all texts in quotes. */
export function inlineBody(body: string, now: number, json: boolean): InlineBody | null {
  const { parts } = parseBody(body);
  const expanded = expand(parts, valuesAt(now), { filler: 'x' });
  const documents = parseYaml(expanded.text).documents;
  const root = resolve(documents[0]?.root);
  if (expanded.cut || documents.length !== 1 || (documents[0]?.problems.length ?? 1) > 0 || (documents[0]?.tags.length ?? 0) > 0 || !root || root.kind === 'scalar') return null;
  const write = writer(expanded, holesOf(expanded, parts, body), json);
  const first = root.kind === 'seq' ? resolve(root.items[0]) : root;
  const pairs = (map: MapNode): InlineBody['pairs'] => map.pairs.map(({ key, value }) => ({ key: key.text, pair: `${write.key(key)}: ${write.node(value, 0)}` }));
  return { pairs: first?.kind === 'map' ? pairs(first) : [], items: root.kind === 'seq' ? root.items.map((item) => write.node(item, 0)) : [], whole: write.lines(root, '') };
}

/** Where tab stops stand in the expanded text; of one within another the inner one. */
function holesOf({ filled, offsets }: Expanded, parts: readonly Part[], body: string): readonly Hole[] {
  const holes = filled.flatMap(({ start, end, kind }): Hole[] => {
    const stop = innermost(parts, offsets[start] ?? -1, kind === 'variable' ? 'variable' : kind === 'empty' ? null : 'stop');
    if (!stop || (stop.kind === 'stop' && stop.index === 0)) return [];
    return [{ start, end, stop, empty: kind === 'empty', source: stop.kind === 'variable' || stop.transform ? braced(body.slice(stop.start, stop.end)) : null }];
  });
  const inner = holes.filter((hole) => hole.stop.kind === 'stop' || !holes.some(({ stop, start, end }) => stop.kind === 'stop' && start <= hole.start && hole.end <= end));
  return inner.filter((hole) => !inner.some((other) => other !== hole && other.stop.start > hole.stop.start && hole.start <= other.start && other.end <= hole.end)).sort((a, b) => a.start - b.start);
}

/** So that what follows is not taken for part of the name. */
const braced = (written: string): string => (written.startsWith('${') ? written : `\${${written.slice(1)}}`);

function innermost(parts: readonly Part[], at: number, kind: Stop['kind'] | null): Stop | null {
  for (const part of parts) {
    if (part.kind === 'text' || at < part.start || at >= part.end) continue;
    const inner = innermost(part.children ?? [], at, kind);
    return inner ?? (kind === null || part.kind === kind ? part : null);
  }
  return null;
}

function writer({ text }: Expanded, holes: readonly Hole[], json: boolean): { key(key: ScalarNode): string; node(node: Node, depth: number): string; lines(node: Node, indent: string): string } {
  const stopText = ({ stop, start, end, empty, source }: Hole, quote: (value: string) => string): string => {
    if (source !== null || stop.kind === 'variable') return source ?? '';
    if (empty) return `\${${stop.index}}`;
    const value = quote(text.slice(start, end));
    return stop.choices && stop.choices.length > 1 ? choice(stop.index, [value, ...stop.choices.map((one) => quote(one.text)).filter((one) => one !== value)]) : placeholder(stop.index, value);
  };
  const scalar = (node: ScalarNode, value: ScalarNode['value']): string => {
    const written = inline(value, json);
    const quoted = written.startsWith('"');
    const inside = quoted ? (part: string) => JSON.stringify(part).slice(1, -1) : (part: string) => part;
    const start = text.slice(node.start, node.end) === node.text ? node.start : node.start + 1;
    const own = holes.filter((hole) => start <= hole.start && hole.end <= start + node.text.length);
    const [all] = own;
    // a number may be written otherwise: `0.50`
    if (all && typeof value !== 'string' && all.start === start && all.end === start + node.text.length && (all.stop.kind === 'variable' || !all.stop.choices)) return all.empty || all.source !== null || all.stop.kind === 'variable' ? stopText(all, inside) : placeholder(all.stop.index, written);
    // only where what is written stands there letter by letter can a part of it be a tab stop
    if (own.length === 0 || text.slice(start, start + node.text.length) !== node.text || (written !== node.text && written !== JSON.stringify(node.text))) return escapeSnippet(written);
    let out = quoted ? '"' : '';
    let at = start;
    for (const hole of own) {
      if (hole.start < at) continue;
      out += escapeSnippet(inside(text.slice(at, hole.start))) + stopText(hole, inside);
      at = hole.end;
    }
    return out + escapeSnippet(inside(text.slice(at, start + node.text.length))) + (quoted ? '"' : '');
  };
  const key = (node: ScalarNode): string => scalar(node, node.text);
  const nodeText = (given: Node, depth: number): string => {
    const node = resolve(given);
    if (!node || depth > MAX_DEPTH) return 'null';
    if (node.kind === 'scalar') return scalar(node, node.value);
    if (node.kind === 'seq') return `[${node.items.map((item) => nodeText(item, depth + 1)).join(', ')}]`;
    return node.pairs.length === 0 ? '{\\}' : `{ ${node.pairs.map((pair) => `${key(pair.key)}: ${nodeText(pair.value, depth + 1)}`).join(', ')} \\}`;
  };
  const lines = (given: Node, indent: string): string => {
    const node = resolve(given);
    const inner = `${indent}  `;
    if (node?.kind === 'map' && node.pairs.length > 0 && inner.length <= MAX_DEPTH * 2) return `{\n${node.pairs.map((pair) => `${inner}${key(pair.key)}: ${lines(pair.value, inner)}`).join(',\n')}\n${indent}\\}`;
    if (node?.kind === 'seq' && node.items.some((item) => resolve(item)?.kind !== 'scalar') && inner.length <= MAX_DEPTH * 2) return `[\n${node.items.map((item) => `${inner}${lines(item, inner)}`).join(',\n')}\n${indent}]`;
    return nodeText(given, 0);
  };
  return { key, node: nodeText, lines };
}
