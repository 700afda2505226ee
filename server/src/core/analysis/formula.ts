// What a condition says, as a formula over questions about single attributes. What mixes attributes or calls something that cannot be looked into is a question of its own.
import type { ConditionInput, Expr, Value } from '../conditions';
import type { ArgumentTest } from '../formats';
import type { Parts } from './text-classes';

export type Simple = null | boolean | number | string;

/** A field of the request that is not known beforehand: `args.amount` as its names. */
export interface Attribute {
  /** as conditions write it */
  readonly key: string;
  readonly names: readonly string[];
  /** it is no field but what an expression makes of fields */
  readonly derived?: Derived;
}

/** An expression that is compared with constants. Missing stands for an error. */
export interface Derived {
  readonly expr: Expr;
  readonly strict: readonly Attribute[];
  readonly reads: readonly Attribute[];
  readonly fails: boolean;
  /** the whole numbers that it can be; null: anything */
  readonly range: readonly [low: number, high: number] | null;
  /** undefined for an error */
  readonly evaluate: (input: ConditionInput) => Value | undefined;
  readonly input: ConditionInput;
  readonly hints: readonly string[];
}

export type Comparison = '<' | '<=' | '>' | '>=';

/** A question; equal keys are equal questions. */
export type Atom = { readonly key: string } & (
  | { readonly kind: 'present' | 'truth'; readonly of: Attribute }
  | { readonly kind: 'compare'; readonly of: Attribute; readonly op: Comparison; readonly value: number }
  | { readonly kind: 'among'; readonly of: Attribute; readonly values: readonly Simple[] }
  | { readonly kind: 'text'; readonly of: Attribute; readonly parts: Parts }
  /** `value in list`; the keys of a map count as its entries */
  | { readonly kind: 'member'; readonly of: Attribute; readonly value: Simple }
  /** some entry of the list, a text, matches */
  | { readonly kind: 'some'; readonly of: Attribute; readonly parts: Parts }
  | { readonly kind: 'size'; readonly of: Attribute; readonly op: Comparison | '=='; readonly value: number }
  | ({ readonly kind: 'opaque' } & Opaque)
);

export interface Opaque {
  /** the condition, with variables written out */
  readonly text: string;
  readonly expr: Expr | null;
  /** read whatever else holds: where one of them is missing, the whole is an error */
  readonly strict: readonly Attribute[];
  readonly reads: readonly Attribute[];
  /** it can be an error although all that it reads is there and of a fitting type */
  readonly fails: boolean;
  /** its value for a request; null where it cannot be evaluated alone */
  readonly evaluate: ((input: ConditionInput) => boolean | null) | null;
  /** what is known of the request beforehand */
  readonly input: ConditionInput;
  /** texts worth trying when a request is sought */
  readonly hints: readonly string[];
  /** of another tool's question about the call: those about the same resource may exclude one another */
  readonly question?: { readonly test: ArgumentTest; readonly resource: string };
}

export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean | null }
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly part: Formula }
  /** true where the part is, false where it is false or an error */
  | { readonly kind: 'sure'; readonly part: Formula }
  | { readonly kind: 'if'; readonly condition: Formula; readonly then: Formula; readonly otherwise: Formula };

export const YES: Formula = { kind: 'constant', value: true };
export const NO: Formula = { kind: 'constant', value: false };
export const FAULT: Formula = { kind: 'constant', value: null };

const constant = (value: boolean | null): Formula => (value === null ? FAULT : value ? YES : NO);

export const atomOf = (atom: Atom): Formula => ({ kind: 'atom', atom });

export function not(part: Formula): Formula {
  if (part.kind === 'constant') return constant(part.value === null ? null : !part.value);
  return part.kind === 'not' ? part.part : { kind: 'not', part };
}

/** An error counts as false. */
export const sure = (part: Formula): Formula => (part.kind === 'constant' ? (part.value === true ? YES : NO) : { kind: 'sure', part });

/** `&&` (false absorbs) or `||` (true absorbs). */
export function logic(kind: 'and' | 'or', parts: readonly Formula[]): Formula {
  const absorbing = kind === 'or';
  const kept: Formula[] = [];
  for (const part of parts) {
    if (part.kind === 'constant' && part.value === absorbing) return part;
    if (part.kind !== 'constant' || part.value === null) kept.push(part);
  }
  if (kept.length === 0) return constant(!absorbing);
  return kept.length === 1 ? (kept[0] ?? FAULT) : { kind, parts: kept };
}

export const and = (...parts: readonly Formula[]): Formula => logic('and', parts);
export const or = (...parts: readonly Formula[]): Formula => logic('or', parts);

export function conditional(condition: Formula, then: Formula, otherwise: Formula): Formula {
  if (condition.kind !== 'constant') return { kind: 'if', condition, then, otherwise };
  return condition.value === null ? FAULT : condition.value ? then : otherwise;
}

/** All questions of a formula; parts that are shared are looked at once. */
export function atomsOf(formula: Formula, into: Map<string, Atom>, seen: Set<Formula> = new Set()): void {
  if (formula.kind === 'constant' || seen.has(formula)) return;
  seen.add(formula);
  if (formula.kind === 'atom') into.set(formula.atom.key, formula.atom);
  else for (const part of formula.kind === 'not' || formula.kind === 'sure' ? [formula.part] : formula.kind === 'if' ? [formula.condition, formula.then, formula.otherwise] : formula.parts) atomsOf(part, into, seen);
}

/** `args.amount`, `args["to-address"]` */
export function attribute(names: readonly string[]): Attribute {
  return { names, key: names.map((name, index) => (index === 0 ? name : /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`)).join('') };
}
