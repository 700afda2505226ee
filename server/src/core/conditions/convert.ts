// From the parsing library's tree to ours: spans of names and operators are found again in the tokens.
import type { ASTNode } from '@marcbachmann/cel-js';
import type { Span } from '../text';
import type { Expr, Identifier, Literal, MacroName } from './ast';
import { MAX_DEPTH, MAX_WHOLE } from './limits';
import { tokenIndexAfter, type Token } from './tokens';

/** What a condition says that parses but is not of the language, with its place. */
export class ConversionFault {
  constructor(readonly span: Span, readonly message: string) {}
}

const MACRO_ARGUMENTS: Readonly<Record<MacroName, readonly number[]>> = { all: [2], exists: [2], exists_one: [2], map: [2, 3], filter: [2] };
const isMacro = (name: string): name is MacroName => Object.hasOwn(MACRO_ARGUMENTS, name);

/** Converts a tree of the library whose offsets begin at `base` in the text of `tokens`. Throws `ConversionFault`, which `parseCondition` catches. */
export function convert(root: ASTNode, tokens: readonly Token[], base: number): Expr {
  const spanOf = (node: ASTNode): Span => ({ start: node.start + base, end: node.end + base });

  /** The first token after `from` (an offset of the library), closing brackets of the operand left out. */
  const tokenAfter = (from: number): Span => {
    let index = tokenIndexAfter(tokens, from + base);
    while (tokens[index]?.text === ')' || tokens[index]?.kind === 'comment') index++;
    return tokens[index]?.span ?? { start: from + base, end: from + base };
  };

  const nextToken = (after: Span): Span => {
    let index = tokenIndexAfter(tokens, after.end);
    while (tokens[index]?.kind === 'comment') index++;
    return tokens[index]?.span ?? after;
  };

  const visit = (node: ASTNode, depth: number): Expr => {
    const span = spanOf(node);
    if (depth > MAX_DEPTH) throw new ConversionFault(span, `The condition is nested more than ${MAX_DEPTH} deep. Split it into \`variables\`.`);
    const next = depth + 1;
    switch (node.op) {
      case 'value':
        return literal(node.args, span);
      case 'id':
        return { kind: 'identifier', span, name: node.args };
      case '.': {
        const fieldSpan = { start: node.pos + base, end: node.end + base };
        return { kind: 'select', span, operand: visit(node.args[0], next), field: node.args[1], fieldSpan };
      }
      case '[]':
        return { kind: 'index', span, operand: visit(node.args[0], next), index: visit(node.args[1], next) };
      case '&&':
      case '||':
        return logic(node, next);
      case '!_':
      case '-_': {
        const operand = visit(node.args, next);
        const opSpan = { start: span.start, end: span.start + 1 };
        if (node.op === '-_' && operand.kind === 'literal' && typeof operand.value === 'number') return { ...operand, span, value: 0 - operand.value };
        return { kind: 'unary', span, op: node.op === '!_' ? '!' : '-', opSpan, operand };
      }
      case '?:': {
        const [condition, then, otherwise] = node.args;
        return { kind: 'conditional', span, opSpan: tokenAfter(condition.end), condition: visit(condition, next), then: visit(then, next), else: visit(otherwise, next) };
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
        const [left, right] = node.args;
        return { kind: 'binary', span, op: node.op, opSpan: tokenAfter(left.end), left: visit(left, next), right: visit(right, next) };
      }
    }
  };

  /** Walks down the left side of a chain in a loop: it may be thousands of operands long. */
  const logic = (node: ASTNode & { op: '&&' | '||' }, depth: number): Expr => {
    const parts: ASTNode[] = [];
    const opSpans: Span[] = [];
    let left: ASTNode = node;
    while (left.op === node.op) {
      const [first, second] = (left as ASTNode & { op: '&&' | '||' }).args;
      parts.push(second);
      opSpans.push(tokenAfter(first.end));
      left = first;
    }
    parts.push(left);
    return { kind: 'logic', span: spanOf(node), op: node.op, opSpans: opSpans.reverse(), operands: parts.reverse().map((part) => visit(part, depth)) };
  };

  const call = (name: string, args: readonly ASTNode[], span: Span, depth: number): Expr => {
    const nameSpan = { start: span.start, end: span.start + name.length };
    if (name !== 'has') return { kind: 'call', span, name, nameSpan, receiver: null, args: args.map((arg) => visit(arg, depth)) };
    const only = args.length === 1 && args[0] ? visit(args[0], depth) : null;
    if (only?.kind === 'select') return { kind: 'has', span, nameSpan, target: only };
    throw new ConversionFault(only?.span ?? nameSpan, '`has()` asks for one field: write `has(args.amount)`.');
  };

  const methodCall = (name: string, receiver: ASTNode, args: readonly ASTNode[], span: Span, depth: number): Expr => {
    const target = visit(receiver, depth);
    const nameSpan = nextToken(tokenAfter(receiver.end));
    const parts = args.map((arg) => visit(arg, depth));
    if (!isMacro(name)) return { kind: 'call', span, name, nameSpan, receiver: target, args: parts };
    const variable = parts[0];
    const body = parts[parts.length - 1];
    if (!MACRO_ARGUMENTS[name].includes(parts.length) || !variable || !body) {
      throw new ConversionFault(nameSpan, `\`${name}\` takes a name and a condition on it: write \`list.${name}(x, x != "")\`.`);
    }
    if (variable.kind !== 'identifier') throw new ConversionFault(variable.span, `The first part of \`${name}()\` is a name for each entry, such as \`x\`.`);
    return macro(name, nameSpan, span, target, variable, parts.length === 3 ? (parts[1] ?? null) : null, body);
  };

  return visit(root, 0);
}

function macro(name: MacroName, nameSpan: Span, span: Span, range: Expr, variable: Identifier, filter: Expr | null, body: Expr): Expr {
  return { kind: 'macro', span, name, nameSpan, range, variable: variable.name, variableSpan: variable.span, filter, body };
}

function literal(value: unknown, span: Span): Literal {
  if (value === null || typeof value === 'boolean' || typeof value === 'string' || value instanceof Uint8Array) return { kind: 'literal', span, value };
  // Whole numbers arrive as BigInt, unsigned ones as an object of the library; all are of the one domain.
  const number = typeof value === 'number' ? value : Number(value instanceof Object ? value.valueOf() : value);
  return Number.isInteger(number) && Math.abs(number) > MAX_WHOLE ? { kind: 'literal', span, value: number, inexact: true } : { kind: 'literal', span, value: number };
}
