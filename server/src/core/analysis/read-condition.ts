// A condition becomes a formula, seen from a context: what the workspace declares is known, the rest of the request is asked for.
import { CelError, PartialList, Timestamp, compile, isList, pathOf, print, type Call, type CompiledCondition, type ConditionInput, type Expr, type Macro, type Value, type VariableAsts, type VariableReader } from '../conditions';
import { FAULT, NO, YES, and, atomOf, attribute, conditional, logic, not, or, type Attribute, type Comparison, type Formula, type Simple } from './formula';
import { boundOf, pointOf } from './linear';
import { Readings, canFail, expand, textsIn } from './reads';
import { contains, endsWith, startsWith } from './text-classes';

/** What is known of a request beforehand. */
export interface View {
  /** the known part of what conditions see */
  readonly input: ConditionInput;
  /** the field, where its value is not known beforehand */
  free(names: readonly string[]): Attribute | null;
  /** values may be of any type */
  readonly untyped: boolean;
}

/** The conditions of one policy. What does not depend on a context is kept. */
export class ConditionReader {
  readonly readings: Readings;
  readonly #compiled = new WeakMap<Expr, CompiledCondition>();
  readonly #depths = new Map<string, number>();

  constructor(
    readonly variables: VariableAsts,
    readonly reader: VariableReader,
  ) {
    this.readings = new Readings(variables);
  }

  /** The known value of an expression that reads nothing free. */
  value(expr: Expr, view: View): Value {
    let compiled = this.#compiled.get(expr);
    if (!compiled) this.#compiled.set(expr, (compiled = compile(expr, this.reader)));
    return compiled.evaluate(view.input);
  }

  /** How deep a variable uses others; Infinity for one that cannot be evaluated. */
  depth(name: string): number {
    const known = this.#depths.get(name);
    if (known !== undefined) return known;
    this.#depths.set(name, Infinity);
    const ast = this.variables.get(name);
    if (!ast) return Infinity;
    let depth = 0;
    for (const used of variablesOf(ast)) depth = Math.max(depth, 1 + this.depth(used));
    this.#depths.set(name, depth > 16 ? Infinity : depth);
    return this.#depths.get(name) ?? Infinity;
  }
}

const variablesOf = (ast: Expr): ReadonlySet<string> => {
  const names = new Set<string>();
  const open: Expr[] = [ast];
  while (open.length > 0) {
    const node = open.pop();
    if (!node) break;
    const path = node.kind === 'select' || node.kind === 'index' ? pathOf(node) : null;
    if (path?.[0] === 'variables' && path[1] !== undefined) names.add(path[1]);
    open.push(...partsOf(node));
  }
  return names;
};

const partsOf = (node: Expr): readonly Expr[] => {
  switch (node.kind) {
    case 'select':
      return [node.operand];
    case 'has':
      return [node.target];
    case 'index':
      return [node.operand, node.index];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'logic':
      return node.operands;
    case 'conditional':
      return [node.condition, node.then, node.else];
    case 'call':
      return node.receiver ? [node.receiver, ...node.args] : node.args;
    case 'macro':
      return node.filter ? [node.range, node.filter, node.body] : [node.range, node.body];
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    default:
      return [];
  }
};

/** The parts of a time, and what they can be. */
const TIME_PARTS: Readonly<Record<string, readonly [number, number]>> = {
  getDayOfWeek: [0, 6], getHours: [0, 23], getMinutes: [0, 59], getSeconds: [0, 59], getMilliseconds: [0, 999], getMonth: [0, 11], getDate: [1, 31], getDayOfMonth: [0, 30], getDayOfYear: [0, 365], getFullYear: [1, 9999],
};

type Term =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'attribute'; readonly of: Attribute }
  | { readonly kind: 'size'; readonly of: Attribute }
  | { readonly kind: 'other' };

const MIRRORED: Readonly<Record<Comparison, Comparison>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };
const isComparison = (op: string): op is Comparison => op === '<' || op === '<=' || op === '>' || op === '>=';
const isSimple = (value: Value): value is Simple => value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string';

/** The formula of `when && !unless`. */
export function readRule(when: Expr | null, unless: Expr | null, conditions: ConditionReader, view: View): Formula {
  const read = createFormulaReader(conditions, view);
  return and(when ? read(when) : YES, unless ? not(read(unless)) : YES);
}

function createFormulaReader(conditions: ConditionReader, view: View): (expr: Expr) => Formula {
  const variables = new Map<string, Formula>();
  const known = (expr: Expr): boolean => conditions.readings.of(expr).every(({ names }) => view.free(names) === null);

  /** It needs something that is never there: arguments where nothing is called, an environment where none is named. */
  const lacks = (expr: Expr): boolean => conditions.readings.of(expr).some(({ names, strict }) => strict && names.length > 1 && view.free(names) === null && valueAt(names, view) === undefined);

  const variable = (name: string): Formula => {
    let formula = variables.get(name);
    if (!formula) {
      const ast = conditions.variables.get(name);
      formula = !ast || conditions.depth(name) === Infinity ? FAULT : read(ast);
      variables.set(name, formula);
    }
    return formula;
  };

  const term = (expr: Expr): Term => {
    if (expr.kind === 'literal' && !expr.inexact) return { kind: 'known', value: expr.value };
    if (known(expr)) return { kind: 'known', value: conditions.value(expr, view) };
    const path = pathOf(expr);
    if (path) {
      if (path[0] === 'variables') {
        const ast = path.length === 2 && conditions.depth(path[1] ?? '') !== Infinity ? conditions.variables.get(path[1] ?? '') : null;
        return ast ? term(ast) : { kind: 'other' };
      }
      const of = view.free(path);
      return of && path.length > 1 ? { kind: 'attribute', of } : { kind: 'other' };
    }
    if (expr.kind === 'call' && expr.name === 'size') {
      const inner = expr.receiver ?? expr.args[0];
      const of = inner ? term(inner) : null;
      if (of?.kind === 'attribute') return { kind: 'size', of: of.of };
    }
    if (expr.kind === 'conditional' && known(expr.condition)) {
      const value = conditions.value(expr.condition, view);
      if (typeof value === 'boolean') return term(value ? expr.then : expr.else);
    }
    const made = expr.kind === 'call' || expr.kind === 'index' || (expr.kind === 'binary' && '+-*/%'.includes(expr.op)) || (expr.kind === 'unary' && expr.op === '-');
    return made ? { kind: 'attribute', of: derived(expr) } : { kind: 'other' };
  };

  /** What is compared with constants is a field of its own, so that two comparisons know of one another. */
  function derived(expr: Expr): Attribute {
    const { text, key, strict, reads, fails, hints } = aboutOf(expr);
    const part = expr.kind === 'call' ? TIME_PARTS[expr.name] : undefined;
    return {
      key, names: ['=', text],
      derived: {
        expr, strict, reads, fails, hints, input: view.input, range: part ?? null,
        evaluate: (input) => {
          const value = conditions.value(expr, { ...view, input });
          return value instanceof CelError ? undefined : value;
        },
      },
    };
  }

  const read = (expr: Expr): Formula => {
    if (known(expr)) {
      const value = conditions.value(expr, view);
      return value === true ? YES : value === false ? NO : FAULT;
    }
    if ((expr.kind === 'binary' || expr.kind === 'call' || expr.kind === 'macro') && lacks(expr)) return FAULT;
    switch (expr.kind) {
      case 'select':
      case 'index': {
        const path = pathOf(expr);
        if (path?.[0] === 'variables' && path.length === 2) return variable(path[1] ?? '');
        const of = path && path.length > 1 ? view.free(path) : null;
        return of ? atomOf({ kind: 'truth', key: `${of.key} is true`, of }) : opaque(expr);
      }
      case 'has': {
        const path = pathOf(expr.target);
        const of = path && path[0] !== 'variables' ? view.free(path) : null;
        return of ? present(of) : opaque(expr);
      }
      case 'unary':
        return expr.op === '!' ? not(read(expr.operand)) : FAULT;
      case 'logic':
        return logic(expr.op === '&&' ? 'and' : 'or', expr.operands.map(read));
      case 'conditional':
        return conditional(read(expr.condition), read(expr.then), read(expr.else));
      case 'binary':
        if (expr.op === 'in') return membership(expr, term(expr.left), term(expr.right));
        if (expr.op === '==' || expr.op === '!=') {
          const same = equality(term(expr.left), term(expr.right));
          return expr.op === '==' || same === null ? (same ?? opaque(expr)) : not(same);
        }
        return isComparison(expr.op) ? comparison(expr, expr.op, term(expr.left), term(expr.right)) : FAULT;
      case 'call':
        return call(expr);
      case 'macro':
        return macro(expr);
      case 'list':
      case 'map':
      case 'identifier':
      case 'literal':
        return FAULT;
    }
  };

  function comparison(expr: Expr, op: Comparison, left: Term, right: Term): Formula {
    if (left.kind === 'known') return right.kind === 'known' ? opaque(expr) : comparison(expr, MIRRORED[op], right, left);
    if (right.kind !== 'known' || left.kind === 'other') return opaque(expr);
    const { value } = right;
    if (value instanceof CelError) return FAULT;
    if (left.kind === 'size') return typeof value === 'number' ? atomOf({ kind: 'size', key: `size(${left.of.key}) ${op} ${value}`, of: left.of, op, value }) : opaque(expr);
    const bound = left.of.derived ? boundOf(left.of, op, value, term) : null;
    if (bound) return compare(bound.of, bound.op, bound.value);
    if (value instanceof Timestamp) return left.of.key === 'context.time' ? compare(left.of, op, value.ms) : opaque(expr);
    return typeof value === 'number' && left.of.key !== 'context.time' ? compare(left.of, op, value) : opaque(expr);
  }

  function equality(left: Term, right: Term): Formula | null {
    if (left.kind === 'known') return right.kind === 'known' ? null : equality(right, left);
    if (right.kind !== 'known' || left.kind === 'other') return null;
    const { value } = right;
    if (value instanceof CelError || value instanceof PartialList) return FAULT;
    if (left.kind === 'size') return typeof value === 'number' ? atomOf({ kind: 'size', key: `size(${left.of.key}) == ${value}`, of: left.of, op: '==', value }) : null;
    const point = left.of.derived ? pointOf(left.of, value, term) : value instanceof Timestamp && left.of.key === 'context.time' ? { of: left.of, value: value.ms } : null;
    if (point) return and(compare(point.of, '>=', point.value), compare(point.of, '<=', point.value));
    return isSimple(value) ? among(left.of, [value]) : null;
  }

  function membership(expr: Expr, item: Term, container: Term): Formula {
    if (item.kind === 'known' && item.value instanceof CelError) return FAULT;
    if (container.kind === 'known') {
      const { value } = container;
      if (value instanceof CelError) return FAULT;
      return item.kind === 'attribute' && isList(value) && value.every(isSimple) ? among(item.of, value) : opaque(expr);
    }
    if (item.kind !== 'known' || !isSimple(item.value)) return opaque(expr);
    if (container.kind === 'attribute') {
      // `"x" in args` asks whether the field is there
      return atomOf({ kind: 'member', key: `${JSON.stringify(item.value)} in ${container.of.key}`, of: container.of, value: item.value });
    }
    const path = expr.kind === 'binary' ? pathOf(expr.right) : null;
    const of = path?.length === 1 && typeof item.value === 'string' ? view.free([...path, item.value]) : null;
    return of && path?.[0] === 'args' ? present(of) : opaque(expr);
  }

  function call(expr: Call): Formula {
    const [receiver, argument] = [expr.receiver, expr.args[0]];
    if (!receiver || !argument || expr.args.length !== 1) return opaque(expr);
    const [of, given] = [term(receiver), term(argument)];
    if (of.kind !== 'attribute' || given.kind !== 'known' || typeof given.value !== 'string') return opaque(expr);
    const parts = expr.name === 'startsWith' ? startsWith(given.value) : expr.name === 'endsWith' ? endsWith(given.value) : expr.name === 'contains' ? contains(given.value) : null;
    return parts ? atomOf({ kind: 'text', key: `${of.of.key}.${expr.name}(${JSON.stringify(given.value)})`, of: of.of, parts }) : opaque(expr);
  }

  /** `list.exists(x, x == "a")` is `"a" in list`. */
  function macro(expr: Macro): Formula {
    const { body } = expr;
    if (expr.name !== 'exists' || body.kind !== 'binary') return opaque(expr);
    const list = term(expr.range);
    const entry = (part: Expr): boolean => part.kind === 'identifier' && part.name === expr.variable;
    if (list.kind !== 'attribute') return opaque(expr);
    const other = body.op === '==' ? (entry(body.left) ? body.right : entry(body.right) ? body.left : null) : body.op === 'in' && entry(body.left) ? body.right : null;
    const given = other && other.kind !== 'identifier' && known(other) ? term(other) : null;
    if (given?.kind !== 'known') return opaque(expr);
    const values = body.op === '==' ? [given.value] : isList(given.value) ? [...given.value] : [];
    if (values.length === 0 || !values.every(isSimple)) return opaque(expr);
    return or(...values.map((value) => atomOf({ kind: 'member', key: `${JSON.stringify(value)} in ${list.of.key}`, of: list.of, value })));
  }

  function opaque(expr: Expr): Formula {
    const about = aboutOf(expr);
    return atomOf({
      kind: 'opaque', ...about, expr, input: view.input,
      evaluate: (input) => {
        const value = conditions.value(expr, { ...view, input });
        return typeof value === 'boolean' ? value : null;
      },
    });
  }

  function aboutOf(expr: Expr): { readonly text: string; readonly key: string; readonly reads: readonly Attribute[]; readonly strict: readonly Attribute[]; readonly fails: boolean; readonly hints: readonly string[] } {
    const readings = conditions.readings.of(expr);
    const whole = expand(expr, conditions.variables);
    const text = print(whole);
    const free = (only: boolean): Attribute[] => readings.flatMap(({ names, strict }) => (strict || !only ? (view.free(names) ?? []) : []));
    // what is known takes part in the value: two contexts ask the same only where that is the same
    const knowing = readings.filter(({ names }) => view.free(names) === null).map(({ names }) => shown(names, view));
    const reads = free(false);
    const strict = free(true).filter((of) => of.names.length > 1);
    return { text, key: knowing.length === 0 ? text : `${text} where ${knowing.join(', ')}`, reads, strict, fails: view.untyped || strict.length < reads.length || canFail(expr, conditions.variables), hints: textsIn(whole) };
  }

  return read;
}

export const present = (of: Attribute): Formula => atomOf({ kind: 'present', key: `has(${of.key})`, of });
export const among = (of: Attribute, values: readonly Simple[]): Formula => (values.length === 0 ? NO : atomOf({ kind: 'among', key: `${of.key} in ${JSON.stringify(values)}`, of, values }));
export const compare = (of: Attribute, op: Comparison, value: number): Formula => atomOf({ kind: 'compare', key: `${of.key} ${op} ${value}`, of, op, value });

function valueAt(names: readonly string[], view: View): unknown {
  let value: unknown = view.input;
  for (const name of names) value = typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
  return value;
}

function shown(names: readonly string[], view: View): string {
  const value = valueAt(names, view);
  const text = value instanceof PartialList ? `partly ${JSON.stringify(value.known)}` : JSON.stringify(value instanceof Timestamp ? value.ms : value);
  return `${attribute(names).key} = ${text}`;
}
