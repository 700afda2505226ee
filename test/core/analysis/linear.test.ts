// A bound on a field that stands for a comparison of what constants make of it: the same for every number.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compile, parseCondition, type ConditionInput, type Expr } from '../../../server/src/core/conditions';
import { differenceOf } from '../../../server/src/core/analysis';
import { attribute, type Attribute } from '../../../server/src/core/analysis/formula';
import { boundOf, pointOf } from '../../../server/src/core/analysis/linear';
import { NOW, engineFrom } from './sides';

const constant = fc.oneof(fc.integer({ min: -50, max: 50 }).filter((value) => value !== 0), fc.constantFrom(0.1, 0.3, 2.5, 1_000_000, 3.7e-3));
const step = fc.tuple(fc.constantFrom('x + c', 'x - c', 'c - x', 'x * c', 'c * x', 'x / c', '-x'), constant);
const lines = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.reduce((inner, [form, value]) => `(${form.replace('x', inner).replace('c', value < 0 ? `(${value})` : String(value))})`, 'args.x'));

const ast = (text: string): Expr => {
  const { ast: made } = parseCondition(text);
  assert.ok(made, text);
  return made;
};
/** The parts of such an expression, as the analysis sees them. */
const term = (expr: Expr): { kind: 'known'; value: number } | { kind: 'attribute'; of: Attribute } => {
  if (expr.kind === 'select') return { kind: 'attribute', of: attribute(['args', 'x']) };
  const value = compile(expr).evaluate({});
  return typeof value === 'number' ? { kind: 'known', value } : { kind: 'attribute', of: derived(expr) };
};
const derived = (expr: Expr): Attribute => ({ ...attribute(['=', 'x']), derived: { expr, strict: [], reads: [], fails: false, range: null, evaluate: () => undefined, input: {}, hints: [] } });

describe('bounds on a field', () => {
  it('hold for the same numbers as what is compared', () => {
    let found = 0;
    fc.assert(fc.property(lines, fc.constantFrom('<', '<=', '>', '>=', '=='), fc.oneof(fc.integer({ min: -2_000, max: 2_000 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { maxLength: 10 }), (text, op, value, others) => {
      const made = op === '==' ? pointOf(derived(ast(text)), value, term) : boundOf(derived(ast(text)), op as '<', value, term);
      if (!made) return;
      found++;
      const [whole, simple] = [compile(ast(`${text} ${op} ${value < 0 ? `(${value})` : value}`)), compile(ast(`args.x ${'op' in made ? made.op : '=='} bound.at`.replace('bound.at', 'args.at')))];
      const ends = [made.value, made.value * (1 + Number.EPSILON), made.value * (1 - Number.EPSILON), made.value + 1, made.value - 1, 0, 1, -1, 2 ** 53 - 1, -(2 ** 53 - 1)];
      for (const x of [...ends, ...others]) {
        const input = { args: { x, at: made.value } } as unknown as ConditionInput;
        assert.equal(whole.evaluate(input), simple.evaluate(input), `${text} ${op} ${value} at ${x}: ${JSON.stringify({ ...made, of: made.of.key })}`);
      }
    }), { numRuns: 1_500, seed: 20261122 });
    assert.ok(found > 1_000, String(found));
  });

  it('are said of the field, and proved', () => {
    const document = (kind: string, spec: object): string => JSON.stringify({ apiVersion: 'countersign/v1', kind, metadata: { name: kind === 'Agent' ? 'one' : 'p' }, spec });
    const state = (when: string): ReturnType<typeof engineFrom> => engineFrom(new Map([['a.agent.json', document('Agent', { purpose: 'x', owner: { team: 't' }, lifecycle: 'production', tools: ['pay/refund'] })], ['p.policy.json', document('Policy', { rules: [{ id: 'r', effect: 'allow', actions: ['call'], resources: ['*'], when }] })]]));
    const cases: readonly (readonly [before: string, after: string, where: readonly string[]])[] = [
      ['args.amount > 450', 'args.amount * 2 > 900', []],
      ['args.amount * 2 > 900', 'args.amount * 2 > 100', ['one · call · tool:pay/refund · args.amount > 50, args.amount <= 450']],
      ['-args.amount < -100', 'args.amount > 100', []],
      ['1000 - args.amount >= 400', 'args.amount - 100 <= 500', []],
      ['args.amount / 4 == 25', 'args.amount == 100', []],
      ['context.time - timestamp("2026-12-20T00:00:00Z") > duration("24h")', 'context.time > timestamp("2026-12-21T00:00:00Z")', []],
    ];
    for (const [before, after, where] of cases) {
      const { regions, proved } = differenceOf(state(before), state(after), { now: NOW });
      assert.deepEqual([regions.map((region) => region.where), proved], [where, true], after);
    }
  });
});
