// Frontmatter: fences, offsets in the whole file, and what is still read when strict YAML gives up.
import assert from 'node:assert/strict';
import { applyEdits } from '../../../server/src/core/text';
import { plainValue } from '../../../server/src/core/yaml';
import { readFrontmatter } from '../../../server/src/core/formats';

const values = (text: string): unknown => {
  const found = readFrontmatter(text);
  return found && (found.root === null ? 'unreadable' : plainValue(found.root));
};

describe('frontmatter', () => {
  const cases: [string, string, unknown, string[]?][] = [
    ['plain', '---\na: 1\n---\nbody\n', { a: 1 }],
    ['BOM and CRLF', '\ufeff---\r\na: x\r\nb: [y]\r\n---\r\nbody', { a: 'x', b: ['y'] }],
    ['blanks after the fences', '---  \na: x\n---\t\nbody', { a: 'x' }],
    ['a rule in the body', '---\na: x\n---\nbody\n---\nmore', { a: 'x' }],
    ['no text after it', '---\na: x\n---', { a: 'x' }],
    ['blank', '---\n---\n', {}],
    ['only a comment', '---\n# nothing\n---\n', {}],
    ['no opening', 'a: x\n---\n', null],
    ['not on the first line', '\n---\na: x\n---\n', null],
    ['four dashes', '----\na: x\n----\n', null],
    ['an empty file', '', null],
    ['never closed', '---\na: x\n', 'unreadable', ['syntax/frontmatter']],
    ['a rule at the top of a text', '---\n\nSome text.\n', 'unreadable'],
    ['a list', '---\n- a\n---\n', 'unreadable', ['syntax/frontmatter']],
    ['`on` is text in YAML 1.2', '---\non: push\nyes: no\n---\n', { on: 'push', yes: 'no' }],
    ['a colon in a text', '---\nname: a\ndescription: Use when: always\ntools: [x]\n---\n', { name: 'a', description: 'Use when: always', tools: ['x'] }, ['syntax/frontmatter']],
    ['a colon in a folded text', '---\ndescription: Use this\n  when: always\ntools:\n  - x\n---\n', { description: 'Use this when: always', tools: ['x'] }, ['syntax/frontmatter']],
    ['a lone star', '---\ntools: *\nname: a\n---\n', { tools: '*', name: 'a' }, ['syntax/frontmatter']],
    ['a star in a list', '---\ntools: [*]\nname: a\n---\n', undefined, ['syntax/frontmatter']],
    ['an open list', '---\ntools: [a, b\nname: a\n---\n', { tools: ['a', 'b'], name: 'a' }, ['syntax/frontmatter']],
    ['text after a quoted text', '---\nname: "a" b\ndescription: d\n---\n', undefined, ['syntax/frontmatter']],
    ['more than anybody writes', `---\n${'a: x: y\n'.repeat(3000)}---\n`, 'unreadable', ['syntax/too-large']],
    ['a key twice', '---\na: x\na: y\n---\n', undefined, ['syntax/duplicate-key']],
  ];
  for (const [name, text, expected, codes] of cases) {
    it(name, () => {
      if (expected !== undefined) assert.deepEqual(values(text), expected);
      assert.deepEqual(readFrontmatter(text)?.problems.map((problem) => problem.code) ?? [], codes ?? []);
    });
  }

  it('points into the whole file, and its fix makes strict YAML of it', () => {
    const text = '---\r\nname: a\r\ndescription: Says "hi": 😀 and more: yes\r\n---\r\nbody';
    const found = readFrontmatter(text);
    const problem = found?.problems[0];
    assert.ok(found && problem?.fixes?.[0]);
    assert.equal(text.slice(problem.span.start, problem.span.end), 'Says "hi": 😀 and more: yes');
    assert.equal(text.slice(found.body), 'body');
    const mended = applyEdits(text, problem.fixes[0].edits);
    assert.deepEqual(values(mended), { name: 'a', description: 'Says "hi": 😀 and more: yes' });
    assert.deepEqual(readFrontmatter(mended)?.problems, []);
  });
});
