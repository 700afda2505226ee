// What the word under the cursor is: a root, a field, a variable, a function, a value; also in broken text.
import type { Span } from '../text';
import type { TypeEnvironment } from './environment';
import { functionNamed, HAS, MACROS } from './functions';
import { chainType, comparedType, tokenAt, withLocals } from './lexical';
import { tokensOf } from './tokens';
import { fieldIn, type Type, typeName } from './types';

export interface ConditionHover {
  readonly span: Span;
  /** what the word is called in full, such as `args.amount` */
  readonly title: string;
  /** its type in words, with the values that it takes; empty for functions without one */
  readonly type: string;
  readonly doc: string;
}

/** The hover at `offset`, or null where there is nothing to say. */
export function hoverCondition(text: string, offset: number, env: TypeEnvironment): ConditionHover | null {
  const tokens = tokensOf(text).filter((token) => token.kind !== 'comment');
  const at = tokens.findIndex((token) => token.span.start <= offset && offset < token.span.end);
  const index = at >= 0 ? at : tokenAt(tokens, offset);
  const token = tokens[index];
  if (!token) return null;
  const known = withLocals(text, tokens.slice(0, index), env);
  if (token.kind === 'text') {
    const type = comparedType(text, tokens, index - 1, index + 1, known);
    const texts = type?.kind === 'list' ? type.element : type;
    return texts?.kind === 'string' && texts.what ? { span: token.span, title: token.text, type: describeType(texts), doc: '' } : null;
  }
  if (token.kind !== 'name') return null;
  const member = tokens[index - 1]?.text === '.';
  if (tokens[index + 1]?.text === '(') return hoverFunction(token.text, member, token.span);
  if (!member) {
    const root = known.roots.get(token.text);
    return root ? { span: token.span, title: token.text, type: describeType(root.type), doc: root.doc ?? '' } : null;
  }
  const operand = chainType(text, tokens, index - 2, known);
  const field = operand.kind === 'object' ? fieldIn(operand, token.text) : undefined;
  const title = `${tokens[index - 2]?.text ?? ''}.${token.text}`;
  if (!field) return operand.kind === 'map' ? { span: token.span, title, type: describeType(operand.value), doc: 'A free key: it may be missing.' } : null;
  return { span: token.span, title, type: describeType(field.type), doc: [field.doc, field.optional ? 'May be missing: ask with `has()` first.' : ''].filter(Boolean).join(' ') };
}

function hoverFunction(name: string, method: boolean, span: Span): ConditionHover | null {
  const macro = method ? MACROS.find((candidate) => candidate.name === name) : name === HAS.name ? HAS : undefined;
  if (macro) return { span, title: `${name}(...)`, type: '', doc: `${macro.doc}\n\n\`${macro.example}\`` };
  const info = functionNamed(name, method);
  if (!info) return null;
  const types = [...new Set(info.overloads.map((overload) => typeName(overload.result)))].join(' or ');
  return { span, title: `${name}(...)`, type: types, doc: `${info.doc}\n\n\`${info.example}\`` };
}

function describeType(type: Type): string {
  const inner = type.kind === 'list' ? type.element : type;
  if (inner.kind !== 'string' || !inner.closed || !inner.values) return typeName(type);
  return `${typeName(type)}: ${inner.values.map((value) => `\`${value}\``).join(', ')}`;
}
