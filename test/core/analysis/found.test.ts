// What the random worlds found, as small cases: a change, and the regions that say it.
import assert from 'node:assert/strict';
import { differenceOf, findingsOf, type AnalysisOptions } from '../../../server/src/core/analysis';
import { sampleOfPattern } from '../../../server/src/core/analysis/pattern-sample';
import { textOfLength } from '../../../server/src/core/analysis/text-classes';
import { NOW, engineFrom } from './sides';

type Spec = { readonly [key: string]: unknown };
const AGENT: Spec = { lifecycle: 'production', tools: ['pay/refund'] };

function state(rules: readonly Spec[], agent: Spec = AGENT, catalog: Spec = {}): ReturnType<typeof engineFrom> {
  const document = (kind: string, spec: Spec): string => JSON.stringify({ apiVersion: 'countersign/v1', kind, ...(kind === 'Catalog' ? {} : { metadata: { name: kind === 'Agent' ? 'one' : 'p' } }), spec });
  return engineFrom(new Map([['a.agent.json', document('Agent', { purpose: 'x', owner: { team: 't' }, ...agent })], ['p.policy.json', document('Policy', { rules })], ['c.catalog.json', document('Catalog', catalog)]]));
}
const allow = (more: Spec): Spec => ({ id: 'r', effect: 'allow', actions: ['*'], resources: ['*'], ...more });
const words = (before: readonly Spec[], after: readonly Spec[], options: Partial<AnalysisOptions> = {}, agent?: Spec): string[] => {
  const { regions } = differenceOf(state(before, agent), state(after, agent), { now: NOW, ...options });
  for (const { witness, where } of regions) assert.ok(witness, `${where} has no witness`);
  return regions.map(({ where }) => where);
};

describe('what random worlds found', () => {
  it('a tool that a wildcard declares is of its server', () => assert.deepEqual(words([], [allow({ actions: ['call'], when: 'resource.server == "pay"' })], {}, { ...AGENT, tools: ['pay/*'] }), ['one · call · any tool:pay/*']));

  it('a text that ends with something is not empty', () => {
    const found = words([allow({ actions: ['call'], when: 'args.note.endsWith("b") && size(args.note) == 0' })], []);
    assert.deepEqual(found, []);
  });

  it('a long text that begins and ends with something is found', () => assert.equal(words([], [allow({ actions: ['call'], when: 'args.note.startsWith("a") && args.note.endsWith("b") && size(args.note) > 5' })]).length, 1));

  it('what reads arguments is an error where nothing is called', () => assert.deepEqual(words([], [allow({ actions: ['delegate'], when: 'args.note.startsWith(principal.id)' })], {}, { ...AGENT, delegates: ['one'] }), []));

  it('a conflict that is plain is told after many for which no example is found', () => {
    const hard = Array.from({ length: 12 }, (_, n) => allow({ id: `hard${n}`, actions: ['call'], resources: [`tool:a/t${n}`], when: 'args.a * args.a * args.b == 1234577 && args.c + args.a == 7919' }));
    const rules = [...hard, allow({ id: 'plain', actions: ['call'], resources: ['tool:b/last'], when: 'args.z > 5' }), { id: 'never', effect: 'deny', actions: ['call'], resources: ['*'], when: 'args.k == 1' }];
    const { findings } = findingsOf(state(rules, { ...AGENT, tools: [...hard.map((_, n) => `a/t${n}`), 'b/last'] }), { now: NOW });
    assert.deepEqual(findings.flatMap((one) => (one.code === 'policy/conflict' ? [one.rule.id] : [])), ['p/plain']);
  });

  it('of a list that is missing nothing is said but that', () => {
    const rule = { id: 'r', effect: 'oblige', obligations: [{ log: 'full' }], actions: ['call'], when: 'size(principal.groups) > 1 && "hr" in principal.groups' };
    for (const where of words([rule], [])) assert.ok(!where.includes('missing') || !where.includes(' in principal.groups'), where);
  });

  it('a value of another type is none of those that are spoken of', () => {
    const { regions } = differenceOf(state([]), state([{ id: 'r', effect: 'oblige', obligations: [{ log: 'full' }], when: 'args.urgent || args.urgent > 3' }]), { now: NOW, world: 'open' });
    for (const { region, witness } of regions) {
      const urgent = region['args.urgent'];
      if (urgent && 'all' in urgent) assert.ok(typeof ((witness?.['args'] as { urgent?: unknown })?.urgent ?? null) !== 'boolean', JSON.stringify([region, witness]));
    }
  });

  it('roles that match a pattern and are not named are said so that conditions can read it', () => {
    const { regions } = differenceOf(state([]), state([allow({ roles: ['b*'], unless: '"boss" in agent.roles' })]), { now: NOW, world: 'open' });
    const names = regions.flatMap(({ region }) => Object.keys(region)).filter((name) => name.includes('.exists('));
    assert.deepEqual([...new Set(names)], ['agent.roles.exists(x, x.startsWith("b") && x != "boss")']);
  });

  it('a gate of one of two agents of a name is named', () => {
    const document = (gates: object): string => JSON.stringify({ apiVersion: 'countersign/v1', kind: 'Agent', metadata: { name: 'one' }, spec: { purpose: 'x', owner: { team: 't' }, ...AGENT, ...gates } });
    const policy = JSON.stringify({ apiVersion: 'countersign/v1', kind: 'Policy', metadata: { name: 'p' }, spec: { rules: [allow({})] } });
    const sides = [{}, { approvals: [{ gate: 'call', from: ['t'] }] }].map((gates) => engineFrom(new Map([['a.agent.json', document(gates)], ['p.policy.json', policy]])));
    const [before, after] = sides;
    assert.ok(before && after);
    assert.deepEqual(differenceOf(before, after, { now: NOW }).regions.map(({ change, rules }) => [change, rules.after.map(({ id, file }) => `${file} ${id}`)]), [['narrowed', ['a.agent.json one#approvals/0']]]);
  });

  it('a value that the tool never takes makes no rule match', () => {
    const engine = state([allow({ actions: ['call'], when: 'args.note != "ab"' })], AGENT, { tools: { 'pay/refund': { input: { type: 'object', required: ['note'], properties: { note: { const: 'ab' } } } } } });
    assert.deepEqual(findingsOf(engine, { now: NOW }).findings.map(({ code }) => code).sort(), ['policy/dead-capability', 'policy/dead-grant']);
  });

  it('requests that conditions hide, which no single sample of a class shows', () => {
    const input = { tools: { 'pay/refund': { input: { type: 'object', properties: { note: { type: 'string', enum: ['a', 'zoe'] } }, additionalProperties: true } } } };
    const cases: readonly (readonly [title: string, when: string, catalog?: Spec])[] = [
      ['an even number above a bound', 'args.amount > 500 && -args.amount < -100 && args.amount % 2 == 0'],
      ['between whole numbers', 'args.amount * 2 > 1801 && args.amount * 2 < 1802'],
      ['numbers of two fields', 'args.amount + context.cost >= 500 && args.amount < 100 && context.cost > 0'],
      ['a product', 'args.amount <= 500 && args.amount * args.amount > 500'],
      ['what one field may be, the other must be', 'args.note == principal.id', input],
      ['a short text for a pattern', 'args.note.matches("^a.*") && size(args.note) <= 1'],
      ['a long text for a pattern', 'args.note.matches("^ab*$") && size(args.note) > 3'],
      ['a text that a pattern leaves out', 'size(args.note) == 2 && !args.note.matches("^[xy]")'],
      ['the first of a list that has others', 'args.tags[0] != "x" && !("y" in args.tags) && "z" in args.tags'],
      ['a list of which a condition may say either', 'args.tags.all(t, t.startsWith("a")) ? size(args.tags) > 1 : args.note == "a"'],
      ['a list of several', 'size(args.tags) == 3 && args.tags.all(t, t.startsWith("a"))'],
      ['a day of the week in an interval', 'context.time > timestamp("2026-12-20T00:00:00Z") && context.time < timestamp("2027-01-05T00:00:00Z") && context.time.getDayOfWeek() == 2'],
      ['hours that are few', 'context.time.getHours() >= 22'],
      ['an hour of a day of the week', 'context.time.getHours() == 23 && context.time.getDayOfWeek() == 0'],
      ['a part of an hour', 'context.time.getMinutes() > 30'],
      ['a later year', 'context.time.getFullYear() > 2029'],
      ['the last day of a month', 'context.time.getDate() == 31'],
    ];
    for (const [title, when, catalog] of cases) {
      const rule = allow({ actions: ['call'], when });
      const { regions, proved } = differenceOf(state([], AGENT, catalog), state([rule], AGENT, catalog), { now: NOW });
      assert.ok(proved && regions.length > 0 && regions.every(({ witness }) => witness !== null), `${title}: ${regions.map(({ where, witness }) => `${where} ${JSON.stringify(witness)}`).join('\n')}`);
    }
  });

  it('what is deployed to is the environment that rules name', () => {
    const policy = (effect: string): string => JSON.stringify({ apiVersion: 'countersign/v1', kind: 'Policy', metadata: { name: 'p' }, spec: { rules: [{ id: 'r', effect, environments: ['p*'], actions: ['deploy'], resources: ['*'] }] } });
    const [before, after] = ['deny', 'allow'].map((effect) => engineFrom(new Map([['p.policy.json', policy(effect)]])));
    assert.ok(before && after);
    assert.deepEqual(differenceOf(before, after, { now: NOW }).regions.map(({ region }) => region['resource']), [{ matches: 'environment:p*' }]);
  });

  it('texts that patterns match', () => {
    for (const [pattern, text] of [['^[a-z.]+@example[.]com$', 'a@example.com'], ['^(?:ab|cd){2}x*$', 'ababx'], ['\\d{3}-[^x]?', '111-0'], ['(', null], ['a|b', 'a']] as const) assert.equal(sampleOfPattern(pattern), text, pattern);
    assert.equal(words([], [allow({ actions: ['call'], when: 'args.to.matches("^[a-z.]+@example[.]com$")' })]).length, 1);
  });

  it('texts of a length', () => {
    assert.equal(textOfLength([['a', 'b']], [], [true], 0, 1), null);
    assert.equal(textOfLength([['a', 'b']], [], [true], 2, 2), 'ab');
    assert.match(textOfLength([['a', 'b']], ['ab'], [true], 0, Infinity) ?? '', /^a.+b$/s);
    assert.equal(textOfLength([['', '']], [''], [true], 0, 0), null);
    assert.equal(textOfLength([['a', '']], [], [false], 0, 0), '');
    assert.equal(textOfLength([], [], [], 5_000, Infinity), undefined);
  });
});
