// countersign snippets: list, show, check, lock, update; and a library that is packed, installed and used.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { originComment, shippedEarlier } from '../../server/src/core/snippets';
import { newLibrary } from '../../server/src/ide';
import { nodeHost } from '../../server/src/node/host';
import { memoryHost, run, type Ran } from './memory-host';

const LIBRARY = 'apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: acme, owner: platform }\nspec: { version: 1.4.0, snippets: ["./*.code-snippets"], hides: [countersign/hosting] }\n';
const SNIPPETS = '{ "hosting": { "prefix": "hosting", "description": "Where we run", "body": ["hosting:", "  - environment: ${1:production}"] } }';
const files = (more: Record<string, string> = {}): Record<string, string> => ({ '.countersign.yaml': 'libraries: [{ path: lib, version: ^1.0.0 }]\n', 'lib/acme.snippets.yaml': LIBRARY, 'lib/a.code-snippets': SNIPPETS, ...more });
const json = <T>({ out }: Ran): T => JSON.parse(out) as T;

interface Listed { readonly library: string; readonly version: string; readonly from: string; readonly snippets: readonly { readonly prefix: string; readonly place: string }[] }
interface Changed { readonly written: boolean; readonly libraries: readonly { readonly library: string; readonly status: string; readonly snippets: readonly { readonly prefix: string; readonly change: string }[] }[]; readonly documents: readonly { readonly file: string; readonly line: number }[] }

describe('countersign snippets', () => {
  it('lists libraries, the shipped one last', async () => {
    const listed = json<Listed[]>(await run('snippets list --format json', memoryHost(files())));
    assert.deepEqual(listed.map(({ library, from }) => `${library} ${from}`), ['acme path:lib', 'countersign shipped']);
    assert.deepEqual(listed[0]?.snippets.map(({ prefix, place }) => `${prefix}: ${place}`), ['hosting: agent spec']);
    assert.equal((await run('snippets list nobody', memoryHost(files()))).code, 2);
  });

  it('shows a snippet; what a library hides is not there, the same prefix of two libraries shows both', async () => {
    const shown = json<{ library: string; expanded: string }[]>(await run('snippets show hosting --format json', memoryHost(files())));
    assert.deepEqual(shown.map(({ library, expanded }) => [library, expanded]), [['acme', 'hosting:\n  - environment: production']]);
    const both = await run('snippets show hosting --format json', memoryHost(files({ 'lib/acme.snippets.yaml': LIBRARY.replace(', hides: [countersign/hosting]', '') })));
    assert.deepEqual(json<{ library: string }[]>(both).map(({ library }) => library), ['acme', 'countersign']);
    assert.equal((await run('snippets show nothing', memoryHost(files()))).code, 2);
    assert.equal((await run('snippets show', memoryHost(files()))).code, 2);
  });

  it('checks, and fails on what is invalid', async () => {
    assert.equal((await run('snippets check', memoryHost(files()))).code, 0);
    const bad = await run('snippets check --format json', memoryHost(files({ 'lib/a.code-snippets': SNIPPETS.replace('environment', 'enviroment'), 'bad.agent.yaml': 'x: 1' })));
    assert.equal(bad.code, 1);
    assert.deepEqual([...new Set(json<{ findings: { code: string }[] }>(bad).findings.map(({ code }) => code))], ['snippet/invalid']);
    assert.equal((await run('snippets check --fail-on error', memoryHost(files({ 'lib/a.code-snippets': SNIPPETS.replace('environment', 'enviroment') })))).code, 0);
  });

  it('locks, says what changed, and records it', async () => {
    const before = files({ 'a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t } }\n# snippet: acme/hosting@1.4.0 sha256:0123456789abcdef\n' });
    const host = memoryHost(before);
    assert.deepEqual(json<Changed>(await run('snippets lock --format json', host)).libraries.map(({ library, status }) => `${library} ${status}`), ['acme added']);
    assert.equal((await run('check', host)).code, 0);
    assert.deepEqual(json<Changed>(await run('snippets update --dry-run --format json', host)).libraries.map(({ status }) => status), ['same']);
    await host.write(path.resolve('/w'), 'lib/a.code-snippets', SNIPPETS.replace('production', 'prod'));
    assert.match((await run('check', host)).out, /snippet\/hash-changed/);
    const dry = await run('snippets update --dry-run --format json', host);
    assert.equal(dry.code, 1);
    const { written, libraries, documents } = json<Changed>(dry);
    assert.deepEqual([written, libraries[0]?.status, libraries[0]?.snippets.map(({ prefix, change }) => `${prefix} ${change}`), documents.map(({ file, line }) => `${file}:${line}`)], [false, 'tampered', ['hosting changed'], ['a.agent.yaml:4']]);
    assert.equal((await run('snippets lock', host)).code, 1);
    assert.match((await run('check', host)).out, /snippet\/hash-changed/);
    assert.equal((await run('snippets update', host)).code, 0);
    assert.doesNotMatch((await run('check', host)).out, /snippet\/hash-changed/);
    assert.equal((await run('snippets update nobody', host)).code, 2);
  });

  it('finds the documents that came from what changed, brings them up to date when asked to, and says what is gone and what it cannot know', async () => {
    const document = (name: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: ${name}\nspec:\n  purpose: Refund.\n  owner: { team: pay }\n`;
    const body = document('${1:x}').trimEnd();
    const shippedBody = Object.values(shippedEarlier()).find((one) => one.includes('lifecycle: production')) ?? '';
    const texts = {
      'a.agent.yaml': `${document('one')}${originComment('acme', 'our agent', '1.4.0', body)}\n---\n${document('two')}${originComment('acme', 'our agent', '1.4.0', body)}\n`, 'gone.agent.yaml': `${document('three')}${originComment('acme', 'gone', '1.4.0', body)}\n`,
      'newer.agent.yaml': `${document('four')}${originComment('acme', 'our agent', '9.0.0', 'x')}\n`, 'unknown.agent.yaml': `${document('five')}${originComment('acme', 'our agent', '1.3.0', 'another')}\n`,
      'shipped.agent.yaml': `${document('six')}${originComment('countersign', 'agent-production', '1.0.0', shippedBody)}\n`, 'elsewhere.agent.yaml': `${document('seven')}${originComment('nobody', 'x', '1.0.0', 'x')}\n`,
    };
    const snippets = (more: string, gone: boolean): string => JSON.stringify({ doc: { prefix: 'our agent', description: 'd', body: `${body}${more}` }, ...(gone ? {} : { gone: { prefix: 'gone', description: 'd', body } }) });
    const host = memoryHost(files({ ...texts, 'lib/a.code-snippets': snippets('', false) }));
    await run('snippets lock', host);
    await host.write(path.resolve('/w'), 'lib/a.code-snippets', snippets('\n  autonomy: propose', true));
    await host.write(path.resolve('/w'), 'lib/acme.snippets.yaml', LIBRARY.replace('1.4.0', '1.5.0'));
    const found = await run('snippets update --dry-run --format json', host);
    assert.deepEqual(json<{ documents: { file: string; line: number; snippet: string; before: string; after: string; gone: boolean }[] }>(found).documents.map((one) => `${one.file}:${one.line} ${one.snippet} ${one.before} ${one.after} ${one.gone}`), [
      'a.agent.yaml:7 acme/our-agent 1.4.0 1.5.0 false', 'a.agent.yaml:16 acme/our-agent 1.4.0 1.5.0 false', 'gone.agent.yaml:7 acme/gone 1.4.0 1.5.0 true', 'shipped.agent.yaml:7 countersign/agent-production 1.0.0 1.2.0 false', 'unknown.agent.yaml:7 acme/our-agent 1.3.0 1.5.0 false',
    ]);
    assert.match((await run('snippets update --dry-run', host)).out, /gone\.agent\.yaml:8 {2}inserted from acme\/gone 1\.4\.0, which the library no longer has in 1\.5\.0\n[^]*`countersign snippets update --documents` brings/);
    const dry = await run('snippets update --documents --dry-run', host);
    assert.equal(dry.code, 1);
    assert.match(dry.out, / {4}\+ {3}autonomy: propose\n[^]*2 files would be brought up to date; 1 place that both sides changed would stay as written\./);
    assert.equal((await run('snippets update --documents', host)).code, 0);
    const now = await host.read(path.resolve('/w'), 'a.agent.yaml');
    const after = `${body}\n  autonomy: propose`;
    assert.equal('text' in now ? now.text : '', ['one', 'two'].map((name) => `${document(name)}  autonomy: propose\n${originComment('acme', 'our agent', '1.5.0', after)}\n`).join('---\n'));
    const left = await run('snippets update --documents --dry-run --format json', host);
    assert.deepEqual([left.code, json<{ documents: { file: string }[]; updated: unknown[] }>(left).documents.map(({ file }) => file), json<{ updated: unknown[] }>(left).updated], [0, ['gone.agent.yaml', 'unknown.agent.yaml'], []]);
    assert.match((await run('snippets update --documents', host)).out, /is not recorded: compare them by hand/);
  });

  it('keeps what is recorded of a library that is named and not here', async () => {
    const host = memoryHost(files());
    await run('snippets lock', host);
    await host.write(path.resolve('/w'), '.countersign.yaml', 'libraries: [{ path: lib }, { package: gone }, { path: ../beside }]\n');
    const recorded = { name: 'gone', from: 'package:gone', version: '1.0.0', hash: 'sha256:00', snippets: {} };
    await host.write(path.resolve('/w'), '.countersign/snippets.lock', JSON.stringify({ lockVersion: 1, libraries: [recorded, { ...recorded, name: 'old', from: 'package:old' }] }));
    const locked = await run('snippets lock --format json', host);
    assert.equal(locked.code, 1);
    assert.deepEqual(json<Changed>(locked).libraries.map(({ library, status }) => `${library} ${status}`), ['acme added', 'gone missing', 'old removed']);
    assert.deepEqual(json<Changed>(await run('snippets update --dry-run --format json', host)).libraries.map(({ library, status }) => `${library} ${status}`), ['acme same', 'gone missing']);
    await host.write(path.resolve('/w'), '.countersign/snippets.lock', '<<<<<<< HEAD\n');
    assert.match((await run('snippets check', host)).out, /snippet\/invalid\s+`\.countersign\/snippets\.lock` cannot be read/);
  });

  it('uses the library of a folder beside the workspace where that is given, and nothing else there', async () => {
    const all = files({
      '.countersign.yaml': 'libraries: [{ path: ../beside/lib }]\n', '/beside/lib/gov.snippets.yaml': LIBRARY.replace('acme', 'gov'), '/beside/lib/a.code-snippets': SNIPPETS, '/beside/other/x.snippets.yaml': LIBRARY.replace('acme', 'x'),
      '/beside/lib/a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: smuggled }\n', '/beside/lib/b.snippets.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: smuggled }\n',
    });
    const without = await run('check --format json', memoryHost(all));
    assert.deepEqual([without.code, ...json<{ findings: { file: string; code: string; range: { start: object } }[] }>(without).findings.map(({ file, code, range }) => `${file} ${code} ${JSON.stringify(range.start)}`)], [1, '.countersign.yaml schema/format {"line":0,"character":20}']);
    for (const given of ['../beside', '/beside/lib']) {
      const listed = json<Listed[]>(await run(`snippets list --format json --folder ${given}`, memoryHost(all)));
      assert.deepEqual(listed.map(({ library, from }) => `${library} ${from}`), ['gov path:../beside/lib', 'acme path:lib', 'countersign shipped']);
      const checked = await run(`check --folder ${given}`, memoryHost(all));
      assert.equal(checked.code, 0, checked.out);
    }
    assert.equal((await run('check --folder ../beside/other', memoryHost(all))).code, 1);
    assert.equal((await run('check --folder ../nothing', memoryHost(all))).code, 2);
    const broken = await run('snippets check --format json --folder ../beside', memoryHost({ ...all, '/beside/lib/a.code-snippets': SNIPPETS.replace('environment', 'enviroment') }));
    assert.deepEqual([...new Set(json<{ findings: { file: string; code: string }[] }>(broken).findings.map(({ file, code }) => `${file} ${code}`))], ['../beside/lib/a.code-snippets snippet/invalid']);
  });

  it('finds a package in the folders above, up to the root of the repository', async () => {
    const entry = { '.countersign.yaml': 'libraries: [{ package: "@acme/gov", version: ^1.0.0 }]\n' };
    const installed = (at: string): Record<string, string> => ({ [`${at}/node_modules/@acme/gov/gov.snippets.yaml`]: LIBRARY.replace('acme', 'gov'), [`${at}/node_modules/@acme/gov/a.code-snippets`]: SNIPPETS });
    const root = { cwd: path.resolve('/repo/packages/app') };
    const below = (all: Record<string, string>): Record<string, string> => Object.fromEntries(Object.entries(all).map(([name, text]) => [`/repo/packages/app/${name}`, text]));
    const host = memoryHost({ ...below(entry), ...installed('/repo'), '/repo/.git/HEAD': 'ref' });
    const listed = json<(Listed & { snippets: { file: string }[] })[]>(await run('snippets list gov --format json', host, root));
    assert.deepEqual(listed.map(({ from, snippets }) => [from, snippets[0]?.file]), [['package:@acme/gov', '../../node_modules/@acme/gov/a.code-snippets']]);
    const checked = await run('check', host, root);
    assert.equal(checked.code, 0, checked.out);
    await host.write('/repo/node_modules/@acme/gov', 'a.code-snippets', SNIPPETS.replace('environment', 'enviroment'));
    const broken = await run('snippets check --format json', host, root);
    assert.deepEqual([broken.code, ...new Set(json<{ findings: { file: string; code: string }[] }>(broken).findings.map(({ file, code }) => `${file} ${code}`))], [1, '../../node_modules/@acme/gov/a.code-snippets snippet/invalid']);
    for (const elsewhere of [{ ...installed('/repo') }, { ...installed('/repo'), '/repo/packages/.git': 'gitdir' }, { ...installed(''), '/repo/.git/HEAD': 'ref' }]) {
      const missing = await run('check --format json', memoryHost({ ...below(entry), ...elsewhere }), root);
      assert.deepEqual(json<{ findings: { code: string }[] }>(missing).findings.map(({ code }) => code), ['reference/unknown-file']);
    }
  });

  it('takes the settings of a package from where its library would be, with the libraries that these name', async () => {
    const package_ = { '/repo/node_modules/@acme/gov/.countersign.yaml': 'severity: { syntax/*: off }\nlibraries: [{ path: ., version: ^1.0.0 }, { path: ../other }]\n', '/repo/node_modules/@acme/gov/gov.snippets.yaml': LIBRARY.replace('acme', 'gov'), '/repo/node_modules/@acme/gov/a.code-snippets': SNIPPETS };
    const root = { cwd: path.resolve('/repo/packages/app') };
    const all = { '/repo/packages/app/.countersign.yaml': 'extends: ["@acme/gov"]\n', '/repo/.git/HEAD': 'ref', ...package_ };
    const host = memoryHost(all);
    const listed = json<Listed[]>(await run('snippets list gov --format json', host, root));
    assert.deepEqual(listed.map(({ library, from }) => [library, from]), [['gov', 'package:@acme/gov']]);
    const found = (checked: Ran): string[] => json<{ findings: { file: string; code: string; message: string }[] }>(checked).findings.map(({ file, code }) => `${file} ${code}`);
    // what it names outside of itself is told where it is extended
    assert.deepEqual(found(await run('check --format json', host, root)), ['.countersign.yaml snippet/invalid']);
    // settings of its own folder may extend nothing above that without a repository
    const { '/repo/.git/HEAD': _, ...without } = all;
    assert.deepEqual(found(await run('check --format json', memoryHost(without), root)), ['.countersign.yaml reference/unknown-file']);
  });

  it('tells at its file what is too large to be read, and of a submodule that is not here how to get it', async () => {
    const host = memoryHost({ ...files({}), [path.resolve('/w/lib/huge.code-snippets')]: 'x'.repeat(2_100_000), [path.resolve('/w/huge.code-snippets')]: 'x'.repeat(2_100_000) });
    assert.match((await run('snippets check', host)).out, /lib\/huge\.code-snippets\n +1:1 +warning +snippet\/invalid\n/);
    assert.doesNotMatch((await run('check', host)).out, /^huge/m);
    const gone = memoryHost({ [path.resolve('/w/.gitmodules')]: '', [path.resolve('/w/.countersign.yaml')]: 'libraries: [{ path: governance }]\n' });
    assert.match((await run('check', gone)).out.replaceAll(/\s+/g, ' '), /no folder `governance` in this workspace\. .*`git submodule update --init`/);
  });

  it('is not felled by what somebody wrote to fell it', async () => {
    const deep = (n: number, text: string): string => Array.from({ length: n }, (_, i) => `\${${i + 1}:`).join('') + text + '}'.repeat(n);
    const hostile: Record<string, string> = {
      deep: `owner: ${deep(3_000, 'x')}`, brackets: `owner: ${'['.repeat(5_000)}${']'.repeat(5_000)}`, long: `owner: ${'x'.repeat(300_000)}`, many: `lifecycle: \${1|${Array(5_000).fill('draft').join(',')}|}`,
      bomb: Array.from({ length: 9 }, (_, i) => `\${${i + 1}:a${`$${i + 2}`.repeat(12)}}`).join('') + '${10:zz}', transform: 'purpose: ${TM_FILENAME/(a+)+$/${1:/upcase}/g} ${1/(x+x+)+y/b/}', __proto__: 'lifecycle: draft', constructor: 'lifecycle: draft',
    };
    const text = `{${Object.entries(hostile).concat([['__proto__', 'lifecycle: draft']]).map(([prefix, body]) => `${JSON.stringify(prefix)}: ${JSON.stringify({ prefix, description: 'd', body })}`).join(',')}}`;
    const many = JSON.stringify(Object.fromEntries(Array.from({ length: 3_000 }, (_, i) => [`s${i}`, { prefix: `s${i}`, description: 'd', body: 'lifecycle: draft' }])));
    const host = memoryHost(files({ 'lib/b.code-snippets': text, 'lib/c.code-snippets': '{ "a": { "prefix": "x", "body": ["a" }', 'lib/d.code-snippets': '[1]', 'lib/e.code-snippets': '{"a":{"prefix":1,"body":{},"description":[]},"b":null,"c":{"body":["x",3]}}', 'lib/z.code-snippets': many }));
    const { code, out } = await run('snippets check --format json', host);
    assert.equal(code, 1);
    const found = json<{ findings: { file: string; code: string; message: string }[] }>({ code, out, err: '' }).findings;
    assert.ok(found.every((one) => one.code === 'snippet/invalid'));
    for (const words of [/20 deep/, /64 levels/, /100,000 characters/, /repeats placeholders/, /comma is expected/, /is a JSON map/, /has no `body`/, /may have 1,000/]) assert.ok(found.some(({ message }) => words.test(message)), String(words));
    assert.deepEqual(json<{ prefix: string }[]>(await run('snippets show __proto__ --format json', host)).map(({ prefix }) => prefix), ['__proto__']);
    assert.deepEqual(json<{ library: string }[]>(await run('snippets show countersign/owner --format json', host)).map(({ library }) => library), ['countersign']);
    assert.equal((await run('snippets lock', host)).code, 0);
    assert.deepEqual(json<Changed>(await run('snippets update --dry-run --format json', host)).libraries.map(({ status }) => status), ['same']);
  });

  it('uses a library that was packed and installed; nothing else of the package, and nothing that its links lead to', async function () {
    this.timeout(120_000);
    const base = mkdtempSync(path.join(tmpdir(), 'countersign-'));
    try {
      const put = (name: string, text: string): void => {
        mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
        writeFileSync(path.join(base, name), text);
      };
      for (const { path: file, text } of newLibrary('@acme/governance-snippets', 'platform', 'library')) put(file, text);
      const npm = (folder: string, ...args: string[]): string => execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: path.join(base, folder), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      const { PATH: _path, COUNTERSIGN: _program, ...env } = process.env;
      const own = (more: Record<string, string> = {}): string => spawnSync(process.execPath, ['--test', '--test-reporter', 'tap'], { cwd: path.join(base, 'library'), encoding: 'utf8', env: { ...env, ...more, PATH: '' } }).stdout;
      assert.match(own(), /# pass 3\n[^]*# fail 0\n[^]*# skipped 1\n/);
      const snippetFile = readFileSync(path.join(base, 'library/snippets/agents.code-snippets'), 'utf8');
      put('library/snippets/agents.code-snippets', snippetFile.replace('Logging the', '// no, a text: \\"Logging | the').replace('{\n', '{\n  // ours\n'));
      assert.match(own(), /# fail 1\n/);
      assert.match(own({ UPDATE: '1' }), /# fail 0\n/);
      assert.match(own(), /# fail 0\n/);
      put('library/snippets/agents.code-snippets', snippetFile);
      assert.match(own({ UPDATE: '1' }), /# fail 0\n/);
      npm('library', 'pack');
      put('w/package.json', '{ "name": "w", "private": true }');
      put('w/.countersign.yaml', 'libraries: [{ package: "@acme/governance-snippets", version: ^1.0.0 }]\n');
      npm('w', 'install', '../library/acme-governance-snippets-1.0.0.tgz');
      put('secret.code-snippets', '{ "secret": { "prefix": "secret", "body": "lifecycle: draft" } }');
      const installed = path.join(base, 'w/node_modules/@acme/governance-snippets');
      symlinkSync(path.join(base, 'secret.code-snippets'), path.join(installed, 'snippets/linked.code-snippets'));
      writeFileSync(path.join(installed, 'policy.policy.yaml'), 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: smuggled }\nspec: { rules: [] }\n');
      writeFileSync(path.join(installed, 'other.snippets.yaml'), 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: smuggled }\nspec: { rules: [] }\n');
      const written = new Map<string, string>();
      const host = { ...memoryHost({}), ...nodeHost(), write: (_: string, file: string, text: string) => Promise.resolve(void written.set(file, text)) };
      const io = { cwd: path.join(base, 'w') };
      const listed = json<Listed[]>(await run('snippets list --format json', host, io));
      assert.deepEqual(listed.map(({ library, version, from, snippets }) => [library, version, from, library === 'countersign' ? null : snippets.map(({ prefix }) => prefix)]), [['governance-snippets', '1.0.0', 'package:@acme/governance-snippets', ['our-logging']], ['countersign', '1.2.0', 'shipped', null]]);
      const checked = await run('snippets check', host, io);
      assert.equal(checked.code, 0, checked.out);
      assert.doesNotMatch((await run('check --format json', host, io)).out, /smuggled/);
      assert.equal((await run('snippets lock', host, io)).code, 0);
      assert.match(written.get('.countersign/snippets.lock') ?? '', /"package:@acme\/governance-snippets"/);
      assert.match(readFileSync(path.join(base, 'library/README.md'), 'utf8'), /\| `our-logging` \| Logging the way we do it/);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});
