// Optional fields read without `has()`: which parts of a condition are safe because another part decides when the field is missing.
import type { FixEdit, Span } from '../text';
import { type Binary, type Expr, pathOf, type Select, walk } from './ast';
import type { CheckOptions } from './check';
import { print } from './print';
import { fieldIn, type Type } from './types';
import type { VariableAsts } from './variables';

/** A read that can fail. */
export interface FoundRead {
  readonly span: Span;
  /** what is read, such as `args.amount` */
  readonly text: string;
  /** the guard to write, such as `has(args.amount)` */
  readonly guard: string;
  /** the edits that insert it; empty where no place can be named */
  readonly edits: readonly FixEdit[];
  /** the variable in whose text the read stands, or null */
  readonly variable: string | null;
}

type Safe = (key: string) => boolean;

/** Fields whose absence makes the expression surely false, or surely true (not: an error). */
interface Absence {
  readonly makesFalse: ReadonlySet<string>;
  readonly makesTrue: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();
/** Stands for all fields: what is false whatever is missing. */
const EVERYTHING: ReadonlySet<string> = new Set();
const NONE: Absence = { makesFalse: NOTHING, makesTrue: NOTHING };
const keyOf = (expr: Expr): string => pathOf(expr)?.join('\u0000') ?? print(expr);
const union = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> => (sets.includes(EVERYTHING) ? EVERYTHING : new Set(sets.flatMap((set) => [...set])));
const intersection = (sets: readonly ReadonlySet<string>[]): ReadonlySet<string> => {
  const [first, ...rest] = sets.filter((set) => set !== EVERYTHING);
  return first ? new Set([...first].filter((key) => rest.every((set) => set.has(key)))) : EVERYTHING;
};

/** Most parts that are visited: variables that use one another are visited where they are used. */
const MAX_VISITS = 20_000;

type TypesOf = (variable: Expr) => ReadonlyMap<Expr, Type>;

/** The unguarded reads of a condition, also in the variables that it uses. */
export function unguardedReads(ast: Expr, types: ReadonlyMap<Expr, Type>, options: CheckOptions, typesOf: TypesOf): readonly FoundRead[] {
  const found = new Map<string, FoundRead>();
  const absences = new Map<Expr, Absence>();
  const variableTypes = new Map<string, ReadonlyMap<Expr, Type>>();
  const asts: VariableAsts = options.variables ?? new Map();
  const open = new Set<string>();
  let visits = 0;

  const absenceOf = (expr: Expr): Absence => {
    const known = absences.get(expr);
    if (known) return known;
    absences.set(expr, NONE);
    const absence = computeAbsence(expr);
    absences.set(expr, absence);
    return absence;
  };

  /** `has(x) == true` says what `has(x)` says. */
  const comparedWithBool = (expr: Binary): Absence => {
    if (expr.op !== '==' && expr.op !== '!=') return NONE;
    const [literal, other] = expr.left.kind === 'literal' ? [expr.left, expr.right] : [expr.right, expr.left];
    if (literal.kind !== 'literal' || typeof literal.value !== 'boolean') return NONE;
    const absence = absenceOf(other);
    return literal.value === (expr.op === '==') ? absence : { makesFalse: absence.makesTrue, makesTrue: absence.makesFalse };
  };

  const computeAbsence = (expr: Expr): Absence => {
    switch (expr.kind) {
      case 'literal':
        return expr.value === false ? { makesFalse: EVERYTHING, makesTrue: NOTHING } : expr.value === true ? { makesFalse: NOTHING, makesTrue: EVERYTHING } : NONE;
      case 'has':
        return { makesFalse: new Set([keyOf(expr.target)]), makesTrue: NOTHING };
      case 'binary':
        if (expr.op === 'in' && expr.left.kind === 'literal' && typeof expr.left.value === 'string') return { makesFalse: new Set([`${keyOf(expr.right)}\u0000${expr.left.value}`]), makesTrue: NOTHING };
        return comparedWithBool(expr);
      case 'unary': {
        const inner = absenceOf(expr.operand);
        return expr.op === '!' ? { makesFalse: inner.makesTrue, makesTrue: inner.makesFalse } : NONE;
      }
      case 'logic': {
        const parts = expr.operands.map(absenceOf);
        const [falses, trues] = [parts.map((part) => part.makesFalse), parts.map((part) => part.makesTrue)];
        return expr.op === '&&' ? { makesFalse: union(falses), makesTrue: intersection(trues) } : { makesFalse: intersection(falses), makesTrue: union(trues) };
      }
      case 'conditional': {
        const [condition, then, otherwise] = [absenceOf(expr.condition), absenceOf(expr.then), absenceOf(expr.else)];
        const decided = (side: keyof Absence): ReadonlySet<string> => union([intersection([condition.makesFalse, otherwise[side]]), intersection([condition.makesTrue, then[side]])]);
        return { makesFalse: decided('makesFalse'), makesTrue: decided('makesTrue') };
      }
      case 'select': {
        const variable = variableOf(expr, asts);
        return variable ? absenceOf(variable.ast) : NONE;
      }
      default:
        return NONE;
    }
  };

  const visit = (expr: Expr, safe: Safe, place: Place): void => {
    if (visits++ > MAX_VISITS) return;
    switch (expr.kind) {
      case 'logic': {
        const side = expr.op === '&&' ? 'makesFalse' : 'makesTrue';
        const counts = new Map<string, number>();
        let all = 0;
        for (const operand of expr.operands) if (absenceOf(operand)[side] === EVERYTHING) all++;
        for (const operand of expr.operands) for (const key of absenceOf(operand)[side]) counts.set(key, (counts.get(key) ?? 0) + 1);
        for (const operand of expr.operands) {
          const own = absenceOf(operand)[side];
          if (all > (own === EVERYTHING ? 1 : 0)) continue;
          visit(operand, (key) => safe(key) || (counts.get(key) ?? 0) > (own.has(key) ? 1 : 0), place);
        }
        return;
      }
      case 'conditional': {
        const condition = absenceOf(expr.condition);
        visit(expr.condition, safe, place);
        visit(expr.then, (key) => safe(key) || condition.makesFalse.has(key), place);
        visit(expr.else, (key) => safe(key) || condition.makesTrue.has(key), place);
        return;
      }
      case 'macro': {
        visit(expr.range, safe, place);
        const filter = expr.filter;
        if (filter) visit(filter, safe, place);
        visit(expr.body, filter ? (key) => safe(key) || absenceOf(filter).makesFalse.has(key) : safe, place);
        return;
      }
      case 'has':
        visit(expr.target.operand, safe, place);
        return;
      case 'select': {
        const variable = variableOf(expr, asts);
        if (variable) return visitVariable(variable.name, variable.ast, safe);
        visit(expr.operand, safe, place);
        note(expr, expr.field, expr.fieldSpan, safe, place);
        return;
      }
      case 'index':
        visit(expr.operand, safe, place);
        visit(expr.index, safe, place);
        // A key in brackets is guarded by `in`; only declared fields are asked of here.
        if (expr.index.kind === 'literal' && typeof expr.index.value === 'string' && place.types.get(expr.operand)?.kind === 'object') note(expr, expr.index.value, expr.index.span, safe, place);
        return;
      default:
        forEachChild(expr, (child) => visit(child, safe, place));
    }
  };

  const visitVariable = (name: string, ast: Expr, safe: Safe): void => {
    if (open.has(name)) return;
    open.add(name);
    const known = variableTypes.get(name) ?? typesOf(ast);
    variableTypes.set(name, known);
    visit(ast, safe, { root: ast, types: known, variable: name });
    open.delete(name);
  };

  const note = (expr: Expr, field: string, span: Span, safe: Safe, place: Place): void => {
    if (!canBeMissing(place.types.get(expr.kind === 'select' || expr.kind === 'index' ? expr.operand : expr), field) || safe(keyOf(expr))) return;
    const key = `${place.variable ?? ''}\u0000${span.start}`;
    if (found.has(key)) return;
    const guards = [...optionalPrefixes(expr, place.types).filter((prefix) => !safe(keyOf(prefix))), expr].map(guardText);
    const guard = guards.join(' && ');
    found.set(key, { span, text: print(expr), guard, edits: guardEdits(expr, guard, place), variable: place.variable });
  };

  const other = options.other ? absenceOf(options.other) : NONE;
  const around = options.role === 'unless' ? other.makesFalse : other.makesTrue;
  visit(ast, (key) => around.has(key), { root: ast, types, variable: null });
  return [...found.values()];
}

/** The text in which a read stands. */
interface Place {
  readonly root: Expr;
  readonly types: ReadonlyMap<Expr, Type>;
  readonly variable: string | null;
}

function forEachChild(expr: Expr, visit: (child: Expr) => void): void {
  walk(expr, (node) => {
    if (node === expr) return true;
    visit(node);
    return false;
  });
}

function variableOf(expr: Select, asts: VariableAsts): { name: string; ast: Expr } | null {
  if (expr.operand.kind !== 'identifier' || expr.operand.name !== 'variables') return null;
  const ast = asts.get(expr.field);
  return ast ? { name: expr.field, ast } : null;
}

function canBeMissing(operand: Type | undefined, field: string): boolean {
  if (operand?.kind === 'map') return true;
  return operand?.kind === 'object' && fieldIn(operand, field)?.optional === true;
}

/** Fields on the way to a field that can be missing themselves: `args.customer` of `args.customer.email`. */
function optionalPrefixes(expr: Expr, types: ReadonlyMap<Expr, Type>): readonly Expr[] {
  const prefixes: Expr[] = [];
  for (let node = expr.kind === 'select' || expr.kind === 'index' ? expr.operand : null; node; node = node.kind === 'select' || node.kind === 'index' ? node.operand : null) {
    if (node.kind === 'select' && canBeMissing(types.get(node.operand), node.field)) prefixes.unshift(node);
  }
  return prefixes;
}

const guardText = (expr: Expr): string => (expr.kind === 'index' ? `${print(expr.index)} in ${print(expr.operand)}` : `has(${print(expr)})`);

/** Inserts the guard before the smallest part that is a condition of its own, where the guard can only make the whole false. */
function guardEdits(read: Expr, guard: string, place: Place): readonly FixEdit[] {
  const root = rootName(read);
  let atom: Expr = place.root;
  for (;;) {
    const next: Expr | undefined = inner(atom, read, root);
    if (!next) break;
    atom = next;
  }
  const type = place.types.get(atom);
  if (type?.kind !== 'bool' && type?.kind !== 'dyn') return [];
  const before = { span: { start: atom.span.start, end: atom.span.start }, newText: `${guard} && ${atom.kind === 'conditional' ? '(' : ''}` };
  return atom.kind === 'conditional' ? [before, { span: { start: atom.span.end, end: atom.span.end }, newText: ')' }] : [before];
}

function inner(atom: Expr, read: Expr, root: string | null): Expr | undefined {
  const holds = (part: Expr): boolean => part.span.start <= read.span.start && read.span.end <= part.span.end;
  if (atom.kind === 'logic') return atom.operands.find(holds);
  if (atom.kind === 'conditional') return [atom.then, atom.else].find(holds);
  // The names that a macro binds exist only in its body.
  if (atom.kind === 'macro') return root === atom.variable ? [atom.filter, atom.body].find((part) => part !== null && holds(part)) ?? undefined : undefined;
  if (root === null) return undefined;
  // Look for the macro that binds the name, however deep it lies.
  let binder: Expr | undefined;
  walk(atom, (node) => {
    if (node.kind === 'macro' && node.variable === root && holds(node.body)) binder ??= node;
  });
  return binder;
}

function rootName(expr: Expr): string | null {
  let node = expr;
  while (node.kind === 'select' || node.kind === 'index') node = node.operand;
  return node.kind === 'identifier' ? node.name : null;
}
