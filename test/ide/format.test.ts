// Formatting: layout alone changes; formatted twice is formatted once.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, overlaps } from '../../server/src/core/text';
import { parseYaml, plainValue } from '../../server/src/core/yaml';
import { ide } from '../../server/src/ide';
import { acmeFiles, given } from './workspace';

function formatted(text: string, path = 'a.agent.yaml'): string {
  const { workspace } = given('');
  workspace.applyChange({ files: [[path, text]] });
  const edits = ide.format?.(workspace, path, { indent: 2 }) ?? [];
  edits.forEach((edit, i) => edits.slice(i + 1).forEach((other) => assert.ok(!overlaps(edit.span, other.span), 'edits do not overlap')));
  return applyEdits(text, edits);
}

const HEAD = 'apiVersion: countersign/v1\nkind: Agent\n';
const CASES: readonly (readonly [title: string, before: string, after: string])[] = [
  ['indentation and lists inside their key', 'spec:\n    purpose: x\n    tools:\n    - a/b\n    -   ref: c/d\n        reason: y\n', 'spec:\n  purpose: x\n  tools:\n    - a/b\n    - ref: c/d\n      reason: y\n'],
  ['blank lines and trailing blanks', 'metadata:   \n  name: a\n\n\n\nspec:\n  purpose: x  \n\n\n', 'metadata:\n  name: a\n\nspec:\n  purpose: x\n'],
  ['blanks in brackets', 'spec: {purpose: x,tools: [ a/b ,c/d ],  slo: {}, owner: {  } }\n', 'spec: { purpose: x, tools: [a/b, c/d], slo: {}, owner: {} }\n'],
  ['comments go with what follows', 'spec:\n    # why\n    purpose: x\n    roles:\n    # first\n    - a\n# tail\n', 'spec:\n  # why\n  purpose: x\n  roles:\n    # first\n    - a\n# tail\n'],
  ['texts keep what they say', 'spec:\n    purpose: |\n          two\n            lines  \n\n\n          more\n    notice: >-\n     folded\n     text\n', 'spec:\n  purpose: |\n    two\n      lines  \n\n\n    more\n  notice: >-\n    folded\n    text\n'],
  ['quotes, numbers and key order stay', "spec:\n   'b': \"x\"\n   a: 0.40\n", "spec:\n  'b': \"x\"\n  a: 0.40\n"],
  ['brackets over several lines', 'spec:\n    tools: [\n          a/b,\n          c/d\n       ]\n', 'spec:\n  tools: [\n    a/b,\n    c/d\n  ]\n'],
  ['the last line break', 'spec: { purpose: x }', 'spec: { purpose: x }\n'],
];

describe('ide format', () => {
  for (const [title, before, after] of CASES) {
    it(title, () => {
      assert.equal(formatted(HEAD + before), HEAD + after);
      assert.equal(formatted(HEAD + after), HEAD + after);
      const crlf = (text: string): string => (HEAD + text).replaceAll('\n', '\r\n');
      assert.equal(formatted(crlf(before)), crlf(after));
    });
  }

  it('no edits where the text has faults, in files of others, in nothing', () => {
    for (const text of [`${HEAD}spec: { purpose: x\n`, `${HEAD}a:\n   b: [\n`, '']) assert.equal(formatted(text), text);
    assert.equal(formatted('a:   \n     b: 1', 'values.yaml'), 'a:   \n     b: 1');
  });

  it('a range takes only the edits within it', () => {
    const { workspace, path, text } = given(`#- a.agent.yaml\n${HEAD}metadata:\n    name: a\nspec:\n    purpose: x\n`);
    const at = text.indexOf('spec:');
    const edits = ide.format?.(workspace, path, { indent: 2 }, { start: at, end: text.length }) ?? [];
    assert.equal(applyEdits(text, edits), `${HEAD}metadata:\n    name: a\nspec:\n  purpose: x\n`);
  });

  it('JSON', () => {
    assert.equal(formatted('{"apiVersion":"countersign/v1",\n"kind":"Agent",   "spec": {}}', 'a.agent.json'), '{ "apiVersion": "countersign/v1",\n  "kind": "Agent", "spec": {} }\n');
  });

  it('the example workspace is formatted', () => {
    for (const [path, text] of acmeFiles()) if (/\.ya?ml$/.test(path) && !path.includes('fault')) assert.equal(formatted(text, path), text, path);
  });

  it('keeps values and comments, and is idempotent, on any YAML', () => {
    const word = fc.constantFrom('a', 'b-c', 'two words', '"q: x"', "'s'", '500', '1.50', '~', 'true', 'ü€', '2027-01-05');
    const blank = fc.constantFrom('', '', '', '\n', '\n\n', '  # note\n', '# left\n', '   \n');
    const tree: fc.Arbitrary<(indent: number) => string> = fc.letrec<{ node: (indent: number) => string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        word.map((text) => () => ` ${text}\n`),
        fc.constantFrom('[ a,b ]', '{a: 1,b: [x] }', '[]', '{ }', '[\n          x,\n          y ]').map((text) => () => ` ${text}\n`),
        fc.tuple(fc.constantFrom('|', '>', '|-', '>+', '|2'), fc.array(fc.constantFrom('line', '  more', '', 'last  '), { minLength: 1, maxLength: 4 })).map(([header, lines]) => (indent: number) => ` ${header}\n${['x', ...lines].map((line) => (line === '' ? '' : ' '.repeat(indent + 2) + line)).join('\n')}\n`),
        fc.tuple(fc.integer({ min: 1, max: 5 }), fc.array(fc.tuple(blank, tie('node')), { minLength: 1, maxLength: 4 })).map(([step, entries]) => (indent: number) => `\n${entries.map(([gap, value], i) => `${gap}${' '.repeat(indent + step)}k${i}:${value(indent + step)}`).join('')}`),
        fc.tuple(fc.integer({ min: 0, max: 4 }), fc.array(fc.tuple(blank, tie('node')), { minLength: 1, maxLength: 3 })).map(([step, entries]) => (indent: number) => `\n${entries.map(([gap, value]) => `${gap}${' '.repeat(indent + step)}-${value(indent + step)}`).join('')}`),
      ),
    })).node;
    fc.assert(
      fc.property(fc.array(fc.tuple(blank, tree), { minLength: 1, maxLength: 5 }), fc.boolean(), (entries, crlf) => {
        const lf = HEAD + entries.map(([gap, value], i) => `${gap}x${i}:${value(0)}`).join('');
        const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
        const before = parseYaml(text);
        const once = formatted(text);
        const after = parseYaml(once);
        if (before.documents.some((d) => d.problems.length > 0)) return assert.equal(once, text);
        assert.deepEqual(after.documents.map((d) => plainValue(d.root)), before.documents.map((d) => plainValue(d.root)));
        const comments = (tree2: typeof before, source: string): string[] => tree2.documents.flatMap((d) => d.comments.map((c) => source.slice(c.start, c.end).trimEnd()));
        assert.deepEqual(comments(after, once), comments(before, text));
        assert.equal(formatted(once), once);
      }),
      { numRuns: 400 },
    );
  });
});
