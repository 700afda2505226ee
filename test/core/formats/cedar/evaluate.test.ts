// Policies in Cedar as they are evaluated here and by Cedar itself, on random policies and requests.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ERROR, FALSE, TRUE, outcomesOfPolicy, valueOfArgument, valueOfJson, type CedarRequest, type EntityStore, type Json, type Result } from '../../../../server/src/core/formats/cedar';
import { cedarModule, cedarOf } from '../../../harness/cedar';

/** `RUNS=10000` for as many */
const RUNS = Number(process.env['RUNS'] ?? 2_500);

const literal = fc.constantFrom('0', '1', '-1', '7', '500', '9007199254740991', '"x"', '"refund"', '""', '"a*b"', 'true', 'false', '[]', '[1, 2]', '["x", "y"]', '[1, "x", [true]]', '{}', '{a: 1}', '{a: 1, "b c": "x"}', 'decimal("1.5")', 'decimal("-0.25")', 'decimal("7.0")', 'decimal("bad")', 'User::"ann"', 'User::"bob"', 'Group::"desk"', 'Action::"call"', 'User::"nobody"');
const path = fc.constantFrom('context.input.n', 'context.input.m', 'context.input.s', 'context.input.t', 'context.input.list', 'context.input.deep.x', 'context.input.deep', 'context.input.d', 'context.input.missing', 'context.input', 'context', 'principal', 'resource', 'action', 'principal.age', 'principal.name', 'resource.owner', 'principal.boss.age', 'context.input["b c"]');
const outside = fc.constantFrom('ip("10.1.2.3").isInRange(ip("10.0.0.0/8"))', 'ip(context.input.s).isIpv4()', 'ip(context.input.address).isLoopback()', 'datetime("2026-01-01") < datetime("2026-02-01")', 'datetime(context.input.when) < datetime("2026-02-01")', 'duration("1h").toMinutes() == 60', 'ip(context.input.address) == ip("127.0.0.1")');
const { expression } = fc.letrec<{ expression: string; condition: string }>((tie) => ({
  expression: fc.oneof({ depthSize: 'small', withCrossShrink: true }, literal, path, path, outside,
    fc.tuple(tie('expression'), fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'in'), tie('expression')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    fc.tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition')).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie('condition').map((a) => `!(${a})`),
    tie('expression').map((a) => `-(${a})`),
    fc.tuple(tie('expression'), fc.constantFrom('contains', 'containsAll', 'containsAny'), tie('expression')).map(([a, name, b]) => `(${a}).${name}(${b})`),
    fc.tuple(tie('expression'), fc.constantFrom('lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'), tie('expression')).map(([a, name, b]) => `(${a}).${name}(${b})`),
    tie('expression').map((a) => `(${a}).isEmpty()`),
    fc.tuple(tie('expression'), fc.constantFrom('n', 'age', 'a', 'x', 'input', 'deep', 'owner')).map(([a, name]) => `(${a}).${name}`),
    fc.tuple(tie('expression'), fc.constantFrom('n', 'age', '"b c"', 'input.deep.x', 'deep.x', 'boss.age')).map(([a, name]) => `(${a} has ${name})`),
    fc.tuple(tie('expression'), fc.constantFrom('*', 'x*', '*fun*', 'a\\*b', 're*d', '')).map(([a, pattern]) => `(${a} like "${pattern}")`),
    fc.tuple(tie('expression'), fc.constantFrom('User', 'Group', 'User in Group::"desk"', 'Group in Group::"all"')).map(([a, type]) => `(${a} is ${type})`),
    fc.tuple(tie('expression'), fc.constantFrom('"role"', '"level"', 'context.input.s', '1')).map(([a, tag]) => `(${a}).hasTag(${tag})`),
    fc.tuple(tie('expression'), fc.constantFrom('"role"', '"level"', 'context.input.s', '1')).map(([a, tag]) => `(${a}).getTag(${tag})`),
    fc.tuple(tie('condition'), tie('expression'), tie('expression')).map(([a, b, c]) => `(if ${a} then ${b} else ${c})`),
    fc.array(tie('expression'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `{a: ${a}, "b c": ${b}}`),
  ),
  condition: tie('expression'),
}));
const constraint = (name: string): fc.Arbitrary<string> => fc.oneof({ weight: 4, arbitrary: fc.constant(name) }, fc.constantFrom(`${name} == User::"ann"`, `${name} in Group::"all"`, `${name} is User`, `${name} is User in Group::"desk"`, `${name} is Group`));
const head = fc.tuple(constraint('principal'), fc.constantFrom('action', 'action == Action::"call"', 'action in Action::"any"', 'action in [Action::"call", Action::"other"]', 'action == Action::"other"'), constraint('resource')).map((parts) => parts.join(', '));
const policy = fc.tuple(fc.constantFrom('permit', 'forbid'), head, fc.array(fc.tuple(fc.constantFrom('when', 'unless'), expression).map(([word, body]) => `${word} { ${body} }`), { maxLength: 2 })).map(([effect, scope, clauses]) => `${effect}(${scope}) ${clauses.join(' ')};`);

const input = fc.record({
  n: fc.constantFrom<unknown>(0, 1, 7, 500, -1, 1.5, 2 ** 53, 'x', null), m: fc.constantFrom<unknown>(1, 7, 499, -3, true), s: fc.constantFrom<unknown>('x', 'refund', 'a*b', 'role', '10.1.1.1', 3), t: fc.constantFrom<unknown>('', 'x', ['x']),
  list: fc.constantFrom<unknown>([], [1, 2], ['x', 'y'], ['y', 'x', 'x'], [1.5], 'x'), deep: fc.constantFrom<unknown>({ x: 1 }, { x: 'x', y: { z: 1 } }, {}, 1), d: fc.constantFrom<unknown>(1.5, -0.25, 0.1, 7),
  address: fc.constantFrom<unknown>('127.0.0.1', '::1', 'zz', 1), when: fc.constantFrom<unknown>('2026-01-15', '2026-03-01T00:00:00Z', 'soon'), 'b c': fc.constantFrom<unknown>('x', 1),
}, { requiredKeys: [] });

const uid = (type: string, id: string): { type: string; id: string } => ({ type, id });
const ENTITIES = [
  { uid: uid('User', 'ann'), attrs: { age: 41, name: 'x', boss: { __entity: uid('User', 'bob') } }, parents: [uid('Group', 'desk')], tags: { role: 'refund', level: 3 } },
  { uid: uid('User', 'bob'), attrs: { age: 7, name: 'refund' }, parents: [uid('Group', 'all')] },
  { uid: uid('Group', 'desk'), attrs: { owner: { __entity: uid('User', 'bob') } }, parents: [uid('Group', 'all')] },
  { uid: uid('Group', 'all'), attrs: {}, parents: [] },
  { uid: uid('Action', 'call'), attrs: {}, parents: [uid('Action', 'any')] },
];

const find = (type: string | null, id: string | null) => ENTITIES.find((entity) => entity.uid.type === type && entity.uid.id === id);
const reaches = (from: { type: string | null; id: string | null }, to: { type: string | null; id: string | null }): boolean =>
  (from.type === to.type && from.id === to.id) || (find(from.type, from.id)?.parents ?? []).some((parent) => reaches(parent, to));
const STORE: EntityStore = {
  attributes: ({ type, id }) => {
    const found = find(type, id);
    return found ? valueOfJson(found.attrs as Json) : null;
  },
  tags: ({ type, id }) => {
    const found = find(type, id);
    return found ? valueOfJson((found.tags ?? {}) as Json) : null;
  },
  within: (entity, group) => reaches(entity, group),
};

/** An argument in Cedar's JSON form: numbers that are no integers are decimals, and null is left out. */
function given(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isInteger(value)) return { __extn: { fn: 'decimal', arg: value.toFixed(4) } };
  if (Array.isArray(value)) return value.map(given);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null).map(([name, inner]) => [name, given(inner)])) : value;
}

const NAMES: { readonly [outcomes: number]: string } = { [TRUE]: 'applies', [FALSE]: 'does not', [ERROR]: 'fails' };

describe('Cedar here and there', () => {
  it(`random policies on random requests, ${RUNS}`, () => {
    let told = 0;
    fc.assert(fc.property(policy, input, fc.constantFrom(uid('User', 'ann'), uid('User', 'bob'), uid('User', 'nobody')), fc.constantFrom(uid('Group', 'desk'), uid('User', 'bob')), (text, args, who, what) => {
      const { policies, faults } = cedarOf().parse(text);
      const [read] = policies;
      // what Cedar refuses is refused here
      if (!read) return void assert.ok(faults.length === 1);
      const action = uid('Action', 'call');
      const entity = ({ type, id }: { type: string; id: string }): Result => ({ kind: 'entity', type, id });
      const request: CedarRequest = { principal: entity(who), action: entity(action), resource: entity(what), entities: STORE, context: { kind: 'record', open: false, fields: new Map([['input', valueOfArgument(args, new Set()) ?? assert.fail()]]) } };
      const here = outcomesOfPolicy(read, request, cedarOf());
      const answer = cedarModule().isAuthorized({ principal: who, action, resource: what, context: { input: given(args) as never }, policies: { staticPolicies: { p: text } }, entities: ENTITIES as never });
      // deeper than its JSON form may be
      if (answer.type !== 'success') return assert.fail(JSON.stringify(answer));
      const { reason, errors } = answer.response.diagnostics;
      const there = errors.length > 0 ? ERROR : reason.length > 0 ? TRUE : FALSE;
      if (here === TRUE || here === FALSE || here === ERROR) {
        told++;
        assert.equal(NAMES[here], NAMES[there], `${text}\n${JSON.stringify(args)}`);
      } else assert.ok(here & there, `${text}\n${JSON.stringify(args)}: ${here} and ${there}`);
    }), { numRuns: RUNS });
    assert.ok(told > RUNS * 0.6, `${told} of ${RUNS} are told`);
  });
});
