// Every finding's documentation is executed: the bad example gives exactly its code, the good one nothing.
import assert from 'node:assert/strict';
import { applyEdits, type Problem } from '../../../server/src/core/text';
import { formatRules, formats, readForeign, type FormatExample } from '../../../server/src/core/formats';

/** What is found in the first file of an example, which other files may follow: `#- path` begins each. */
function problemsOf(example: FormatExample, text = example.text): readonly Problem[] {
  const [first = '', ...others] = text.split(/^(?=#- )/m);
  const files = new Map(others.map((other): [string, string] => [/^#- (.*)/.exec(other)?.[1] ?? '', other.slice(other.indexOf('\n') + 1)]));
  const file = readForeign(example.path, first);
  const of = (path: string): string | null => (path === example.path ? first : (files.get(path) ?? null));
  const joined = file?.joined?.({
    file: (path) => readForeign(path, of(path) ?? ''), text: of, cedar: null,
    exists: (path) => of(path) !== null || [...files.keys()].some((other) => other.startsWith(`${path}/`)),
    ofFormat: (format) => [...files].flatMap(([path, other]) => (readForeign(path, other)?.format === format ? [path] : [])),
  });
  return [...(file?.problems ?? []), ...(joined?.problems ?? [])];
}

describe('findings of formats', () => {
  it('have codes of their own format, each once', () => {
    const codes = formatRules.map((rule) => rule.code);
    assert.deepEqual([...new Set(codes)], codes);
    for (const format of formats) for (const rule of format.rules) assert.match(rule.code, new RegExp(`^format/${format.id}/[a-z-]+$`));
  });

  for (const rule of formatRules) {
    // what Cedar says is looked at where its engine is loaded
    if (readForeign(rule.bad.path, rule.bad.text)?.awaits === 'cedar') continue;
    it(`${rule.code}: the bad example gives exactly it, the good example nothing`, () => {
      const codes = (example: FormatExample): string[] => problemsOf(example).map((problem) => problem.code);
      assert.deepEqual(codes(rule.bad), [rule.code]);
      assert.deepEqual(codes(rule.good), []);
      assert.match(rule.documentation, /\*\*Evidence:\*\*[\s\S]*\*\*Mend it:\*\*/);
    });
    it(`${rule.code}: its fixes remove it`, () => {
      for (const problem of problemsOf(rule.bad)) {
        for (const fix of problem.fixes ?? []) {
          const mended = applyEdits(rule.bad.text, fix.edits);
          assert.deepEqual(problemsOf(rule.bad, mended).map((left) => left.code), [], `${fix.title}\n${mended}`);
        }
      }
    });
  }
});
