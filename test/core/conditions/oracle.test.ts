// Agreement with another CEL implementation where the semantics coincide: not `/` and `%`, not whole numbers against fractions in arithmetic.
import assert from 'node:assert/strict';
import { isCelError, run } from '@bufbuild/cel';
import fc from 'fast-check';
import { CelError, compile, parseCondition, plainOf, type ConditionInput } from '../../../server/src/core/conditions';

interface Words {
  readonly bool: string;
  readonly number: string;
  readonly text: string;
  readonly list: string;
}

/** Expressions by type, well-typed but for fields that may be missing. Both implementations read the same words. */
const { bool } = fc.letrec<Words>((tie) => {
  const list = tie('list');
  const element = fc.constantFrom('x', '"a"', 'r.s');
  const predicate = fc.oneof(
    fc.tuple(element, fc.constantFrom('==', '!=', '<', '>='), element).map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(element, tie('bool')).map(([a, b]) => `(${a}.startsWith("a") || (${b}))`),
    tie('bool'),
  );
  return {
    bool: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('true', 'false', 'r.b', 'r.gone', 'has(r.n)', 'has(r.gone)', 'has(r.gone.gone)'),
      fc.tuple(tie('number'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('number')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(tie('text'), fc.constantFrom('<', '<=', '>', '>=', '==', '!='), tie('text')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(tie('text'), fc.constantFrom('contains', 'startsWith', 'endsWith'), tie('text')).map(([a, f, b]) => `(${a}).${f}(${b})`),
      fc.tuple(tie('bool'), fc.constantFrom('&&', '||', '==', '!='), tie('bool')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(tie('bool'), fc.constantFrom('&&', '||'), tie('bool'), fc.constantFrom('&&', '||'), tie('bool')).map(([a, p, b, q, c]) => `(${a}) ${p} (${b}) ${q} (${c})`),
      tie('bool').map((a) => `!(${a})`),
      fc.tuple(tie('bool'), tie('bool'), tie('bool')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
      fc.tuple(tie('text'), list).map(([a, b]) => `(${a}) in (${b})`),
      fc.tuple(list, list).map(([a, b]) => `(${a}) == (${b})`),
      fc.tuple(list, fc.constantFrom('all', 'exists', 'exists_one'), predicate).map(([a, f, p]) => `(${a}).${f}(x, ${p})`),
      fc.tuple(list, tie('number')).map(([a, b]) => `size(${a}) < (${b})`),
      fc.constantFrom('"k" in r.m', '"gone" in r.m', 'r.m.k == "v"', 'r.m["k"] == r.s', 'r.m == {"k": "v"}', 'r.t.matches("^[a-z]+$")', 'r.s == null', 'r.n == "a"'),
    ),
    number: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('1.0', '2.5', '-3.0', '0.0', 'r.n', 'r.f', 'r.gone'),
      fc.tuple(tie('number'), fc.constantFrom('+', '-', '*'), tie('number')).map(([a, op, b]) => `(${a}) ${op} (${b})`),
      fc.tuple(tie('bool'), tie('number'), tie('number')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
    ),
    text: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('"a"', "'b'", '""', '"\\u00e9\\n"', '"\\U0001F600"', 'r.s', 'r.t', 'r.gone', 'r.l[0]', 'r.l[7]'),
      fc.tuple(tie('text'), tie('text')).map(([a, b]) => `(${a}) + (${b})`),
    ),
    list: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('r.l', '[]', 'r.gone', 'r.empty'),
      fc.array(tie('text'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(list, list).map(([a, b]) => `(${a}) + (${b})`),
      fc.tuple(list, predicate).map(([a, p]) => `(${a}).filter(x, ${p})`),
      fc.tuple(list, tie('text')).map(([a, t]) => `(${a}).map(x, x + (${t}))`),
    ),
  };
});

const input = fc.record({
  n: fc.constantFrom(0, 1, 2.5, -3, 900),
  f: fc.constantFrom(0.5, 2.5),
  b: fc.boolean(),
  s: fc.constantFrom('a', 'b', 'v', '', '😀'),
  t: fc.constantFrom('abc', 'A', 'é'),
  l: fc.array(fc.constantFrom('a', 'b', 'c', '😀'), { maxLength: 3 }),
  empty: fc.constant([]),
  m: fc.constantFrom({ k: 'v' }, { k: 'w' }, {}),
});

describe('conditions: agreement with another implementation', () => {
  it('gives the same value, or an error where it does', () => {
    fc.assert(
      fc.property(bool, input, (text, record) => {
        // The other implementation needs objects with a prototype.
        const r = { ...record, m: { ...record.m } };
        const { ast, problems } = parseCondition(text);
        assert.deepEqual(problems, [], text);
        assert.ok(ast);
        const ours = compile(ast).evaluate({ r } as ConditionInput);
        const theirs = run(text, { r } as Parameters<typeof run>[1]);
        if (ours instanceof CelError || isCelError(theirs)) assert.equal(ours instanceof CelError, isCelError(theirs), `${text} on ${JSON.stringify(r)}: ours ${JSON.stringify(ours)}, theirs ${String(theirs)}`);
        else assert.equal(plainOf(ours), theirs, `${text} on ${JSON.stringify(r)}`);
      }),
      { numRuns: 10_000 },
    );
  });

  const times = [
    'timestamp("2026-12-20T00:00:00Z") < timestamp("2026-12-20T00:00:01+00:00")',
    'timestamp("2026-12-20T01:00:00+01:00") == timestamp("2026-12-20T00:00:00Z")',
    'timestamp("2026-12-20T00:00:00Z") + duration("90m") == timestamp("2026-12-20T01:30:00Z")',
    'timestamp("2026-12-20T00:00:00Z") - timestamp("2026-12-19T00:00:00Z") == duration("24h")',
    'duration("1h30m") > duration("89m59s")',
    'timestamp("2024-02-29T23:59:59.123456Z").getDayOfYear() == 59',
    'timestamp("2024-02-29T23:59:59.123Z").getMilliseconds() == 123',
    'timestamp("2024-02-29T23:59:59Z").getDayOfWeek() == 4',
    'timestamp("2024-02-29T23:59:59Z").getMonth() == 1',
    'timestamp("2024-02-29T23:59:59Z").getDate() == 29',
    'timestamp("2024-02-29T23:59:59Z").getDayOfMonth() == 28',
    'timestamp("2024-02-29T23:59:59Z").getHours("+02:00") == 1',
    'timestamp("2024-02-29T23:59:59Z").getHours("-08:00") == 15',
    'timestamp("2024-07-01T12:00:00Z").getHours("Europe/Paris") == 14',
    'timestamp("2024-02-29T23:59:59Z").getFullYear() == 2024',
    'duration("3661.5s").getMinutes() == 61',
    'duration("3661.5s").getHours() == 1',
    'duration("3661.5s").getSeconds() == 3661',
    'duration("3661.5s").getMilliseconds() == 500',
    'timestamp("2026-13-01T00:00:00Z") == timestamp("2026-12-01T00:00:00Z")',
    'timestamp("2026-02-20") == timestamp("2026-12-01T00:00:00Z")',
    'duration("5") == duration("5s")',
    'string(duration("90m")) == "5400s"',
    'int("42") == 42',
    'int("4.2") == 4',
    'int(4.9) == 4',
    'int(-4.9) == -4',
    'double("4.5") == 4.5',
    'string(true) == "true"',
    'bytes("é") == b"\\303\\251"',
    'size("😀é") == 2',
    'size(b"abc") == 3',
    'int(timestamp("2026-12-20T00:00:00Z")) == 1797724800',
    '1 == 1.0',
    '[1, 2] == [1.0, 2.0]',
    '{"a": 1} == {"a": 1.0}',
    '1 in [1.0]',
    '{"a": [1]} == {"a": [2]}',
    '[[1], [2]].exists(x, x == [2])',
    'null == null',
    '"a" == 1',
    '[1, 2, 3].map(x, x > 1, x)[0] == 2',
    '{"a": 1, "b": 2}.all(k, k in ["a", "b"])',
    '{"a": 1}.exists_one(k, k == "a")',
    'b"a" < b"b"',
    '!(1 == 2) && -1 < 0',
    '"a\\x41\\101" == "aAA"',
    'r"a\\d" == "a\\\\d"',
    '"""a"b""" == "a\\"b"',
    'true ? false : true',
  ];
  for (const text of times) {
    it(text, () => {
      const { ast } = parseCondition(text);
      assert.ok(ast);
      const ours = compile(ast).evaluate({});
      const theirs = run(text, {});
      assert.equal(ours instanceof CelError ? 'error' : ours, isCelError(theirs) ? 'error' : theirs, String(isCelError(theirs) ? theirs.message : '') + JSON.stringify(ours));
    });
  }
});
