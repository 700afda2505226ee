// Expressions of Cedar over a request that is known in part: every value that they could have, errors among them. What is called from outside Cedar's core (addresses, times) the engine is asked.
import type { CedarEngine, Json } from './engine';
import { isRecord } from './engine';
import { ANYTHING, EITHER, ERROR, FAILED, FALSE, TRUE, bool, decimalOf, every, expressionOf, long, outcomesOf, resultOf, same, some, valueOfJson, type Outcomes, type Result, type Value } from './values';

export type Entity = Value & { readonly kind: 'entity' };

export interface CedarRequest {
  readonly principal: Result;
  readonly action: Result;
  readonly resource: Result;
  readonly context: Result;
  readonly entities: EntityStore;
}

/** What is known of entities. */
export interface EntityStore {
  /** all attributes as a record; null where there is no such entity */
  attributes(entity: Entity): Result | null;
  tags(entity: Entity): Result | null;
  /** whether one is the other or lies below it; null where that is not known */
  within(entity: Entity, group: Entity): boolean | null;
}

/** Work on one condition; what is longer is not told. */
const MAX_STEPS = 50_000;
const MAX_DEPTH = 1_500;

export interface Asking {
  readonly request: CedarRequest;
  readonly engine: CedarEngine;
  /** what is there, since a guard before it said so: accesses as JSON */
  readonly guarded: Set<string>;
  steps: number;
}

export const asking = (request: CedarRequest, engine: CedarEngine): Asking => ({ request, engine, guarded: new Set(), steps: 0 });

const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=', 'contains', 'containsAll', 'containsAny', 'in']);
const DECIMAL: ReadonlySet<string> = new Set(['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual']);
const CORE: ReadonlySet<string> = new Set([
  'Value', 'Var', 'Slot', '!', 'neg', '&&', '||', '+', '-', '*', 'isEmpty', 'getTag', 'hasTag', '.', 'has', 'like', 'is', 'if-then-else', 'Set', 'Record', 'decimal', ...COMPARISONS, ...DECIMAL,
]);

/** The operator of an expression, and what stands in it. */
function partsOf(expression: Json): { readonly name: string; readonly body: Json } | null {
  if (!isRecord(expression)) return null;
  const [name] = Object.keys(expression);
  return name === undefined ? null : { name, body: expression[name] ?? null };
}

const field = (body: Json, name: string): Json => (isRecord(body) ? (body[name] ?? null) : null);
const item = (body: Json, index: number): Json => (Array.isArray(body) ? ((body as readonly Json[])[index] ?? null) : null);

export function evaluate(expression: Json, asked: Asking, depth = 0): Result {
  if (++asked.steps > MAX_STEPS || depth > MAX_DEPTH) return ANYTHING;
  const parts = partsOf(expression);
  if (!parts) return FAILED;
  const { name, body } = parts;
  const at = (inner: Json): Result => evaluate(inner, asked, depth + 1);
  if (!CORE.has(name) || (COMPARISONS.has(name) && [field(body, 'left'), field(body, 'right')].some((side) => callsOutside(side, 0)))) return ask(expression, asked, depth);
  switch (name) {
    case 'Value':
      return valueOfJson(body);
    case 'Var':
      return body === 'principal' || body === 'action' || body === 'resource' || body === 'context' ? asked.request[body] : FAILED;
    case '!':
      return negation(at(field(body, 'arg')));
    case '&&':
      return junction(at(field(body, 'left')), () => behind(field(body, 'left'), asked, () => at(field(body, 'right'))), TRUE, FALSE);
    case '||':
      return junction(at(field(body, 'left')), () => at(field(body, 'right')), FALSE, TRUE);
    case 'if-then-else':
      return choice(outcomesOf(at(field(body, 'if'))), () => at(field(body, 'then')), () => at(field(body, 'else')));
    case '==':
    case '!=':
      return equality(at(field(body, 'left')), at(field(body, 'right')), name === '==');
    case '<':
    case '<=':
    case '>':
    case '>=':
      return withLongs(at(field(body, 'left')), at(field(body, 'right')), (a, b) => bool(name === '<' ? a < b : name === '<=' ? a <= b : name === '>' ? a > b : a >= b));
    case '+':
    case '-':
    case '*':
      return withLongs(at(field(body, 'left')), at(field(body, 'right')), (a, b) => long(name === '+' ? a + b : name === '-' ? a - b : a * b));
    case 'neg':
      return withLongs(at(field(body, 'arg')), { kind: 'long', value: 0n }, (a) => long(-a));
    case 'in':
      return membership(at(field(body, 'left')), at(field(body, 'right')), asked);
    case 'contains':
      return withSet(at(field(body, 'left')), at(field(body, 'right')), (items, value) => some(items, (one) => same(one, value)));
    case 'containsAll':
    case 'containsAny':
      return withSet(at(field(body, 'left')), at(field(body, 'right')), (items, other) => {
        if (other.kind === 'unknown') return null;
        if (other.kind !== 'set') return 'error';
        const held = (value: Result): boolean | null => some(items, (one) => same(one, value));
        return name === 'containsAll' ? every(other.items, held) : some(other.items, held);
      });
    case 'isEmpty':
      return withSet(at(field(body, 'arg')), bool(true), (items) => items.length === 0);
    case '.': {
      const found = attribute(at(field(body, 'left')), field(body, 'attr'), asked);
      return found.kind === 'unknown' && asked.guarded.size > 0 && asked.guarded.has(JSON.stringify(expression)) ? EITHER : found;
    }
    case 'has': {
      const attr = field(body, 'attr');
      return presence(at(field(body, 'left')), Array.isArray(attr) ? (attr as readonly Json[]) : [attr], asked);
    }
    case 'like':
      return likeness(at(field(body, 'left')), field(body, 'pattern'));
    case 'is':
      return typeTest(at(field(body, 'left')), field(body, 'entity_type'), isRecord(body) && body['in'] !== undefined ? () => at(field(body, 'in')) : null, asked);
    case 'Set': {
      const items = (Array.isArray(body) ? (body as readonly Json[]) : []).map(at);
      if (items.some(({ kind }) => kind === 'error')) return FAILED;
      return items.some(({ kind }) => kind === 'unknown') ? ANYTHING : { kind: 'set', items: items as readonly Value[] };
    }
    case 'Record': {
      const fields = Object.entries(isRecord(body) ? body : {}).map(([key, value]): [string, Result] => [key, at(value)]);
      return fields.some(([, { kind }]) => kind === 'error') ? FAILED : { kind: 'record', fields: new Map(fields), open: false };
    }
    case 'hasTag':
    case 'getTag':
      return tag(at(field(body, 'left')), at(field(body, 'right')), name === 'hasTag', asked);
    case 'decimal': {
      const written = at(item(body, 0));
      if (written.kind === 'unknown') return ANYTHING;
      const value = written.kind === 'string' ? decimalOf(written.value) : null;
      return value === null ? FAILED : { kind: 'decimal', value };
    }
    case 'Slot':
      return FAILED;
    default: {
      const [a, b] = [at(item(body, 0)), at(item(body, 1))];
      if (a.kind === 'error' || b.kind === 'error') return FAILED;
      if (a.kind === 'unknown' || b.kind === 'unknown') return (a.kind === 'unknown' || a.kind === 'decimal') && (b.kind === 'unknown' || b.kind === 'decimal') ? ANYTHING : FAILED;
      if (a.kind !== 'decimal' || b.kind !== 'decimal') return FAILED;
      return bool(name === 'lessThan' ? a.value < b.value : name === 'lessThanOrEqual' ? a.value <= b.value : name === 'greaterThan' ? a.value > b.value : a.value >= b.value);
    }
  }
}

/** What stands behind `x has a &&`: there `x.a` is no error, and of the type that the policy takes it for. */
function behind(guard: Json, asked: Asking, right: () => Result): Result {
  const added = guardsOf(guard, 0).filter((key) => !asked.guarded.has(key));
  for (const key of added) asked.guarded.add(key);
  const result = right();
  for (const key of added) asked.guarded.delete(key);
  return result;
}

const MAX_GUARDS = 60;

function guardsOf(expression: Json, depth: number): readonly string[] {
  const parts = depth > MAX_GUARDS ? null : partsOf(expression);
  if (parts?.name === '&&') return [...guardsOf(field(parts.body, 'left'), depth + 1), ...guardsOf(field(parts.body, 'right'), depth + 1)];
  if (parts?.name !== 'has') return [];
  const attr = field(parts.body, 'attr');
  let left = field(parts.body, 'left');
  return (Array.isArray(attr) ? (attr as readonly Json[]) : [attr]).map((name) => {
    left = { '.': { left, attr: name } };
    return JSON.stringify(left);
  });
}

/** The other operand is only looked at where the first does not decide. */
function junction(left: Result, right: () => Result, goesOn: Outcomes, ends: Outcomes): Result {
  const first = outcomesOf(left);
  return resultOf((first & (ends | ERROR)) | (first & goesOn ? outcomesOf(right()) : 0));
}

const negation = (result: Result): Result => {
  const outcomes = outcomesOf(result);
  return resultOf((outcomes & ERROR) | (outcomes & TRUE ? FALSE : 0) | (outcomes & FALSE ? TRUE : 0));
};

function choice(condition: Outcomes, then: () => Result, otherwise: () => Result): Result {
  if (condition === TRUE) return then();
  if (condition === FALSE) return otherwise();
  if (condition === ERROR) return FAILED;
  const branches = [...(condition & TRUE ? [then()] : []), ...(condition & FALSE ? [otherwise()] : [])];
  // where the branches are values, what comes of it is not followed
  return branches.every(({ kind }) => kind === 'bool' || kind === 'unknown' || kind === 'error') ? resultOf(branches.reduce((all, one) => all | outcomesOf(one), condition & ERROR)) : ANYTHING;
}

function equality(a: Result, b: Result, equal: boolean): Result {
  if (a.kind === 'error' || b.kind === 'error') return FAILED;
  const found = same(a, b);
  if (found !== null) return bool(found === equal);
  return [a, b].some((one) => one.kind === 'unknown' && one.outcomes & ERROR) ? ANYTHING : EITHER;
}

function withLongs(a: Result, b: Result, make: (a: bigint, b: bigint) => Result): Result {
  if (a.kind === 'long' && b.kind === 'long') return make(a.value, b.value);
  const fits = ({ kind }: Result): boolean => kind === 'long' || kind === 'unknown';
  const sound = (one: Result): boolean => one.kind === 'long' || (one.kind === 'unknown' && (one.outcomes & ERROR) === 0);
  return !fits(a) || !fits(b) ? FAILED : sound(a) && sound(b) ? EITHER : ANYTHING;
}

function withSet(set: Result, other: Result, make: (items: readonly Value[], other: Result) => boolean | null | 'error'): Result {
  if (set.kind === 'error' || other.kind === 'error') return FAILED;
  if (set.kind === 'unknown') return ANYTHING;
  if (set.kind !== 'set') return FAILED;
  const found = make(set.items, other);
  return found === 'error' ? FAILED : found === null ? ANYTHING : bool(found);
}

function membership(left: Result, right: Result, { request: { entities } }: Asking): Result {
  if (left.kind === 'error' || right.kind === 'error') return FAILED;
  if (left.kind === 'unknown') return right.kind === 'unknown' || right.kind === 'entity' || right.kind === 'set' ? ANYTHING : FAILED;
  if (left.kind !== 'entity') return FAILED;
  if (right.kind === 'unknown') return ANYTHING;
  const groups = right.kind === 'set' ? right.items : [right];
  if (!groups.every((group): group is Entity => group.kind === 'entity')) return FAILED;
  const found = some(groups, (group) => entities.within(left, group));
  return found === null ? EITHER : bool(found);
}

function attribute(of: Result, name: Json, { request: { entities } }: Asking): Result {
  if (of.kind === 'unknown') return ANYTHING;
  const record = of.kind === 'entity' ? entities.attributes(of) : of;
  if (record === null || typeof name !== 'string') return FAILED;
  if (record.kind === 'unknown') return ANYTHING;
  if (record.kind !== 'record') return FAILED;
  return record.fields.get(name) ?? (record.open ? ANYTHING : FAILED);
}

/** `x has a.b` is `x has a && x.a has b`. */
function presence(of: Result, names: readonly Json[], asked: Asking): Result {
  let here = of;
  for (const [index, name] of names.entries()) {
    if (here.kind === 'unknown') return here.outcomes & ERROR || index > 0 ? ANYTHING : EITHER;
    const record: Result | null = here.kind === 'entity' ? asked.request.entities.attributes(here) : here;
    if (record === null) return bool(false);
    if (record.kind === 'unknown') return EITHER;
    if (record.kind !== 'record' || typeof name !== 'string') return FAILED;
    const found = record.fields.get(name);
    if (!found) {
      if (!record.open) return bool(false);
      return index < names.length - 1 ? ANYTHING : EITHER;
    }
    here = found;
  }
  return bool(true);
}

function tag(of: Result, name: Result, asks: boolean, { request: { entities } }: Asking): Result {
  if (of.kind === 'error' || name.kind === 'error') return FAILED;
  if (of.kind === 'unknown' || name.kind === 'unknown') return ANYTHING;
  if (of.kind !== 'entity' || name.kind !== 'string') return FAILED;
  const tags = entities.tags(of);
  if (tags === null) return asks ? bool(false) : FAILED;
  if (tags.kind !== 'record') return asks ? EITHER : ANYTHING;
  const found = tags.fields.get(name.value);
  if (asks) return found ? bool(true) : tags.open ? EITHER : bool(false);
  return found ?? (tags.open ? ANYTHING : FAILED);
}

function typeTest(of: Result, type: Json, group: (() => Result) | null, asked: Asking): Result {
  if (of.kind === 'unknown') return ANYTHING;
  if (of.kind !== 'entity') return FAILED;
  const fits: Result = of.type === null ? EITHER : bool(of.type === type);
  return group ? junction(fits, () => membership(of, group(), asked), TRUE, FALSE) : fits;
}

function likeness(of: Result, pattern: Json): Result {
  if (of.kind === 'unknown') return ANYTHING;
  if (of.kind !== 'string' || !Array.isArray(pattern)) return FAILED;
  const parts = (pattern as readonly Json[]).map((part) => (part === 'Wildcard' ? null : (field(part, 'Literal') as string | null)));
  return bool(matches(of.value, parts.filter((part): part is string | null => part === null || typeof part === 'string')));
}

/** Texts in this order, with anything where null stands between them. */
function matches(value: string, parts: readonly (string | null)[]): boolean {
  // texts that stand side by side are one
  const pieces: string[] = [''];
  for (const part of parts) {
    if (part === null) pieces.push('');
    else pieces[pieces.length - 1] += part;
  }
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

/** An extension's function somewhere in the expression. */
function callsOutside(expression: Json, depth: number): boolean {
  if (depth > MAX_DEPTH) return true;
  const parts = partsOf(expression);
  if (!parts) return false;
  if (!CORE.has(parts.name)) return true;
  return parts.name !== 'Value' && childrenOf(parts.body).some((child) => callsOutside(child, depth + 1));
}

const childrenOf = (body: Json): readonly Json[] => (Array.isArray(body) ? (body as readonly Json[]) : isRecord(body) ? Object.values(body) : []).filter((child) => isRecord(child));

/** The engine's answer, where all that the expression reads is known. */
function ask(expression: Json, asked: Asking, depth: number): Result {
  const written = fill(expression, asked, depth + 1);
  if (written === 'error') return FAILED;
  if (written === null) return ANYTHING;
  const answer = asked.engine.holds(written);
  return answer === 'error' ? FAILED : answer === null ? ANYTHING : bool(answer);
}

/** The expression with values for all that it reads. */
function fill(expression: Json, asked: Asking, depth: number): Json | 'error' {
  if (depth > MAX_DEPTH) return null;
  if (!callsOutside(expression, 0)) {
    const value = evaluate(expression, asked, depth);
    return value.kind === 'error' ? 'error' : expressionOf(value);
  }
  const parts = partsOf(expression);
  if (!parts) return null;
  const filled: [string, Json][] = [];
  const list = Array.isArray(parts.body);
  for (const [name, child] of Object.entries(parts.body ?? {}) as [string, Json][]) {
    const inner = isRecord(child) ? fill(child, asked, depth + 1) : child;
    if (inner === 'error' && isRecord(child)) return 'error';
    if (inner === null && isRecord(child)) return null;
    filled.push([name, inner]);
  }
  return { [parts.name]: list ? filled.map(([, value]) => value) : Object.fromEntries(filled) };
}
