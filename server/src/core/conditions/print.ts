// An expression as text again: one form for equal trees, with the brackets that it needs and no others.
import type { Expr, Literal } from './ast';

const LEVEL = { conditional: 1, or: 2, and: 3, relation: 4, sum: 5, product: 6, unary: 7, postfix: 8 } as const;

function levelOf(expr: Expr): number {
  switch (expr.kind) {
    case 'conditional':
      return LEVEL.conditional;
    case 'logic':
      return expr.op === '||' ? LEVEL.or : LEVEL.and;
    case 'binary':
      return expr.op === '+' || expr.op === '-' ? LEVEL.sum : expr.op === '*' || expr.op === '/' || expr.op === '%' ? LEVEL.product : LEVEL.relation;
    case 'unary':
      return LEVEL.unary;
    case 'literal':
      return typeof expr.value === 'number' && expr.value < 0 ? LEVEL.unary : LEVEL.postfix;
    default:
      return LEVEL.postfix;
  }
}

/** The condition as text. It parses to an equal tree. */
export function print(expr: Expr): string {
  return printAt(expr, LEVEL.conditional);
}

function printAt(expr: Expr, least: number): string {
  const text = bare(expr);
  return levelOf(expr) < least ? `(${text})` : text;
}

function bare(expr: Expr): string {
  switch (expr.kind) {
    case 'literal':
      return printLiteral(expr);
    case 'identifier':
      return expr.name;
    case 'select':
      return `${printAt(expr.operand, LEVEL.postfix)}.${expr.field}`;
    case 'has':
      return `has(${print(expr.target)})`;
    case 'index':
      return `${printAt(expr.operand, LEVEL.postfix)}[${print(expr.index)}]`;
    case 'unary':
      return `${expr.op}${printAt(expr.operand, expr.operand.kind === 'literal' || expr.op === '-' ? LEVEL.postfix : LEVEL.unary)}`;
    case 'binary': {
      const level = levelOf(expr);
      // Two relations in a row read differently by different parsers, so both sides get their brackets.
      return `${printAt(expr.left, level === LEVEL.relation ? level + 1 : level)} ${expr.op} ${printAt(expr.right, level + 1)}`;
    }
    case 'logic':
      return expr.operands.map((operand) => printAt(operand, levelOf(expr) + 1)).join(` ${expr.op} `);
    case 'conditional':
      return `${printAt(expr.condition, LEVEL.or)} ? ${printAt(expr.then, LEVEL.or)} : ${printAt(expr.else, LEVEL.conditional)}`;
    case 'call':
      return `${expr.receiver === null ? '' : `${printAt(expr.receiver, LEVEL.postfix)}.`}${expr.name}(${expr.args.map(print).join(', ')})`;
    case 'macro':
      return `${printAt(expr.range, LEVEL.postfix)}.${expr.name}(${[expr.variable, ...(expr.filter ? [print(expr.filter)] : []), print(expr.body)].join(', ')})`;
    case 'list':
      return `[${expr.items.map(print).join(', ')}]`;
    case 'map':
      return `{${expr.entries.map(({ key, value }) => `${print(key)}: ${print(value)}`).join(', ')}}`;
  }
}

function printLiteral(expr: Literal): string {
  const { value } = expr;
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint8Array) return `b"${Array.from(value, (byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`;
  return expr.inexact ? BigInt(value ?? 0).toString() : String(value);
}
