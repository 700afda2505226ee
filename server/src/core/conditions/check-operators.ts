// Operators: what they are defined for. Faults stand at the operator, faults of a literal at the literal.
import type { Fix, Span } from '../text';
import type { Binary, Conditional, Expr, Logic, Unary } from './ast';
import { checkLiteral } from './check-literals';
import type { CheckContext, LocalTypes } from './check-context';
import { BOOL, BYTES, compatible, DURATION, DYN, INTEGER, isMapLike, join, listOf, NUMBER, STRING, TIMESTAMP, type Type, typeName, withArticle } from './types';

const ORDERED = new Set<Type['kind']>(['number', 'string', 'timestamp', 'duration', 'bool', 'bytes']);
const isBool = (type: Type): boolean => type.kind === 'bool' || type.kind === 'dyn';

export function typeOfLogic(node: Logic, locals: LocalTypes, context: CheckContext): Type {
  const reported = new Set<Span>();
  node.operands.forEach((operand, index) => {
    const type = context.visit(operand, locals);
    const span = node.opSpans[Math.max(0, index - 1)];
    if (isBool(type) || !span || reported.has(span)) return;
    reported.add(span);
    context.report('condition/type', span, `\`${node.op}\` joins what is true or false; its ${index === 0 ? 'left' : 'right'} side is ${withArticle(type)}.`);
  });
  return BOOL;
}

export function typeOfUnary(node: Unary, locals: LocalTypes, context: CheckContext): Type {
  const type = context.visit(node.operand, locals);
  if (type.kind === 'dyn') return node.op === '!' ? BOOL : DYN;
  if (node.op === '!') return type.kind === 'bool' ? BOOL : context.report('condition/type', node.opSpan, `\`!\` negates what is true or false; this is ${withArticle(type)}.`);
  return type.kind === 'number' ? type : context.report('condition/type', node.opSpan, `\`-\` needs a number; this is ${withArticle(type)}.`);
}

export function typeOfConditional(node: Conditional, locals: LocalTypes, context: CheckContext): Type {
  const condition = context.visit(node.condition, locals);
  if (!isBool(condition)) context.report('condition/type', node.opSpan, `Before \`?\` stands what is true or false; this is ${withArticle(condition)}.`);
  return join(context.visit(node.then, locals), context.visit(node.else, locals));
}

export function typeOfBinary(node: Binary, locals: LocalTypes, context: CheckContext): Type {
  const left = context.visit(node.left, locals);
  const right = context.visit(node.right, locals);
  switch (node.op) {
    case '==':
    case '!=':
      return checkEquality(node, left, right, context);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return checkOrder(node, left, right, context);
    case 'in':
      return checkIn(node, left, right, context);
    case '%':
      if ([node.left, node.right].some(isFraction)) return context.report('condition/type', node.opSpan, '`%` is defined on whole numbers only.');
      return arithmeticType(node, left, right) ?? undefinedFor(node, left, right, context);
    default:
      return arithmeticType(node, left, right) ?? undefinedFor(node, left, right, context);
  }
}

const undefinedFor = (node: Binary, left: Type, right: Type, context: CheckContext): Type =>
  context.report('condition/type', node.opSpan, `\`${node.op}\` is not defined for ${withArticle(left)} and ${withArticle(right)}.`);

const isFraction = (expr: Expr): boolean => expr.kind === 'literal' && typeof expr.value === 'number' && !Number.isInteger(expr.value);

function checkEquality(node: Binary, left: Type, right: Type, context: CheckContext): Type {
  if (left.kind === 'null' || right.kind === 'null') return BOOL;
  if (!compatible(left, right)) {
    const answer = node.op === '==' ? 'false' : 'true';
    context.report('condition/type', node.opSpan, `${describe(left)} and ${withArticle(right)} are never equal: this is always ${answer}.${hint(node, left, right)}`, conversions(node, left, right));
    return BOOL;
  }
  checkLiteral(node.left, right, context);
  checkLiteral(node.right, left, context);
  return BOOL;
}

function checkOrder(node: Binary, left: Type, right: Type, context: CheckContext): Type {
  const unordered = [left, right].find((type) => type.kind !== 'dyn' && !ORDERED.has(type.kind));
  if (unordered) context.report('condition/type', node.opSpan, `\`${node.op}\` compares numbers, texts, times and durations; it is not defined for ${withArticle(unordered)}.`);
  else if (!compatible(left, right)) context.report('condition/type', node.opSpan, `\`${node.op}\` does not compare ${withArticle(left)} with ${withArticle(right)}.${hint(node, left, right)}`, conversions(node, left, right));
  return BOOL;
}

function checkIn(node: Binary, item: Type, container: Type, context: CheckContext): Type {
  if (container.kind === 'dyn') return BOOL;
  if (isMapLike(container)) {
    if (item.kind !== 'string' && item.kind !== 'dyn') context.report('condition/type', node.opSpan, `The keys of a map are text; the left side of \`in\` is ${withArticle(item)}.`);
    return BOOL;
  }
  if (container.kind !== 'list') {
    const other = container.kind === 'string' ? ' For a part of a text write `text.contains(part)`.' : '';
    context.report('condition/type', node.opSpan, `\`in\` looks into a list or a map; the right side is ${withArticle(container)}.${other}`);
    return BOOL;
  }
  if (item.kind !== 'null' && container.element.kind !== 'null' && !compatible(item, container.element)) {
    context.report('condition/type', node.opSpan, `${describe(item)} is never in a ${typeName(container)}: this is always false.`);
    return BOOL;
  }
  checkLiteral(node.left, container.element, context);
  checkLiteral(node.right, listOf(item), context);
  return BOOL;
}

const describe = (type: Type): string => {
  const words = withArticle(type);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Times and durations are often compared with their text. */
function hint(node: Binary, left: Type, right: Type): string {
  const fix = conversions(node, left, right)[0];
  return fix ? ` ${fix.title}.` : '';
}

function conversions(node: Binary, left: Type, right: Type): readonly Fix[] {
  const wrap = (expr: Expr, name: string): readonly Fix[] =>
    expr.kind === 'literal' ? [{ title: `Write \`${name}(...)\` around the text`, safe: false, edits: [{ span: { start: expr.span.start, end: expr.span.start }, newText: `${name}(` }, { span: { start: expr.span.end, end: expr.span.end }, newText: ')' }] }] : [];
  if ((left.kind === 'timestamp' || left.kind === 'duration') && right.kind === 'string') return wrap(node.right, left.kind);
  if ((right.kind === 'timestamp' || right.kind === 'duration') && left.kind === 'string') return wrap(node.left, right.kind);
  return [];
}

/** The type of the result, or null where the operator is not defined. */
function arithmeticType(node: Binary, left: Type, right: Type): Type | null {
  const kinds = (a: Type['kind'], b: Type['kind']): boolean => (left.kind === a || left.kind === 'dyn') && (right.kind === b || right.kind === 'dyn');
  if (left.kind === 'dyn' && right.kind === 'dyn') return node.op === '+' || node.op === '-' ? DYN : NUMBER;
  const unknown = left.kind === 'dyn' || right.kind === 'dyn';
  const whole = left.kind === 'number' && right.kind === 'number' && left.integer && right.integer;
  switch (node.op) {
    case '*':
    case '/':
      return kinds('number', 'number') ? (whole && node.op === '*' ? INTEGER : NUMBER) : null;
    case '%':
      return kinds('number', 'number') ? INTEGER : null;
    case '-':
      if (kinds('number', 'number')) return whole ? INTEGER : NUMBER;
      if (kinds('timestamp', 'timestamp') && kinds('timestamp', 'duration')) return DYN;
      if (kinds('timestamp', 'timestamp')) return unknown ? DYN : DURATION;
      if (kinds('timestamp', 'duration')) return unknown ? DYN : TIMESTAMP;
      return kinds('duration', 'duration') ? DURATION : null;
    default:
      if (kinds('number', 'number')) return whole ? INTEGER : NUMBER;
      if (kinds('string', 'string')) return STRING;
      if (kinds('bytes', 'bytes')) return BYTES;
      if (kinds('timestamp', 'duration') || kinds('duration', 'timestamp')) return unknown && (left.kind === 'duration' || right.kind === 'duration') ? DYN : TIMESTAMP;
      if (kinds('duration', 'duration')) return DURATION;
      return kinds('list', 'list') ? (unknown ? listOf(DYN) : join(left, right)) : null;
  }
}
