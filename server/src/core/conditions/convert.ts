// From the parsing library's tree to ours: spans of names and operators, and brackets around operands, are found again in the tokens.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Span } from '../text';
import type { Expr, Literal, MacroName } from './ast';
import { MAX_DEPTH, MAX_WHOLE } from './limits';
import { tokenIndexAfter, type Token } from './tokens';

/** What parses but is not of the language, with its place. Thrown by `convert`, caught by `parseCondition`. */
export class ConversionFault {
  constructor(
    readonly span: Span,
    readonly message: string,
  ) {}
}

type LogicNode = ASTNode & { op: '&&' | '||' };

const MACRO_ARGUMENTS: Readonly<Record<MacroName, readonly number[]>> = { all: [2], exists: [2], exists_one: [2], map: [2, 3], filter: [2] };
const isMacro = (name: string): name is MacroName => Object.hasOwn(MACRO_ARGUMENTS, name);

/** Converts a tree of the library whose offsets begin at `base` in the text of `tokens` (comments left out). */
export function convert(root: ASTNode, tokens: readonly Token[], base: number): Expr {
  const spanOf = (node: ASTNode): Span => ({ start: node.start + base, end: node.end + base });

  /** What follows an operand: the operator's span, and where the operand starts with the brackets around it. */
  const after = (operand: Span): { start: number; operator: Span } => {
    const first = tokenIndexAfter(tokens, operand.end);
    let index = first;
    while (tokens[index]?.text === ')') index++;
    let start = operand.start;
    // As many brackets as close before the operator were opened before the operand.
    for (let open = index - first, at = tokenIndexAfter(tokens, operand.start) - 1; open > 0; open--, at--) start = tokens[at]?.span.start ?? start;
    return { start, operator: tokens[index]?.span ?? { start: operand.end, end: operand.end } };
  };

  /** Where the operand after an operator ends, with the brackets around it. */
  const endOf = (operator: Span, operand: Span): number => {
    let end = operand.end;
    let open = tokenIndexAfter(tokens, operand.start) - tokenIndexAfter(tokens, operator.end);
    for (let at = tokenIndexAfter(tokens, operand.end); open > 0; open--, at++) end = tokens[at]?.span.end ?? end;
    return end;
  };

  const visit = (node: ASTNode, depth: number): Expr => {
    const span = spanOf(node);
    if (depth > MAX_DEPTH) throw new ConversionFault(span, `The condition is nested more than ${MAX_DEPTH} deep. Split it into \`variables\`.`);
    const next = depth + 1;
    switch (node.op) {
      case 'value':
        return literal(node.args, span, tokens[tokenIndexAfter(tokens, span.start)]);
      case 'id':
        return { kind: 'identifier', span, name: node.args };
      case '.': {
        const operand = visit(node.args[0], next);
        const fieldSpan = { start: node.pos + base, end: span.end };
        return { kind: 'select', span: { start: after(operand.span).start, end: span.end }, operand, field: node.args[1], fieldSpan };
      }
      case '[]': {
        const operand = visit(node.args[0], next);
        return { kind: 'index', span: { start: after(operand.span).start, end: span.end }, operand, index: visit(node.args[1], next) };
      }
      case '&&':
      case '||':
        return logic(node, next);
      case '!_':
      case '-_': {
        const operand = visit(node.args, next);
        const opSpan = { start: span.start, end: span.start + 1 };
        const whole = { start: span.start, end: endOf(opSpan, operand.span) };
        if (node.op === '-_' && operand.kind === 'literal' && typeof operand.value === 'number') return { ...operand, span: whole, value: 0 - operand.value };
        return { kind: 'unary', span: whole, op: node.op === '!_' ? '!' : '-', opSpan, operand };
      }
      case '?:': {
        const condition = visit(node.args[0], next);
        const then = visit(node.args[1], next);
        const otherwise = visit(node.args[2], next);
        const { start, operator } = after(condition.span);
        const end = endOf(after(then.span).operator, otherwise.span);
        return { kind: 'conditional', span: { start, end }, opSpan: operator, condition, then, else: otherwise };
      }
      case 'list':
        return { kind: 'list', span, items: node.args.map((item) => visit(item, next)) };
      case 'map':
        return { kind: 'map', span, entries: node.args.map(([key, value]) => ({ key: visit(key, next), value: visit(value, next) })) };
      case 'call':
        return call(node.args[0], node.args[1], span, next);
      case 'rcall':
        return methodCall(node.args[0], node.args[1], node.args[2], span, next);
      case '.?':
      case '[?]':
        throw new ConversionFault(span, 'Optional access (`?`) is not part of the condition language. Ask with `has()` first.');
      default: {
        const left = visit(node.args[0], next);
        const right = visit(node.args[1], next);
        const { start, operator } = after(left.span);
        return { kind: 'binary', span: { start, end: endOf(operator, right.span) }, op: node.op, opSpan: operator, left, right };
      }
    }
  };

  /** Walks down the left side of a chain in a loop: it may be thousands of operands long. */
  const logic = (node: LogicNode, depth: number): Expr => {
    const rest: ASTNode[] = [];
    let left: ASTNode = node;
    while (left.op === node.op) {
      const [first, second]: [ASTNode, ASTNode] = (left as LogicNode).args;
      rest.push(second);
      left = first;
    }
    const operands = [visit(left, depth)];
    const opSpans: Span[] = [];
    let span = operands[0]?.span ?? spanOf(node);
    for (const part of rest.reverse()) {
      const { start, operator } = after(span);
      const operand = visit(part, depth);
      operands.push(operand);
      opSpans.push(operator);
      span = { start, end: endOf(operator, operand.span) };
    }
    return { kind: 'logic', span, op: node.op, opSpans, operands };
  };

  const call = (name: string, args: readonly ASTNode[], span: Span, depth: number): Expr => {
    const nameSpan = { start: span.start, end: span.start + name.length };
    if (name !== 'has') return { kind: 'call', span, name, nameSpan, receiver: null, args: args.map((arg) => visit(arg, depth)) };
    const only = args.length === 1 && args[0] ? visit(args[0], depth) : null;
    if (only?.kind === 'select') return { kind: 'has', span, nameSpan, target: only };
    throw new ConversionFault(only?.span ?? nameSpan, '`has()` asks for one field: write `has(args.amount)`.');
  };

  const methodCall = (name: string, receiver: ASTNode, args: readonly ASTNode[], inner: Span, depth: number): Expr => {
    const target = visit(receiver, depth);
    const { start, operator: dot } = after(target.span);
    const span = { start, end: inner.end };
    const nameSpan = tokens[tokenIndexAfter(tokens, dot.end)]?.span ?? dot;
    const parts = args.map((arg) => visit(arg, depth));
    if (!isMacro(name)) return { kind: 'call', span, name, nameSpan, receiver: target, args: parts };
    const variable = parts[0];
    const body = parts[parts.length - 1];
    if (!MACRO_ARGUMENTS[name].includes(parts.length) || !variable || !body) {
      throw new ConversionFault(nameSpan, `\`${name}\` takes a name and what to do with each entry: write \`list.${name}(x, x != "")\`.`);
    }
    if (variable.kind !== 'identifier') throw new ConversionFault(variable.span, `The first part of \`${name}()\` is a name for each entry, such as \`x\`.`);
    const filter = parts.length === 3 ? (parts[1] ?? null) : null;
    return { kind: 'macro', span, name, nameSpan, range: target, variable: variable.name, variableSpan: variable.span, filter, body };
  };

  return visit(root, 0);
}

function literal(value: unknown, span: Span, token: Token | undefined): Literal {
  if (typeof value === 'string') return { kind: 'literal', span, value, ...(token?.text.length === value.length + 2 ? { textSpan: { start: span.start + 1, end: span.end - 1 } } : {}) };
  if (value === null || typeof value === 'boolean' || value instanceof Uint8Array) return { kind: 'literal', span, value };
  // Whole numbers arrive as BigInt, unsigned ones as an object of the library; all are of the one domain.
  const number = typeof value === 'number' ? value : Number(value instanceof Object ? value.valueOf() : value);
  return { kind: 'literal', span, value: number, ...(typeof value !== 'number' && Math.abs(number) > MAX_WHOLE ? { inexact: true } : {}) };
}
