// Conditions of Cedar that ask about single parameters, taken apart for those who look at all requests at once. What asks about anything else is left whole.
import type { ArgumentCondition, SimpleValue } from '../permissions';
import { isRecord, type Json } from './engine';

const NEVER: ArgumentCondition = { kind: 'constant', value: false };
const ALWAYS: ArgumentCondition = { kind: 'constant', value: true };
const MAX_DEPTH = 200;

const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;
type Comparison = keyof typeof MIRRORED;
const isComparison = (name: string): name is Comparison => Object.hasOwn(MIRRORED, name);

/** The clauses of a policy; null where one of them asks about more than parameters. `input`: the names before a parameter's, such as `context.input`. */
export function conditionOf(clauses: readonly { readonly unless: boolean; readonly body: Json }[], input: readonly string[]): ArgumentCondition | null {
  let whole: ArgumentCondition = ALWAYS;
  for (const { unless, body } of clauses) {
    const read = conditionIn(body, input, 0);
    if (!read) return null;
    whole = both(whole, unless ? { kind: 'not', part: read } : read);
  }
  return whole;
}

const both = (left: ArgumentCondition, right: ArgumentCondition): ArgumentCondition => (left === ALWAYS ? right : { kind: 'if', condition: left, then: right, otherwise: NEVER });

function conditionIn(expression: Json, input: readonly string[], depth: number): ArgumentCondition | null {
  if (depth > MAX_DEPTH || !isRecord(expression)) return null;
  const [name = ''] = Object.keys(expression);
  const body = expression[name] ?? null;
  const part = (key: string): Json => (isRecord(body) ? (body[key] ?? null) : null);
  const inner = (key: string): ArgumentCondition | null => conditionIn(part(key), input, depth + 1);
  if (name === 'Value') return typeof body === 'boolean' ? { kind: 'constant', value: body } : null;
  const path = pathIn(expression, input);
  if (path && path.length > 0) return { kind: 'truth', path };
  if (name === '!') {
    const read = inner('arg');
    return read && { kind: 'not', part: read };
  }
  if (name === '&&' || name === '||') {
    const [left, right] = [inner('left'), inner('right')];
    return left && right && (name === '&&' ? both(left, right) : { kind: 'if', condition: left, then: ALWAYS, otherwise: right });
  }
  if (name === 'if-then-else') {
    const [condition, then, otherwise] = [inner('if'), inner('then'), inner('else')];
    return condition && then && otherwise && { kind: 'if', condition, then, otherwise };
  }
  if (name === '==' || name === '!=') {
    const equal = equality(part('left'), part('right'), input) ?? equality(part('right'), part('left'), input);
    return equal && (name === '==' ? equal : { kind: 'not', part: equal });
  }
  if (isComparison(name)) return comparison(part('left'), name, part('right'), input) ?? comparison(part('right'), MIRRORED[name], part('left'), input);
  if (name === 'contains') {
    const [values, of] = [setOf(part('left')), pathIn(part('right'), input)];
    return values && of && of.length > 0 ? { kind: 'among', path: of, values } : null;
  }
  if (name === 'has') {
    const attr = part('attr');
    // of a parameter within another the outer one may be missing, which is an error
    const single = typeof attr === 'string' ? attr : Array.isArray(attr) && attr.length === 1 && typeof attr[0] === 'string' ? attr[0] : null;
    return single !== null && pathIn(part('left'), input)?.length === 0 ? { kind: 'present', path: [single] } : null;
  }
  if (name === 'like') {
    const [of, pattern] = [pathIn(part('left'), input), part('pattern')];
    // one text alone would be no error for a value of another type
    return of && of.length > 0 && Array.isArray(pattern) && (pattern as readonly Json[]).includes('Wildcard') ? { kind: 'text', path: of, pieces: piecesOf(pattern as readonly Json[]) } : null;
  }
  return null;
}

function equality(side: Json, other: Json, input: readonly string[]): ArgumentCondition | null {
  const [path, value] = [pathIn(side, input), simple(other)];
  return path && path.length > 0 && value !== null ? { kind: 'among', path, values: [value] } : null;
}

function comparison(side: Json, op: Comparison, other: Json, input: readonly string[]): ArgumentCondition | null {
  const [path, value] = [pathIn(side, input), simple(other)];
  return path && path.length > 0 && typeof value === 'number' ? { kind: 'compare', path, op, value } : null;
}

/** A text, a truth value, or a number that JSON keeps. */
function simple(expression: Json): SimpleValue | null {
  const value = isRecord(expression) ? expression['Value'] : null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function setOf(expression: Json): readonly SimpleValue[] | null {
  const items = isRecord(expression) ? (expression['Set'] ?? expression['Value']) : null;
  if (!Array.isArray(items)) return null;
  const values = (items as readonly Json[]).map((item) => simple(isRecord(item) ? item : { Value: item }));
  return values.every((value) => value !== null) ? values : null;
}

/** The names behind the parameters' own; null for another expression. */
function pathIn(expression: Json, input: readonly string[]): readonly string[] | null {
  const names: string[] = [];
  let here: Json = expression;
  for (let depth = 0; depth < MAX_DEPTH && isRecord(here) && isRecord(here['.']); depth++) {
    const step: { readonly [key: string]: Json } = here['.'] as { readonly [key: string]: Json };
    if (typeof step['attr'] !== 'string') return null;
    names.unshift(step['attr']);
    here = step['left'] ?? null;
  }
  if (!isRecord(here) || typeof here['Var'] !== 'string') return null;
  names.unshift(here['Var']);
  return input.every((name, index) => names[index] === name) ? names.slice(input.length) : null;
}

/** Texts around the wildcards; those side by side are one. */
function piecesOf(pattern: readonly Json[]): readonly string[] {
  const pieces = [''];
  for (const part of pattern) {
    if (part === 'Wildcard') pieces.push('');
    else if (isRecord(part) && typeof part['Literal'] === 'string') pieces[pieces.length - 1] += part['Literal'];
  }
  return pieces;
}
