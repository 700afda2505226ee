// CODEOWNERS: which line counts for which path, by the rules of GitHub and of GitLab; and Backstage's entities.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codeOwnersOf, entityRef, readForeign, recogniseFile } from '../../../server/src/core/formats';
import { pathPattern } from '../../../server/src/core/formats/codeowners/pattern';

/** pattern; paths that fit; paths that do not */
type Row = readonly [pattern: string, fits: readonly string[], not: readonly string[]];

const GITHUB: readonly Row[] = [
  ['*', ['a', 'a/b', '.github/agents/x.agent.md'], []],
  ['*.js', ['a.js', 'x/y/a.js', '.js'], ['a.jsx', 'ajs']],
  ['/build/logs/', ['build/logs/a', 'build/logs/x/a'], ['build/logs', 'x/build/logs/a', 'build/logs2/a']],
  ['docs/*', ['docs/a.md', 'docs/.b'], ['docs/build-app/troubleshooting.md', 'x/docs/a.md', 'docs']],
  ['docs/*.md', ['docs/a.md'], ['docs/x/a.md', 'a.md']],
  ['apps/', ['apps/a', 'x/apps/a', 'x/apps/y/a'], ['apps', 'x/apps2/a']],
  ['/docs/', ['docs/a', 'docs/x/a'], ['x/docs/a']],
  ['docs/', ['docs/a', 'x/docs/a'], ['docs']],
  ['/apps/github', ['apps/github', 'apps/github/a/b'], ['apps/github2', 'x/apps/github']],
  ['**/logs', ['logs', 'logs/a', 'build/logs/a', 'deeply/nested/logs/a'], ['logs2/a']],
  ['/docs/**', ['docs/a', 'docs/x/a'], ['docs', 'docs2/a']],
  ['docs/**/*.md', ['docs/a.md', 'docs/x/y/a.md'], ['a.md', 'docs/a.txt']],
  ['foo/**/bar', ['foo/bar', 'foo/a/b/bar', 'foo/bar/x'], ['bar', 'foo/a/barn']],
  ['/*', ['README.md'], ['a/README.md']],
  ['README.md', ['README.md', 'a/b/README.md'], ['readme.md', 'README.md2']],
  ['a?c', ['abc', 'x/abc'], ['ac', 'a/c']],
  ['path\\ with/x', ['path with/x'], ['path/x']],
  ['.github', ['.github/CODEOWNERS', 'x/.github/a'], ['xgithub/a']],
  ['/', ['a', 'a/b'], []],
  ['**', ['a', 'a/b'], []],
];
const GITLAB: readonly Row[] = [
  ['*', ['a', 'a/b', '.x/y'], []],
  ['*.rb', ['a.rb', 'x/y/a.rb'], ['a.rbx']],
  ['\\#file.rb', ['#file.rb', 'x/#file.rb'], ['file.rb']],
  ['/docs/', ['docs/a', 'docs/x/a'], ['x/docs/a', 'docs']],
  ['/docs/*', ['docs/a'], ['docs/x/a']],
  ['/docs/**/*.md', ['docs/a.md', 'docs/x/y/a.md'], ['x/docs/a.md']],
  ['docs/*.md', ['docs/a.md', 'x/docs/a.md'], ['docs/x/a.md']],
  ['lib/', ['lib/a', 'x/lib/y/a'], ['lib']],
  ['docs', ['docs', 'x/docs'], ['docs/a']],
  ['/a[0-9].md', ['a1.md'], ['ax.md', 'a[0-9].md']],
  ['/a[^0-9].md', ['ax.md'], ['a1.md']],
  ['path\\ with\\ spaces/', ['path with spaces/a'], ['path/a']],
];

describe('patterns of CODEOWNERS', () => {
  for (const [dialect, rows] of [['github', GITHUB], ['gitlab', GITLAB]] as const) {
    for (const [pattern, fits, not] of rows) {
      it(`${dialect}: ${pattern}`, () => {
        const { matches } = pathPattern(pattern, dialect);
        for (const path of fits) assert.equal(matches(path), true, `${path} fits`);
        for (const path of not) assert.equal(matches(path), false, `${path} does not fit`);
      });
    }
  }

  it('know what stands for everything', () => {
    for (const pattern of ['*', '**', '/**', '**/*', '/']) assert.equal(pathPattern(pattern, 'github').everything, true, pattern);
    for (const pattern of ['/*', '*.md', '/agents/', '**/agents']) assert.equal(pathPattern(pattern, 'github').everything, false, pattern);
  });

  it('a literal path fits itself, and everything below it', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '-', '.', '1', 'é', ' '), minLength: 1, maxLength: 5 }).filter((text) => text.trim() === text);
    fc.assert(fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.array(name, { maxLength: 3 }), (names, below) => {
      const path = names.join('/');
      assert.ok(pathPattern(`/${path.replaceAll(' ', '\\ ')}`, 'github').matches([path, ...below].join('/')));
    }));
  });

  it('take no time that grows out of hand', () => {
    const { matches } = pathPattern(`**/*a/${'*a'.repeat(2000)}b`, 'github');
    assert.equal(matches(`x/${'a'.repeat(4000)}`), false);
    assert.equal(pathPattern(`${'**/a/'.repeat(500)}b`, 'github').matches('a/'.repeat(2000)), false);
  });
});

const owners = (path: string, text: string, file: string): unknown => {
  const found = readForeign(path, text)?.owners?.codeowners;
  assert.ok(found);
  return codeOwnersOf(found, file).map((match) => [match.section.name, match.owners.map((owner) => owner.value)]);
};

describe('CODEOWNERS', () => {
  it('GitHub: the last line that fits counts, also one without an owner', () => {
    const text = '\ufeff# who\r\n*  @acme/all  # everybody\r\n/agents/ @acme/a ann@example.com\n/agents/open.md\n';
    assert.deepEqual(owners('.github/CODEOWNERS', text, 'x'), [[null, ['@acme/all']]]);
    assert.deepEqual(owners('.github/CODEOWNERS', text, 'agents/x'), [[null, ['@acme/a', 'ann@example.com']]]);
    assert.deepEqual(owners('.github/CODEOWNERS', text, 'agents/open.md'), [[null, []]]);
  });

  it('GitHub: a line that it cannot read counts for nothing', () => {
    const text = '* @acme/all\n!x @acme/a\nx[1] @acme/a\n\\#x @acme/a\nx acme\nx @acme/a b\n';
    const found = readForeign('CODEOWNERS', text);
    assert.deepEqual(owners('CODEOWNERS', text, 'x'), [[null, ['@acme/all']]]);
    assert.deepEqual(found?.problems.map(({ code, span }) => [code, text.slice(span.start, span.end)]), ['!x @acme/a', 'x[1] @acme/a', '\\#x @acme/a', 'x acme', 'x @acme/a b'].map((line) => ['format/codeowners/skipped-line', line]));
  });

  it('GitLab: of each section the last line, defaults, optional sections, exclusions', () => {
    const text = '* @all\n[Docs] @docs\n/docs/\n/docs/api/ @api @@maintainer\n^[Extra][2] @extra\n*.md\n[DOCS]\n!/docs/private/\n/docs/private/a.md @late\n';
    assert.deepEqual(owners('CODEOWNERS', text, 'docs/a.md'), [[null, ['@all']], ['Docs', ['@docs']], ['Extra', ['@extra']]]);
    assert.deepEqual(owners('CODEOWNERS', text, 'docs/api/a'), [[null, ['@all']], ['Docs', ['@api', '@@maintainer']]]);
    assert.deepEqual(owners('CODEOWNERS', text, 'docs/private/a.md'), [[null, ['@all']], ['Extra', ['@extra']]]);
    const extra = readForeign('CODEOWNERS', text)?.owners?.codeowners?.sections.find((section) => section.name === 'Extra');
    assert.deepEqual([extra?.optional, extra?.approvals], [true, 2]);
  });

  it('is of the platform of its folder, else of whoever has sections', () => {
    const dialect = (path: string, text: string) => readForeign(path, text)?.owners?.codeowners?.dialect;
    assert.equal(dialect('.github/CODEOWNERS', '[A]\n* @a\n'), 'github');
    assert.equal(dialect('.gitlab/CODEOWNERS', '* @a\n'), 'gitlab');
    assert.equal(dialect('CODEOWNERS', '* @a\n'), 'github');
    assert.equal(dialect('docs/CODEOWNERS', '[A] @a\n* @a\n'), 'gitlab');
    assert.equal(dialect('CODEOWNERS', '^[A][2]\n*\n'), 'gitlab');
    assert.equal(dialect('CODEOWNERS', '* @@developer\n'), 'gitlab');
    assert.equal(dialect('CODEOWNERS', '[ab]c.md @a\n'), 'github');
  });

  it('stands at its three places of each platform, and nowhere else', () => {
    for (const path of ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']) assert.equal(recogniseFile(path, '')?.id, 'codeowners');
    for (const path of ['x/CODEOWNERS', 'codeowners', 'CODEOWNERS.md']) assert.equal(recogniseFile(path, ''), null);
  });

  it('beyond 3 MB is nothing to GitHub', () => assert.equal(readForeign('CODEOWNERS', `* @a\n${'#'.repeat(3 * 1024 * 1024)}`)?.owners, undefined));
});

describe('Backstage', () => {
  const text = ['apiVersion: backstage.io/v1alpha1', 'kind: Component', 'metadata: { name: refunds }', 'spec: { owner: payments }', '---', 'apiVersion: backstage.io/v1alpha1', 'kind: Group',
    'metadata: { name: payments, namespace: shop }', 'spec: { type: team, members: [ann], profile: { displayName: Payments, email: p@example.com } }', '---', 'apiVersion: v1', 'kind: Component', 'metadata: { name: other }', '---',
    'apiVersion: backstage.io/v1beta1', 'kind: Template', 'metadata: { name: t, namespace: ns }', 'spec: { owner: "user:ann" }', '---', 'apiVersion: backstage.io/v1alpha1', 'kind: API', 'metadata: { name: x }', "spec: { owner: '${{ values.owner }}' }", ''].join('\n');

  it('gives the entities of all documents, and nothing of others', () => {
    const entities = readForeign('svc/catalog-info.yaml', text)?.owners?.entities ?? [];
    assert.deepEqual(entities.map(({ kind, namespace, name, owner, email, members }) => [kind, namespace, name, owner?.ref ?? null, email, members]), [
      ['component', 'default', 'refunds', 'group:default/payments', null, []],
      ['group', 'shop', 'payments', null, 'p@example.com', ['ann']],
      ['template', 'ns', 't', 'user:ns/ann', null, []],
      ['api', 'default', 'x', null, null, []],
    ]);
    const first = entities[0]?.owner?.span;
    assert.equal(first && text.slice(first.start, first.end), 'payments');
  });

  it('is recognised by name and content', () => {
    assert.equal(recogniseFile('a/catalog-info.yml', text)?.id, 'backstage');
    assert.equal(recogniseFile('catalog-info.yaml', 'a: b'), null);
    assert.equal(recogniseFile('catalog.yaml', text), null);
  });

  it('reads references in all their forms', () => {
    for (const [written, ref] of [['a', 'group:default/a'], ['group:a', 'group:default/a'], ['ns/a', 'group:ns/a'], ['user:Ns/A', 'user:ns/a']] as const) assert.equal(entityRef(written), ref);
  });
});
