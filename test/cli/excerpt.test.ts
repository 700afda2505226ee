// Carets stand under what they mean, whatever the line is made of.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { cells, printable, width } from '../../server/src/cli/terminal/cells';
import { excerpt } from '../../server/src/cli/terminal/excerpt';

/** What the carets cover: the characters of the source in the columns of the carets. */
function covered(line: string, from: number, to: number, columns = 80): string {
  const { source, underline } = excerpt(line, from, to, columns);
  const begin = underline.indexOf('^');
  let column = 0;
  let text = '';
  for (const cell of cells(source)) {
    if (column >= begin && column < underline.length) text += cell.text;
    column += cell.width;
  }
  return text;
}

describe('excerpt', () => {
  const cases: readonly (readonly [what: string, line: string, target: string])[] = [
    ['plain text', 'owner: nobody', 'nobody'],
    ['a tab before', '\towner: nobody', 'nobody'],
    ['a tab within the line', 'a\tb: nobody', 'nobody'],
    ['wide characters before', 'title: 支払い nobody', 'nobody'],
    ['wide characters themselves', 'title: 支払い x', '支払い'],
    ['an emoji before', 'title: 🎉🎉 nobody', 'nobody'],
    ['an emoji of several code points', 'title: 👩‍👩‍👧 nobody', 'nobody'],
    ['a combining accent before', 'title: e\u0301e\u0301 nobody', 'nobody'],
    ['a flag before', 'title: 🇪🇸 nobody', 'nobody'],
  ];
  for (const [what, line, target] of cases) {
    it(`is exact with ${what}`, () => {
      const from = line.indexOf(target);
      assert.equal(covered(line, from, from + target.length), target);
    });
  }

  it('shows the columns of a tab and of wide characters', () => {
    assert.deepEqual(excerpt('\t支: x', 1, 2, 80), { source: '    支: x', underline: '    ^^' });
  });

  it('gives an empty range one caret, also at the end of the line', () => {
    assert.deepEqual(excerpt('a: b', 2, 2, 80).underline, '  ^');
    assert.deepEqual(excerpt('a: b', 4, 4, 80).underline, '    ^');
  });

  it('crops a long line around the range', () => {
    const line = `${'x'.repeat(300)} HERE ${'y'.repeat(300)}`;
    const { source, underline } = excerpt(line, 301, 305, 40);
    assert.equal(source.length, 40);
    assert.ok(source.startsWith('…') && source.endsWith('…'));
    assert.equal(source.slice(underline.indexOf('^'), underline.length), 'HERE');
  });

  it('looks at a part only of a line of millions of characters', () => {
    const line = `${'🎉'.repeat(500_000)}HERE${'🎉'.repeat(500_000)}`;
    assert.equal(covered(line, 1_000_000, 1_000_004, 60), 'HERE');
  });

  it('covers a range that is longer than the room as far as it is shown', () => {
    const { source, underline } = excerpt(`a: ${'x'.repeat(500)}`, 3, 503, 50);
    assert.ok(width(source) <= 50);
    assert.ok(underline.length <= 50);
    assert.ok(underline.trimStart().length > 20);
  });

  it('never shows control characters or marks that turn the direction', () => {
    assert.equal(excerpt('a: \u001b[31mred\u202e', 0, 1, 80).source, 'a: ␛[31mred\ufffd');
    assert.equal(printable('a\u0007b\nc\td'), 'a␇b c d');
  });

  it('fits and covers for any text and range', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(60), fc.nat(20), fc.integer({ min: 20, max: 50 }), (raw, from, length, columns) => {
        const line = raw.replace(/[\r\n]/g, '');
        const { source, underline } = excerpt(line, Math.min(from, line.length), Math.min(from + length, line.length), columns);
        assert.match(underline, /^ *\^+$/);
        assert.ok(width(source) <= columns);
        assert.ok(underline.length <= columns + 1);
        assert.doesNotMatch(source, /[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
