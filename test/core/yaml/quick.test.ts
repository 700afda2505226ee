// What is read in one pass is read as the library reads it; whatever else stands in a text is left to it.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { composeThoroughly } from '../../../server/src/core/yaml/compose';
import { readQuick } from '../../../server/src/core/yaml/quick';

/** True where the text is of the common form; what is read of it is then compared. */
function compare(text: string): boolean {
  const quick = readQuick(text);
  if (!quick) return false;
  assert.deepEqual({ ...quick, problems: [], tags: [], anchored: false, dangling: false }, { ...composeThoroughly(text) }, JSON.stringify(text));
  return true;
}

const PARTS = [
  'a', 'b', 'key', ':', ': ', ' ', '  ', '\n', '\n', '\n  ', '\n    ', '\n- ', '\n  - ', '- ', '-', '#', ' # c', "'", '"', '[', ']', '{', '}', ', ', ',', '1', '-1', '.5', '-0', 'true', 'null', '~', '!', '&', '*', '|', '>', '?', '%', '@', '`',
  '\r\n', '\t', '...', '---', "''", '\\', 'http://x', '0x1', '0o7', '1e3', '+12', '.inf', '-.INF', '.nan', 'a: ', 'k: v', '\nk: v', '\nk:', '\n\n', '\n# x', '\u0085', '\u2028', 'é', '😀', '"q": ', "'s': ", '[a, b]', '{a: b}', '{a, "b": c}', '<<: ', '__proto__: ',
];

describe('the common form', () => {
  it('is read as the library reads it', () => {
    let compared = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 20 }), fc.nat(2), (parts, frame) => {
        const text = parts.join('');
        const framed = frame === 0 ? text : frame === 1 ? `a: 1\n${text}` : `x:\n  - k: 1\n    ${text.replaceAll('\n', '\n    ')}`;
        if (compare(framed)) compared++;
      }),
      { numRuns: 20_000 },
    );
    assert.ok(compared > 400, `${compared} of the common form`);
  });

  it('is that of most documents', () => {
    let [all, quick] = [0, 0];
    for (const entry of readdirSync('test/workspaces/acme', { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
      all++;
      if (compare(readFileSync(path.join(entry.parentPath ?? entry.path, entry.name), 'utf8'))) quick++;
    }
    assert.ok(quick > all / 2, `${quick} of ${all}`);
  });

  it('has bounded depth', () => {
    for (const text of ['['.repeat(20_000), `a: ${'['.repeat(100)}${']'.repeat(100)}`, Array.from({ length: 2_000 }, (_, n) => `${' '.repeat(n)}k:\n`).join(''), '- '.repeat(20_000)]) assert.equal(readQuick(text), null);
  });
});
