// Whether a request lies in a region, told from the machine form alone, by the words that describe it: names, fields of the request as it was sent, and what stands in lists.
// It shares nothing with what made the region. Only an attribute that is a condition of its own is asked of the language's evaluation, and a question of another tool of that tool's.
import { CelError, compile, parseCondition, type CompiledCondition, type ConditionInput } from '../../../server/src/core/conditions';
import type { Constraint, RegionForm } from '../../../server/src/core/analysis';
import type { ArgumentTest } from '../../../server/src/core/formats';
import type { Engine } from '../../../server/src/core/policy';
import type { PlainValue } from '../../../server/src/core/yaml';

export type Plain = { [key: string]: PlainValue };

export interface Reading {
  /** in its short form */
  readonly request: Plain;
  /** milliseconds, where the request says no time */
  readonly now: number;
  /** what conditions see of it, made when it is asked for */
  input(): ConditionInput;
  /** questions of other tools, by how a region calls them */
  readonly tests: ReadonlyMap<string, ArgumentTest | null>;
}

const ERROR = Symbol('error');
const UNKNOWN = Symbol('unknown');
type Read = PlainValue | undefined | typeof ERROR | typeof UNKNOWN;

/** null: it hangs on something that this reader does not know. */
export function inRegion(form: RegionForm, reading: Reading): boolean | null {
  let sure = true;
  for (const [name, constraint] of Object.entries(form)) {
    const holds = constraintHolds(constraint, attributeOf(name, reading), name === 'context.time');
    if (holds === false) return false;
    if (holds === null) sure = false;
  }
  return sure ? true : null;
}

/** Whether it can lie there as far as agent, action, resource and environment go. */
export function mayHold(form: RegionForm, { agent, action, resource, environment }: { readonly agent: string; readonly action: string; readonly resource: string; readonly environment: string | null }): boolean {
  const known: Readonly<Record<string, string | undefined>> = { 'agent.id': agent, 'action.name': action, resource, 'context.environment': environment ?? undefined };
  return Object.entries(form).every(([name, constraint]) => !Object.hasOwn(known, name) || constraintHolds(constraint, known[name], false) !== false);
}

const map = (value: PlainValue | undefined): Plain | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Plain) : null);

/** `type:id` of a request, however it is written. */
export function resourceName(resource: PlainValue | undefined): string {
  const object = map(resource);
  return object ? `${String(object['type'])}:${String(object['id'])}` : String(resource);
}

let last: { readonly of: Reading; readonly view: Plain } | null = null;
const viewOf = (reading: Reading): Plain => (last?.of === reading ? last : (last = { of: reading, view: viewed(reading) })).view;

function viewed({ request, now }: Reading): Plain {
  const resource = resourceName(request['resource']);
  const [type, id] = [resource.slice(0, resource.indexOf(':')), resource.slice(resource.indexOf(':') + 1)];
  const environment = request['action'] === 'deploy' ? id : request['environment'];
  const agent = map(request['agent']) ?? { id: request['agent'] ?? null };
  return {
    agent: { roles: [], functions: [], labels: {}, ...agent }, principal: map(request['principal']) ?? {}, action: { name: request['action'] ?? null },
    resource: { ...map(map(request['resource'])?.['properties']), type, id, ...(type === 'tool' ? { server: id.split('/')[0] ?? '' } : {}) }, args: map(request['args']) ?? {},
    context: { time: now, via: [], labels: [], ext: {}, ...(environment === undefined ? {} : { environment }), ...map(request['context']) },
  };
}

const PATH = /^[a-z]+(?:\.\w+|\["[^"\\]*"\])+$/;

function attributeOf(name: string, reading: Reading): Read {
  if (name === 'agent.id') return map(reading.request['agent'])?.['id'] ?? (reading.request['agent'] as string);
  if (name === 'action.name') return reading.request['action'];
  if (name === 'resource') return resourceName(reading.request['resource']);
  if (PATH.test(name)) return pathOf(name, viewOf(reading));
  const member = /^("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false|null) in (\S+)$/.exec(name);
  if (member?.[1] && member[2] && PATH.test(member[2])) {
    const list = pathOf(member[2], viewOf(reading));
    const value = JSON.parse(member[1]) as PlainValue;
    if (Array.isArray(list)) return list.includes(value);
    const object = typeof list === 'object' ? map(list) : null;
    return object ? Object.hasOwn(object, String(value)) : ERROR;
  }
  const size = /^size\((\S+)\)$/.exec(name);
  if (size?.[1] && PATH.test(size[1])) {
    const value = pathOf(size[1], viewOf(reading));
    if (typeof value === 'string') return [...value].length;
    if (Array.isArray(value)) return value.length;
    const object = typeof value === 'object' ? map(value) : null;
    return object ? Object.keys(object).length : ERROR;
  }
  const test = reading.tests.get(name);
  if (test === null) return UNKNOWN;
  if (test) {
    const result = test.test(map(reading.request['args']) ?? {}, resourceName(reading.request['resource']));
    return typeof result === 'boolean' ? result : result === 'unknown' ? UNKNOWN : ERROR;
  }
  let known = compiled.get(name);
  if (known === undefined) {
    const { ast } = parseCondition(name);
    compiled.set(name, (known = ast ? compile(ast) : null));
  }
  if (!known) return UNKNOWN;
  const value = known.evaluate(reading.input());
  return value instanceof CelError ? ERROR : (value as PlainValue);
}

const compiled = new Map<string, CompiledCondition | null>();

/** Through maps only; what is missing on the way is missing. */
function pathOf(path: string, view: Plain): PlainValue | undefined {
  let value: PlainValue | undefined = view;
  for (const part of path.match(/\w+|"[^"]*"/g) ?? []) {
    const object = map(value);
    const name = part.startsWith('"') ? (JSON.parse(part) as string) : part;
    value = object && Object.hasOwn(object, name) ? object[name] : undefined;
  }
  return value;
}

function constraintHolds(constraint: Constraint, value: Read, time: boolean): boolean | null {
  if (value === UNKNOWN) return null;
  if ('missing' in constraint) return value === undefined;
  if ('type' in constraint && constraint.type === 'error') return value === ERROR;
  if (value === undefined || value === ERROR) return false;
  if ('all' in constraint) return constraint.all.every((part) => constraintHolds(part, value, time));
  const same = (one: PlainValue): boolean => (time ? Date.parse(String(one)) === moment(value) : one === value);
  if ('in' in constraint) return constraint.in.some(same);
  if ('notIn' in constraint) return !constraint.notIn.some(same);
  if ('matches' in constraint) return typeof value === 'string' && star(constraint.matches, value);
  if ('notMatches' in constraint) return typeof value === 'string' && !star(constraint.notMatches, value);
  if ('is' in constraint) return value === constraint.is;
  if ('type' in constraint) {
    const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    return constraint.type.startsWith('not ') ? type !== constraint.type.slice(4) : type === constraint.type;
  }
  const number = time ? moment(value) : value;
  if (typeof number !== 'number') return false;
  const bound = (limit: number | string): number => (typeof limit === 'string' ? Date.parse(limit) : limit);
  const { gt, gte, lt, lte } = constraint;
  return (gt === undefined || number > bound(gt)) && (gte === undefined || number >= bound(gte)) && (lt === undefined || number < bound(lt)) && (lte === undefined || number <= bound(lte));
}

const moment = (value: PlainValue): number => (typeof value === 'number' ? value : Date.parse(String(value)));

/** `*` stands for any run of characters, also an empty one; nothing else is special. */
function star(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

/** The questions that other tools' rules ask, by their words; null for words that two have in common. */
export function testsOf(engines: readonly Engine[]): Reading['tests'] {
  const tests = new Map<string, ArgumentTest | null>();
  for (const { world: { sets } } of engines) for (const { rules, otherwise } of sets) for (const { where } of [...rules, ...otherwise]) for (const test of where ? [where, ...(where.together ? [where.together] : [])] : []) {
    const known = tests.get(test.words);
    tests.set(test.words, known === undefined || known?.key === test.key ? test : null);
  }
  return tests;
}
