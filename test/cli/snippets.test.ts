// countersign snippets: list, show, check, lock, update; and a library that is packed, installed and used.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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

  it('uses a library that was packed and installed; nothing else of the package, and nothing that its links lead to', async function () {
    this.timeout(120_000);
    const base = mkdtempSync(path.join(tmpdir(), 'countersign-'));
    try {
      const put = (name: string, text: string): void => {
        mkdirSync(path.dirname(path.join(base, name)), { recursive: true });
        writeFileSync(path.join(base, name), text);
      };
      for (const { path: file, text } of newLibrary('governance-snippets', 'platform', 'library')) put(file, text);
      const npm = (folder: string, ...args: string[]): string => execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: path.join(base, folder), encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      npm('library', 'pack');
      put('w/package.json', '{ "name": "w", "private": true }');
      put('w/.countersign.yaml', 'libraries: [{ package: governance-snippets, version: ^1.0.0 }]\n');
      npm('w', 'install', '../library/governance-snippets-1.0.0.tgz');
      put('secret.code-snippets', '{ "secret": { "prefix": "secret", "body": "lifecycle: draft" } }');
      const installed = path.join(base, 'w/node_modules/governance-snippets');
      symlinkSync(path.join(base, 'secret.code-snippets'), path.join(installed, 'snippets/linked.code-snippets'));
      writeFileSync(path.join(installed, 'policy.policy.yaml'), 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: smuggled }\nspec: { rules: [] }\n');
      writeFileSync(path.join(installed, 'other.snippets.yaml'), 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: smuggled }\nspec: { rules: [] }\n');
      const written = new Map<string, string>();
      const host = { ...memoryHost({}), ...nodeHost(), write: (_: string, file: string, text: string) => Promise.resolve(void written.set(file, text)) };
      const io = { cwd: path.join(base, 'w') };
      const listed = json<Listed[]>(await run('snippets list --format json', host, io));
      assert.deepEqual(listed.map(({ library, version, from, snippets }) => [library, version, from, library === 'countersign' ? null : snippets.map(({ prefix }) => prefix)]), [['governance-snippets', '1.0.0', 'package:governance-snippets', ['our-logging']], ['countersign', '1.0.0', 'shipped', null]]);
      const checked = await run('snippets check', host, io);
      assert.equal(checked.code, 0, checked.out);
      assert.doesNotMatch((await run('check --format json', host, io)).out, /smuggled/);
      assert.equal((await run('snippets lock', host, io)).code, 0);
      assert.match(written.get('.countersign/snippets.lock') ?? '', /"package:governance-snippets"/);
      assert.match(readFileSync(path.join(base, 'library/README.md'), 'utf8'), /\| `our-logging` \| Logging the way we do it/);
    } finally {
      rmSync(base, { recursive: true, force: true });
    }
  });
});
