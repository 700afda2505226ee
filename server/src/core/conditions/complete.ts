// Completion inside a condition, also in broken text: fields after a dot, values beside a comparison, names, functions, operators.
import type { Span } from '../text';
import type { TypeEnvironment } from './environment';
import { FUNCTIONS, HAS, MACROS, type FunctionInfo } from './functions';
import { chainType, comparedType, openBrackets, textPart, tokenAt, withLocals } from './lexical';
import { endsValue, tokensOf, type Token } from './tokens';
import { compatible, type Field, isMapLike, type Type, typeName } from './types';

export interface CompletionItem {
  readonly label: string;
  readonly kind: 'field' | 'variable' | 'function' | 'macro' | 'value' | 'keyword';
  /** the type in words, empty where there is none */
  readonly type: string;
  readonly doc: string;
  /** what to insert; in snippet syntax when `snippet` */
  readonly insert: string;
  readonly snippet: boolean;
}

export interface Completion {
  /** what the items replace */
  readonly replace: Span;
  readonly items: readonly CompletionItem[];
}

export interface CompletionOptions {
  /** the quotes for texts: single ones where the condition stands in double quotes */
  readonly quote?: '"' | "'";
}

const item = (kind: CompletionItem['kind'], label: string, type: string, doc: string, insert = label, snippet = false): CompletionItem => ({ label, kind, type, doc, insert, snippet });
const NOTHING: readonly CompletionItem[] = [];

/** What can stand at `offset`. */
export function completeCondition(text: string, offset: number, env: TypeEnvironment, options: CompletionOptions = {}): Completion {
  const all = tokensOf(text);
  const at = tokenAt(all, offset);
  const current = all[at];
  if (current?.kind === 'comment' && (offset < current.span.end || !text.slice(current.span.end).startsWith('\n'))) return { replace: { start: offset, end: offset }, items: NOTHING };
  const tokens = all.filter((token) => token.kind !== 'comment');
  const here = current ? tokens.indexOf(current) : -1;
  const quote = options.quote ?? '"';
  if (current?.kind === 'text' && (offset < current.span.end || !current.closed)) return completeText(text, tokens, here, offset, env);
  const word = current && (current.kind === 'name' || current.kind === 'keyword') ? current : null;
  const replace = word ? word.span : { start: offset, end: offset };
  const before = tokens.filter((token) => token.span.end <= replace.start);
  const known = withLocals(text, before, env);
  const previous = before[before.length - 1];
  if (previous?.text === '.') return { replace, items: members(chainType(text, before, before.length - 2, known), insideHas(before)) };
  if (endsValue(previous)) return { replace, items: OPERATORS };
  const compared = comparedType(text, tokens, before.length - 1, before.length, known);
  const opened = previous?.text === 'in' ? listItems(chainType(text, before, before.length - 2, known), quote) : NOTHING;
  return { replace, items: [...valueItems(compared, quote), ...opened, ...operands(known)] };
}

/** Inside quotes: the values of what the text is compared with, or the keys of what it indexes. */
function completeText(text: string, tokens: readonly Token[], at: number, offset: number, env: TypeEnvironment): Completion {
  const token = tokens[at];
  if (!token) return { replace: { start: offset, end: offset }, items: NOTHING };
  const part = textPart(token);
  // Inside the quotes themselves, of which there may be three, nothing can be written.
  if (offset < part.start || (token.closed && offset > part.end)) return { replace: { start: offset, end: offset }, items: NOTHING };
  const replace = token.closed ? part : { start: part.start, end: offset };
  const before = tokens.slice(0, at);
  const known = withLocals(text, before, env);
  const closing = token.closed ? '' : (/["']/.exec(token.text)?.[0] ?? '"');
  if (before[at - 1]?.text === '[' && endsValue(before[at - 2])) {
    const operand = chainType(text, before, at - 2, known);
    return { replace, items: operand.kind === 'object' ? Object.entries(operand.fields).map(([name, field]) => item('field', name, typeName(field.type), field.doc ?? '', name + closing)) : NOTHING };
  }
  return { replace, items: valueItems(comparedType(text, tokens, at - 1, at + 1, known), '', closing) };
}

function valueItems(type: Type | null, quote: string, closing = quote): readonly CompletionItem[] {
  if (type?.kind === 'bool' && quote !== '') return [item('value', 'true', 'boolean', ''), item('value', 'false', 'boolean', '')];
  const texts = type?.kind === 'list' ? type.element : type;
  if (texts?.kind !== 'string' || !texts.values) return NOTHING;
  return texts.values.map((value) => item('value', value, texts.what ?? 'text', '', quote + value + closing));
}

/** After `in`: a list of the values that are known. */
function listItems(type: Type, quote: string): readonly CompletionItem[] {
  if (type.kind !== 'string' || !type.values || type.values.length === 0) return NOTHING;
  const choices = type.values.map((value) => value.replace(/[\\$},|]/g, '\\$&')).join(',');
  return [item('value', '[...]', `list of ${type.what ?? 'text'}`, 'A list of values.', `[${quote}\${1|${choices}|}${quote}]`, true)];
}

const insideHas = (before: readonly Token[]): boolean => {
  const open = openBrackets(before).at(-1);
  return open !== undefined && before[open]?.text === '(' && before[open - 1]?.text === 'has';
};

function members(type: Type, fieldsOnly: boolean): readonly CompletionItem[] {
  const fields = type.kind === 'object' ? Object.entries(type.fields).filter(([name]) => /^[A-Za-z_]\w*$/.test(name)).map(([name, field]) => fieldItem(name, field)) : NOTHING;
  if (fieldsOnly || type.kind === 'object') return fields;
  const methods = FUNCTIONS.filter((info) => info.method && info.overloads.some((overload) => overload.params[0] && compatible(overload.params[0], type))).map(methodItem);
  const macros = type.kind === 'list' || type.kind === 'dyn' || isMapLike(type) ? MACROS.map((macro) => item('macro', macro.name, '', `${macro.doc}\n\n\`${macro.example}\``, macro.insert, true)) : NOTHING;
  return [...fields, ...methods, ...macros];
}

const fieldItem = (name: string, field: Field): CompletionItem => item('field', name, typeName(field.type) + (field.optional ? ', may be missing' : ''), field.doc ?? '');

function methodItem(info: FunctionInfo): CompletionItem {
  const fewest = Math.min(...info.overloads.map((overload) => overload.params.length)) - (info.method ? 1 : 0);
  const insert = fewest > 0 ? `${info.name}($1)` : `${info.name}()`;
  return item('function', info.name, typeName(info.overloads[0]?.result ?? { kind: 'dyn' }), `${info.doc}\n\n\`${info.example}\``, insert, fewest > 0);
}

/** What can begin a value. */
function operands(env: TypeEnvironment): readonly CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const [name, field] of env.roots) {
    if (name === 'variables' && field.type.kind === 'object') for (const [variable, { type }] of Object.entries(field.type.fields)) items.push(item('variable', `variables.${variable}`, typeName(type), 'A variable of this policy.'));
    items.push(item('variable', name, typeName(field.type), field.doc ?? ''));
  }
  items.push(item('macro', HAS.name, 'boolean', `${HAS.doc}\n\n\`${HAS.example}\``, HAS.insert, true));
  items.push(...FUNCTIONS.filter((info) => !info.method).map(methodItem));
  return [...items, ...['true', 'false', 'null'].map((word) => item('keyword', word, '', ''))];
}

const OPERATORS: readonly CompletionItem[] = [
  ['&&', 'Both hold.'],
  ['||', 'One of them holds.'],
  ['==', 'Equal.'],
  ['!=', 'Not equal.'],
  ['<', 'Less than.'],
  ['<=', 'At most.'],
  ['>', 'More than.'],
  ['>=', 'At least.'],
  ['in', 'Is an entry of a list, or a key of a map.'],
].map(([label = '', doc = '']) => item('keyword', label, '', doc, `${label} `));
