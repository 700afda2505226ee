// Literals against the type that they are compared with: values that an enumeration does not have, fractions that no whole number equals.
import type { Span } from '../text';
import type { Expr, Literal } from './ast';
import { type CheckContext, enumerate, proposal, suggestion, type Suggestion } from './check-context';
import type { StringType, Type } from './types';

/** Checks a literal, or the literals of a list, against what the other side of `==`, `!=` or `in` can be. */
export function checkLiteral(expr: Expr, other: Type, context: CheckContext): void {
  if (expr.kind === 'list' && other.kind === 'list') for (const item of expr.items) checkLiteral(item, other.element, context);
  if (expr.kind === 'conditional') {
    checkLiteral(expr.then, other, context);
    checkLiteral(expr.else, other, context);
  }
  if (expr.kind !== 'literal') return;
  if (typeof expr.value === 'string' && other.kind === 'string') checkText(expr, expr.value, other, context);
  if (typeof expr.value === 'number' && !Number.isInteger(expr.value) && other.kind === 'number' && other.integer) {
    context.report('condition/type', expr.span, `\`${expr.value}\` is compared with a whole number and never equals one.`);
  }
}

function checkText(expr: Literal, value: string, type: StringType, context: CheckContext): void {
  if (!type.closed || !type.values || type.values.includes(value)) return;
  const span = expr.textSpan ?? expr.span;
  const { text, fixes } = meant(value, type.values, span);
  const what = type.what ?? 'value';
  context.report('condition/enum', expr.span, `\`${value}\` is not ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}: there is ${enumerate(type.values)}.${text}`, expr.textSpan ? fixes : []);
}

/** The nearest of the values, else the only one that begins like this (`prod`); without either all are offered, and none is proposed. */
function meant(value: string, values: readonly string[], span: Span): Suggestion {
  const near = suggestion(value, values, span);
  if (near.text !== '') return near;
  const longer = value.length >= 3 ? values.filter((one) => one.startsWith(value)) : [];
  if (longer.length === 1 && longer[0]) return proposal(longer[0], span);
  return { text: '', fixes: values.slice(0, 12).flatMap((one) => proposal(one, span).fixes).map((fix) => ({ ...fix, choice: true })) };
}
