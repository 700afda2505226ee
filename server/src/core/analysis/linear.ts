// What adds constants to one field, takes it from them, multiplies or divides it by them, as a question about the field itself: `args.amount * 2 > 900` is `args.amount > 450`.
// Such steps only ever rise or only ever fall, also as they are rounded, so that one bound tells all; where rounding leaves no such bound in sight the question stays as it is.
import { Duration, Timestamp, type Expr, type Value } from '../conditions';
import { holdsFor } from './classes';
import type { Attribute, Comparison } from './formula';
import { LARGEST } from './shape';

type Known = { readonly kind: 'known'; readonly value: Value } | { readonly kind: 'attribute'; readonly of: Attribute } | { readonly kind: 'size' | 'other' };

interface Line {
  readonly of: Attribute;
  readonly kind: 'number' | 'time' | 'duration';
  readonly rising: boolean;
  readonly steps: number;
  apply(value: number): number;
  /** about the value that becomes this one */
  invert(value: number): number;
}

const MOST_STEPS = 8;
/** Constants beyond could make a number that is none. */
const MOST = 1e15;

/** A bound on a field: all that the question holds for. */
export interface Bound {
  readonly of: Attribute;
  readonly op: Comparison;
  readonly value: number;
}

/** The bound that is the comparison; null where it is none. `term`: what an expression is, as far as is known. */
export function boundOf(of: Attribute, op: Comparison, value: Value, term: (expr: Expr) => Known): Bound | null {
  const line = of.derived ? lineOf(of, term) : null;
  const wanted = line && numberOf(value, line.kind);
  if (!line || wanted === null) return null;
  const up = (op === '>' || op === '>=') === line.rising;
  const holds = (at: number): boolean => holdsFor(op, line.apply(at), wanted);
  for (const at of near(line.invert(wanted))) {
    if (holds(at)) {
      if (!holds(next(at, up ? -1 : 1))) return { of: line.of, op: up ? '>=' : '<=', value: at };
    } else if (holds(next(at, up ? 1 : -1))) return { of: line.of, op: up ? '>' : '<', value: at };
  }
  return null;
}

/** The one value of the field for which the expression is the value; null where there is none, or there are several. */
export function pointOf(of: Attribute, value: Value, term: (expr: Expr) => Known): { readonly of: Attribute; readonly value: number } | null {
  const line = of.derived ? lineOf(of, term) : null;
  const wanted = line && numberOf(value, line.kind);
  if (!line || wanted === null) return null;
  const at = near(line.invert(wanted)).find((one) => line.apply(one) === wanted);
  return at !== undefined && line.apply(next(at, 1)) !== wanted && line.apply(next(at, -1)) !== wanted ? { of: line.of, value: at } : null;
}

function lineOf(of: Attribute, term: (expr: Expr) => Known): Line | null {
  const expr = of.derived?.expr;
  if (!expr) return { of, kind: of.key === 'context.time' ? 'time' : 'number', rising: true, steps: 0, apply: (value) => value, invert: (value) => value };
  if (expr.kind === 'unary' && expr.op === '-') {
    const inner = term(expr.operand);
    return inner.kind === 'attribute' ? then(lineOf(inner.of, term), 'number', 'number', false, (value) => -value, (value) => -value) : null;
  }
  if (expr.kind !== 'binary') return null;
  const [left, right] = [term(expr.left), term(expr.right)];
  const first = left.kind === 'attribute' && right.kind === 'known';
  const constant = first ? right.value : left.kind === 'known' && right.kind === 'attribute' ? left.value : null;
  const inner = first ? left.of : right.kind === 'attribute' ? right.of : null;
  const line = inner && lineOf(inner, term);
  if (!line || constant === null) return null;
  if (constant instanceof Timestamp) {
    const { ms } = constant;
    if (expr.op !== '-') return null;
    return first ? then(line, 'time', 'duration', true, (value) => value - ms, (value) => value + ms) : then(line, 'time', 'duration', false, (value) => ms - value, (value) => ms - value);
  }
  if (typeof constant !== 'number' || Math.abs(constant) > MOST) return null;
  const by = constant;
  switch (expr.op) {
    case '+':
      return then(line, 'number', 'number', true, (value) => value + by, (value) => value - by);
    case '-':
      return first ? then(line, 'number', 'number', true, (value) => value - by, (value) => value + by) : then(line, 'number', 'number', false, (value) => by - value, (value) => by - value);
    case '*':
      return by === 0 ? null : then(line, 'number', 'number', by > 0, (value) => value * by, (value) => value / by);
    case '/':
      return by === 0 || !first ? null : then(line, 'number', 'number', by > 0, (value) => value / by, (value) => value * by);
    default:
      return null;
  }
}

function then(line: Line | null, from: Line['kind'], to: Line['kind'], rising: boolean, apply: (value: number) => number, invert: (value: number) => number): Line | null {
  if (!line || line.kind !== from || line.steps >= MOST_STEPS) return null;
  const made: Line = { of: line.of, kind: to, rising: line.rising === rising, steps: line.steps + 1, apply: (value) => apply(line.apply(value)), invert: (value) => line.invert(invert(value)) };
  // a number of a request never becomes one that is none
  return Number.isFinite(made.apply(LARGEST)) && Number.isFinite(made.apply(-LARGEST)) ? made : null;
}

function numberOf(value: Value, kind: Line['kind']): number | null {
  if (kind === 'number') return typeof value === 'number' ? value : null;
  if (kind === 'duration') return value instanceof Duration ? value.ms : null;
  return null;
}

/** It and its neighbours. */
function near(value: number): readonly number[] {
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST) return [];
  const found = [value + 0];
  for (let step = 0, [down, up] = [value, value]; step < 4; step++) found.push((down = next(down, -1)), (up = next(up, 1)));
  return found;
}

/** The next number above, or below. */
function next(value: number, way: 1 | -1): number {
  if (value === 0) return way * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 === way > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
