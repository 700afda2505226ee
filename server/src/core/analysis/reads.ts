// Which fields of a request an expression reads, and which of them make it an error when they are missing.
import { samplesOfPattern } from './pattern-sample';
import { childrenOf, pathOf, walk, type Expr, type VariableAsts } from '../conditions';

export interface Reading {
  readonly names: readonly string[];
  /** whatever else holds, it is read */
  readonly strict: boolean;
}

/** What a policy's expressions read, each looked at once. */
export class Readings {
  readonly #known = new WeakMap<Expr, readonly Reading[]>();
  readonly #variables = new Map<string, readonly Reading[]>();

  constructor(readonly variables: VariableAsts) {}

  of(expr: Expr): readonly Reading[] {
    let found = this.#known.get(expr);
    if (!found) {
      const all = new Map<string, Reading>();
      this.#collect(expr, [], true, all);
      this.#known.set(expr, (found = [...all.values()]));
    }
    return found;
  }

  #collect(expr: Expr, bound: readonly string[], strict: boolean, into: Map<string, Reading>): void {
    const add = (names: readonly string[]): void => {
      if (bound.includes(names[0] ?? '')) return;
      if (names[0] === 'variables' && names[1] !== undefined) {
        for (const one of this.#variable(names[1])) note({ names: one.names, strict: strict && one.strict });
      } else note({ names, strict });
    };
    const note = (one: Reading): void => {
      const key = one.names.join('\0');
      const known = into.get(key);
      if (!known || (one.strict && !known.strict)) into.set(key, one);
    };
    switch (expr.kind) {
      case 'literal':
        return;
      case 'identifier':
        return add([expr.name]);
      case 'has': {
        // the field itself may be missing, what it is a field of may not
        const path = pathOf(expr.target);
        if (path && !bound.includes(path[0] ?? '')) {
          if (path.length > 2 || path[0] === 'variables') add(path.slice(0, -1));
          return note({ names: path, strict: false });
        }
        return this.#collect(expr.target.operand, bound, strict, into);
      }
      case 'select':
      case 'index': {
        const path = pathOf(expr);
        if (path) return add(path);
        break;
      }
      case 'logic':
        for (const part of expr.operands) this.#collect(part, bound, false, into);
        return;
      case 'conditional':
        this.#collect(expr.condition, bound, strict, into);
        for (const part of [expr.then, expr.else]) this.#collect(part, bound, false, into);
        return;
      case 'macro': {
        this.#collect(expr.range, bound, strict, into);
        const inner = [...bound, expr.variable];
        if (expr.filter) this.#collect(expr.filter, inner, false, into);
        return this.#collect(expr.body, inner, false, into);
      }
    }
    for (const child of childrenOf(expr)) this.#collect(child, bound, strict, into);
  }

  #variable(name: string): readonly Reading[] {
    const known = this.#variables.get(name);
    if (known) return known;
    // a variable that uses itself is an error whatever it reads
    this.#variables.set(name, []);
    const ast = this.variables.get(name);
    const found = ast ? this.of(ast) : [];
    this.#variables.set(name, found);
    return found;
  }
}

const RISKY = new Set(['int', 'double', 'bool', 'bytes', 'timestamp', 'duration', 'string', 'substring', 'join', 'matches']);

/** True where the expression can be an error although all that it reads is there and of a fitting type. */
export function canFail(expr: Expr, variables: VariableAsts, depth = 0): boolean {
  let risky = false;
  walk(expr, (node) => {
    if (risky) return false;
    if (node.kind === 'binary') risky = node.op === '/' || node.op === '%' || node.op === '*' || node.op === '+' || node.op === '-';
    else if (node.kind === 'unary') risky = node.op === '-';
    else if (node.kind === 'call') risky = RISKY.has(node.name) && !node.args.every((part) => part.kind === 'literal' && node.name !== 'matches') && !literalPattern(node);
    else if (node.kind === 'select' || node.kind === 'index') {
      const path = pathOf(node);
      if (!path) risky = true;
      else if (path[0] === 'variables') {
        const ast = variables.get(path[1] ?? '');
        risky = depth > 16 || !ast || canFail(ast, variables, depth + 1);
      }
      return false;
    }
    return undefined;
  });
  return risky;
}

/** `x.matches("...")` with a constant pattern fails only where the pattern cannot be compiled, which is told elsewhere. */
const literalPattern = (node: Extract<Expr, { kind: 'call' }>): boolean => node.name === 'matches' && node.args.at(-1)?.kind === 'literal';

/** Texts that stand in an expression. */
export function textsIn(expr: Expr): readonly string[] {
  const texts: string[] = [];
  walk(expr, (node) => {
    if (node.kind === 'literal' && typeof node.value === 'string') texts.push(node.value);
    const pattern = node.kind === 'call' && node.name === 'matches' ? node.args[0] : undefined;
    if (pattern?.kind === 'literal' && typeof pattern.value === 'string') texts.push(...samplesOfPattern(pattern.value));
  });
  return texts;
}

/** Numbers that stand in an expression. */
export function numbersIn(expr: Expr): readonly number[] {
  const numbers: number[] = [];
  walk(expr, (node) => {
    if (node.kind === 'literal' && typeof node.value === 'number') numbers.push(node.value);
  });
  return numbers;
}

const MAX_EXPANDED = 1_000;

/** The expression with the policy's variables written out; itself where that would be too long. */
export function expand(expr: Expr, variables: VariableAsts): Expr {
  let left = MAX_EXPANDED;
  const visit = (node: Expr, open: readonly string[]): Expr => {
    if (--left < 0) return node;
    const inner = (part: Expr): Expr => visit(part, open);
    switch (node.kind) {
      case 'select':
      case 'index': {
        const path = pathOf(node);
        const ast = path?.[0] === 'variables' && path.length === 2 ? variables.get(path[1] ?? '') : null;
        if (ast && !open.includes(path?.[1] ?? '')) return visit(ast, [...open, path?.[1] ?? '']);
        if (path) return node;
        return node.kind === 'select' ? { ...node, operand: inner(node.operand) } : { ...node, operand: inner(node.operand), index: inner(node.index) };
      }
      case 'unary':
        return { ...node, operand: inner(node.operand) };
      case 'binary':
        return { ...node, left: inner(node.left), right: inner(node.right) };
      case 'logic':
        return { ...node, operands: node.operands.map(inner) };
      case 'conditional':
        return { ...node, condition: inner(node.condition), then: inner(node.then), else: inner(node.else) };
      case 'call':
        return { ...node, receiver: node.receiver && inner(node.receiver), args: node.args.map(inner) };
      case 'macro':
        return { ...node, range: inner(node.range), filter: node.filter && inner(node.filter), body: inner(node.body) };
      case 'list':
        return { ...node, items: node.items.map(inner) };
      case 'map':
        return { ...node, entries: node.entries.map(({ key, value }) => ({ key: inner(key), value: inner(value) })) };
      default:
        return node;
    }
  };
  const result = visit(expr, []);
  return left < 0 ? expr : result;
}
