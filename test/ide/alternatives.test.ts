// What many regions say in few cases: the same requests and no others, and words that can be read aloud.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Constraint, RegionForm } from '../../server/src/core/analysis';
import type { PlainValue } from '../../server/src/core/yaml';
import { alternativesOf, conditionWords, type Conjunction } from '../../server/src/ide';

type Value = PlainValue | undefined;

const DAY = 'context.time.getDayOfWeek("Europe/Berlin")';
const TIMES = ['2026-11-23T00:00:00Z', '2026-12-20T00:00:00Z', '2027-01-01T12:30:00Z'];

/** All values that each attribute can have here. */
const VALUES: Readonly<Record<string, readonly Value[]>> = {
  'args.n': [undefined, -1, 0, 0.5, 1, 1.5, 2, 3, 'a', 'b', true, null], [DAY]: [0, 1, 2, 3, 4, 5, 6], 'size(context.via)': [0, 1, 2, 3, 9],
  '"x" in context.labels': [true, false], 'context.time': TIMES, 'context.environment': [undefined, 'production', 'staging'],
};

function holds(one: Constraint, value: Value): boolean {
  if ('missing' in one) return value === undefined;
  if (value === undefined) return false;
  if ('all' in one) return one.all.every((part) => holds(part, value));
  if ('in' in one) return one.in.includes(value);
  if ('notIn' in one) return !one.notIn.includes(value);
  if ('is' in one) return value === one.is;
  if ('type' in one) return typeof value === one.type;
  if ('matches' in one || 'notMatches' in one) return false;
  const compare = (bound: number | string | undefined, is: (a: number | string, b: number | string) => boolean): boolean => bound === undefined || (typeof value === typeof bound && is(value as number, bound));
  return compare(one.gt, (a, b) => a > b) && compare(one.gte, (a, b) => a >= b) && compare(one.lt, (a, b) => a < b) && compare(one.lte, (a, b) => a <= b);
}

const bounds = <T extends number | string>(of: readonly T[]): fc.Arbitrary<Constraint> => fc.record({ low: fc.constantFrom('gt', 'gte'), high: fc.constantFrom('lt', 'lte'), a: fc.option(fc.constantFrom(...of)), b: fc.option(fc.constantFrom(...of)) })
  .map(({ low, high, a, b }): Constraint => ({ ...(a === null ? {} : { [low]: a }), ...(b === null ? {} : { [high]: b }) })).filter((one) => Object.keys(one).length > 0);
const listOf = (of: readonly PlainValue[]): fc.Arbitrary<Constraint> => fc.tuple(fc.constantFrom('in', 'notIn'), fc.subarray([...of], { minLength: 1 })).map(([kind, some]) => (kind === 'in' ? { in: some } : { notIn: some }));
const MISSING = fc.constant<Constraint>({ missing: true });
const CONSTRAINTS: Readonly<Record<string, fc.Arbitrary<Constraint>>> = {
  'args.n': fc.oneof(bounds([0, 1, 2]), listOf([0, 1, 2, 'a', 'b']), MISSING, fc.constantFrom<Constraint>({ type: 'number' }, { type: 'string' }, { type: 'boolean' }, { notIn: [] })),
  [DAY]: fc.oneof(bounds([0, 1, 2, 5, 6]), listOf([0, 1, 2, 3, 6])), 'size(context.via)': fc.oneof(bounds([0, 1, 2]), listOf([0, 1])),
  '"x" in context.labels': fc.boolean().map((is): Constraint => ({ is })), 'context.time': bounds(TIMES), 'context.environment': fc.oneof(MISSING, listOf(['production', 'staging'])),
};

const region = (attributes: readonly string[]): fc.Arbitrary<RegionForm> => fc.record(Object.fromEntries(attributes.map((name) => [name, CONSTRAINTS[name] ?? MISSING])), { requiredKeys: [] }) as fc.Arbitrary<RegionForm>;
const point = (attributes: readonly string[]): fc.Arbitrary<Readonly<Record<string, Value>>> => fc.record(Object.fromEntries(attributes.map((name) => [name, fc.constantFrom(...(VALUES[name] ?? []))])));

describe('regions as alternatives', () => {
  it('hold the requests of the regions and no others', () => {
    const few = fc.subarray(Object.keys(VALUES), { minLength: 1, maxLength: 3 });
    let merged = 0;
    fc.assert(fc.property(few.chain((names) => fc.record({ regions: fc.array(region(names), { minLength: 1, maxLength: 12 }), points: fc.array(point(names), { minLength: 30, maxLength: 30 }) })), ({ regions, points }) => {
      const { common, cases } = alternativesOf(regions, new Set());
      if (cases.length < regions.length) merged++;
      const all = (conditions: Conjunction, at: Readonly<Record<string, Value>>): boolean => conditions.every(([name, alternatives]) => alternatives.some((one) => holds(one, at[name])));
      for (const at of points) {
        const said = all(common, at) && (cases.length === 0 || cases.some((one) => all(one, at)));
        assert.equal(said, regions.some((one) => Object.entries(one).every(([name, constraint]) => holds(constraint, at[name]))), JSON.stringify({ at, common, cases }));
      }
    }), { numRuns: 4_000 });
    assert.ok(merged > 1_000);
  });

  const said = (...regions: readonly RegionForm[]): string => {
    const { common, cases } = alternativesOf(regions, new Set());
    return [conditionWords(common), ...cases.map(conditionWords)].filter((words) => words !== '').join(' | ');
  };

  it('are told in the words of people', () => {
    assert.equal(said({ 'args.limit': { lte: 25 } }, { 'args.limit': { missing: true } }), 'when limit is missing or <= 25');
    assert.equal(said({ 'args.limit': { missing: true } }, { 'args.limit': { lte: 25 } }, { 'args.limit': { gt: 100 } }), 'when limit is missing or <= 25 or > 100');
    assert.equal(said({ [DAY]: { in: [0, 6] } }), 'when the day (Europe/Berlin) is Sunday or Saturday');
    assert.equal(said({ [DAY]: { gte: 1, lte: 5 } }), 'when the day (Europe/Berlin) is Monday to Friday');
    assert.equal(said({ 'context.time.getHours()': { lt: 8 } }, { 'context.time.getHours()': { gte: 18 } }), 'when the hour (UTC) is 0 to 7 or 18 to 23');
    assert.equal(said({ 'context.time.getHours()': { in: [0, 1, 2, 3, 11, 13, 14] } }), 'when the hour (UTC) is 0 to 3, 11, 13 or 14');
    assert.equal(said({ 'context.time.getMonth()': { notIn: [11] } }), 'when the month (UTC) is not December');
    assert.equal(said({ 'context.time.getDayOfMonth()': { lt: 7 } }), 'when the day of the month (UTC) is 1 to 7');
    assert.equal(said({ 'size(context.via)': { lte: 0 } }), 'when via is empty');
    assert.equal(said({ 'size(context.via)': { gt: 1 } }), 'when via is a chain of 2 agents or more');
    assert.equal(said({ '"x" in context.labels': { is: false }, 'args.n': { gt: 1, lte: 5 } }), 'when not ("x" in labels) and n > 1 and n <= 5');
    assert.equal(said({ 'it is so': { type: 'error' } }, { 'it is so': { is: false } }), 'when not (it is so), or that cannot be evaluated');
    assert.equal(said({ 'it is so': { type: 'error' } }), 'when (it is so) cannot be evaluated');
    assert.equal(said({ 'context.environment': { in: ['production'] } }, { 'context.environment': { missing: true } }), 'in production, also where none is named');
  });

  it('leave out what is always so', () => {
    assert.equal(said({ 'size(context.via)': { lte: 0 } }, { 'size(context.via)': { gt: 0 } }), '');
    assert.equal(said({ [DAY]: { in: [0, 6] } }, { [DAY]: { gt: 0, lt: 6 } }), '');
    assert.equal(said({ '"x" in context.labels': { is: true } }, { '"x" in context.labels': { is: false } }), '');
    assert.equal(said({ 'context.time': { lt: '2026-12-20T00:00:00Z' } }, { 'context.time': { gte: '2026-12-20T00:00:00Z' } }), '');
    // an argument may be of another type, or missing
    assert.equal(said({ 'args.n': { lte: 5 } }, { 'args.n': { gt: 5 } }), 'when n is a number');
    assert.equal(said({ '"x" in args.tags': { is: true } }, { '"x" in args.tags': { is: false } }), 'when "x" in tags or not ("x" in tags)');
  });

  it('two days or hours that lie apart are no run of them', () => {
    assert.equal(said({ [DAY]: { in: [1, 3, 5] } }), 'when the day (Europe/Berlin) is Monday, Wednesday or Friday');
    assert.equal(said({ 'context.time.getHours()': { gt: 7, lt: 9 } }), 'when the hour (UTC) is 8');
  });
});
