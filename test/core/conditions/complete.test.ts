// Completion and hover inside conditions, also in broken text. `|` is the cursor.
import assert from 'node:assert/strict';
import { completeCondition, hoverCondition, policyEnvironment, type Completion, type CompletionItem } from '../../../server/src/core/conditions';

const env = policyEnvironment({
  resourceTypes: ['tool'],
  actions: ['call'],
  inputs: [{ type: 'object', required: ['amount'], properties: { amount: { type: 'number', description: 'In euros.' }, currency: { enum: ['EUR', 'USD'] }, note: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } }, items: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' }, name: { type: 'string' } } } } } }],
  variables: new Map([['large', { kind: 'bool' }]]),
  names: { teams: ['payments', 'crm'], roles: ['clerk'], environments: ['production'] },
});

const at = (text: string): { text: string; offset: number } => ({ text: text.replace('|', ''), offset: text.indexOf('|') });
const complete = (marked: string): Completion => {
  const { text, offset } = at(marked);
  return completeCondition(text, offset, env);
};
const applied = (marked: string, label: string): string => {
  const { text } = at(marked);
  const { replace, items } = complete(marked);
  const found = items.find((item) => item.label === label);
  assert.ok(found, `${label} in ${items.map((item) => item.label).join(' ')}`);
  return text.slice(0, replace.start) + found.insert + text.slice(replace.end);
};
const labels = (marked: string, kind?: CompletionItem['kind']): readonly string[] => complete(marked).items.filter((item) => kind === undefined || item.kind === kind).map((item) => item.label);

describe('conditions: completion', () => {
  const fields: readonly (readonly [string, readonly string[]])[] = [
    ['args.|', ['amount', 'currency', 'note', 'tags', 'items']],
    ['args.am| > 5', ['amount', 'currency', 'note', 'tags', 'items']],
    ['has(args.|', ['amount', 'currency', 'note', 'tags', 'items']],
    ['true && (args.| == ', ['amount', 'currency', 'note', 'tags', 'items']],
    ['principal.|', ['id', 'roles', 'groups']],
    ['variables.|', ['large']],
    ['args.items.exists(i, i.|', ['price', 'name']],
    ['args.items.filter(i, i.price > 3).map(j, j.| ) == 5 &&', ['price', 'name']],
    ['args.items[0].| ]]', ['price', 'name']],
    ['unknown.|', []],
    ['agent.labels.|', []],
  ];
  for (const [text, expected] of fields) it(`fields at ${text}`, () => assert.deepEqual(labels(text, 'field'), expected));

  it('methods that fit the type', () => {
    assert.ok(labels('args.note.|').includes('startsWith') && !labels('args.note.|').includes('getHours') && !labels('args.note.|').includes('exists'));
    assert.ok(labels('context.time.|').includes('getHours') && !labels('context.time.|').includes('contains'));
    assert.ok(labels('args.tags.|').includes('exists') && labels('agent.labels.|').includes('all'));
    assert.deepEqual(labels('has(agent.labels.|'), []);
  });

  it('values of what is compared', () => {
    assert.deepEqual(labels('agent.lifecycle == |', 'value'), ['draft', 'pilot', 'production', 'suspended', 'retired']);
    assert.deepEqual(labels('| == agent.lifecycle', 'value').slice(0, 1), ['draft']);
    assert.deepEqual(labels('agent.team == "|"', 'value'), ['payments', 'crm']);
    assert.deepEqual(labels('"|" in agent.roles', 'value'), ['clerk']);
    assert.deepEqual(labels('"executes|" in agent.capabilities && true', 'value').length, 5);
    assert.deepEqual(labels('args.currency in ["EUR", |', 'value'), ['EUR', 'USD']);
    assert.deepEqual(labels('agent.roles.exists(r, r == "|")', 'value'), ['clerk']);
    assert.deepEqual(labels('args["|"]', 'field').length, 5);
    assert.deepEqual(labels('"|"'), []);
  });

  it('writes what it means', () => {
    assert.equal(applied('args.am| > 5', 'amount'), 'args.amount > 5');
    assert.equal(applied('agent.lifecycle == |', 'pilot'), 'agent.lifecycle == "pilot"');
    assert.equal(applied('agent.lifecycle == "|', 'pilot'), 'agent.lifecycle == "pilot"');
    assert.equal(applied("agent.lifecycle == 'pi|lo'", 'pilot'), "agent.lifecycle == 'pilot'");
    assert.equal(applied('agent.lifecycle in ["pilot", "|"]', 'draft'), 'agent.lifecycle in ["pilot", "draft"]');
    assert.equal(applied('agent.lifecycle in |', '[...]'), 'agent.lifecycle in ["${1|draft,pilot,production,suspended,retired|}"]');
    assert.equal(applied('args.note.st|', 'startsWith'), 'args.note.startsWith($1)');
    assert.equal(applied('ha|', 'has'), 'has($1)');
    assert.equal(applied('args.amount |', '>='), 'args.amount >= ');
    const { text, offset } = at('agent.lifecycle == |');
    assert.ok(completeCondition(text, offset, env, { quote: "'" }).items.some((item) => item.insert === "'pilot'"));
  });

  it('names, functions and variables where a value begins', () => {
    for (const text of ['|', 'a && |', '!|', '(|', 'args.amount > |', 'f(a, |', 'ar|']) {
      const found = labels(text);
      for (const name of ['agent', 'args', 'variables.large', 'has', 'size', 'timestamp', 'true']) assert.ok(found.includes(name), `${name} at ${text}`);
    }
    assert.ok(labels('args.items.exists(item, |').includes('item'));
    assert.ok(!labels('args.items.exists(item, true) && |').includes('item'));
  });

  it('nothing in comments', () => assert.deepEqual(labels('true // args.|'), []));
});

describe('conditions: hover', () => {
  const hover = (marked: string): string | null => {
    const { text, offset } = at(marked);
    const found = hoverCondition(text, offset, env);
    return found ? `${text.slice(found.span.start, found.span.end)} | ${found.type} | ${found.doc.split('\n')[0] ?? ''}` : null;
  };
  const table: readonly (readonly [string, string | null])[] = [
    ['args.am|ount > 5', 'amount | number | In euros.'],
    ['ar|gs.amount > 5', "args | object | The tool's arguments, typed by its `input`."],
    ['agent.|lifecycle == "x"', 'lifecycle | text: `draft`, `pilot`, `production`, `suspended`, `retired` | Its lifecycle stage. Agents of formats without one lack it.'],
    ['has(principal.i|d) &&', 'id | text | The person; missing when the agent acts for nobody. May be missing: ask with `has()` first.'],
    ['variables.la|rge', 'large | boolean | A variable of this policy.'],
    ['ha|s(args.x)', 'has |  | Whether the field is there. Reading a field that is missing is an error.'],
    ['args.note.starts|With("x")', 'startsWith | boolean | Whether the text begins with the other one.'],
    ['args.items.exi|sts(i, i.price > 1)', 'exists |  | Whether the condition holds for some entry.'],
    ['args.items.exists(i, |i.price > 1', 'i | object | Each entry in turn, bound by `exists`.'],
    ['args.items.exists(i, i.pr|ice > 1', 'price | number | May be missing: ask with `has()` first.'],
    ['agent.lifecycle == "pil|ot"', '"pilot" | text: `draft`, `pilot`, `production`, `suspended`, `retired` | '],
    ['agent.labels.dom|ain', 'domain | text | A free key: it may be missing.'],
    ['args.gone| > 5', null],
    ['5 |> 3', null],
    ['|', null],
  ];
  for (const [text, expected] of table) it(text, () => assert.equal(hover(text), expected));
});
