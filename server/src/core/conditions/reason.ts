// One sentence on why a condition came out as it did: `!variables.large is false: args.amount is 900`.
import { childrenOf, type Expr } from './ast';
import { compile } from './compile';
import { Evaluation } from './evaluation';
import { usedVariable } from './explain';
import { print } from './print';
import { showValue } from './show';
import { CelError, type ConditionInput, type Value } from './values';
import { compileVariables, type VariableAsts } from './variables';

const MAX_FACTS = 4;
const MAX_TEXT = 100;
const MAX_DEPTH = 200;

/** The condition, its outcome, and the facts of the request that decided it. */
export function reason(ast: Expr, input: ConditionInput, variables: VariableAsts = new Map()): string {
  const reader = compileVariables(variables);
  const evaluation = new Evaluation(input);
  const valueOf = (node: Expr): Value => compile(node, reader).run(evaluation);
  const facts = new Set<string>();

  const addFacts = (node: Expr, depth: number): void => {
    if (facts.size > MAX_FACTS || depth > MAX_DEPTH) return;
    switch (node.kind) {
      case 'logic':
        return addLogic(node, depth);
      case 'unary':
        return addFacts(node.operand, depth + 1);
      case 'conditional': {
        addFacts(node.condition, depth + 1);
        const condition = valueOf(node.condition);
        if (typeof condition === 'boolean') addFacts(condition ? node.then : node.else, depth + 1);
        return;
      }
      case 'has': {
        const there = valueOf(node);
        facts.add(typeof there === 'boolean' ? `${print(node.target)} is ${there ? 'there' : 'missing'}` : messageOf(there));
        return;
      }
      case 'literal':
        return;
      case 'identifier':
      case 'select':
      case 'index': {
        const name = usedVariable(node);
        const definition = name === null ? null : variables.get(name);
        if (definition) return addFacts(definition, depth + 1);
        const value = valueOf(node);
        facts.add(value instanceof CelError ? messageOf(value) : `${print(node)} is ${showValue(value)}`);
        return;
      }
      case 'macro':
        return addFacts(node.range, depth + 1);
      default: {
        const before = facts.size;
        for (const child of childrenOf(node)) addFacts(child, depth + 1);
        const value = valueOf(node);
        if (value instanceof CelError && facts.size === before) facts.add(messageOf(value));
      }
    }
  };

  /** Of `&&` that is false only what is false counts, of `||` that is true only what is true. */
  const addLogic = (node: Expr & { kind: 'logic' }, depth: number): void => {
    const outcome = valueOf(node);
    const deciding = node.op === '||';
    for (const operand of node.operands) {
      const value = valueOf(operand);
      if (outcome instanceof CelError ? value instanceof CelError || typeof value !== 'boolean' : outcome !== deciding || value === deciding) addFacts(operand, depth + 1);
    }
  };

  const outcome = valueOf(ast);
  addFacts(ast, 0);
  const text = print(ast);
  const shown = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 3)}...` : text;
  const result = outcome instanceof CelError ? 'is an error' : `is ${showValue(outcome)}`;
  const listed = [...facts];
  if (outcome instanceof CelError && !listed.includes(messageOf(outcome))) listed.unshift(messageOf(outcome));
  const because = listed.slice(0, MAX_FACTS).join(', ');
  return because === '' || because === `${text} ${result}` ? `${shown} ${result}` : `${shown} ${result}: ${because}${listed.length > MAX_FACTS ? ', ...' : ''}`;
}

/** `args.amount is missing`: an error's message as a part of a sentence. */
const messageOf = (value: Value): string => (value instanceof CelError ? value.message.replaceAll('`', '').replace(/\.$/, '') : showValue(value));
