// Any text becomes a tree and problems; nothing throws, every span lies in the text, and hostile texts are refused before they cost anything.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expandedSize, parseJson, parseYaml, plainValue, textOf, valueOf, type Node, type SourceTree } from '../../../server/src/core/yaml';

function checkTree(tree: SourceTree, length: number): void {
  const inside = (span: { start: number; end: number }): void => assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length, JSON.stringify(span));
  const visit = (node: Node): void => {
    inside(node);
    if (node.kind === 'map') for (const pair of node.pairs) [pair.key, pair.value].forEach(visit);
    else if (node.kind === 'seq') node.items.forEach(visit);
  };
  for (const document of tree.documents) {
    document.problems.forEach((p) => inside(p.span));
    document.tags.forEach(inside);
    document.comments.forEach(inside);
    if (document.root) visit(document.root);
    plainValue(document.root);
  }
}

const codes = (tree: SourceTree): string[] => tree.documents.flatMap((d) => d.problems.map((p) => p.code));

const fragment = fc.constantFrom(
  'a: ', 'b:\n', '- ', '  ', '\n', '"', "'", '[', ']', '{', '}', ', ', '*x', '&x ', '!t ', '! ', '# c\n', '|\n', '>-\n', '---\n', '...\n', '%YAML 1.2\n', '? ', ': ', '\t', '\r\n', '\ufeff', '😀', '\0', '1', 'true', '<<: ', '\\u00', '//x\n', '/*',
);

describe('parsing', () => {
  it('never throws and keeps its spans inside, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        checkTree(parseYaml(text), text.length);
        checkTree(parseJson(text), text.length);
        checkTree(parseJson(text, { comments: true }), text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('adds a base to every offset', () => {
    const tree = parseYaml('a: [1, *x]\na: 2 # c\n', 100);
    checkTree(tree, 200);
    assert.deepEqual(tree.documents[0]?.problems.map((p) => p.span.start).sort(), [107, 111]);
    assert.equal(tree.documents[0]?.comments[0]?.start, 116);
  });

  const refused: Record<string, () => string> = {
    'deep flow': () => '['.repeat(10_000) + ']'.repeat(10_000),
    'deep flow left open': () => 'a: ' + '{a: '.repeat(10_000),
    'deep block': () => Array.from({ length: 1_200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'deep lists on one line': () => '- '.repeat(10_000) + 'x',
    'a million aliases': () => ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${Array(10).fill(`*${'abcdefgh'[i]}`).join(',')}]`)].join('\n'),
    'fifty megabytes': () => 'a: b\n'.repeat(10_000_000),
    'a hundred thousand lines': () => 'a: b\n'.repeat(100_000),
  };
  for (const [name, make] of Object.entries(refused)) {
    it(`refuses ${name}`, () => {
      const text = make();
      const yaml = parseYaml(text);
      assert.ok(codes(yaml).includes('too-large'), codes(yaml).slice(0, 3).join());
      assert.equal(yaml.documents[0]?.root, null);
    });
  }

  it('refuses deep JSON', () => {
    assert.deepEqual(codes(parseJson('['.repeat(10_000))), ['too-large']);
    assert.deepEqual(codes(parseJson('{"a":'.repeat(10_000))), ['too-large']);
  });

  it('lets an alias share its target, also as plain values', () => {
    const tree = parseYaml('a: &x { n: 1 }\nb: *x\nc: [*x, *y]\n');
    const value = plainValue(tree.documents[0]?.root ?? null) as Record<string, unknown>;
    assert.deepEqual(value, { a: { n: 1 }, b: { n: 1 }, c: [{ n: 1 }, null] });
    assert.deepEqual(codes(tree), ['unquoted']);
  });

  it('a cycle of aliases has no size', () => {
    const tree = parseYaml('a: &a [1, *a]\n');
    const root = tree.documents[0]?.root;
    if (root) assert.ok(Number.isFinite(expandedSize(root)));
  });

  it('keeps what is sound beside a fault', () => {
    const root = parseYaml('name: x\nlist: [1, 2\nother: y\n').documents[0]?.root ?? null;
    assert.equal(textOf(valueOf(root, 'name')), 'x');
    const json = parseJson('{"name": "x", "list": [1, 2, "other": "y"}').documents[0]?.root ?? null;
    assert.equal(textOf(valueOf(json, 'name')), 'x');
  });

  it('finds duplicate keys at the second', () => {
    const text = 'a: 1\nb: { c: 1, c: 2 }\na: 3\n';
    assert.deepEqual(parseYaml(text).documents[0]?.problems.map((p) => [p.code, p.span.start]), [['duplicate-key', text.indexOf('c: 2')], ['duplicate-key', text.lastIndexOf('a')]]);
  });

  it('sees several documents, comments and tags', () => {
    const tree = parseYaml('a: !x 1 # one\n---\n# two\nb: ! c\n');
    assert.equal(tree.documents.length, 2);
    assert.deepEqual(tree.documents.map((d) => [d.tags.length, d.comments.length]), [[1, 1], [1, 1]]);
  });

  it('counts in UTF-16 units behind a byte order mark and emoji', () => {
    const text = '\ufeff"😀": &a 😀\r\nb: *a\r\nc: {d: 😀, e: 5}\r\n';
    const root = parseYaml(text).documents[0]?.root ?? null;
    const five = valueOf(valueOf(root, 'c'), 'e');
    assert.equal(text.slice(five?.start, five?.end), '5');
  });
});
