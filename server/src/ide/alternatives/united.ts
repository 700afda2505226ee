// Regions that differ in one attribute only are one, with the alternatives of all: what many of them say in few cases.
import type { Constraint, RegionForm } from '../../core/analysis';
import { LINE, constraintsOf, intervalsOf, joined } from './intervals';
import { isMember, subjectOf } from './subjects';

/** An attribute and the constraints of which one must hold. */
export type Condition = readonly [attribute: string, alternatives: readonly Constraint[]];

/** All of these hold. */
export type Conjunction = readonly Condition[];

export interface Alternatives {
  /** what holds in all cases */
  readonly common: Conjunction;
  /** besides, all of one of these; empty: nothing besides */
  readonly cases: readonly Conjunction[];
}

/** The requests of all these regions, and no others, by the attributes that `left` does not hold. */
export function alternativesOf(regions: readonly RegionForm[], left: ReadonlySet<string>): Alternatives {
  const boxes = united(regions.map((region) => Object.entries(region).filter(([attribute]) => !left.has(attribute)).map(([attribute, constraint]): Condition => [attribute, [constraint]])));
  const common = (boxes[0] ?? []).filter((one) => boxes.every((box) => box.some((other) => JSON.stringify(other) === JSON.stringify(one))));
  const known = new Set(common.map(([attribute]) => attribute));
  return { common, cases: boxes.length < 2 ? [] : boxes.map((box) => box.filter(([attribute]) => !known.has(attribute))) };
}

/** More than this are left as they are: each attribute looks at all of them. */
const MAX_BOXES = 2_000;

function united(boxes: readonly Conjunction[]): readonly Conjunction[] {
  if (boxes.length < 2 || boxes.length > MAX_BOXES) return boxes;
  let current = boxes;
  for (let size = Infinity; current.length < size; ) {
    size = current.length;
    for (const attribute of new Set(current.flatMap((box) => box.map(([name]) => name)))) current = along(current, attribute);
  }
  return current;
}

function along(boxes: readonly Conjunction[], attribute: string): readonly Conjunction[] {
  const groups = new Map<string, Conjunction[]>();
  for (const box of boxes) {
    // a box that leaves the attribute open overlaps with nothing that names it
    const at = box.findIndex(([name]) => name === attribute);
    const key = JSON.stringify([at >= 0, box.filter((_, index) => index !== at)]);
    const known = groups.get(key);
    if (known) known.push(box);
    else groups.set(key, [box]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length === 1) return group;
    const alternatives = together(attribute, group.flatMap((box) => box.find(([name]) => name === attribute)?.[1] ?? []));
    return [alternatives === null ? first.filter(([name]) => name !== attribute) : first.map((condition): Condition => (condition[0] === attribute ? [attribute, alternatives] : condition))];
  });
}

const TIME = 'context.time';

/** Alternatives as few as they can be said in; null where together they are anything that there can be. */
function together(attribute: string, alternatives: readonly Constraint[]): readonly Constraint[] | null {
  const subject = subjectOf(attribute);
  const wholeNumbers = subject.kind === 'whole';
  const time = attribute === TIME;
  const read = (text: string): number => (time ? Date.parse(text) : NaN);
  const numbers: Constraint[] = [];
  const others: Constraint[] = [];
  for (const one of alternatives) (intervalsOf(one, read) === null ? others : numbers).push(one);
  if (isMember(attribute) && others.some((one) => 'is' in one && one.is) && others.some((one) => 'is' in one && !one.is)) return null;
  const texts = [...new Map(others.map((one) => [JSON.stringify(one), one])).values()];
  const values = texts.flatMap((one) => ('in' in one ? one.in : []));
  const rest = [...(values.length > 0 ? [{ in: values }] : []), ...texts.filter((one) => !('in' in one))];
  if (numbers.length === 0) return rest;
  const intervals = joined(numbers.flatMap((one) => intervalsOf(one, read) ?? []), wholeNumbers);
  const [only] = intervals;
  const all = wholeNumbers ? { ...LINE, low: subject.least, high: subject.most } : LINE;
  if ((wholeNumbers || time) && rest.length === 0 && intervals.length === 1 && only && only.low <= all.low && only.high >= all.high) return null;
  return [...constraintsOf(intervals, time ? (value) => new Date(value).toISOString().replace('.000Z', 'Z') : undefined), ...rest];
}
