// Syntax: faults at the offending token, more than one; spans of every node; printing; nothing is ever thrown.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkCondition, compile, completeCondition, explain, hoverCondition, parseCondition, policyEnvironment, print, reason, tokensOf, walk, type Expr } from '../../../server/src/core/conditions';
import { conditionOf, expectMarked } from './marked';

const broken: readonly string[] = [
  `args.amount = 5
            ^ syntax
fixed: args.amount == 5`,
  `args.amount === 5
            ^^^ syntax
fixed: args.amount == 5`,
  `a and b or c
  ^^^ syntax
        ^^ syntax
fixed: a && b || c`,
  `not a AND b
^^^ syntax
      ^^^ syntax
fixed: !a && b`,
  `a & b | c
  ^ syntax
      ^ syntax
fixed: a && b || c`,
  `a <> b && c => d
  ^^ syntax
            ^^ syntax
fixed: a != b && c >= d`,
  `x not in y
  ^^^ syntax`,
  `(a && b
       ^ syntax
fixed: (a && b)`,
  `a.exists(x, x == [1, 2
                      ^ syntax
fixed: a.exists(x, x == [1, 2]`,
  `a && b)
      ^ syntax
fixed: a && b`,
  `(a]
  ^ syntax`,
  `a >
   ^ syntax`,
  `a > && b <
    ^^ syntax
          ^ syntax`,
  `a && || b
     ^^ syntax`,
  `&& b
^^ syntax`,
  `a b
  ^ syntax`,
  `a == "abc
     ^^^^ syntax
fixed: a == "abc"`,
  `a == 'it''s'
         ^^^ syntax`,
  `a.
  ^ syntax`,
  `a..b
  ^ syntax`,
  `a.in
  ^^ syntax`,
  `a == "\\q"
      ^^ syntax
fixed: a == "\\\\q"`,
  `a == 1e999
     ^^^^^ syntax`,
  `a; b
 ^ syntax`,
  `a == “b”
     ^ syntax`,
  `a\u00a0&& b
 ^ syntax
fixed: a && b`,
  `if && a
^^ syntax`,
  `has(a)
    ^ syntax`,
  `has(a.b, c.d)
^^^ syntax`,
  `a.all(1, true)
      ^ syntax`,
  `a.exists(true)
  ^^^^^^ syntax`,
  `a contains "b"
  ^^^^^^^^ syntax`,
  `A{b: 1}
 ^ syntax`,
  `a = 1 && b. && c == "x
  ^ syntax
            ^^ syntax
                    ^^ syntax
fixed: a == 1 && b. && c == "x"`,
  `a ? b
     ^ syntax`,
  `a.?b
  ^ syntax`,
];

const sound: readonly (readonly [text: string, printed: string])[] = [
  ['a.b', 'a.b'],
  ['(a.b)', 'a.b'],
  ['a && b && c', 'a && b && c'],
  ['(a || b) && c', '(a || b) && c'],
  ['a || b && c', 'a || b && c'],
  ['!(a == 1)', '!(a == 1)'],
  ['!!a', '!!a'],
  ['- 5 < -a', '-5 < -a'],
  ['-(-5)', '5'],
  ['-(-a)', '-(-a)'],
  ['(1 + 2) * 3 - (4 - 5)', '(1 + 2) * 3 - (4 - 5)'],
  ['a ? b : c ? d : e', 'a ? b : c ? d : e'],
  ['(a ? b : c) ? d : e', '(a ? b : c) ? d : e'],
  ["a['x'][0].y", 'a["x"][0].y'],
  ['a.map( x , x > 1, x * 2 )', 'a.map(x, x > 1, x * 2)'],
  ['has( a.b )', 'has(a.b)'],
  ['{"a": [1, 2.5, null, true], "b": b"\\x00"}', '{"a": [1, 2.5, null, true], "b": b"\\x00"}'],
  ["'it\\'s \"x\"'", '"it\'s \\"x\\""'],
  ['a // comment\n && b', 'a && b'],
  ['(1 in a) == (2 in b)', '(1 in a) == (2 in b)'],
  ['500.0', '500'],
  ['99999999999999999999', '100000000000000000000'],
  ['f(a, b).g()', 'f(a, b).g()'],
  ['(-5).f()', '(-5).f()'],
];

describe('conditions: syntax faults', () => {
  for (const text of broken) {
    it(conditionOf(text), () => {
      const { ast, problems } = parseCondition(conditionOf(text));
      assert.equal(ast, null);
      expectMarked(text, problems);
    });
  }

  it('names the size of what is too large', () => {
    for (const text of ['a || '.repeat(3_000) + 'a', '('.repeat(500) + 'a' + ')'.repeat(500), '!'.repeat(9_000) + 'a', '-'.repeat(9_000) + 'a', 'a' + '.b'.repeat(1_000), 'a' + '+a'.repeat(4_000), '['.repeat(5_000), 'a?b:'.repeat(2_000) + 'c', `${'f('.repeat(3_000)}`]) {
      const { ast, problems } = parseCondition(text);
      assert.equal(ast, null);
      assert.deepEqual([...new Set(problems.map((problem) => problem.code))], ['condition/syntax']);
    }
  });

  it('says that nothing is written', () => {
    for (const text of ['', '  \n', '// only a comment']) assert.match(parseCondition(text).problems[0]?.message ?? '', /empty/);
  });

  it('keeps the sound operands of a broken condition', () => {
    assert.deepEqual(parseCondition('a.b == 1 && c = 2 || d >').sound.map(print), ['a.b == 1']);
  });
});

describe('conditions: trees', () => {
  for (const [text, printed] of sound) {
    it(text.replaceAll('\n', ' '), () => {
      const { ast, problems } = parseCondition(text);
      assert.deepEqual(problems, []);
      assert.ok(ast);
      assert.equal(print(ast), printed);
      assert.equal(print(parseCondition(printed).ast ?? ast), printed);
      spansHold(text, ast);
    });
  }

  it('takes long flat chains', () => {
    const { ast } = parseCondition(Array.from({ length: 1_500 }, (_, i) => `a${i % 10}`).join(' && '));
    assert.equal(ast?.kind === 'logic' && ast.operands.length, 1_500);
  });
});

/** Each node's span holds its text: read alone, it is the same expression. */
function spansHold(text: string, ast: Expr): void {
  walk(ast, (node) => {
    const part = text.slice(node.span.start, node.span.end);
    assert.equal(print(parseCondition(part).ast ?? ast), print(node), `${JSON.stringify(part)} in ${JSON.stringify(text)}`);
    if (node.kind === 'select') assert.equal(text.slice(node.fieldSpan.start, node.fieldSpan.end), node.field);
    if (node.kind === 'binary' || node.kind === 'unary') assert.equal(text.slice(node.opSpan.start, node.opSpan.end), node.op);
    if (node.kind === 'logic') for (const span of node.opSpans) assert.equal(text.slice(span.start, span.end), node.op);
    if (node.kind === 'call' || node.kind === 'macro') assert.equal(text.slice(node.nameSpan.start, node.nameSpan.end), node.name);
    if (node.kind === 'conditional') assert.equal(text[node.opSpan.start], '?');
  });
}

const operand = fc.constantFrom('a', 'a.b', '1', '"x"', '[a, 1]', '{"k": a}', 'has(a.b)', 'f(a)', 'a.f()', 'a.all(x, x)', '-1', 'a[0]', 'true', 'null', 'b"x"');
const brackets = fc.tuple(fc.nat({ max: 2 }), fc.constantFrom('', ' ', '\n', ' // note\n'));
const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = fc.tuple(tie('expression'), brackets).map(([text, [depth, space]]) => '('.repeat(depth) + space + text + space + ')'.repeat(depth));
  return {
    expression: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      operand,
      fc.tuple(inner, fc.constantFrom('&&', '||', '==', '<', 'in', '+', '*', '-'), inner).map(([a, op, b]) => `${a}${op === 'in' ? ' in ' : op}${b}`),
      inner.map((a) => `!(${a})`),
      inner.map((a) => `-(${a})`),
      inner.map((a) => `(${a}).field`),
      inner.map((a) => `(${a})["i"]`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a}).f(${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a}).exists(x, ${b})`),
      fc.tuple(inner, inner, inner).map(([a, b, c]) => `(${a}) ? ${b} : ${c}`),
    ),
  };
});

describe('conditions: laws of reading', () => {
  it('spans hold the text of their node, with brackets and comments anywhere', () => {
    fc.assert(
      fc.property(expression, (text) => {
        const { ast, problems } = parseCondition(text);
        assert.deepEqual(problems, [], text);
        assert.ok(ast);
        spansHold(text, ast);
      }),
      { numRuns: 1_000 },
    );
  });

  const piece = fc.oneof(
    fc.constantFrom('a', 'args.amount', '"', "'", '"x"', '(', ')', '[', ']', '{', '}', '.', ',', ':', '?', '&&', '||', '&', '=', '==', '!', '-', ' in ', ' and ', ' not ', 'has(', '.all(x, ', '.matches("(', '1.', '0x', '1e', '\n', '//', '\\', 'b"', 'r\'', '"""', ' ', '😀', '\u0000', '5u', '__proto__', 'agent.roles.', 'variables.'),
    fc.string({ maxLength: 5, unit: 'binary' }),
  );

  it('nothing is thrown, whatever the text; problems lie inside of it', () => {
    const env = policyEnvironment({ inputs: [{ type: 'object', properties: { amount: { type: 'integer' } } }], variables: new Map([['large', { kind: 'bool' }]]) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), fc.nat(), (pieces, at) => {
        const text = pieces.join('');
        const offset = at % (text.length + 1);
        const { ast, problems, sound: rest } = parseCondition(text);
        assert.equal(ast === null, problems.length > 0);
        const all = [...problems];
        for (const expr of ast ? [ast] : rest) {
          all.push(...checkCondition(expr, env, { appliesOnError: true }).problems);
          assert.equal(print(parseCondition(print(expr)).ast ?? expr), print(expr));
          assert.notEqual(compile(expr).evaluate({ args: { amount: 5 } }), undefined);
          explain(expr, { args: {} });
          reason(expr, { args: {} });
        }
        for (const problem of all) assert.ok(problem.span.start >= 0 && problem.span.start <= problem.span.end && problem.span.end <= text.length, JSON.stringify([text, problem]));
        const tokens = tokensOf(text);
        tokens.forEach((token, index) => assert.ok(token.span.start < token.span.end && token.span.start >= (tokens[index - 1]?.span.end ?? 0) && token.text === text.slice(token.span.start, token.span.end)));
        const { replace } = completeCondition(text, offset, env);
        assert.ok(replace.start <= offset && replace.end >= offset, JSON.stringify([text, offset, replace]));
        hoverCondition(text, offset, env);
      }),
      { numRuns: 5_000 },
    );
  });
});
