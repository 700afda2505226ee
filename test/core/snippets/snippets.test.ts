// Snippets: their syntax, what they expand to, and what is said of them in a library.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expand, isForFile, parseBody, parseRange, parseVersion, readSnippets, valuesAt } from '../../../server/src/core/snippets';
import { runCases } from '../../harness/cases';
import { NOW, lintAll, lintText, workspaceOf } from '../../harness/workspace';

const plain = (body: string): string => expand(parseBody(body).parts, valuesAt(NOW)).text;

describe('snippet syntax', () => {
  const cases: readonly [body: string, text: string][] = [
    ['a $1 b', 'a  b'], ['${1:x}-$1', 'x-x'], ['$1-${1:x}', 'x-x'], ['${1|a,b|}', 'a'], ['${1|a\\,b,c\\|d|}', 'a,b'], ['\\$1 \\} \\\\', '$1 } \\'], ['${1:a ${2:b} c}', 'a b c'],
    ['${CURRENT_YEAR}-$CURRENT_MONTH', '2026-11'], ['${TM_SELECTED_TEXT:none}', 'none'], ['${TM_FILENAME_BASE/(.*)/${1:/upcase}/}', 'EXAMPLE'], ['${1:${1:x}}', ''], ['$0', ''], ['a $ b {c}', 'a $ b {c}'],
    ['x:\n\ty: 1', 'x:\n  y: 1'], ['${1:a\\}b}', 'a}b'],
    // the first text of a tab stop is that of all of them; each `$0` is for itself
    ['${1:a} ${1:b} $1', 'a a a'], ['$1 ${1:${2:b}} $2', 'b b b'], ['${0:a} ${0:b}', 'a b'], ['${1|a,b|} ${1:c}', 'a a'],
    // transforms: what stands there once one has passed the tab stop
    ['${1:my agent} ${1/[^a-z]+/-/g}', 'my agent my-agent'], ['${TM_FILENAME/(.*)\\.agent\\.yaml$/$1/}', 'example'], ['${1:some-thing} ${1/(.*)/${1:/pascalcase}/}', 'some-thing SomeThing'], ['${1:someThing} ${1/(.*)/${1:/kebabcase} ${1:/snakecase}/}', 'someThing some-thing some_thing'],
    ['${1:a} ${1/(b)?a/${1:?yes:no}-${1:+y}-${1:-n}/}', 'a no--n'], ['${1:a} ${1/(x)/${1:-none}/}', 'a none'], ['${1:A} ${1/a/b/i}', 'A b'], ['${1:a/b} ${1/\\//{/}', 'a/b a{b'], ['${1:aa} ${1/a/$0$0/g}', 'aa aaaa'], ['${1:a} ${1/(?=a)/b/}', 'a a'],
    ['${1|$5\\, or more,}|}', '$5, or more'], ['$UNKNOWN', 'UNKNOWN'], ['${UNKNOWN:x}', 'x'],
  ];
  for (const [body, text] of cases) it(JSON.stringify(body), () => assert.equal(plain(body), text));

  const faulty: readonly [body: string, start: number, part: string][] = [
    ['a ${1:b', 2, 'closed'], ['${1|a,b}', 0, 'choice'], ['$NOPE', 0, 'NOPE'], ['x ${a.b}', 2, '${'], ['${1/a/b', 0, 'transform'], ['${NAME|a|}', 0, 'no choices'],
    ['${0|a,b|}', 0, 'no choices'], ['a ${1|b,,c|}', 8, 'empty'], ['${1|a\\$b|}', 5, 'backslash'], ['${1/a/b/gq}', 8, 'options'], ['${1/(a/b/}', 4, 'bracket'], ['${1/a/${1:/upper}/}', 6, 'upcase'], ['${1:a $1}', 6, 'within itself'], ['${1:a ${1:b}}', 6, 'within itself'],
  ];
  for (const body of ['${1/(?<=a)b/c/g}', '${1/a{2,3}/b/gimsu}', '${SELECTION:x} $CURRENT_TIMEZONE_NAME', '${1|a\\|b,c\\\\|}']) it(`${JSON.stringify(body)} is sound`, () => assert.deepEqual(parseBody(body).faults, []));
  for (const [body, start, part] of faulty) it(`${JSON.stringify(body)} is faulty`, () => {
    const { faults } = parseBody(body);
    assert.ok(faults.some((fault) => fault.span.start === start && fault.message.includes(part)), JSON.stringify(faults));
  });

  it('never throws, and every fault and every character has a place in the body', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', '|', ',', '1', ':', '/', '\\', 'a', 'TM_FILENAME', '\n', '\t', ' ') }), (body) => {
      const { parts, faults } = parseBody(body);
      for (const { span } of faults) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= body.length);
      const { text, offsets } = expand(parts, valuesAt(NOW), { filler: 'x' });
      assert.equal(text.length, offsets.length);
      for (const offset of offsets) assert.ok(offset >= 0 && offset < body.length);
    }));
  });

  it('places in JSON text, through escapes and lines', () => {
    const text = '{ "a": { "prefix": "p", "body": ["one \\"two\\"", "th\\u0072ee"] } }';
    const [snippet] = readSnippets(text).snippets;
    const at = (word: string): string => {
      const start = snippet?.body.indexOf(word) ?? -1;
      const span = snippet?.place(start, start + word.length);
      return text.slice(span?.start, span?.end);
    };
    assert.equal(at('two'), 'two');
    assert.equal(at('three'), 'th\\u0072ee');
  });
});

describe('files of snippets', () => {
  it('hold groups, and say for which files they are', () => {
    const { snippets, broken } = readSnippets('{ "g": { "a": { "prefix": ["p", "q"], "body": "a", "include": "*.agent.yaml", "exclude": ["**/Old/**"] } }, "b": { "body": ["b", "c"], "description": ["d", "e"] }, "n": {} }');
    assert.deepEqual(snippets.map(({ name, body, description }) => [name, body, description]), [['a', 'a', null], ['b', 'b\nc', 'd e']]);
    assert.equal(broken.length, 1);
    const [first, second] = snippets;
    assert.ok(first && second);
    assert.deepEqual(['x/a.Agent.yaml', 'old/a.agent.yaml', 'a.policy.yaml'].map((path) => isForFile(first, path)), [true, false, false]);
    assert.ok(isForFile(second, 'a.policy.yaml'));
  });
});

describe('versions of libraries', () => {
  const cases: readonly [range: string, yes: string, no: string][] = [
    ['^1.4.0', '1.4.0 1.9.9', '1.3.9 2.0.0 1.5.0-beta'], ['~1.4.0', '1.4.7', '1.5.0'], ['1.4.0', '1.4.0', '1.4.1'], ['1.x', '1.0.0 1.9.0', '2.0.0'], ['*', '0.0.1 9.9.9', '1.0.0-a'], ['^0.2.3', '0.2.9', '0.3.0'], ['^0.0.3', '0.0.3', '0.0.4'],
    ['>=1.2.0 <2.0.0', '1.2.0 1.9.0', '2.0.0 1.1.9'], ['^1.0.0 || ^3.0.0', '1.1.0 3.1.0', '2.0.0'], ['1.2.0 - 1.4.0', '1.3.0 1.4.0', '1.4.1'], ['>1.4', '1.5.0', '1.4.9'], ['<=1.4', '1.4.9', '1.5.0'], ['^1.4.0-beta.1', '1.4.0-beta.2 1.4.0', '1.4.0-alpha'],
  ];
  for (const [range, yes, no] of cases) it(range, () => {
    const test = parseRange(range);
    const ask = (text: string): boolean => {
      const version = parseVersion(text);
      assert.ok(version && test);
      return test(version);
    };
    for (const version of yes.split(' ')) assert.ok(ask(version), version);
    for (const version of no.split(' ')) assert.ok(!ask(version), version);
  });
  it('other texts are none', () => assert.deepEqual(['latest', 'one.two', '^^1', '1.2.3.4'].map(parseRange), [null, null, null, null]));
});

describe('snippets in files', () => runCases('test/core/snippets/snippets.cases', 'lib/a.code-snippets', (files) => lintAll(workspaceOf(new Map(files.map(({ path, text }) => [path, text]))))));

describe('the shipped library', () => {
  const files = readdirSync('snippets').map((name) => `#- snippets/${name}\n${readFileSync(`snippets/${name}`, 'utf8')}`).join('');
  it('is sound', () => assert.deepEqual(lintText(files, NOW, true).map((f) => `${f.path} ${f.code} ${f.message}`), []));

  const shipped = readdirSync('snippets').filter((one) => one.endsWith('.code-snippets')).flatMap((name) => readSnippets(readFileSync(`snippets/${name}`, 'utf8')).snippets.map((snippet) => ({ name, snippet })));

  it('has words, tab stops and an end', () => {
    const prefixes = shipped.flatMap(({ snippet }) => snippet.prefixes.map(({ text }) => text));
    assert.deepEqual(prefixes.filter((one, at) => prefixes.indexOf(one) !== at), []);
    for (const { snippet } of shipped) {
      assert.ok((snippet.description?.length ?? 0) >= 20, snippet.name);
      assert.match(snippet.body, /\$\{1[:|]/, snippet.name);
      assert.match(snippet.body, /\$0$/, snippet.name);
    }
  });

  it('has what people look for', () => {
    const names = new Set(shipped.map(({ snippet }) => snippet.name));
    const asked = [
      ...['draft', 'pilot', 'production', 'suspended', 'retired'].map((stage) => `agent-${stage}`), ...['least-privilege', 'spending-limits', 'freeze-window', 'four-eyes', 'environment-promotion', 'data-residency', 'human-override'].map((policy) => `policy-${policy}`),
      'standard', 'policy-test', 'catalog', 'snippet-library', 'owner', 'approval-gate', 'logging', 'intervention', 'validation', 'hosting', 'budget', 'transparency', 'waiver', ...['log', 'redact', 'notify', 'ticket', 'disclose', 'limit', 'warn'].map((one) => `obligation-${one}`),
    ];
    assert.deepEqual(asked.filter((name) => !names.has(name)), []);
  });

  const production = plain(shipped.find(({ snippet }) => snippet.name === 'agent-production')?.snippet.body ?? '').trimEnd();
  const policy = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: team }\nspec:\n  rules:\n';
  const lines = (text: string, by: number): string => text.split('\n').map((line) => `${' '.repeat(by)}${line}`).join('\n');
  /** The lines of a block of an agent in production, and those around it. */
  const around = (key: string): { readonly own: string; readonly rest: string } => {
    const blocks = production.split(/^(?= {2}[a-z])/im);
    const own = blocks.find((block) => block.startsWith(`  ${key}:`)) ?? '';
    return { own: own.trimEnd(), rest: blocks.filter((block) => block !== own).join('').trimEnd() };
  };
  /** A whole document, or a document in which the block or entry has its place: an agent in production, a rule. */
  function inPlace(name: string, text: string): string {
    if (text.startsWith('apiVersion')) return text;
    if (name.startsWith('obligation-')) return `${policy}    - id: r\n      effect: oblige\n      obligations:\n${lines(text, 8)}`;
    if (name.startsWith('rule-')) return `${policy}${lines(text, 4)}`;
    if (name === 'test-case') return `apiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n${lines(text.replace('expect: allow', 'expect: deny'), 4)}`;
    if (name === 'requirement') return `apiVersion: countersign/v1\nkind: Standard\nmetadata: { name: s }\nspec:\n  requirements:\n${lines(text, 4)}`;
    const key = name === 'human-override' ? 'intervention' : (/^\w+/.exec(text)?.[0] ?? '');
    const { own, rest } = around(key);
    // a list keeps what an agent in production must have beside it
    return `${rest}\n${name === 'human-override' ? `${own}\n${lines(text, 4)}` : own.includes('\n    - ') ? `${own}\n${lines(text, 2).split('\n').slice(1).join('\n')}` : lines(text, 2)}`;
  }

  for (const { snippet } of shipped) it(`${snippet.name}, expanded with its defaults, checks clean under production-readiness`, () => {
    const text = inPlace(snippet.name, plain(snippet.body).trimEnd());
    assert.deepEqual(lintText(`#- a.yaml\n${text}\n`, NOW, true).map((f) => `${f.code} ${f.message}`), [], text);
  });
});
