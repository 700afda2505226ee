// The one tree that YAML, JSON and frontmatter become: values with source spans and nothing of the library that read them.
import type { Span } from '../text';

export type ScalarValue = string | number | boolean | null;
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface ScalarNode extends Span {
  readonly kind: 'scalar';
  /** the value by the core schema; a key or value left empty is null with an empty span */
  readonly value: ScalarValue;
  /** the value as text: the decoded string, or a number as it was written */
  readonly text: string;
  readonly style: ScalarStyle;
}

export interface Pair {
  readonly key: ScalarNode;
  readonly value: Node;
}

export interface MapNode extends Span {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly pairs: readonly Pair[];
}

export interface SeqNode extends Span {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly Node[];
}

/** `*name`. `target` is null where no anchor of that name stands before it. */
export interface AliasNode extends Span {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: Exclude<Node, AliasNode> | null;
}

export type Node = ScalarNode | MapNode | SeqNode | AliasNode;
export type Plain = Exclude<Node, AliasNode>;

/** A fault of syntax. `fix`, where there is one, is the text that the span should hold instead. */
export interface SyntaxProblem {
  readonly code: 'yaml' | 'json' | 'unquoted' | 'duplicate-key' | 'too-large' | 'frontmatter' | 'toml';
  readonly span: Span;
  readonly message: string;
  readonly fix?: { readonly title: string; readonly newText: string; readonly span?: Span };
}

/** One `---` document (or the one value of a JSON file). */
export interface SourceDocument extends Span {
  readonly root: Node | null;
  readonly problems: readonly SyntaxProblem[];
  /** every tag written in the document, the lone `!` too; foreign formats may use them, ours must not */
  readonly tags: readonly Span[];
  /** comments with their `#`, in order; none in JSON */
  readonly comments: readonly Span[];
}

export interface SourceTree {
  readonly documents: readonly SourceDocument[];
}

/** The node that an alias stands for, else the node itself; an unresolved alias is null. */
export const resolve = (node: Node | null | undefined): Plain | null =>
  node ? (node.kind === 'alias' ? node.target : node) : null;

/** The pair of a key in a map (through an alias), the first where it stands twice. */
export function pairOf(node: Node | null | undefined, key: string): Pair | null {
  const map = resolve(node);
  if (map?.kind !== 'map') return null;
  for (const pair of map.pairs) if (pair.key.text === key) return pair;
  return null;
}

/** The value of a key in a map, aliases resolved. */
export const valueOf = (node: Node | null | undefined, key: string): Plain | null => resolve(pairOf(node, key)?.value);

/** The text of a scalar that is a string, else null. */
export function textOf(node: Node | null | undefined): string | null {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && typeof scalar.value === 'string' ? scalar.value : null;
}

/** A step into the tree: a key or an index. */
export type PathStep = string | number;
export type Path = readonly PathStep[];

/** The node at a path, or null. Aliases on the way are resolved, the last one is not. */
export function nodeAt(root: Node | null, path: Path): Node | null {
  let node: Node | null = root;
  for (const step of path) {
    const here = resolve(node);
    if (here?.kind === 'map') node = pairOf(here, String(step))?.value ?? null;
    else if (here?.kind === 'seq') node = here.items[Number(step)] ?? null;
    else return null;
  }
  return node;
}

/** RFC 6901. */
export function toPointer(path: Path): string {
  let pointer = '';
  for (const step of path) pointer += typeof step === 'number' || !/[~/]/.test(step) ? `/${step}` : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return pointer;
}

export function fromPointer(pointer: string): string[] {
  if (pointer === '') return [];
  const steps = pointer.slice(1).split('/');
  return pointer.includes('~') ? steps.map((s) => s.replaceAll('~1', '/').replaceAll('~0', '~')) : steps;
}
