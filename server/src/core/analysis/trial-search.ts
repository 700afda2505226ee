// Tries values of several fields until conditions say what they must: what reads one field alone is asked once for each of its values, the rest as soon as all that it reads has one.
import type { ConditionInput, Value } from '../conditions';
import type { PlainValue } from '../yaml';
import { valueOf, withValue } from './domain';
import type { Attribute } from './formula';
import type { Sought } from './trial-values';

/** What must hold of one field's value alone. */
export interface HeldBy {
  readonly key: string;
  holds(value: PlainValue | undefined): boolean;
}

export type Tried = ReadonlyMap<string, PlainValue | undefined>;

/** Questions asked before it is given up; one of another tool, which reads lines of a shell, counts as several. */
const MAX_ASKED = 12_000;
const FOREIGN = 8;
const costOf = (one: Sought | HeldBy): number => ('holds' in one || one.expr !== null ? 1 : FOREIGN);

/** The values of all fields with which everything holds, one after the other; `worth`: of each field the values to try; `base`: the rest of what conditions see. */
export function* trials(fields: readonly Attribute[], worth: readonly (readonly (PlainValue | undefined)[])[], base: ConditionInput, conditions: readonly (Sought | HeldBy)[]): Generator<Tried, void, void> {
  let left = MAX_ASKED;
  const known = new Map(fields.map((of, index) => [of.key, index]));
  const set = (input: ConditionInput, at: number, value: PlainValue | undefined): ConditionInput => {
    const of = fields[at] as Attribute;
    return value === undefined ? withoutValue(input, of.names) : withValue(input, of.names, valueOf(of, value));
  };
  const asked = conditions.map((one) => ({ one, reads: 'holds' in one ? [known.get(one.key) ?? -1] : [...new Set(one.reads.flatMap(({ key }) => known.get(key) ?? []))] }));
  const alone = fields.map((_, at) => asked.filter(({ reads }) => reads.length === 1 && reads[0] === at));
  const pools = fields.map((_, at) => (worth[at] ?? []).filter((value) => {
    if (left <= 0) return false;
    const mine = alone[at] ?? [];
    left -= mine.reduce((sum, { one }) => sum + costOf(one), 0);
    const input = mine.some(({ one }) => !('holds' in one)) ? set(base, at, value) : base;
    return mine.every(({ one }) => ('holds' in one ? one.holds(value) : one.fits(input)));
  }));
  if (pools.some((pool) => pool.length === 0)) return;
  if (asked.some(({ one, reads }) => reads.length === 0 && !('holds' in one) && !one.fits(base))) return;
  // fields of few values first
  const order = fields.map((_, index) => index).sort((a, b) => (pools[a]?.length ?? 0) - (pools[b]?.length ?? 0) || a - b);
  const place = new Map(order.map((index, depth) => [index, depth]));
  const joint = order.map((_, depth) => asked.flatMap(({ one, reads }) => (reads.length > 1 && !('holds' in one) && Math.max(...reads.map((index) => place.get(index) ?? 0)) === depth ? [one] : [])));
  const tried = new Map<string, PlainValue | undefined>();
  function* from(depth: number, input: ConditionInput, turn: number): Generator<Tried, void, void> {
    const index = order[depth];
    if (index === undefined) {
      yield new Map(tried);
      return;
    }
    const pool = pools[index] ?? [];
    // other values first each time, so that those that come out differ in all fields
    for (let step = 0; step < pool.length && left > 0; step++) {
      const value = pool[(step + turn) % pool.length];
      const next = set(input, index, value);
      left -= (joint[depth] ?? []).reduce((sum, one) => sum + costOf(one), 1);
      if (!(joint[depth] ?? []).every((one) => one.fits(next))) continue;
      tried.set((fields[index] as Attribute).key, value);
      yield* from(depth + 1, next, turn + step);
    }
  }
  yield* from(0, base, 0);
}

function withoutValue(input: ConditionInput, names: readonly string[]): ConditionInput {
  const [name = '', ...rest] = names;
  const inner = Object.hasOwn(input, name) ? input[name] : undefined;
  if (rest.length === 0) return Object.fromEntries(Object.entries(input).filter(([key]) => key !== name));
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...input, [name]: withoutValue(inner as ConditionInput, rest) as Value } : input;
}
