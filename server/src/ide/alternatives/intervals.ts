// Constraints on one number as intervals: several that together are one become one.
import type { Constraint } from '../../core/analysis';

/** From `low` to `high`; `lowIn` and `highIn` say whether the ends belong to it. */
export interface Interval {
  readonly low: number;
  readonly lowIn: boolean;
  readonly high: number;
  readonly highIn: boolean;
}

export const LINE: Interval = { low: -Infinity, lowIn: false, high: Infinity, highIn: false };

/** What a constraint allows of the numbers; null where it speaks of something else. `read`: the number that a bound written as text stands for, NaN for none. */
export function intervalsOf(constraint: Constraint, read: (text: string) => number = () => NaN): readonly Interval[] | null {
  const value = (bound: unknown): number => (typeof bound === 'number' ? bound : typeof bound === 'string' ? read(bound) : NaN);
  if ('in' in constraint) {
    const points = constraint.in.map(value);
    return points.some(Number.isNaN) ? null : points.map((point) => ({ low: point, lowIn: true, high: point, highIn: true }));
  }
  if ('type' in constraint) return constraint.type === 'number' ? [LINE] : null;
  if (!('gt' in constraint || 'gte' in constraint || 'lt' in constraint || 'lte' in constraint)) return null;
  const { gt, gte, lt, lte } = constraint;
  const one: Interval = {
    low: gte !== undefined ? value(gte) : gt !== undefined ? value(gt) : -Infinity, lowIn: gte !== undefined,
    high: lte !== undefined ? value(lte) : lt !== undefined ? value(lt) : Infinity, highIn: lte !== undefined,
  };
  return Number.isNaN(one.low) || Number.isNaN(one.high) ? null : [one];
}

/** Of whole numbers: the same interval with ends that belong to it. */
export function whole({ low, lowIn, high, highIn }: Interval): Interval {
  const first = Number.isInteger(low) && !lowIn ? low + 1 : Math.ceil(low);
  const last = Number.isInteger(high) && !highIn ? high - 1 : Math.floor(high);
  return { low: first, lowIn: Number.isFinite(first), high: last, highIn: Number.isFinite(last) };
}

/** Sorted, with no two that touch; of whole numbers neighbours touch. */
export function joined(all: readonly Interval[], wholeNumbers: boolean): readonly Interval[] {
  const sorted = (wholeNumbers ? all.map(whole) : [...all]).filter((one) => one.low < one.high || (one.low === one.high && one.lowIn && one.highIn)).sort((a, b) => a.low - b.low || Number(b.lowIn) - Number(a.lowIn));
  const found: Interval[] = [];
  for (const next of sorted) {
    const last = found[found.length - 1];
    const touches = last !== undefined && (next.low < last.high || (next.low === last.high && (next.lowIn || last.highIn)) || (wholeNumbers && next.low <= last.high + 1));
    if (!last || !touches) found.push(next);
    else if (next.high > last.high || (next.high === last.high && next.highIn)) found[found.length - 1] = { ...last, high: next.high, highIn: next.highIn };
  }
  return found;
}

/** Back as constraints: single numbers in one list. `show`: how a bound is written. */
export function constraintsOf(intervals: readonly Interval[], show: (value: number) => number | string = (value) => value): readonly Constraint[] {
  const points = intervals.filter(({ low, high }) => low === high).map(({ low }) => show(low));
  const rest = intervals.filter(({ low, high }) => low !== high).map(({ low, lowIn, high, highIn }): Constraint => {
    const bounds = { ...(low === -Infinity ? {} : { [lowIn ? 'gte' : 'gt']: show(low) }), ...(high === Infinity ? {} : { [highIn ? 'lte' : 'lt']: show(high) }) };
    return Object.keys(bounds).length === 0 ? { type: 'number' } : bounds;
  });
  return [...(points.length > 0 ? [{ in: points }] : []), ...rest];
}
