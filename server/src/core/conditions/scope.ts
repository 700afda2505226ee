// What compiling an expression needs to know of its surroundings: the macros' variables, the policy's variables, caches of this condition.
import type { Span } from '../text';
import type { Expr } from './ast';
import type { Evaluation } from './evaluation';
import { PatternCache } from './patterns';
import { CelError, type ErrorKind, kindOf, type Value } from './values';

/** A compiled expression. It never throws: errors are values. */
export type Run = (evaluation: Evaluation) => Value;

/** Finds the code that reads a policy variable; null when the policy has none of that name. */
export interface VariableReader {
  read(name: string): Run | null;
}

export interface Scope {
  /** names bound by macros around, outermost first; the position is the slot in `Evaluation.locals` */
  readonly locals: readonly string[];
  readonly variables: VariableReader | null;
  /** the policy variable whose text is compiled, or null */
  readonly variable: string | null;
  readonly patterns: PatternCache;
  readonly zones: Map<string, ((ms: number) => number) | null>;
  compile(expr: Expr, scope: Scope): Run;
}

export const fail = (scope: Scope, span: Span, kind: ErrorKind, message: string): CelError => new CelError(kind, message, span, scope.variable);

/** The error of a value that is not true or false where one must be; an error stays itself. */
export const notBool = (scope: Scope, node: Expr, value: Value): CelError => (value instanceof CelError ? value : fail(scope, node.span, 'type', `A condition must be true or false here; this is ${kindOf(value)}.`));

export const tooMuch = (scope: Scope, node: Expr): CelError => fail(scope, node.span, 'limit', 'The condition does too much work.');
