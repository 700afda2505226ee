// The line that a suppression speaks of: the next one that is no such comment, however many stand over it.
import assert from 'node:assert/strict';
import { parseYaml } from '../../../server/src/core/yaml';
import { suppressionsOf } from '../../../server/src/core/workspace/suppressions';

const read = (text: string): string[] => suppressionsOf(parseYaml(text), text).map(({ code, line }) => `${code} → ${text.slice(line.start, line.end)}`);

describe('suppressions', () => {
  it('speak of the line after them, past others of their kind', () => {
    assert.deepEqual(read('a: 1\n# countersign-ignore x/one: why\n  # countersign-ignore x/two: why\nb: 2\nc: 3 # countersign-ignore x/three: why\nd: 4\n# countersign-ignore x/last: why'),
      ['x/one → b: 2', 'x/two → b: 2', 'x/three → d: 4', 'x/last → ']);
  });

  it('are tens of thousands under one another without each looking at all the rest', () => {
    const found = read(`a: 1\n${'# countersign-ignore x/y: why\n'.repeat(40_000)}b: 2\n`);
    assert.equal(found.length, 40_000);
    assert.deepEqual([...new Set(found)], ['x/y → b: 2']);
  });
});
