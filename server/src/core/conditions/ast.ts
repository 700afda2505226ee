// The expression tree of a condition: ours, immutable, every part with its span in the condition's text.
import type { Span } from '../text';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | 'in';
export type MacroName = 'all' | 'exists' | 'exists_one' | 'map' | 'filter';

/** A constant. Numbers are one domain: `500` and `500.0` are the same literal. */
export interface Literal {
  readonly kind: 'literal';
  readonly span: Span;
  readonly value: null | boolean | number | string | Uint8Array;
  /** true for a whole number beyond 2^53-1, whose value cannot be held exactly */
  readonly inexact?: boolean;
  /** of a text without escapes: the span between its quotes, which can be replaced whatever the quotes are */
  readonly textSpan?: Span;
}

export interface Identifier {
  readonly kind: 'identifier';
  readonly span: Span;
  readonly name: string;
}

/** `operand.field` */
export interface Select {
  readonly kind: 'select';
  readonly span: Span;
  readonly operand: Expr;
  readonly field: string;
  readonly fieldSpan: Span;
}

/** `has(a.b)`: whether the field is there. */
export interface Has {
  readonly kind: 'has';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly target: Select;
}

/** `operand[index]` */
export interface Index {
  readonly kind: 'index';
  readonly span: Span;
  readonly operand: Expr;
  readonly index: Expr;
}

export interface Unary {
  readonly kind: 'unary';
  readonly span: Span;
  readonly op: '!' | '-';
  readonly opSpan: Span;
  readonly operand: Expr;
}

export interface Binary {
  readonly kind: 'binary';
  readonly span: Span;
  readonly op: BinaryOperator;
  readonly opSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
}

/** `a && b && c`, flat: a long chain must not become a deep tree. `opSpans[i]` stands before `operands[i + 1]`. */
export interface Logic {
  readonly kind: 'logic';
  readonly span: Span;
  readonly op: '&&' | '||';
  readonly opSpans: readonly Span[];
  readonly operands: readonly Expr[];
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly span: Span;
  readonly opSpan: Span;
  readonly condition: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

/** `name(args)` or `receiver.name(args)` */
export interface Call {
  readonly kind: 'call';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly receiver: Expr | null;
  readonly args: readonly Expr[];
}

/** `range.all(variable, body)`; `filter` is the predicate of the three-part `map`. */
export interface Macro {
  readonly kind: 'macro';
  readonly span: Span;
  readonly name: MacroName;
  readonly nameSpan: Span;
  readonly range: Expr;
  readonly variable: string;
  readonly variableSpan: Span;
  readonly filter: Expr | null;
  readonly body: Expr;
}

export interface ListExpr {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Expr[];
}

export interface MapExpr {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly { readonly key: Expr; readonly value: Expr }[];
}

export type Expr = Literal | Identifier | Select | Has | Index | Unary | Binary | Logic | Conditional | Call | Macro | ListExpr | MapExpr;

/** The direct parts of an expression, in reading order. */
export function childrenOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'literal':
    case 'identifier':
      return [];
    case 'select':
      return [expr.operand];
    case 'has':
      return [expr.target];
    case 'index':
      return [expr.operand, expr.index];
    case 'unary':
      return [expr.operand];
    case 'binary':
      return [expr.left, expr.right];
    case 'logic':
      return expr.operands;
    case 'conditional':
      return [expr.condition, expr.then, expr.else];
    case 'call':
      return expr.receiver === null ? expr.args : [expr.receiver, ...expr.args];
    case 'macro':
      return expr.filter === null ? [expr.range, expr.body] : [expr.range, expr.filter, expr.body];
    case 'list':
      return expr.items;
    case 'map':
      return expr.entries.flatMap((entry) => [entry.key, entry.value]);
  }
}

/** Calls `visit` for the expression and all its parts, parents first; `false` skips the parts. */
export function walk(expr: Expr, visit: (node: Expr) => boolean | void): void {
  if (visit(expr) === false) return;
  for (const child of childrenOf(expr)) walk(child, visit);
}

/** The number of nodes: the cost of evaluating the expression once. */
export function sizeOf(expr: Expr): number {
  let size = 0;
  walk(expr, () => void size++);
  return size;
}

/** `a.b.c` (also `a["b"]`) as its names from the root, or null for what is not a plain path. */
export function pathOf(expr: Expr): readonly string[] | null {
  const names: string[] = [];
  for (let node = expr; ; ) {
    if (node.kind === 'identifier') return [node.name, ...names.reverse()];
    if (node.kind === 'select') {
      names.push(node.field);
      node = node.operand;
    } else if (node.kind === 'index' && node.index.kind === 'literal' && typeof node.index.value === 'string') {
      names.push(node.index.value);
      node = node.operand;
    } else return null;
  }
}

/** The names of the policy variables that the expression reads (`variables.x`, `variables["x"]`, `has(variables.x)`). */
export function variablesIn(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  walk(expr, (node) => {
    const path = node.kind === 'select' || node.kind === 'index' ? pathOf(node) : null;
    if (path?.[0] === 'variables' && path[1] !== undefined) names.add(path[1]);
  });
  return names;
}
