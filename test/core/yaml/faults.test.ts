// Faults of YAML: each is told once, where it begins, and what stands around it is read as it is meant.
import assert from 'node:assert/strict';
import { parseYaml, plainValue } from '../../../server/src/core/yaml';

/** Text with a `«code»` in front of each place that must be reported; then what is read all the same. */
const CASES: readonly (readonly [what: string, text: string, value: unknown])[] = [
  ['a colon in plain text', 'a: 1\nb:\n  p: «yaml»Res fun: x\n  q: 1\nc: 1\n', { a: 1, b: { p: { 'Res fun': 'x' }, q: 1 }, c: 1 }],
  ['a quote that is not closed', 'b:\n  p: «yaml»"Res\n  q: 1\nc: 1\n', { b: { p: 'Res', q: 1 }, c: 1 }],
  ['a quote that is not closed at the end', "a:\n  b: «yaml»'x: 1\n", { a: { b: 'x: 1' } }],
  ['a bracket that is not closed', 'b:\n  p: «yaml»[a, b\n  q: 1\nc: 1\n', { b: { p: ['a', 'b'], q: 1 }, c: 1 }],
  ['a brace that is not closed', 'b:\n  - «yaml»{ id: x, e: 1\n  - id: y\n    f: 1\n', { b: [{ id: 'x', e: 1 }, { id: 'y', f: 1 }] }],
  ['the wrong bracket', 'b:\n  p: {x: 1«yaml»]\n  q: 1\n', { b: { p: { x: 1 }, q: 1 } }],
  ['a bracket too many', 'b:\n  p: [x]«yaml»]\n  q: 1\nc: 1\n', { b: { p: ['x'], q: 1 }, c: 1 }],
  ['a key too far left', 'b:\n  p: x\n «yaml»q: 1\n  r: 2\nc: 1\n', { b: { p: 'x', q: 1, r: 2 }, c: 1 }],
  ['a key too far right', 'b:\n  p: x\n   «yaml»q: 1\n  r: 2\nc: 1\n', { b: { p: 'x', q: 1, r: 2 }, c: 1 }],
  ['a key too far right at the root', 'a: 1\n  «yaml»b: 2\nc: 3\n', { a: 1, b: 2, c: 3 }],
  ['a key too far left in a list entry', 'b:\n  - id: x\n   «yaml»e: 1\n  - id: y\n', { b: [{ id: 'x', e: 1 }, { id: 'y' }] }],
  ['a list entry too far left', 'b:\n  - id: x\n «yaml»- id: y\nc: 1\n', { b: [{ id: 'x' }, { id: 'y' }], c: 1 }],
  ['a fault inside a list entry', 'b:\n  - id: x\n    e: «yaml»"a\n    f: [1]\n  - id: y\n    f: «yaml»[a\n    g: 1\n', { b: [{ id: 'x', e: 'a', f: [1] }, { id: 'y', f: ['a'], g: 1 }] }],
  ['a fault inside a list of lists', 'g:\n  - - x\n    - «yaml»"y\n  - z\n', { g: [['x', 'y'], 'z'] }],
  ['a quote that is not closed within brackets', 'a:\n  z: { b: «yaml»"x }\n  c: 1\n', { a: { z: { b: 'x }' }, c: 1 } }],
  ['a key without a colon', 'b:\n  p: x\n  «yaml»q\n  r: 2\n', { b: { p: 'x', q: null, r: 2 } }],
  ['text behind quotes', 'b:\n  p: "x" «yaml»y\n  r: 2\n', { b: { p: 'x', r: 2 } }],
  ['reserved characters', 'p: «yaml»@x\nq: «yaml»`y\nr: 1\n', { p: '@x', q: '`y', r: 1 }],
  ['a list on its key\'s line', 'a:\n  p: «yaml»- x\n  q: 1\n', { a: { p: null, x: null, q: 1 } }],
  ['text that goes on below a comment', 'a:\n  p: x > 5 # why\n    «yaml»&& y > 3\n  q: 1\n', { a: { p: 'x > 5', 'y > 3': null, q: 1 } }],
  ['several faults', 'a: «yaml»[1\nb: «yaml»"x\nc: 1\nd: «yaml»{ e: 1\n', { a: [1], b: 'x', c: 1, d: { e: 1 } }],
  ['a fault beside anchors', 'a: &x [1]\nb: *x\nc: «yaml»"d\n', { a: [1], b: [1], c: 'd' }],
  ['a fault beside an unresolved alias', 'a: [«unquoted»*]\nb:\n  c: «yaml»"d\n  e: 1\n', { a: [null], b: { c: 'd', e: 1 } }],
  ['a star alone', 'a: [«unquoted»*]\nb: [«unquoted»*, x]\nc: «unquoted»*\nd: «unquoted»* x\ne: { f: «unquoted»* }\n', { a: [null], b: [null, 'x'], c: null, d: null, e: { f: null } }],
  ['a tag whose text makes no sense alone', 'a: «unquoted»!(x > 5)\nb: 1\n', { a: '', b: 1 }],
];

describe('faults of YAML', () => {
  for (const [what, marked, value] of CASES) {
    for (const [how, marks] of [['', marked], [' (CRLF)', marked.replaceAll('\n', '\r\n')]] as const) {
      it(what + how, () => {
        const expected: string[] = [];
        let text = '';
        for (const [index, part] of marks.split(/«([a-z-]+)»/).entries()) {
          if (index % 2 === 0) text += part;
          else expected.push(`${text.length} ${part}`);
        }
        const [document] = parseYaml(text).documents;
        assert.deepEqual(document?.problems.map((p) => `${p.span.start} ${p.code}`), expected);
        assert.deepEqual(JSON.parse(JSON.stringify(plainValue(document?.root ?? null)).replaceAll('\\r', '')), value);
      });
    }
  }
});

describe('quoting what YAML tore', () => {
  const QUOTED: readonly (readonly [text: string, mended: string])[] = [
    ['when: "x" in agent.roles # why\n', `when: '"x" in agent.roles' # why\n`],
    ['p: Res fun: x\n', 'p: "Res fun: x"\n'],
    ['when: a > 1 ? b : c\n', 'when: "a > 1 ? b : c"\n'],
    ['p: @x\n', 'p: "@x"\n'],
    ['when: !(x > 5)\n', 'when: "!(x > 5)"\n'],
    ['a: [*]\n', 'a: ["*"]\n'],
  ];
  for (const [text, mended] of QUOTED) {
    it(text.trim(), () => {
      const problems = parseYaml(text).documents[0]?.problems ?? [];
      const { fix, span } = problems[0] ?? {};
      assert.equal(problems.length, 1);
      assert.ok(fix && span);
      const at = fix.span ?? span;
      assert.equal(text.slice(0, at.start) + fix.newText + text.slice(at.end), mended);
      assert.deepEqual(parseYaml(mended).documents[0]?.problems, []);
    });
  }
});
