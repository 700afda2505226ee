// Explanations: the value of every part, and one sentence on the outcome.
import assert from 'node:assert/strict';
import { explain, parseCondition, PartialList, plainOf, reason, Timestamp, type ConditionInput, type Expr } from '../../../server/src/core/conditions';

const ast = (text: string): Expr => parseCondition(text).ast ?? assert.fail(text);
const input: ConditionInput = {
  agent: { id: 'refund', roles: ['clerk'], lifecycle: 'pilot', capabilities: new PartialList(['changes-state']) },
  args: { amount: 900, note: 'x'.repeat(200), flag: false, tags: ['a', 'b'] },
  context: { time: new Timestamp(Date.UTC(2026, 10, 22, 10)) },
  principal: {},
};
const variables = new Map([['large', ast('args.amount > variables.limit')], ['limit', ast('500')], ['flag', ast('args.flag')]]);

describe('conditions: explain', () => {
  it('gives every part in reading order, and the parts of variables', () => {
    const text = '!variables.large  || (has(args.gone) && args.gone > 3)';
    const entries = explain(ast(text), input, { text, variables, variableTexts: new Map([['large', 'args.amount > variables.limit']]) });
    assert.deepEqual(
      entries.map((entry) => [entry.variable === null ? '' : entry.variable, entry.text, entry.error ? `error: ${entry.error.message}` : plainOf(entry.value)]),
      [
        ['', 'variables.large', true],
        ['large', 'args.amount', 900],
        ['large', 'variables.limit', 500],
        ['limit', '500', 500],
        ['large', 'args.amount > variables.limit', true],
        ['', '!variables.large', false],
        ['', 'has(args.gone)', false],
        ['', 'args.gone', 'error: `args.gone` is missing.'],
        ['', 'args.gone > 3', 'error: `args.gone` is missing.'],
        ['', 'has(args.gone) && args.gone > 3', false],
        ['', text, false],
      ],
    );
    for (const entry of entries) if (entry.variable === null) assert.equal(text.slice(entry.span.start, entry.span.end), entry.text);
  });

  it('does not enter what a macro does for each entry', () => {
    assert.deepEqual(explain(ast('args.tags.exists(t, t == "b")'), input).map((entry) => entry.text), ['args.tags', 'args.tags.exists(t, t == "b")']);
  });
});

describe('conditions: the sentence', () => {
  const sentences: readonly (readonly [string, string])[] = [
    ['!variables.large', '!variables.large is false: args.amount is 900'],
    ['args.amount > 1000', 'args.amount > 1000 is false: args.amount is 900'],
    ['args.amount > 500', 'args.amount > 500 is true: args.amount is 900'],
    ['args.amount > 500 && agent.lifecycle == "production"', 'args.amount > 500 && agent.lifecycle == "production" is false: agent.lifecycle is "pilot"'],
    ['args.amount > 1000 || agent.id == "x"', 'args.amount > 1000 || agent.id == "x" is false: args.amount is 900, agent.id is "refund"'],
    ['args.amount > 500 || agent.id == "x"', 'args.amount > 500 || agent.id == "x" is true: args.amount is 900'],
    ['has(principal.id)', 'has(principal.id) is false: principal.id is missing'],
    ['principal.id == "x"', 'principal.id == "x" is an error: principal.id is missing'],
    ['args.flag', 'args.flag is false'],
    ['variables.flag', 'variables.flag is false: args.flag is false'],
    ['"x" in agent.roles', '"x" in agent.roles is false: agent.roles is ["clerk"]'],
    ['args.tags.exists(t, t == "c")', 'args.tags.exists(t, t == "c") is false: args.tags is ["a", "b"]'],
    ['context.time > timestamp("2027-01-01T00:00:00Z")', 'context.time > timestamp("2027-01-01T00:00:00Z") is false: context.time is 2026-11-22T10:00:00Z'],
    ['args.amount / 0 > 1', 'args.amount / 0 > 1 is an error: Division by zero, args.amount is 900'],
    ['false', 'false is false'],
  ];
  for (const [text, expected] of sentences) it(text, () => assert.equal(reason(ast(text), input, variables), expected));

  it('cuts what is long', () => {
    const sentence = reason(ast('args.note == "y"'), input);
    assert.ok(sentence.length < 150, sentence);
  });
});
