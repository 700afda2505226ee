// Policies of AGT's Go engine as they behave: the first rule of the file whose action and conditions fit, and a denial where none does.
// Source: `policy.go` of the toolkit, read 2026-11. Its equality knows texts, fractions and truth values: a whole number in the file equals nothing.
import type { Span } from '../../text';
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { spanOf, spannedItems, textField } from '../fields';
import type { ArgumentTest, ArgumentValues, ForeignPermissions, ForeignRule, PermissionEffect, TestResult } from '../permissions';
import type { AgtPolicy } from './read-policy';

type Condition = (args: ArgumentValues) => TestResult;

const MAX_DEPTH = 30;
const both = (results: Iterable<TestResult>): TestResult => {
  let found: TestResult = true;
  for (const result of results) {
    if (result === false) return false;
    if (result !== true) found = 'unknown';
  }
  return found;
};
const not = (result: TestResult): TestResult => (result === true ? false : result === false ? true : 'unknown');

/** All entries of a map must hold. */
function conditionOf(node: Node | null, depth = 0): Condition {
  const map = resolve(node);
  if (map?.kind !== 'map') return () => map === null || (map.kind === 'scalar' && map.value === null);
  if (depth > MAX_DEPTH) return () => 'unknown';
  const parts = map.pairs.map(({ key, value }): Condition => {
    const list = resolve(value);
    const each = list?.kind === 'seq' && list.items.every((item) => resolve(item)?.kind === 'map') ? list.items.map((item) => conditionOf(item, depth + 1)) : null;
    if (key.text === '$and') return each ? (args) => both(each.map((one) => one(args))) : () => false;
    if (key.text === '$or') return each ? (args) => not(both(each.map((one) => not(one(args))))) : () => false;
    if (key.text === '$not') {
      const inner = list?.kind === 'map' ? conditionOf(list, depth + 1) : null;
      return inner ? (args) => not(inner(args)) : () => false;
    }
    const fits = valueTest(value);
    // the host adds to the arguments, and the engine takes SQL and commands apart: what is not given may be there
    return (args) => (Object.hasOwn(args, key.text) ? fits(args[key.text]) : 'unknown');
  });
  return (args) => both(parts.map((part) => part(args)));
}

const COMPARISONS: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
  ['$gt', (a, b) => a > b], ['$gte', (a, b) => a >= b], ['$lt', (a, b) => a < b], ['$lte', (a, b) => a <= b],
]);

function valueTest(node: Node): (actual: unknown) => boolean {
  const map = resolve(node);
  if (map?.kind !== 'map') return (actual) => equals(node, actual);
  const parts = map.pairs.map(({ key, value }): ((actual: unknown) => boolean) => {
    const compared = COMPARISONS.get(key.text);
    const scalar = resolve(value);
    if (compared) return (actual) => scalar?.kind === 'scalar' && typeof scalar.value === 'number' && typeof actual === 'number' && compared(actual, scalar.value);
    if (key.text === '$ne') return (actual) => !equals(value, actual);
    if (key.text === '$in' && scalar?.kind === 'seq') return (actual) => scalar.items.some((item) => equals(item, actual));
    return () => false;
  });
  return (actual) => parts.every((part) => part(actual));
}

/** Whether a number of the file is a fraction to the engine: whole ones are of another type than what they are compared with. */
const isWhole = (node: Node | null): boolean => {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && typeof scalar.value === 'number' && /^[-+]?[0-9_]+$|^0[xob]/i.test(scalar.text.trim());
};

function equals(node: Node, actual: unknown): boolean {
  const scalar = resolve(node);
  return scalar?.kind === 'scalar' && scalar.value !== null && !isWhole(node) && typeof scalar.value === typeof actual && scalar.value === actual;
}

/** Where a whole number is to equal something: it never does, and so the rule does not match (`$ne` always holds). */
export function wholeNumbers(conditions: Node | null, depth = 0): readonly { readonly span: Span; readonly always: boolean }[] {
  const map = resolve(conditions);
  if (map?.kind !== 'map' || depth > MAX_DEPTH) return [];
  return map.pairs.flatMap(({ key, value }): readonly { span: Span; always: boolean }[] => {
    const inner = resolve(value);
    if (key.text === '$and' || key.text === '$or') return inner?.kind === 'seq' ? inner.items.flatMap((item) => wholeNumbers(item, depth + 1)) : [];
    if (key.text === '$not') return wholeNumbers(value, depth + 1);
    if (isWhole(value)) return [{ span: spanOf(value), always: false }];
    if (inner?.kind !== 'map') return [];
    return inner.pairs.flatMap((pair): readonly { span: Span; always: boolean }[] => {
      const list = resolve(pair.value);
      if (pair.key.text === '$ne' && isWhole(pair.value)) return [{ span: spanOf(pair.value), always: true }];
      return pair.key.text === '$in' && list?.kind === 'seq' && list.items.length > 0 && list.items.every((item) => isWhole(item)) ? [{ span: spanOf(list), always: false }] : [];
    });
  });
}

/** Actions are texts of the host: a tool by its name, or its server and its name with a dot between them. */
function resourcesOf(action: string): readonly string[] {
  if (action === '*') return ['tool:*'];
  const dot = action.indexOf('.');
  return [`tool:*/${action}`, ...(dot > 0 ? [`tool:${action.slice(0, dot)}/${action.slice(dot + 1)}`] : [])];
}

const EFFECTS: ReadonlyMap<string, PermissionEffect> = new Map<string, PermissionEffect>([['allow', 'allow'], ['review', 'require_approval'], ['requires_approval', 'require_approval']]);

const isPositive = (map: MapNode, key: string): boolean => {
  const node = resolve(valueOf(map, key));
  return node?.kind === 'scalar' && typeof node.value === 'number' && node.value > 0;
};

export function goPermissions(policy: AgtPolicy): ForeignPermissions {
  return {
    family: 'agt', governs: { kind: 'any' }, order: { kind: 'first' }, covers: ['tool:*'], unknown: [],
    rules: policy.rules.flatMap(({ map, name }): readonly ForeignRule[] => {
      const action = textField(map, 'action');
      if (!action) return [];
      const conditions = valueOf(map, 'conditions');
      const holds = conditionOf(conditions);
      const keys = conditions?.kind === 'map' ? conditions.pairs.map(({ key }) => key.text).filter((key) => !key.startsWith('$')) : [];
      const text = JSON.stringify(plain(conditions));
      const where: ArgumentTest | null = conditions === null ? null : { key: `agt go ${text}`, words: `the Go engine finds its conditions \`${text.length > 80 ? `${text.slice(0, 79)}…` : text}\` to hold`, args: keys, test: holds };
      // a limit stands before all else, whatever the effect
      const limited = isPositive(map, 'max_calls');
      const effect = limited ? 'allow' : isPositive(map, 'min_approvals') ? 'require_approval' : (EFFECTS.get(textOf(valueOf(map, 'effect')) ?? '') ?? 'deny');
      const approvers = spannedItems(valueOf(map, 'approvers')).map(({ value }) => value);
      const common = { span: action.span, actions: ['call'], resources: resourcesOf(action.value), agents: null, ignored: /\*/.test(action.value.replace(/(?:^|\.)\*$/, '')) ? 'The engine takes `*` only alone, or at the end behind a dot.' : null } as const;
      const own: ForeignRule = { ...common, written: name?.value ?? action.value, effect, where, ...(effect === 'require_approval' && approvers.length > 0 ? { approvers } : {}) };
      const past: ArgumentTest = { key: `agt go limit ${text} ${action.value}`, words: 'it was asked more often than `max_calls` allows', args: keys, test: (args) => (holds(args) === false ? false : 'unknown') };
      return limited ? [{ ...common, written: `${own.written} past its limit`, effect: 'deny', where: past, implied: true }, own] : [own];
    }),
    default: { effect: 'deny', otherwise: [], words: 'what no rule names is denied', span: null, rank: 1 },
  };
}

/** As data, for the name of the question. */
function plain(node: Node | null, depth = 0): unknown {
  const value = resolve(node);
  if (value?.kind === 'scalar') return isWhole(value) ? value.text : value.value;
  if (depth > MAX_DEPTH || !value) return null;
  return value.kind === 'seq' ? value.items.map((item) => plain(item, depth + 1)) : Object.fromEntries(value.pairs.map((pair) => [pair.key.text, plain(pair.value, depth + 1)]));
}
