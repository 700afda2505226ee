// Every decoded character of a scalar maps to the place in the source that spells it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseYaml, scalarMap, valueOf, type ScalarNode } from '../../../server/src/core/yaml';

const scalarOf = (text: string): ScalarNode => valueOf(parseYaml(text).documents[0]?.root, 'a') as ScalarNode;

const CASES: Record<string, string> = {
  plain: 'a: one == two',
  'plain over lines': 'a: one ==\n  two &&\n\n  three',
  single: "a: 'it''s one'",
  'single over lines': "a: 'x &&\n  y''s\n\n  z'",
  double: 'a: "say \\"hi\\" \\u0041 \\x42 \\t end"',
  'double over lines': 'a: "x &&\n  y \\\n  z"',
  literal: 'a: |\n  one &&\n    two\n\n  three\n',
  'literal stripped': 'a: |-\n  one &&\n  two',
  'literal kept': 'a: |+\n  one\n\n\nb: 1',
  folded: 'a: >\n  one &&\n  two\n\n  three\n    more\n  four\n',
  'folded stripped': 'a: >-\n  one\n\n\n  two\n',
  'windows line ends': 'a: >-\r\n  one &&\r\n  two\r\n',
  emoji: 'a: "😀 x\\n😀 y"',
  'indentation indicator': 'a: |2\n   one\n  two\n',
};

describe('scalar map', () => {
  for (const [name, text] of Object.entries(CASES)) {
    it(name, () => {
      const node = scalarOf(text);
      const map = scalarMap(text, node);
      assert.equal(map.exact, true, JSON.stringify(node.text));
      for (let i = 0; i < node.text.length; i++) {
        const c = node.text[i] ?? '';
        const at = map.at(i);
        if (/[\s"'\\AB]/.test(c)) continue;
        assert.equal(text[at], c, `${i}: ${JSON.stringify(c)} at ${at}`);
      }
    });
  }

  it('follows any condition in any style', () => {
    const word = fc.constantFrom('a', 'agent.team', '==', '"x"', "'y'", '&&', '>', '1.5', 'has(x)', '😀', '#x', ': b');
    const gap = fc.constantFrom(' ', '\n', '\n\n', '\n  ');
    const style = fc.constantFrom('|', '>', '|-', '>-', '|+', '>+');
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 8 }), style, (parts, head) => {
        const body = parts.map(([w, g]) => w + g).join('');
        const text = `k: 1\na: ${head}\n${body.split('\n').map((l) => `   ${l}`).join('\n')}\n`;
        const node = scalarOf(text);
        const map = scalarMap(text, node);
        assert.equal(map.exact, true);
        for (let i = 0; i < node.text.length; i++) if (!/\s/.test(node.text[i] ?? '')) assert.equal(text[map.at(i)], node.text[i]);
      }),
      { numRuns: 500 },
    );
  });
});
