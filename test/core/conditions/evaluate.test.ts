// What conditions compute: values, errors, absorption, numbers as one domain, lists that are known in part, policy variables, bounds.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CelError, compile, compilePattern, compileVariables, Evaluation, holds, parseCondition, PartialList, plainOf, Timestamp, variableCycles, variablesReached,
  type ConditionInput, type Expr, type Value,
} from '../../../server/src/core/conditions';

const ast = (text: string): Expr => {
  const { ast: expr, problems } = parseCondition(text);
  assert.deepEqual(problems, [], text);
  assert.ok(expr, text);
  return expr;
};

const input: ConditionInput = {
  agent: { id: 'refund-assistant', roles: ['refund-clerk'], labels: { domain: 'payments' }, functions: [], lifecycle: 'production', capabilities: new PartialList(['changes-state']) },
  principal: {},
  action: { name: 'call' },
  resource: { type: 'tool', id: 'payments/refund' },
  args: { amount: 900, half: 0.5, note: 'hello', to: ['a@x.org', 'b@y.org'], nothing: null, customer: { email: 'a@x.org' }, items: [{ price: 1 }, {}], constructor: 1 },
  context: { environment: 'production', time: new Timestamp(Date.UTC(2026, 10, 22, 10)), via: [], labels: [], ext: {} },
};

const ERROR = Symbol('error');
const MISSING = Symbol('missing');

const cases: readonly (readonly [text: string, expected: unknown])[] = [
  // numbers are one domain
  ['args.amount > 500', true],
  ['args.amount == 900.0', true],
  ['args.amount == 900', true],
  ['900u == args.amount', true],
  ['0x384 == args.amount', true],
  ['1 / 2 == 0.5', true],
  ['7 / 2', 3.5],
  ['7 % 4', 3],
  ['-7 % 4', -3],
  ['7.5 % 2', ERROR],
  ['7.0 % 2.0', 1],
  ['1 / 0', ERROR],
  ['1 % 0', ERROR],
  ['0.0 / 0.0', ERROR],
  ['1e308 * 10.0', ERROR],
  ['9007199254740993 > 1', ERROR],
  ['9007199254740991 > 1', true],
  ['-9007199254740993 < 1', ERROR],
  ['1 + 0.5', 1.5],
  ['int(2.9)', 2],
  ['int(-2.9)', -2],
  ['int("x")', ERROR],
  ['double("0.5") == args.half', true],
  ['string(500.0)', '500'],
  ['-args.amount', -900],
  ['-"a"', ERROR],
  ['"a" + 1', ERROR],
  ['"\\uFFFF" < "\\U0001F600"', true],
  ['timestamp("2026-02-30T00:00:00Z") == context.time', ERROR],
  ['string(timestamp("2026-12-20T00:00:00.5Z"))', '2026-12-20T00:00:00.5Z'],
  ['matches("abc", "b.")', true],
  // fields
  ['args.gone', MISSING],
  ['has(args.gone)', false],
  ['has(args.nothing)', true],
  ['has(principal.id)', false],
  ['has(args.gone.deeper)', MISSING],
  ['has(args.note.deeper)', ERROR],
  ['args.nothing.deeper', MISSING],
  ['args.note.deeper', ERROR],
  ['args.constructor == 1', true],
  ['has(agent.constructor)', false],
  ['agent.toString', MISSING],
  ['has(args.__proto_)', false],
  ['"constructor" in agent.labels', false],
  ['unknown.field', ERROR],
  ['args["amount"]', 900],
  ['args["gone"]', MISSING],
  ['args.to[1]', 'b@y.org'],
  ['args.to[1.0]', 'b@y.org'],
  ['args.to[2]', MISSING],
  ['args.to["a"]', ERROR],
  ['args[1]', ERROR],
  ['{"a": {"b": 2}}.a.b', 2],
  ['{1: 2}', ERROR],
  ['{"a": 1, "a": 2}', ERROR],
  ['{"__proto__": 1}.__proto__ == 1', true],
  // absorption
  ['false && args.gone', false],
  ['args.gone && false', false],
  ['args.gone && true', ERROR],
  ['true || args.gone', true],
  ['args.gone || true', true],
  ['args.gone || false', ERROR],
  ['args.gone && args.gone && false', false],
  ['args.note && false', false],
  ['args.note && true', ERROR],
  ['!args.gone', ERROR],
  ['!args.note', ERROR],
  ['args.gone == 1 ? true : true', ERROR],
  ['true ? 1 : args.gone', 1],
  ['args.gone in [1]', ERROR],
  ['args.gone == args.gone', ERROR],
  ['args.items.all(i, i.price > 5)', false],
  ['args.items.all(i, i.price == 1)', ERROR],
  ['args.items.exists(i, i.price == 1)', true],
  ['args.items.exists(i, i.price == 2)', ERROR],
  ['args.items.exists_one(i, i.price == 1)', ERROR],
  ['args.items.map(i, i.price)', ERROR],
  ['args.items.filter(i, has(i.price)).map(i, i.price)', [1]],
  ['args.items.map(i, has(i.price), i.price)', [1]],
  ['[].all(x, x.y)', true],
  ['[].exists(x, x.y)', false],
  ['args.all(k, k != "zzz")', true],
  ['(5).all(x, true)', ERROR],
  ['args.to.exists(x, agent.roles.exists(y, x == "b@y.org" && y == "refund-clerk"))', true],
  ['args.to.exists(x, args.to.exists(x, x == "a@x.org") && x == "b@y.org")', true],
  // membership
  ['"refund-clerk" in agent.roles', true],
  ['"x" in agent.roles', false],
  ['"domain" in agent.labels', true],
  ['agent.lifecycle in ["pilot", "production"]', true],
  ['args.amount in [900.0]', true],
  ['args.amount in []', false],
  ['"h" in args.note', ERROR],
  ['[1] in [[1], [2]]', true],
  ['"changes-state" in agent.capabilities', true],
  ['"executes-code" in agent.capabilities', ERROR],
  ['!("executes-code" in agent.capabilities)', ERROR],
  ['agent.capabilities.exists(c, c == "changes-state")', true],
  ['agent.capabilities.exists(c, c == "executes-code")', ERROR],
  ['agent.capabilities.all(c, c == "changes-state")', ERROR],
  ['agent.capabilities.all(c, c == "other")', false],
  ['size(agent.capabilities)', ERROR],
  ['agent.capabilities == ["changes-state"]', ERROR],
  ['agent.capabilities[0]', ERROR],
  // functions
  ['args.note.matches("^h.*o$")', true],
  ['args.note.matches("(?=h)")', ERROR],
  ['args.note.matches("(")', ERROR],
  ['args.note.contains(5)', ERROR],
  ['args.amount.contains("x")', ERROR],
  ['size(args.to) == 2 && args.to.size() == 2', true],
  ['args.note.upperAscii() + "é".upperAscii()', 'HELLOé'],
  ['"a,b".split(",").join("-")', 'a-b'],
  ['"héllo".substring(1, 3)', 'él'],
  ['"😀b".indexOf("b")', 1],
  ['"abc".substring(2, 9)', ERROR],
  ['nothing()', ERROR],
  ['dyn(args.amount) == 900', true],
  // time
  ['context.time >= timestamp("2026-11-22T10:00:00Z")', true],
  ['context.time.getHours() == 10 && context.time.getDayOfWeek() == 0', true],
  ['context.time.getHours("Europe/Paris")', 11],
  ['context.time.getHours("Nowhere/Land")', ERROR],
  ['context.time + duration("1d") == timestamp("2026-11-23T10:00:00Z")', true],
  ['context.time > "2026"', ERROR],
  ['duration("400d") > duration("9599h")', true],
  ['timestamp("9999-12-31T23:59:59Z") + duration("1s")', ERROR],
  ['context.time == "x"', false],
];

const outcome = (value: Value): unknown => (value instanceof CelError ? (value.kind === 'missing' ? MISSING : ERROR) : plainOf(value));

describe('conditions: evaluate', () => {
  for (const [text, expected] of cases) {
    it(`${text} is ${typeof expected === 'symbol' ? expected.description : JSON.stringify(expected)}`, () => {
      const result = compile(ast(text)).evaluate(input);
      if (expected === ERROR) assert.ok(result instanceof CelError, JSON.stringify(result));
      else assert.deepEqual(outcome(result), expected, JSON.stringify(result));
    });
  }

  it('places an error at the part that failed', () => {
    const result = compile(ast('true && args.gone > 5')).evaluate(input);
    assert.ok(result instanceof CelError);
    assert.deepEqual([result.kind, result.span, result.message], ['missing', { start: 13, end: 17 }, '`args.gone` is missing.']);
  });

  it('refuses long patterns', () => {
    assert.ok(compile(ast(`args.note.matches("${'a'.repeat(1001)}")`)).evaluate(input) instanceof CelError);
    assert.equal(compile(ast(`args.note.matches("${'a'.repeat(1000)}")`)).evaluate(input), false);
  });

  it('refuses patterns that would become huge, before they are compiled', () => {
    for (const pattern of [`(${'ab'.repeat(480)}){1000}`, `(?:${'[^x]'.repeat(240)}){1000}`, '(a{1000})'.repeat(110), `([]a{5}]${'b'.repeat(500)}){2,900}`]) {
      assert.match(JSON.stringify(compilePattern(pattern)), /repeats too much/);
    }
    for (const pattern of ['a{1000}', '[[:alpha:]\\]{3}]{2}', '(a|b){3,5}c*', '\\{3\\}', '', 'a{', '[^\\]a{5}]']) assert.ok('pattern' in compilePattern(pattern), pattern);
  });

  it('never fails on inputs of a wrong shape', () => {
    for (const args of [null, 5, 'text', [], new Timestamp(0)] as const) {
      for (const text of ['args.amount', 'has(args.amount)', 'args["amount"]', 'args[0]', 'args.all(x, true)']) {
        const result = compile(ast(text)).evaluate({ args });
        assert.ok(result instanceof CelError || typeof result === 'boolean', `${text} on ${JSON.stringify(args)}`);
      }
    }
    assert.ok(compile(ast('args.amount')).evaluate({}) instanceof CelError);
  });
});

describe('conditions: a rule is `when && !unless`', () => {
  const E = 'args.gone';
  const table: readonly (readonly [string | null, string | null, boolean | 'error'])[] = [
    [null, null, true], ['true', null, true], ['false', null, false], [E, null, 'error'], ['args.amount', null, 'error'],
    [null, 'true', false], [null, 'false', true], [null, E, 'error'],
    ['true', 'false', true], ['true', 'true', false], [E, 'true', false], ['false', E, false], [E, 'false', 'error'], ['true', E, 'error'], [E, E, 'error'],
  ];
  for (const [when, unless, expected] of table) {
    it(`${String(when)} unless ${String(unless)}`, () => {
      const result = holds(when === null ? null : compile(ast(when)), unless === null ? null : compile(ast(unless)), new Evaluation(input));
      assert.equal(result instanceof CelError ? 'error' : result, expected);
    });
  }
});

describe('conditions: policy variables', () => {
  const variables = (texts: Readonly<Record<string, string | null>>): ReadonlyMap<string, Expr | null> => new Map(Object.entries(texts).map(([name, text]) => [name, text === null ? null : ast(text)]));
  const run = (text: string, texts: Readonly<Record<string, string | null>>): Value => compile(ast(text), compileVariables(variables(texts))).evaluate(input);

  it('are evaluated where they are used, and may use one another', () => {
    assert.equal(run('!variables.large', { large: 'args.amount > variables.limit', limit: '500' }), false);
    assert.equal(run('args.to.exists(x, variables.any && x == "b@y.org")', { any: 'args.to.exists(y, y == "a@x.org")' }), true);
    assert.equal(run('variables["large"]', { large: 'true' }), true);
  });

  it('are an error where they are used when they are one', () => {
    const result = run('variables.bad', { bad: 'args.gone > 5' });
    assert.ok(result instanceof CelError);
    assert.deepEqual([result.variable, result.span], ['bad', { start: 5, end: 9 }]);
    assert.equal(run('variables.bad || true', { bad: 'args.gone > 5' }), true);
    assert.ok(run('variables.broken', { broken: null }) instanceof CelError);
    assert.ok(run('variables.unknown', {}) instanceof CelError);
    assert.ok(run('variables', { a: 'true' }) instanceof CelError);
    assert.equal(run('has(variables.a) && !has(variables.b)', { a: 'true' }), true);
  });

  it('do not run in circles', () => {
    const circle = { a: 'variables.b || true', b: 'variables.c', c: 'variables.b', self: 'variables.self', fine: 'true', user: 'variables.b || true' };
    assert.deepEqual(variableCycles(variables(circle)), [['b', 'c'], ['self']]);
    assert.ok(run('variables.self', circle) instanceof CelError);
    assert.ok(run('variables.b', circle) instanceof CelError);
    assert.equal(run('variables.user', circle), true);
    assert.deepEqual([...variablesReached(ast('variables.a && true'), variables(circle))].sort(), ['a', 'b', 'c']);
  });

  it('are bounded in depth', () => {
    const chain = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`v${i}`, i === 0 ? 'true' : `variables.v${i - 1}`]));
    assert.equal(run('variables.v10', chain), true);
    assert.ok(run('variables.v1999', chain) instanceof CelError);
  });

  it('are remembered for one request only', () => {
    const reader = compileVariables(variables({ large: 'args.amount > 500' }));
    const condition = compile(ast('variables.large'), reader);
    const evaluation = new Evaluation({ args: { amount: 900 } });
    assert.equal(condition.run(evaluation), true);
    evaluation.reset({ args: { amount: 5 } });
    assert.equal(condition.run(evaluation), false);
    assert.equal(condition.evaluate({ args: { amount: 900 } }), true);
  });
});

describe('conditions: every evaluation ends', () => {
  const list = Array.from({ length: 1_000 }, (_, i) => i);
  const hostile: readonly string[] = [
    'args.l.all(a, args.l.all(b, args.l.all(c, args.l.all(d, a + b + c + d >= 0))))',
    'args.l.map(a, args.l.map(b, args.l.map(c, args.l)))',
    'args.l.exists(a, args.l.exists(b, args.l.exists(c, a + b + c < 0)))',
    'args.l.map(a, args.s + args.s + args.s + args.s).map(b, b + b + b + b).map(c, c + c + c + c).size() > 0',
    'args.l.map(a, args.l + args.l + args.l).map(b, b + b).size() > 0',
    'args.l.all(a, args.s.matches("(a+)+b|(x|y|z){500}") || true) && args.l.all(a, args.s.matches(string(a)))',
    'args.l.all(a, args.l == args.l.map(x, x))',
    'args.l.all(a, args.s.split("").join("x").size() > 0)',
    'args.l.exists(a, args.l.all(b, a in args.l && b in args.l && (0 - 1) in args.l))',
  ];
  for (const text of hostile) {
    it(text, () => {
      const result = compile(ast(text)).evaluate({ args: { l: list, s: 'a'.repeat(10_000) } });
      assert.ok(result instanceof CelError && result.kind === 'limit', JSON.stringify(result)?.slice(0, 200));
    });
  }

  it('also through variables that double', () => {
    const asts = new Map<string, Expr | null>([['v0', ast('args.l')]]);
    for (let i = 1; i < 15; i++) asts.set(`v${i}`, ast(`variables.v${i - 1} + variables.v${i - 1}`));
    const result = compile(ast('variables.v14.size() > 0'), compileVariables(asts)).evaluate({ args: { l: list } });
    assert.ok(result instanceof CelError && result.kind === 'limit');
  });

  it('whatever the request holds', () => {
    const conditions = cases.map(([text]) => compile(ast(text)));
    fc.assert(
      fc.property(fc.record({ agent: fc.jsonValue(), args: fc.jsonValue(), context: fc.jsonValue() }), (random) => {
        for (const condition of conditions) {
          const value = condition.evaluate(random as ConditionInput);
          assert.notEqual(value, undefined);
        }
      }),
      { numRuns: 200 },
    );
  });
});
