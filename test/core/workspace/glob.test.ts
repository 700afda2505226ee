// Globs over paths: what each matches, that hostile ones cost nothing, and that sound ones match what they mean, written out as a regular expression.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { glob } from '../../../server/src/core/workspace/glob';

const TABLE: readonly (readonly [glob: string, yes: readonly string[], no: readonly string[]])[] = [
  ['vendor', ['vendor', 'vendor/a.yaml', 'x/vendor/a.yaml'], ['vendored/a.yaml', 'a.yaml']],
  ['vendor/**', ['vendor/a.yaml', 'vendor/b/c.yaml', 'vendor'], ['x/vendor', 'vendors/a']],
  ['/vendor/', ['vendor/a.yaml', 'vendor'], ['vendors']],
  ['./a/b', ['a/b', 'a/b/c'], ['x/a/b']],
  ['*.yaml', ['a.yaml', 'x/y/a.yaml', '.yaml'], ['a.yml', 'a.yamlx']],
  ['agents/*.yaml', ['agents/a.yaml'], ['agents/x/a.yaml', 'x/agents/a.yaml']],
  ['**/test/**', ['test/a', 'x/test/a', 'x/y/test'], ['tests/a', 'x/atest/a']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b', 'a/x/b/c'], ['a/xb', 'ab']],
  ['*/**', ['a/b', 'a/b/c'], ['a']],
  ['a**b', ['axb', 'ab', 'x/axb'], ['a/b']],
  ['**', ['a', 'a/b'], []],
  ['{a,b}/c', ['a/c', 'b/c/d'], ['c', 'ab/c']],
  ['*.{yml,yaml}', ['a.yml', 'x/a.yaml'], ['a.json']],
  ['{a,b/{c,d}}', ['a', 'b/c', 'b/d/e'], ['b', 'c']],
  ['{a', ['{a'], ['a']],
  ['{a}', ['{a}'], ['a']],
  ['a?c', ['abc', 'x/abc'], ['ac', 'a/c']],
  ['[a-c]x', ['ax', 'cx'], ['dx', 'x']],
  ['[!a-c]x', ['dx'], ['ax', '/x']],
  ['[ab', ['[ab'], ['a']],
  ['a(b)', ['a(b)', 'x/a(b)/c'], ['ab']],
  ['!a', ['!a'], ['b']],
  ['a\\*', ['a*'], ['ab']],
  ['.github', ['.github/agents/a.md'], ['github']],
];

describe('globs', () => {
  for (const [source, yes, no] of TABLE) {
    it(source, () => {
      const match = glob(source);
      assert.ok(match);
      for (const path of yes) assert.equal(match(path), true, path);
      for (const path of no) assert.equal(match(path), false, path);
    });
  }

  it('gives nothing for what is empty or too large', () => {
    for (const source of ['', '/', '  ', 'a'.repeat(2_000), '{a,b}'.repeat(20), `${'{a,'.repeat(300)}b${'}'.repeat(300)}`]) assert.equal(glob(source), null, source.slice(0, 20));
  });

  it('walks hostile globs in bounded time', () => {
    const path = `${'a'.repeat(250)}/${'a/'.repeat(200)}${'a'.repeat(250)}`;
    for (const source of ['*a'.repeat(400) + 'b', '**/*a'.repeat(150) + 'b', `${'?'.repeat(900)}b`, '**/'.repeat(300) + 'b', '[a-z]*'.repeat(100) + 'b', '{1..100000}']) assert.equal(glob(source)?.(path), false, source.slice(0, 20));
  });

  it('matches what it means', () => {
    // each part of the glob with what it means within a name
    const parts = { a: 'a', b: 'b', '.c': '\\.c', '*': '[^/]*', '*a': '[^/]*a', 'a*': 'a[^/]*', '?': '[^/]', '[ab]': '[ab]', '{a,b}': '(?:a|b)', 'a.b': 'a\\.b', '**': '**' } as const;
    const part = fc.constantFrom(...(Object.keys(parts) as (keyof typeof parts)[]));
    const name = fc.constantFrom('a', 'b', '.c', 'aa', 'ab', 'ba', 'a.b', 'c');
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.array(name, { minLength: 1, maxLength: 5 }), (chosen, names) => {
        const last = chosen.findLastIndex((one) => one !== '**');
        // folders at the end of a glob are those that it names already; a name may not be empty
        const kept = last < 0 ? [] : chosen.slice(0, last + 1);
        const body = kept.map((one) => (one === '**' ? '(?:[^/]+/)*' : `(?!/|$)${parts[one]}/`)).join('');
        const meant = new RegExp(`^${chosen.length === 1 ? '(?:[^/]+/)*' : ''}${body}${kept.length === 0 ? '.*' : chosen.length > last + 1 && chosen[last]?.endsWith('*') ? '.+' : ''}`);
        assert.equal(glob(chosen.join('/'))?.(names.join('/')), meant.test(`${names.join('/')}/`), `${chosen.join('/')} ${names.join('/')} ${meant.source}`);
      }),
      { numRuns: 5_000 },
    );
  });
});
