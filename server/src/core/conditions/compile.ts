// A tree becomes closures: compiled once, run for each request, without allocation on the way.
import type { Expr } from './ast';
import { compileHas, compileIdentifier, compileIndex, compileSelect } from './compile-access';
import { compileCall, compileList, compileMap } from './compile-calls';
import { compileMacro } from './compile-macros';
import { compileBinary, compileConditional, compileLogic, compileUnary } from './compile-operators';
import { Evaluation } from './evaluation';
import { MAX_STEPS } from './limits';
import { PatternCache } from './patterns';
import { fail, type Run, type Scope, type VariableReader } from './scope';
import { CelError, type ConditionInput, type Value } from './values';

export interface CompiledCondition {
  readonly ast: Expr;
  /** the value for the request of `evaluation`; errors are values */
  run(evaluation: Evaluation): Value;
  /** the same for one request alone */
  evaluate(input: ConditionInput): Value;
}

/** Compiles a condition. `variables` are the policy's own (`compileVariables`). */
export function compile(ast: Expr, variables: VariableReader | null = null): CompiledCondition {
  const code = compileIn(ast, variables, null);
  const run = (evaluation: Evaluation): Value => {
    evaluation.steps = MAX_STEPS;
    return code(evaluation);
  };
  return { ast, run, evaluate: (input) => run(new Evaluation(input)) };
}

/** The code of an expression that belongs to the text of a policy variable, or to a condition itself. */
export function compileIn(ast: Expr, variables: VariableReader | null, variable: string | null): Run {
  return compileExpr(ast, { locals: [], variables, variable, patterns: new PatternCache(), zones: new Map(), compile: compileExpr });
}

/**
 * A rule's condition `when && !unless` as one expression; an absent one is `null`. True, false, or the error that is left:
 * an error is absorbed where the other side makes the whole false.
 */
export function holds(when: CompiledCondition | null, unless: CompiledCondition | null, evaluation: Evaluation): boolean | CelError {
  const first = when === null ? true : when.run(evaluation);
  if (first === false) return false;
  const second = unless === null ? false : unless.run(evaluation);
  if (second === true) return false;
  if (first === true && second === false) return true;
  if (first !== true) return first instanceof CelError ? first : notTruth(when);
  return second instanceof CelError ? second : notTruth(unless);
}

function notTruth(condition: CompiledCondition | null): CelError {
  return new CelError('type', 'The condition is neither true nor false.', condition?.ast.span ?? { start: 0, end: 0 });
}

function compileExpr(node: Expr, scope: Scope): Run {
  switch (node.kind) {
    case 'literal': {
      const value: Value = node.inexact ? fail(scope, node.span, 'value', 'The whole number is beyond 2^53-1 and cannot be held exactly.') : node.value;
      return () => value;
    }
    case 'identifier':
      return compileIdentifier(node, scope);
    case 'select':
      return compileSelect(node, scope);
    case 'has':
      return compileHas(node, scope);
    case 'index':
      return compileIndex(node, scope);
    case 'unary':
      return compileUnary(node, scope);
    case 'binary':
      return compileBinary(node, scope);
    case 'logic':
      return compileLogic(node, scope);
    case 'conditional':
      return compileConditional(node, scope);
    case 'call':
      return compileCall(node, scope);
    case 'macro':
      return compileMacro(node, scope);
    case 'list':
      return compileList(node, scope);
    case 'map':
      return compileMap(node, scope);
  }
}
