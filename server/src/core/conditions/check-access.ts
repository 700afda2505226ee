// Names, fields and entries: unknown ones are reported at their own name, with the nearest that exists.
import type { Span } from '../text';
import type { Expr, Identifier, Index, Select } from './ast';
import { CheckContext, enumerate, type LocalTypes, suggestion } from './check-context';
import { functionNamed, MACROS } from './functions';
import { print } from './print';
import { DYN, fieldIn, isMapLike, type ObjectType, type Type, typeName } from './types';

export function typeOfIdentifier(node: Identifier, locals: LocalTypes, context: CheckContext): Type {
  const known = locals.get(node.name) ?? context.env.roots.get(node.name)?.type;
  if (known) return known;
  const names = [...locals.keys(), ...context.env.roots.keys()];
  const { text, fixes } = suggestion(node.name, names, node.span);
  const help = text === '' ? ` A condition reads ${enumerate(names)}. Text stands in quotes: \`"${node.name}"\`.` : text;
  return context.report('condition/unknown-field', node.span, `\`${node.name}\` is not known here.${help}`, fixes);
}

export function typeOfSelect(node: Select, locals: LocalTypes, context: CheckContext): Type {
  return fieldType(context.visit(node.operand, locals), node.operand, node.field, node.fieldSpan, context);
}

/** The type of a field, or the fault at its name; `nameSpan` is what a fix replaces (without quotes), null where it cannot. */
function fieldType(operand: Type, expr: Expr, name: string, span: Span, context: CheckContext, nameSpan: Span | null = span): Type {
  switch (operand.kind) {
    case 'dyn':
    case 'null':
      return DYN;
    case 'map':
      return operand.value;
    case 'object':
      return fieldIn(operand, name)?.type ?? unknownField(operand, expr, name, span, context, nameSpan);
    default: {
      const callable = functionNamed(name, true) !== undefined || MACROS.some((macro) => macro.name === name);
      const help = callable ? ` \`${name}\` is called: write \`${name}(...)\`.` : operand.kind === 'list' ? ' Its entries are asked with `exists`, `all` or `in`.' : '';
      return context.report('condition/unknown-field', span, `\`${print(expr)}\` is ${typeName(operand)} and has no field \`${name}\`.${help}`);
    }
  }
}

function unknownField(operand: ObjectType, expr: Expr, name: string, span: Span, context: CheckContext, nameSpan: Span | null): Type {
  if (operand.open || name.startsWith('x-')) return DYN;
  const names = Object.keys(operand.fields);
  if (expr.kind === 'identifier' && expr.name === 'variables') {
    const { text, fixes } = suggestion(name, names, span);
    const help = text === '' ? (names.length > 0 ? ` It has ${enumerate(names)}.` : ' It has none; they stand under `spec.variables`.') : text;
    return context.report('condition/unknown-field', span, `The policy has no variable \`${name}\`.${help}`, fixes);
  }
  const where = operand.elsewhere && Object.hasOwn(operand.elsewhere, name) ? operand.elsewhere[name] : undefined;
  if (where !== undefined) return context.report('condition/unknown-field', span, `\`${print(expr)}\` has no field \`${name}\` here: ${where}.`);
  const { text, fixes } = suggestion(name, names, nameSpan ?? span);
  const help = text === '' ? (names.length > 0 ? ` It has ${enumerate(names)}.` : ' It has no fields.') : text;
  return context.report('condition/unknown-field', span, `\`${print(expr)}\` has no field \`${name}\`.${help}`, nameSpan ? fixes : []);
}

export function typeOfIndex(node: Index, locals: LocalTypes, context: CheckContext): Type {
  const operand = context.visit(node.operand, locals);
  const index = context.visit(node.index, locals);
  if (operand.kind === 'dyn' || operand.kind === 'null') return DYN;
  if (isMapLike(operand)) {
    if (index.kind !== 'string' && index.kind !== 'dyn') return context.report('condition/type', node.index.span, `The keys of a map are text; this is ${typeName(index)}.`);
    if (operand.kind === 'map') return operand.value;
    const key = node.index.kind === 'literal' && typeof node.index.value === 'string' ? node.index : null;
    return key === null ? DYN : fieldType(operand, node.operand, String(key.value), key.span, context, key.textSpan ?? null);
  }
  if (operand.kind !== 'list') return context.report('condition/type', node.index.span, `\`${print(node.operand)}\` is ${typeName(operand)} and has no entries.`);
  const fraction = node.index.kind === 'literal' && typeof node.index.value === 'number' && !Number.isInteger(node.index.value);
  if ((index.kind !== 'number' && index.kind !== 'dyn') || fraction) return context.report('condition/type', node.index.span, `An entry of a list is read by a whole number; this is ${fraction ? 'a fraction' : typeName(index)}.`);
  return operand.element;
}
