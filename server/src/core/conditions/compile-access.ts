// Reading names, fields and entries. A field of a root is read in one step: that is what rules do most.
import type { Expr, Has, Identifier, Index, Select } from './ast';
import { print } from './print';
import { fail, type Run, type Scope } from './scope';
import { CelError, fieldOf, isList, isMap, kindOf, type MapValue, PartialList, type Value } from './values';

/** Names that every object inherits: for them, and only for them, ownership is asked. */
const inherited = (name: string): boolean => name in Object.prototype;

/** The root name of an identifier that no macro around has bound. */
function rootOf(node: Expr, scope: Scope): string | null {
  return node.kind === 'identifier' && !scope.locals.includes(node.name) ? node.name : null;
}

export function compileIdentifier(node: Identifier, scope: Scope): Run {
  const slot = scope.locals.lastIndexOf(node.name);
  if (slot >= 0) return (evaluation) => evaluation.locals[slot] ?? null;
  const name = node.name;
  if (name === 'variables') {
    const error = fail(scope, node.span, 'type', 'Variables are read by name: `variables.large`.');
    return () => error;
  }
  const unknown = fail(scope, node.span, 'type', `\`${name}\` is not known here.`);
  if (inherited(name)) return () => unknown;
  return (evaluation) => {
    const value = evaluation.input[name];
    return value === undefined ? unknown : value;
  };
}

/** Reads `field` of the value of `operand`; undefined when a map lacks it, an error where there is no map. */
function compileField(operand: Expr, field: string, node: Expr, scope: Scope): (evaluation: Parameters<Run>[0]) => Value | undefined {
  const root = rootOf(operand, scope);
  const plain = !inherited(field);
  if (root !== null && root !== 'variables' && !inherited(root)) {
    const unknown = fail(scope, operand.span, 'type', `\`${root}\` is not known here.`);
    return (evaluation) => {
      const map = evaluation.input[root];
      if (typeof map !== 'object' || map === null) return unknown;
      return plain ? (map as MapValue)[field] : fieldOf(map as MapValue, field);
    };
  }
  const read = scope.compile(operand, scope);
  const nothing = fail(scope, node.span, 'missing', `\`${print(operand)}\` is null and has no \`${field}\`.`);
  return (evaluation) => {
    const map = read(evaluation);
    if (isMap(map)) return plain ? map[field] : fieldOf(map, field);
    if (map instanceof CelError) return map;
    return map === null ? nothing : fail(scope, node.span, 'type', `\`${print(operand)}\` is ${kindOf(map)} and has no fields.`);
  };
}

/** The reader of a policy variable, where `operand` is the root `variables`; undefined where it is something else. */
function compileVariable(operand: Expr, name: string, node: Expr, scope: Scope): Run | undefined {
  if (rootOf(operand, scope) !== 'variables') return undefined;
  const read = scope.variables?.read(name);
  if (read) return read;
  const error = fail(scope, node.span, 'type', `The policy has no variable \`${name}\`.`);
  return () => error;
}

export function compileSelect(node: Select, scope: Scope): Run {
  const variable = compileVariable(node.operand, node.field, node, scope);
  if (variable) return variable;
  const read = compileField(node.operand, node.field, node, scope);
  const missing = fail(scope, node.fieldSpan, 'missing', `\`${print(node)}\` is missing.`);
  return (evaluation) => {
    const value = read(evaluation);
    return value === undefined ? missing : value;
  };
}

export function compileHas(node: Has, scope: Scope): Run {
  const { operand, field } = node.target;
  if (rootOf(operand, scope) === 'variables') {
    const known = (scope.variables?.read(field) ?? null) !== null;
    return () => known;
  }
  const read = compileField(operand, field, node.target, scope);
  // A field that holds an error is not there to be read; an error on the way to it stays one.
  return (evaluation) => {
    const value = read(evaluation);
    return value instanceof CelError ? value : value !== undefined;
  };
}

export function compileIndex(node: Index, scope: Scope): Run {
  if (node.index.kind === 'literal' && typeof node.index.value === 'string') {
    const variable = compileVariable(node.operand, node.index.value, node, scope);
    if (variable) return variable;
  }
  const readOperand = scope.compile(node.operand, scope);
  const readIndex = scope.compile(node.index, scope);
  return (evaluation) => {
    const operand = readOperand(evaluation);
    if (operand instanceof CelError) return operand;
    const index = readIndex(evaluation);
    if (index instanceof CelError) return index;
    if (isList(operand)) {
      if (typeof index !== 'number' || !Number.isInteger(index)) return fail(scope, node.index.span, 'type', `An entry of a list is read by a whole number; this is ${kindOf(index)}.`);
      const value = operand[index];
      return value === undefined ? fail(scope, node.span, 'missing', `\`${print(node.operand)}\` has ${operand.length} entries; there is none at ${index}.`) : value;
    }
    if (isMap(operand)) {
      if (typeof index !== 'string') return fail(scope, node.index.span, 'type', `The keys of a map are text; this is ${kindOf(index)}.`);
      const value = fieldOf(operand, index);
      return value === undefined ? fail(scope, node.span, 'missing', `\`${print(node)}\` is missing.`) : value;
    }
    if (operand instanceof PartialList) return fail(scope, node.operand.span, 'missing', `\`${print(node.operand)}\` is not known completely.`);
    return fail(scope, node.span, operand === null ? 'missing' : 'type', `\`${print(node.operand)}\` is ${kindOf(operand)} and has no entries.`);
  };
}
