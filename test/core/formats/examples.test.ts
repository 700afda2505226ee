// Every finding's documentation is executed: the bad example gives exactly its code, the good one nothing.
import assert from 'node:assert/strict';
import { applyEdits } from '../../../server/src/core/text';
import { formatRules, formats, readForeign } from '../../../server/src/core/formats';

describe('findings of formats', () => {
  it('have codes of their own format, each once', () => {
    const codes = formatRules.map((rule) => rule.code);
    assert.deepEqual([...new Set(codes)], codes);
    for (const format of formats) for (const rule of format.rules) assert.match(rule.code, new RegExp(`^format/${format.id}/[a-z-]+$`));
  });

  for (const rule of formatRules) {
    it(`${rule.code}: the bad example gives exactly it, the good example nothing`, () => {
      const codes = (example: { path: string; text: string }) => readForeign(example.path, example.text)?.problems.map((problem) => problem.code);
      assert.deepEqual(codes(rule.bad), [rule.code]);
      assert.deepEqual(codes(rule.good), []);
      assert.match(rule.documentation, /\*\*Evidence:\*\*[\s\S]*\*\*Mend it:\*\*/);
    });
    it(`${rule.code}: its fixes remove it`, () => {
      for (const problem of readForeign(rule.bad.path, rule.bad.text)?.problems ?? []) {
        for (const fix of problem.fixes ?? []) {
          const mended = applyEdits(rule.bad.text, fix.edits);
          assert.deepEqual(readForeign(rule.bad.path, mended)?.problems.map((left) => left.code), [], `${fix.title}\n${mended}`);
        }
      }
    });
  }
});
