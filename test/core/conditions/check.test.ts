// Types: every fault at its own place, with its fix; nothing where nothing is known to be wrong.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CelError, checkCondition, compile, fromJsonSchema, inDependencyOrder, inferVariables, parseCondition, policyEnvironment, standardEnvironment, typeName, type CheckOptions, type Expr, type TypeEnvironment } from '../../../server/src/core/conditions';
import { applyEdits, type Problem } from '../../../server/src/core/text';
import { conditionOf, expectMarked } from './marked';

const refund = {
  type: 'object',
  required: ['amount'],
  properties: {
    amount: { type: 'number', description: 'In euros.' },
    count: { type: 'integer' },
    currency: { enum: ['EUR', 'USD'] },
    note: { type: 'string' },
    urgent: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
    customer: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, email: { type: ['string', 'null'] } } },
    items: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } },
    extra: { type: 'object', additionalProperties: { type: 'number' } },
    free: {},
  },
};

const tool = policyEnvironment({ resourceTypes: ['tool'], actions: ['call'], inputs: [refund], variables: new Map([['large', { kind: 'bool' }], ['stage', { kind: 'string', values: ['pilot'], closed: true, what: 'stage' }]]) });
const any = policyEnvironment();

const parsed = (text: string): Expr => {
  const { ast, problems } = parseCondition(text);
  assert.deepEqual(problems, [], text);
  assert.ok(ast);
  return ast;
};
const problemsOf = (text: string, env: TypeEnvironment, options?: CheckOptions): readonly Problem[] => checkCondition(parsed(conditionOf(text)), env, options).problems;

const faults: readonly string[] = [
  `args.amont > 5
     ^^^^^ unknown-field
fixed: args.amount > 5`,
  `has(args.amont) && args.amout < 3
         ^^^^^ unknown-field
                        ^^^^^ unknown-field
fixed: has(args.amount) && args.amount < 3`,
  `arg.amount > 5
^^^ unknown-field
fixed: args.amount > 5`,
  `agent.rolls == []
      ^^^^^ unknown-field
fixed: agent.roles == []`,
  `args["amont"] > 5
     ^^^^^^^ unknown-field
fixed: args["amount"] > 5`,
  `args.customer.mail == "x"
              ^^^^ unknown-field
fixed: args.customer.email == "x"`,
  `args.tags.first == "x"
          ^^^^^ unknown-field`,
  `args.tags.size > 1
          ^^^^ unknown-field`,
  `variables.larg
          ^^^^ unknown-field
fixed: variables.large`,
  `resource.classification == "public"
         ^^^^^^^^^^^^^^ unknown-field`,
  `agent.lifecycle == production
                   ^^^^^^^^^^ unknown-field`,
  `agent.lifecycle == "producton"
                   ^^^^^^^^^^^ enum
fixed: agent.lifecycle == "production"`,
  `'producton' != agent.lifecycle
^^^^^^^^^^^ enum
fixed: 'production' != agent.lifecycle`,
  `agent.lifecycle in ["pilot", "prod", "drat"]
                             ^^^^^^ enum
                                     ^^^^^^ enum
fixed: agent.lifecycle in ["pilot", "production", "draft"]`,
  `"executes-cod" in agent.capabilities
^^^^^^^^^^^^^^ enum
fixed: "executes-code" in agent.capabilities`,
  `agent.capabilities.exists(c, c == "exec")
                                  ^^^^^^ enum
fixed: agent.capabilities.exists(c, c == "executes-code")`,
  `args.currency == "EURO"
                 ^^^^^^ enum
fixed: args.currency == "EUR"`,
  `action.name == "cal" || resource.type == "tol"
               ^^^^^ enum
                                         ^^^^^ enum
fixed: action.name == "call" || resource.type == "tool"`,
  `variables.stage == "pilott"
                   ^^^^^^^^ enum
fixed: variables.stage == "pilot"`,
  `agent.lifecycle == (args.urgent ? "pilot" : "nope")
                                            ^^^^^^ enum`,
  `args.count == 1.5
              ^^^ type`,
  `args.count in [1, 2.5]
                  ^^^ type`,
  `size(args.tags) != 0.5
                   ^^^ type`,
  `args.amount > "500"
            ^ type`,
  `args.amount == "500"
            ^^ type`,
  `args.amount + "1" == 5
            ^ type`,
  `args.amount && args.note
            ^^ type`,
  `true && args.urgent && args.note
                    ^^ type`,
  `!args.amount
^ type`,
  `-args.note == 1
^ type`,
  `args.amount ? true : false
            ^ type`,
  `args.amount
^^^^^^^^^^^ type`,
  `args.amount + 1
^^^^^^^^^^^^^^^ type`,
  `"x" in args.note
    ^^ type`,
  `5 in args.tags
  ^^ type`,
  `5 in agent.labels
  ^^ type`,
  `args.tags < ["a"]
          ^ type`,
  `context.time >= "2026-12-20T00:00:00Z"
             ^^ type
fixed: context.time >= timestamp("2026-12-20T00:00:00Z")`,
  `context.time > timestamp("2026-12-20")
                         ^^^^^^^^^^^^ type`,
  `context.time - timestamp("2026-12-20T00:00:00Z") > "4h"
                                                 ^ type
fixed: context.time - timestamp("2026-12-20T00:00:00Z") > duration("4h")`,
  `context.time.getHours("Mars/Base") > 5
                      ^^^^^^^^^^^ type`,
  `duration("4 hours") > duration("5m")
         ^^^^^^^^^ type`,
  `args.note.matches("(?=x)")
                  ^^^^^^^ unsafe-pattern`,
  `args.note.matches("(") && matches(args.note, "[")
                  ^^^ unsafe-pattern
                                             ^^^ unsafe-pattern`,
  `args.note.startWith("x")
          ^^^^^^^^^ type
fixed: args.note.startsWith("x")`,
  `siz(args.tags) > 1
^^^ type
fixed: size(args.tags) > 1`,
  `args.amount.contains("x")
            ^^^^^^^^ type`,
  `args.note.startsWith(5)
                     ^ type`,
  `args.note.startsWith("a", "b")
          ^^^^^^^^^^ type`,
  `contains(args.note, "x")
^^^^^^^^ type`,
  `not(args.urgent)
^^^ type
fixed: !(args.urgent)`,
  `args.amount.all(x, true)
            ^^^ type`,
  `args.tags.all(x, x)
                 ^ type`,
  `args.tags[0.5] == "x"
          ^^^ type`,
  `args.tags["a"] == "x"
          ^^^ type`,
  `agent.labels[1] == "x"
             ^ type`,
  `9007199254740993 > args.amount
^^^^^^^^^^^^^^^^ type`,
  `args.amont > 5 && agent.lifecycle == "prod" || args.note > 3
     ^^^^^ unknown-field
                                     ^^^^^^ enum
                                                         ^ type
fixed: args.amount > 5 && agent.lifecycle == "production" || args.note > 3`,
  `args.items.exists(i, i.prize > 3 && args.tags.exists(t, t == i.price))
                       ^^^^^ unknown-field
                                                          ^^ type
fixed: args.items.exists(i, i.price > 3 && args.tags.exists(t, t == i.price))`,
];

const clean: readonly string[] = [
  'args.amount > 500 && args.amount == 500 && args.count > 1.5 && args.count == 500.0 && args.amount != 0.5',
  'args.free.anything.at[0].all == "x" || args.free == 5',
  'agent.labels.domain == "payments" || agent.labels["x"] == "y" || "z" in agent.labels',
  'context.ext.ticket.id > 5',
  'args.customer.email == null || args.note == null',
  'args.extra.whatever > 5',
  'agent.team == "nobody-knows-this-team" || context.environment == "somewhere" || "role" in agent.roles',
  'context.time >= timestamp("2026-12-20T00:00:00Z") + duration("1d") * 1 == false',
  'variables.large || !variables.large',
  'resource.server == "payments" && resource.id.startsWith("payments/")',
  '(args.urgent ? 5 : 0.5) < args.amount',
  'args.items.map(i, i.price).exists(p, p > 100) && size(args.items) == 2',
  'context.time.getDayOfWeek() in [0, 6]',
  'args.currency in ["EUR", "USD"] && "EUR" == args.currency',
  'dyn(args.amount) == "x"',
  'agent.capabilities == ["changes-state"]',
];

describe('conditions: check', () => {
  for (const text of faults) it(conditionOf(text), () => expectMarked(text, problemsOf(text, tool)));
  for (const text of clean.filter((one) => !one.includes('* 1'))) it(`nothing about ${text}`, () => assert.deepEqual(problemsOf(text, tool), []));

  it('is silent about what is not known', () => {
    for (const text of ['args.anything > 5 && args.x.y[0].z == "a"', 'resource.classification == "public" && resource.server == "x" && resource.trust == "trusted"']) assert.deepEqual(problemsOf(text, any), []);
    const union = policyEnvironment({ resourceTypes: ['tool'], inputs: [refund, { type: 'object', properties: { amount: { type: 'string' }, currency: { enum: ['CHF'] }, path: { type: 'string' } } }] });
    assert.deepEqual(problemsOf('args.amount == "x" || args.amount > 5 || args.path == "p" || args.currency == "CHF"', union), []);
    assert.deepEqual(problemsOf('args.amont == 1 || args.currency == "GBP"', union).map((problem) => problem.code), ['condition/unknown-field', 'condition/enum']);
    const untyped = policyEnvironment({ resourceTypes: ['tool'], inputs: [refund, {}] });
    assert.deepEqual(problemsOf('args.amont == 1', untyped), []);
  });

  it('long patterns are unsafe', () => {
    assert.deepEqual(problemsOf(`args.note.matches("${'a'.repeat(1001)}")`, tool).map((problem) => [problem.code, problem.span.start]), [['condition/unsafe-pattern', 18]]);
  });

  it('infers variables in any order', () => {
    const asts = new Map([['b', parsed('variables.a + 1')], ['a', parsed('args.count')], ['c', parsed('variables.b > 3')], ['loop', parsed('variables.loop')], ['bad', null]]);
    const types = inferVariables(asts, inDependencyOrder(asts), (variables) => policyEnvironment({ resourceTypes: ['tool'], inputs: [refund], variables }));
    assert.deepEqual([...types].map(([name, type]) => `${name}: ${typeName(type)}`), ['b: whole number', 'a: whole number', 'c: boolean', 'loop: unknown', 'bad: unknown']);
  });

  it('Standards see the manifest, the agent, the Catalog', () => {
    const env = standardEnvironment({
      manifest: {
        type: 'object',
        properties: { spec: { $ref: '#/$defs/spec' }, metadata: { type: 'object', properties: { name: { type: 'string' } } } },
        $defs: { spec: { type: 'object', properties: { lifecycle: { enum: ['draft', 'pilot', 'production'] }, approvals: { type: 'array', items: { type: 'object', properties: { gate: { enum: ['deploy', 'call'] } } } } } } },
      },
    });
    expectMarked(
      `manifest.spec.lifecycle == "prod" && manifest.spec.aprovals.exists(a, a.gate == "deploy")
                           ^^^^^^ enum
                                                   ^^^^^^^^ unknown-field
fixed: manifest.spec.lifecycle == "production" && manifest.spec.approvals.exists(a, a.gate == "deploy")`,
      problemsOf('manifest.spec.lifecycle == "prod" && manifest.spec.aprovals.exists(a, a.gate == "deploy")', env),
    );
    assert.deepEqual(problemsOf('manifest.spec.approvals.exists(a, a.gate == "deploi")', env).map((problem) => problem.code), ['condition/enum']);
    assert.deepEqual(problemsOf('"x" in catalog.teams && catalog.tools["a/b"].owner == "x" && agent.lifecycle == "pilot"', env), []);
    assert.deepEqual(problemsOf('catalog.team.x == 1 && args.x', env).map((problem) => problem.span.start), [8, 23]);
  });
});

describe('conditions: JSON Schema as a type', () => {
  const table: readonly (readonly [unknown, string])[] = [
    [{ type: 'string' }, 'text'], [{ type: 'integer' }, 'whole number'], [{ type: ['string', 'null'] }, 'text'], [{ type: ['string', 'number'] }, 'unknown'],
    [{ enum: [1, 2] }, 'whole number'], [{ enum: ['a', null] }, 'text'], [{ const: true }, 'boolean'], [{ type: 'array', items: { type: 'number' } }, 'list of number'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'map of text'], [{ anyOf: [{ type: 'integer' }, { type: 'number' }] }, 'number'], [{ anyOf: [{ type: 'string' }, { type: 'array' }] }, 'unknown'],
    [true, 'unknown'], [null, 'unknown'], [5, 'unknown'], [{ $ref: '#/nowhere' }, 'unknown'], [{ $ref: '#' }, 'unknown'], [{ allOf: [{ type: 'string' }, { enum: ['a'] }] }, 'text'],
  ];
  for (const [schema, expected] of table) it(`${JSON.stringify(schema)} is ${expected}`, () => assert.equal(typeName(fromJsonSchema(schema)), expected));

  it('ends with schemas that refer to themselves or are very large', () => {
    const node = { type: 'object', properties: { a: { $ref: '#' }, b: { $ref: '#' }, c: { $ref: '#' }, d: { $ref: '#' } } };
    assert.equal(fromJsonSchema(node).kind, 'object');
  });
});

const unguarded: readonly string[] = [
  `args.count > 5
     ^^^^^ unguarded-field
fixed: has(args.count) && args.count > 5`,
  `args.amount > 5 || args.count > 5
                        ^^^^^ unguarded-field
fixed: args.amount > 5 || has(args.count) && args.count > 5`,
  `!(args.count > 5)
       ^^^^^ unguarded-field
fixed: has(args.count) && !(args.count > 5)`,
  `(args.count + 1) * 2 > 5 && true
      ^^^^^ unguarded-field
fixed: has(args.count) && (args.count + 1) * 2 > 5 && true`,
  `has(args.customer.email) && args.customer.id == "x"
         ^^^^^^^^ unguarded-field
                                 ^^^^^^^^ unguarded-field
fixed: has(args.customer) && has(args.customer.email) && has(args.customer) && args.customer.id == "x"`,
  `has(args.customer) && args.customer.email == "x"
                                    ^^^^^ unguarded-field
fixed: has(args.customer) && has(args.customer.email) && args.customer.email == "x"`,
  `has(args.items) && args.items.exists(i, i.price > 5)
                                          ^^^^^ unguarded-field
fixed: has(args.items) && args.items.exists(i, has(i.price) && i.price > 5)`,
  `args.urgent ? true : false
     ^^^^^^ unguarded-field
fixed: has(args.urgent) && (args.urgent ? true : false)`,
  `has(args.count) || args.count > 5
                        ^^^^^ unguarded-field
fixed: has(args.count) || has(args.count) && args.count > 5`,
  `principal.id == "maria"
          ^^ unguarded-field
fixed: has(principal.id) && principal.id == "maria"`,
  `agent.labels.domain == "payments"
             ^^^^^^ unguarded-field
fixed: has(agent.labels.domain) && agent.labels.domain == "payments"`,
  `"x" in resource.capabilities
                ^^^^^^^^^^^^ unguarded-field
^^^ enum
fixed: has(resource.capabilities) && "x" in resource.capabilities`,
];

const guarded: readonly string[] = [
  'has(args.note) == true && args.note == "x"',
  'has(args.note) == false || args.note == "x"',
  '(has(args.note) != false) && args.note == "x"',
  'args.amount > 5 && agent.id == "x" && context.time.getHours() > 5 && agent.lifecycle == "pilot" && "a" in agent.roles',
  'has(args.count) && args.count > 5',
  'args.count > 5 && has(args.count)',
  'has(args.count) && (args.amount > 5 || !(args.count > 5))',
  '!has(args.count) || args.count > 5',
  'has(args.count) ? args.count > 5 : true',
  '!has(args.count) ? true : args.count > 5',
  '!(!has(args.count) || args.count > 5)',
  'has(args.customer) && has(args.customer.email) && args.customer.email == "x"',
  '"domain" in agent.labels && agent.labels.domain == "x"',
  'has(args.items) && args.items.all(i, has(i.price) && i.price > 5)',
  'has(args.items) && args.items.map(i, has(i.price), i.price)[0] > 5',
  '(has(args.count) && has(args.note) || false) && args.count > 5',
  'has(args.count) && has(args.tags) && args.tags.exists(t, size(t) > args.count)',
];

describe('conditions: unguarded fields', () => {
  const deny: CheckOptions = { appliesOnError: true };
  for (const text of unguarded.filter((one) => !one.includes('enum'))) it(conditionOf(text), () => expectMarked(text, problemsOf(text, tool, deny)));
  for (const text of guarded) it(`nothing about ${text}`, () => assert.deepEqual(problemsOf(text, tool, deny), []));

  it('an allow rule does not apply by error', () => assert.deepEqual(problemsOf('args.count > 5', tool), []));
  it('arguments without a type may all be there', () => assert.deepEqual(problemsOf('args.count > 5', any, deny), []));
  it('a rule that matches more than calls meets requests without arguments', () => {
    const env = policyEnvironment({ inputs: [refund] });
    assert.deepEqual(problemsOf('args.amount > 5', env, deny).map((problem) => problem.code), ['condition/unguarded-field']);
  });
  it('agents of formats without a lifecycle lack it', () => {
    assert.deepEqual(problemsOf('agent.lifecycle == "pilot"', policyEnvironment({ agentsLack: ['lifecycle'] }), deny).map((problem) => problem.span.start), [6]);
  });

  it('one condition of a rule guards the other', () => {
    const codes = (text: string, options: CheckOptions): number => problemsOf(text, tool, { appliesOnError: true, ...options }).length;
    assert.equal(codes('args.count > 5', { role: 'unless', other: parsed('has(args.count)') }), 0);
    assert.equal(codes('args.count > 5', { role: 'unless', other: parsed('!has(args.count)') }), 1);
    assert.equal(codes('args.count > 5', { role: 'when', other: parsed('!has(args.count)') }), 0);
    assert.equal(codes('args.count > 5', { role: 'when', other: parsed('has(args.count)') }), 1);
  });

  it('reads of variables are reported in their text, unless the rule guards them', () => {
    const variables = new Map([['large', parsed('variables.total > 500')], ['total', parsed('args.count * 2')], ['safe', parsed('has(args.count)')]]);
    const check = (text: string) => checkCondition(parsed(text), tool, { appliesOnError: true, variables });
    const found = check('variables.large').inVariables;
    assert.deepEqual([...found].map(([name, problems]) => [name, problems.map((problem) => [problem.code, problem.span.start, problem.fixes?.length ?? 0])]), [['total', [['condition/unguarded-field', 5, 0]]]]);
    assert.equal(check('has(args.count) && variables.large').inVariables.size, 0);
    assert.equal(check('variables.safe && variables.large').inVariables.size, 0);
  });
});

describe('conditions: laws of guards', () => {
  const env = policyEnvironment({ resourceTypes: ['tool'], inputs: [{ type: 'object', required: ['r'], properties: { r: { type: 'boolean' }, a: { type: 'boolean' }, b: { type: 'boolean' }, o: { type: 'object', properties: { x: { type: 'boolean' } } } } }] });
  const { rule } = fc.letrec<{ rule: string }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom('true', 'false', 'args.r', 'args.a', 'args.b', 'args.o.x', 'has(args.a)', 'has(args.b)', 'has(args.o)', 'has(args.o.x)', '"a" in args', 'args.a == args.b', '[args.a].exists(v, v)'),
      fc.tuple(tie('rule'), fc.constantFrom('&&', '||'), tie('rule')).map(([x, op, y]) => `(${x}) ${op} (${y})`),
      tie('rule').map((x) => `!(${x})`),
      fc.tuple(tie('rule'), tie('rule'), tie('rule')).map(([x, y, z]) => `(${x}) ? (${y}) : (${z})`),
      fc.tuple(tie('rule'), tie('rule')).map(([x, y]) => `(${x}) == (${y})`),
    ),
  }));
  const flag = fc.option(fc.boolean(), { nil: undefined });
  const args = fc.record({ r: fc.boolean(), a: flag, b: flag, o: fc.option(fc.record({ x: flag }), { nil: undefined }) });
  const check = (text: string): readonly Problem[] => problemsOf(text, env, { appliesOnError: true });

  it('what is reported as guarded is never missing', () => {
    fc.assert(
      fc.property(rule, args, (text, given) => {
        if (check(text).length > 0) return;
        const value = compile(parsed(text)).evaluate({ args: given });
        assert.ok(!(value instanceof CelError), `${text} on ${JSON.stringify(given)}: ${JSON.stringify(value)}`);
      }),
      { numRuns: 5_000 },
    );
  });

  it('the fixes, applied one after another, leave nothing to report', () => {
    fc.assert(
      fc.property(rule, (text) => {
        let fixed = text;
        for (let round = 0; round < 100; round++) {
          const problem = check(fixed)[0];
          if (!problem) return;
          assert.ok(problem.fixes?.[0], `a fix for ${fixed}`);
          fixed = applyEdits(fixed, problem.fixes[0].edits);
        }
        assert.fail(`${text} is still unguarded: ${fixed}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
