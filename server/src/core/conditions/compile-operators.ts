// Operators. Comparisons with a constant have code of their own; `&&` and `||` absorb an error when the other side decides.
import type { Binary, BinaryOperator, Conditional, Expr, Literal, Logic, Unary } from './ast';
import { arithmetic } from './arithmetic';
import type { Evaluation } from './evaluation';
import { fail, notBool, tooMuch, type Run, type Scope } from './scope';
import { CelError, compare, equal, fieldOf, isList, isMap, kindOf, PartialList, type Value } from './values';

export function compileLogic(node: Logic, scope: Scope): Run {
  const runs = node.operands.map((operand) => scope.compile(operand, scope));
  const deciding = node.op === '||';
  const [first, second] = [runs[0], runs[1]];
  if (runs.length === 2 && first && second) {
    const error = (a: Value, b: Value): CelError => (a === !deciding ? notBool(scope, node.operands[1] ?? node, b) : notBool(scope, node.operands[0] ?? node, a));
    return (evaluation) => {
      const a = first(evaluation);
      if (a === deciding) return deciding;
      const b = second(evaluation);
      if (b === deciding) return deciding;
      return a === !deciding && b === !deciding ? !deciding : error(a, b);
    };
  }
  return (evaluation) => {
    let fault: CelError | null = null;
    for (let i = 0; i < runs.length; i++) {
      const value = runs[i]?.(evaluation) ?? null;
      if (value === deciding) return deciding;
      if (value !== !deciding) fault ??= notBool(scope, node.operands[i] ?? node, value);
    }
    return fault ?? !deciding;
  };
}

export function compileUnary(node: Unary, scope: Scope): Run {
  const run = scope.compile(node.operand, scope);
  if (node.op === '!') {
    return (evaluation) => {
      const value = run(evaluation);
      return typeof value === 'boolean' ? !value : notBool(scope, node.operand, value);
    };
  }
  return (evaluation) => {
    const value = run(evaluation);
    if (typeof value === 'number') return 0 - value;
    return value instanceof CelError ? value : fail(scope, node.opSpan, 'type', `\`-\` needs a number; this is ${kindOf(value)}.`);
  };
}

export function compileConditional(node: Conditional, scope: Scope): Run {
  const condition = scope.compile(node.condition, scope);
  const then = scope.compile(node.then, scope);
  const otherwise = scope.compile(node.else, scope);
  return (evaluation) => {
    const value = condition(evaluation);
    return value === true ? then(evaluation) : value === false ? otherwise(evaluation) : notBool(scope, node.condition, value);
  };
}

const MIRRORED: Readonly<Partial<Record<BinaryOperator, BinaryOperator>>> = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

type Simple = null | boolean | number | string;
const simpleLiteral = (node: Expr): node is Literal & { readonly value: Simple } => node.kind === 'literal' && !node.inexact && !(node.value instanceof Uint8Array);

export function compileBinary(node: Binary, scope: Scope): Run {
  const { op, left, right } = node;
  if (op === 'in') return compileIn(node, scope);
  const mirrored = MIRRORED[op];
  if (mirrored && simpleLiteral(right)) return compareWithConstant(node, op, scope.compile(left, scope), right.value, false, scope);
  if (mirrored && simpleLiteral(left)) return compareWithConstant(node, mirrored, scope.compile(right, scope), left.value, true, scope);
  const [first, second] = [scope.compile(left, scope), scope.compile(right, scope)];
  const operate = mirrored ? comparison(node, op, scope) : arithmetic(node, scope);
  return (evaluation) => {
    const a = first(evaluation);
    if (a instanceof CelError) return a;
    const b = second(evaluation);
    return b instanceof CelError ? b : operate(a, b, evaluation);
  };
}

/** `field > 500`: the constant is known, so the common case is one type test and one comparison. */
function compareWithConstant(node: Binary, op: BinaryOperator, run: Run, constant: Simple, swapped: boolean, scope: Scope): Run {
  const slow = comparison(node, node.op, scope);
  const other = (value: Value, evaluation: Evaluation): Value => (value instanceof CelError ? value : swapped ? slow(constant, value, evaluation) : slow(value, constant, evaluation));
  if (op === '==' || op === '!=') {
    const same = op === '==';
    return (evaluation) => {
      const value = run(evaluation);
      if (value === constant) return same;
      return typeof value === 'object' ? other(value, evaluation) : !same;
    };
  }
  if (typeof constant !== 'number') return (evaluation) => other(run(evaluation), evaluation);
  const c = constant;
  switch (op) {
    case '<':
      return (evaluation) => {
        const value = run(evaluation);
        return typeof value === 'number' ? value < c : other(value, evaluation);
      };
    case '<=':
      return (evaluation) => {
        const value = run(evaluation);
        return typeof value === 'number' ? value <= c : other(value, evaluation);
      };
    case '>':
      return (evaluation) => {
        const value = run(evaluation);
        return typeof value === 'number' ? value > c : other(value, evaluation);
      };
    default:
      return (evaluation) => {
        const value = run(evaluation);
        return typeof value === 'number' ? value >= c : other(value, evaluation);
      };
  }
}

type Operate = (a: Value, b: Value, evaluation: Evaluation) => Value;

function comparison(node: Binary, op: BinaryOperator, scope: Scope): Operate {
  if (op === '==' || op === '!=') {
    return (a, b, evaluation) => {
      if (a instanceof PartialList || b instanceof PartialList) return incomplete(node, scope);
      const same = equal(a, b, evaluation);
      return same === undefined ? tooMuch(scope, node) : same === (op === '==');
    };
  }
  return (a, b, evaluation) => {
    if (typeof a === 'string' && typeof b === 'string' && !evaluation.spend(Math.min(a.length, b.length) >> 6)) return tooMuch(scope, node);
    const order = compare(a, b);
    if (order === undefined) return fail(scope, node.opSpan, 'type', `\`${op}\` does not compare ${kindOf(a)} with ${kindOf(b)}.`);
    return op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0;
  };
}

const incomplete = (node: Expr, scope: Scope): CelError => fail(scope, node.span, 'missing', 'The list is not known completely.');

function compileIn(node: Binary, scope: Scope): Run {
  const readItem = scope.compile(node.left, scope);
  if (node.right.kind === 'list' && node.right.items.length > 0 && node.right.items.every(simpleLiteral)) {
    const constants = new Set<Value>(node.right.items.map((item) => item.value));
    return (evaluation) => {
      const item = readItem(evaluation);
      return item instanceof CelError ? item : constants.has(item);
    };
  }
  const readContainer = scope.compile(node.right, scope);
  return (evaluation) => {
    const item = readItem(evaluation);
    if (item instanceof CelError) return item;
    const container = readContainer(evaluation);
    if (isList(container)) return includes(container, item, evaluation) ?? tooMuch(scope, node);
    if (container instanceof CelError) return container;
    if (container instanceof PartialList) return includes(container.known, item, evaluation) === true ? true : incomplete(node, scope);
    if (!isMap(container)) return fail(scope, node.opSpan, 'type', `\`in\` looks into a list or a map; this is ${kindOf(container)}.`);
    return typeof item === 'string' ? fieldOf(container, item) !== undefined : fail(scope, node.opSpan, 'type', `The keys of a map are text; this is ${kindOf(item)}.`);
  };
}

function includes(list: readonly Value[], item: Value, evaluation: Evaluation): boolean | undefined {
  if (!evaluation.spend(list.length >> 4)) return undefined;
  const simple = typeof item !== 'object' || item === null;
  for (const candidate of list) {
    if (candidate === item) return true;
    if (simple) continue;
    const same = equal(candidate, item, evaluation);
    if (same !== false) return same;
  }
  return false;
}
