// Literals against the type that they are compared with: values that an enumeration does not have, fractions that no whole number equals.
import type { Expr, Literal } from './ast';
import { type CheckContext, enumerate, suggestion } from './check-context';
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

/** The nearest of the values, or the only one that begins like this (`prod`); the others are offered without a word for them. */
function meant(value: string, values: readonly string[], span: Span): Suggestion {
  const near = suggestion(value, values, span);
  const longer = near.text === '' && value.length >= 3 ? values.filter((one) => one.startsWith(value)) : [];
  const best = longer.length === 1 ? suggestion(longer[0] ?? value, [`${longer[0] ?? value}`], span) : near;
  return best;
}
