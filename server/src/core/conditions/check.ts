// Types of an expression and all its faults, each at its own place. A part whose type is wrong counts as unknown: one fault, one finding.
import type { Problem } from '../text';
import type { Expr } from './ast';
import { typeOfIdentifier, typeOfIndex, typeOfSelect } from './check-access';
import { typeOfCall, typeOfMacro } from './check-calls';
import { CheckContext, type LocalTypes } from './check-context';
import { typeOfBinary, typeOfConditional, typeOfLogic, typeOfUnary } from './check-operators';
import type { TypeEnvironment } from './environment';
import { type FoundRead, unguardedReads } from './guards';
import { MAX_PROBLEMS } from './limits';
import { print } from './print';
import { BOOL, BYTES, DYN, INTEGER, join, listOf, mapOf, NULL, NUMBER, STRING, type Type, typeName, withArticle } from './types';
import type { VariableAsts } from './variables';

export interface CheckOptions {
  /** `bool` (the default) for `when`, `unless`, `require`; `any` for variables */
  readonly result?: 'bool' | 'any';
  /** true for a rule that applies when its condition is an error: every effect but `allow` */
  readonly appliesOnError?: boolean;
  /** which condition of the rule this is, and the other one: a guard in one protects the other, since a rule's condition is `when && !unless` */
  readonly role?: 'when' | 'unless';
  readonly other?: Expr | null;
  /** the policy's variables: what they read unguarded is reported in `inVariables` */
  readonly variables?: VariableAsts;
}

export interface CheckResult {
  readonly type: Type;
  /** all faults of this condition, in the order of its text */
  readonly problems: readonly Problem[];
  /** unguarded reads in the text of variables that this condition uses, by variable; spans are in the variable's text */
  readonly inVariables: ReadonlyMap<string, readonly Problem[]>;
  /** the type of a part of the tree; unknown parts are `dyn` */
  typeOf(node: Expr): Type;
}

/** Checks a condition. */
export function checkCondition(ast: Expr, env: TypeEnvironment, options: CheckOptions = {}): CheckResult {
  const context = new CheckContext(env, visit);
  const type = visit(ast, new Map(), context);
  if ((options.result ?? 'bool') === 'bool' && type.kind !== 'bool' && type.kind !== 'dyn') {
    context.report('condition/type', ast.span, `The condition must be true or false; \`${shorten(print(ast))}\` is ${withArticle(type)}.`);
  }
  const inVariables = new Map<string, Problem[]>();
  const reads = options.appliesOnError ? unguardedReads(ast, context.types, options, (variable) => typesOf(variable, env)) : [];
  for (const read of reads) {
    const problem = unguardedProblem(read);
    if (read.variable === null) context.add(problem);
    else inVariables.set(read.variable, [...(inVariables.get(read.variable) ?? []), problem]);
  }
  const problems = [...context.problems].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end).slice(0, MAX_PROBLEMS);
  return { type, problems, inVariables, typeOf: (node) => context.types.get(node) ?? DYN };
}

function typesOf(ast: Expr, env: TypeEnvironment): ReadonlyMap<Expr, Type> {
  const context = new CheckContext(env, visit);
  visit(ast, new Map(), context);
  return context.types;
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);

function unguardedProblem(read: FoundRead): Problem {
  const message = `\`${read.text}\` can be missing; reading it is then an error, and a rule with this effect applies on an error. Ask first: \`${read.guard}\`.`;
  return { code: 'condition/unguarded-field', span: read.span, message, ...(read.edits.length > 0 ? { fixes: [{ title: `Insert \`${read.guard} &&\``, safe: false, edits: read.edits }] } : {}) };
}

function visit(node: Expr, locals: LocalTypes, context: CheckContext): Type {
  const type = compute(node, locals, context);
  context.types.set(node, type);
  return type;
}

function compute(node: Expr, locals: LocalTypes, context: CheckContext): Type {
  switch (node.kind) {
    case 'literal':
      return typeOfLiteral(node, context);
    case 'identifier':
      return typeOfIdentifier(node, locals, context);
    case 'select':
      return typeOfSelect(node, locals, context);
    case 'has':
      context.visit(node.target, locals);
      return BOOL;
    case 'index':
      return typeOfIndex(node, locals, context);
    case 'unary':
      return typeOfUnary(node, locals, context);
    case 'binary':
      return typeOfBinary(node, locals, context);
    case 'logic':
      return typeOfLogic(node, locals, context);
    case 'conditional':
      return typeOfConditional(node, locals, context);
    case 'call':
      return typeOfCall(node, locals, context);
    case 'macro':
      return typeOfMacro(node, locals, context);
    case 'list': {
      const types = node.items.map((item) => context.visit(item, locals));
      return listOf(types.length === 0 ? DYN : types.reduce((a, b) => join(a, b)));
    }
    case 'map': {
      const types = node.entries.map(({ key, value }) => {
        const keyType = context.visit(key, locals);
        if (keyType.kind !== 'string' && keyType.kind !== 'dyn') context.report('condition/type', key.span, `The keys of a map are text; this is ${typeName(keyType)}.`);
        return context.visit(value, locals);
      });
      return mapOf(types.length === 0 ? DYN : types.reduce((a, b) => join(a, b)));
    }
  }
}

function typeOfLiteral(node: Expr & { kind: 'literal' }, context: CheckContext): Type {
  const { value } = node;
  if (value === null) return NULL;
  if (typeof value === 'boolean') return BOOL;
  if (typeof value === 'string') return STRING;
  if (value instanceof Uint8Array) return BYTES;
  if (node.inexact) {
    context.report('condition/type', node.span, 'Whole numbers beyond 2^53-1 (9007199254740991) cannot be held exactly, and requests may not have them. Use a smaller number, or compare as text.');
    return DYN;
  }
  return Number.isInteger(value) ? INTEGER : NUMBER;
}

/** The types of a policy's variables, each inferred with those that it uses; a variable in a cycle, malformed or of no clear type is unknown. */
export function inferVariables(asts: VariableAsts, order: readonly string[], environmentWith: (known: ReadonlyMap<string, Type>) => TypeEnvironment): ReadonlyMap<string, Type> {
  const types = new Map<string, Type>([...asts.keys()].map((name) => [name, DYN]));
  for (const name of order) {
    const ast = asts.get(name);
    if (ast) types.set(name, checkCondition(ast, environmentWith(types), { result: 'any' }).type);
  }
  return types;
}
