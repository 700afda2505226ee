// The value of every sub-expression, for traces: what a condition saw.
import type { Span } from '../text';
import { childrenOf, type Expr } from './ast';
import { compile } from './compile';
import { Evaluation } from './evaluation';
import { print } from './print';
import { CelError, type ConditionInput, type Value } from './values';
import { compileVariables, type VariableAsts } from './variables';

export interface Explained {
  /** in the text of the condition, or of the variable */
  readonly span: Span;
  readonly text: string;
  /** null beside an error */
  readonly value: Value;
  readonly error: CelError | null;
  /** the policy variable in whose text this stands, or null */
  readonly variable: string | null;
}

export interface ExplainOptions {
  /** the condition's source, for texts as they were written */
  readonly text?: string;
  readonly variables?: VariableAsts;
  /** sources of the variables */
  readonly variableTexts?: ReadonlyMap<string, string>;
}

/** Most entries of one explanation. */
const MAX_ENTRIES = 500;

/** The values of a condition's parts in reading order, an operand before what holds it; parts of variables follow their first use. */
export function explain(ast: Expr, input: ConditionInput, options: ExplainOptions = {}): readonly Explained[] {
  const asts: VariableAsts = options.variables ?? new Map();
  const reader = compileVariables(asts);
  const evaluation = new Evaluation(input);
  const entries: Explained[] = [];
  const shown = new Set<string>();

  const add = (node: Expr, variable: string | null, source: string | undefined): void => {
    if (entries.length >= MAX_ENTRIES) return;
    const result = compile(node, reader).run(evaluation);
    const text = source === undefined ? print(node) : source.slice(node.span.start, node.span.end);
    entries.push(result instanceof CelError ? { span: node.span, text, value: null, error: result, variable } : { span: node.span, text, value: result, error: null, variable });
  };

  const visit = (node: Expr, variable: string | null, source: string | undefined): void => {
    if (node.kind === 'literal' || node.kind === 'identifier') return;
    if (node.kind !== 'has') for (const part of partsOf(node)) visit(part, variable, source);
    if (node.kind !== 'list' && node.kind !== 'map') add(node, variable, source);
    const used = usedVariable(node);
    const definition = used === null ? null : asts.get(used);
    if (used === null || !definition || shown.has(used)) return;
    shown.add(used);
    visit(definition, used, options.variableTexts?.get(used));
    if (definition.kind === 'identifier' || definition.kind === 'literal') add(definition, used, options.variableTexts?.get(used));
  };

  visit(ast, null, options.text);
  return entries;
}

/** The parts with a value of their own: not the inside of a path, nor what a macro does once for each entry. */
function partsOf(node: Expr): readonly Expr[] {
  if (node.kind === 'macro') return [node.range];
  if (node.kind !== 'select') return childrenOf(node);
  let operand = node.operand;
  while (operand.kind === 'select') operand = operand.operand;
  return [operand];
}

/** The name of the policy variable that the node reads, or null. */
export function usedVariable(node: Expr): string | null {
  if (node.kind === 'index' && node.operand.kind === 'identifier' && node.operand.name === 'variables' && node.index.kind === 'literal' && typeof node.index.value === 'string') return node.index.value;
  return node.kind === 'select' && node.operand.kind === 'identifier' && node.operand.name === 'variables' ? node.field : null;
}
