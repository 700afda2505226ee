// Snippet libraries in the server: of packages that come and go, of other folders that are open, and where only the client can read.
import assert from 'node:assert/strict';
import { NEEDED, SNIPPETS, SNIPPET_UPDATES, type NeededParams, type SnippetUpdatesResult, type SnippetsResult } from '../../server/src/protocol';
import { calm, connect, eventually, messageOf, type TestClient } from './client';
import { memoryHost, type MemoryHost } from './memory-host';

const W = 'file:///work/app';
const G = 'file:///work/governance';
const CONFIG = `${W}/.countersign.yaml`;
const TRUSTED = { initializationOptions: { trusted: true } };
const library = (name: string, version = '1.0.0'): string => `apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: ${name}, owner: platform }\nspec: { version: ${version}, snippets: ["./snippets/*.code-snippets"] }\n`;
const snippets = (prefix: string, environment = 'production'): string => JSON.stringify({ [prefix]: { prefix, scope: 'countersign-yaml', description: 'Where it runs', body: ['hosting:', `  - environment: ${environment}`] } });
const files = (folder: string, name: string, prefix: string, version?: string): Record<string, string> => ({ [`${folder}/library.snippets.yaml`]: library(name, version), [`${folder}/snippets/a.code-snippets`]: snippets(prefix) });

const offered = async (client: TestClient, folder = W): Promise<string[]> =>
  (await client.connection.sendRequest<SnippetsResult>(SNIPPETS, { folder })).map(({ id, source }) => `${id} (${source})`).filter((id) => !id.startsWith('countersign/')).sort();
const watched = (client: TestClient, ...changes: [path: string, type: 1 | 2 | 3][]): Promise<void> =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: changes.map(([path, type]) => ({ uri: `${W}/${path}`, type })) });

describe('lsp: snippet libraries of packages', () => {
  let client: TestClient;
  let host: MemoryHost;
  const put = (all: Record<string, string>): void => Object.entries(all).forEach(([uri, text]) => host.files.set(uri, text));
  const P = `${W}/node_modules/@acme/governance`;
  afterEach(() => client.stop());

  it('are read, followed when they are installed, updated and removed, and missed when they are not there', async () => {
    host = memoryHost({ [CONFIG]: 'libraries: [{ package: "@acme/governance", version: ^1.0.0 }]\n' });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'reference/unknown-file');
    put(files(P, 'acme', 'ours'));
    // a folder that came, and the record of the installation
    await watched(client, ['node_modules/@acme', 1], ['package-lock.json', 2]);
    await eventually(() => client.codes(CONFIG), (codes) => codes.length === 0);
    assert.deepEqual(await offered(client), ['acme/ours (acme 1.0.0 · platform)']);
    put(files(P, 'acme', 'theirs', '1.1.0'));
    await watched(client, ['node_modules/@acme/governance/package.json', 2]);
    await eventually(() => offered(client), (all) => all.join() === 'acme/theirs (acme 1.1.0 · platform)');
    put(files(P, 'acme', 'theirs', '2.0.0'));
    await watched(client, ['yarn.lock', 2]);
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'snippet/invalid');
    assert.deepEqual(await offered(client), []);
    for (const uri of [...host.files.keys()]) if (uri.startsWith(P)) host.files.delete(uri);
    await watched(client, ['package-lock.json', 2]);
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'reference/unknown-file');
  });

  it('are looked at anew when somebody asks what there is, though nothing told of a change', async () => {
    host = memoryHost({ [CONFIG]: 'libraries: [{ package: plain }]\n', ...files(`${W}/node_modules/plain`, 'plain', 'one') });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    assert.deepEqual(await offered(client), ['plain/one (plain 1.0.0 · platform)']);
    put(files(`${W}/node_modules/plain`, 'plain', 'two'));
    host.files.delete(`${W}/node_modules/plain/snippets/none.code-snippets`);
    assert.deepEqual(await offered(client), ['plain/two (plain 1.0.0 · platform)']);
    const updates = await client.connection.sendRequest<SnippetUpdatesResult>(SNIPPET_UPDATES, { folder: W });
    assert.deepEqual(updates.libraries.map(({ library: name, before, after }) => [name, before, after]), [['plain', null, '1.0.0']]);
  });

  it('cost no read where nobody names them, whatever is installed', async () => {
    host = memoryHost({ [CONFIG]: 'exclude: []\n', ...files(`${W}/node_modules/plain`, 'plain', 'one') });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await client.codes(CONFIG);
    await calm();
    const { reads } = host;
    await watched(client, ['node_modules/plain', 1], ['node_modules/plain/package.json', 2], ['yarn.lock', 2]);
    assert.deepEqual(await offered(client), []);
    await calm(400);
    assert.equal(host.reads, reads);
  });

  it('are nothing to a workspace that is not trusted', async () => {
    host = memoryHost({ [CONFIG]: 'libraries: [{ package: plain }, { path: ../governance }]\n', ...files(`${W}/node_modules/plain`, 'plain', 'one'), ...files(G, 'gov', 'two') });
    client = await connect(host, { initializationOptions: { trusted: false }, folders: [W, G] });
    assert.deepEqual(await client.codes(CONFIG), []);
    assert.deepEqual(await offered(client), []);
  });

  it('may be named by a configuration that is extended, by a package too', async () => {
    host = memoryHost({
      [CONFIG]: 'extends: ["@acme/config", ./team/base.yaml]\nlibraries: [{ package: plain, version: ^1.0.0 }]\n', [`${W}/team/base.yaml`]: 'libraries: [{ path: ./snips }, { package: plain, version: ^9.0.0 }]\n',
      [`${W}/node_modules/@acme/config/.countersign.yaml`]: 'libraries: [{ package: other, version: ^2.0.0 }, { path: ./shared }, { path: ../../out }]\n',
      ...files(`${W}/node_modules/plain`, 'plain', 'one'), ...files(`${W}/node_modules/other`, 'other', 'two'), ...files(`${W}/node_modules/@acme/config/shared`, 'shared', 'three'), ...files(`${W}/node_modules/out`, 'out', 'four'), ...files(`${W}/team/snips`, 'team', 'five'),
    });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await eventually(() => offered(client), (all) => all.map((one) => one.split(' ')[0]).join() === 'plain/one,shared/three,team/five');
    const report = await client.pull(CONFIG);
    const found = report.kind === 'full' ? report.items.map(({ code, range, message }) => `${code} ${range.start.character} ${/`@acme\/config|node_modules\/@acme/.test(String(message))}`) : [];
    assert.deepEqual(found.sort(), ['snippet/invalid 10 true', 'snippet/invalid 10 true']);
    host.files.set(`${W}/node_modules/@acme/config/.countersign.yaml`, 'libraries: [{ package: other, version: ^1.0.0 }]\n');
    await watched(client, ['node_modules/@acme/config/.countersign.yaml', 2]);
    await eventually(() => offered(client), (all) => all.map((one) => one.split(' ')[0]).join() === 'other/two,plain/one,team/five');
    assert.deepEqual(await client.codes(CONFIG), []);
  });

  it('that were missing are looked for again when something is edited a while later, since nobody tells of an installation further up', async () => {
    host = memoryHost({ [CONFIG]: 'libraries: [{ package: "@acme/governance" }]\n', 'file:///work/.git/HEAD': 'ref' });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'reference/unknown-file');
    put(files('file:///work/node_modules/@acme/governance', 'acme', 'up'));
    host.clock += 11_000;
    client.open(`${W}/a.catalog.yaml`, 'apiVersion: countersign/v1\nkind: Catalog\n');
    await eventually(() => client.codes(CONFIG), (codes) => codes.length === 0);
  });

  it('are found where the package manager of a repository puts them, in the nearest folder above that has them and no higher than the root of the repository', async () => {
    host = memoryHost({ [CONFIG]: 'libraries: [{ package: "@acme/governance" }, { package: outside }]\n', 'file:///work/.git/HEAD': 'ref', ...files('file:///work/node_modules/@acme/governance', 'acme', 'up'), ...files('file:///node_modules/outside', 'outside', 'no') });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await eventually(() => offered(client), (all) => all.join() === 'acme/up (acme 1.0.0 · platform)');
    assert.deepEqual(await client.codes(CONFIG), ['reference/unknown-file']);
    assert.match(messageOf(await client.pull(CONFIG)), /package `outside`.*up to the root of the repository/);
    // what is broken there is told at its file
    host.files.set('file:///work/node_modules/@acme/governance/snippets/a.code-snippets', snippets('up').replace('environment', 'enviroment'));
    await offered(client);
    const all = await client.pullAll();
    assert.deepEqual(all.items.filter((one) => one.kind === 'full' && one.items.length > 0).map((one) => one.uri).sort(), [CONFIG, 'file:///work/node_modules/%40acme/governance/snippets/a.code-snippets']);
    // the nearer one counts
    put(files(P, 'acme', 'near'));
    await watched(client, ['package-lock.json', 2]);
    await eventually(() => offered(client), (all) => all.join() === 'acme/near (acme 1.0.0 · platform)');
    // without a repository nothing above the folder is looked at
    for (const uri of [...host.files.keys()]) if (uri.startsWith(P) || uri.includes('/.git/')) host.files.delete(uri);
    await watched(client, ['package-lock.json', 2]);
    await eventually(() => offered(client), (all) => all.length === 0);
  });

  it('may be named by settings of a package that lies further up, which come and go as it is installed', async () => {
    const up = 'file:///work/node_modules/@acme/config';
    host = memoryHost({ [CONFIG]: 'extends: ["@acme/config"]\n', 'file:///work/.git/HEAD': 'ref' });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'reference/unknown-file');
    put({ [`${up}/.countersign.yaml`]: 'libraries: [{ path: ./shared, version: ^1.0.0 }]\n', ...files(`${up}/shared`, 'shared', 'up') });
    await watched(client, ['package-lock.json', 2]);
    await eventually(() => offered(client), (all) => all.join() === 'shared/up (shared 1.0.0 · platform)');
    assert.deepEqual(await client.codes(CONFIG), []);
    host.files.set(`${up}/.countersign.yaml`, 'libraries: [{ path: ./shared, version: ^2.0.0 }]\n');
    await watched(client, ['package-lock.json', 2]);
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'snippet/invalid');
    host.files.delete(`${up}/.countersign.yaml`);
    await watched(client, ['package-lock.json', 2]);
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'reference/unknown-file');
  });

  it('are asked for where only the client can read', async () => {
    const folder = 'vscode-vfs://acme/repo';
    const there: Record<string, string> = { '.countersign.yaml': 'libraries: [{ package: plain }]\n', ...files('node_modules/plain', 'plain', 'one'), 'node_modules/plain/package.json': '{}', 'node_modules/else/library.snippets.yaml': library('else') };
    host = memoryHost({}, false);
    client = await connect(host, { folders: [folder], initializationOptions: { trusted: true, clientFiles: true, settings: {} } });
    const asked: string[] = [];
    const offer = async (paths: readonly string[]): Promise<void> => {
      const answers = await client.connection.sendRequest<boolean[]>('countersign/wanted', { folder, paths });
      await client.connection.sendNotification('countersign/files', { folder, files: paths.filter((_, index) => answers[index]).map((path) => ({ uri: `${folder}/${path}`, text: there[path] ?? null })) });
    };
    client.connection.onNotification(NEEDED, ({ paths }: NeededParams) => {
      asked.push(...paths);
      void offer(Object.keys(there).filter((path) => paths.some((one) => path.startsWith(one))));
    });
    await offer(['.countersign.yaml']);
    await client.connection.sendNotification('countersign/files', { folder, files: [], complete: true });
    await eventually(() => offered(client, folder), (all) => all.length === 1);
    assert.deepEqual(asked, ['node_modules/plain/']);
    assert.deepEqual(await client.connection.sendRequest('countersign/wanted', { folder, paths: ['node_modules/plain/package.json', 'node_modules/else/library.snippets.yaml'] }), [false, false]);
  });
});

describe('lsp: snippet libraries of other folders', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const config = (path: string): Record<string, string> => ({ [CONFIG]: `libraries: [{ path: ${path}, version: ^1.0.0 }]\n` });

  it('are used where the folder is open, as its documents are at the moment', async () => {
    const host = memoryHost({ ...config('../governance/lib'), ...files(`${G}/lib`, 'gov', 'two'), ...files(`${G}/other`, 'other', 'three'), [`${G}/x.catalog.yaml`]: 'apiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { platform: { title: P } } }\n' });
    client = await connect(host, { ...TRUSTED, folders: [W, G] });
    await eventually(() => offered(client), (all) => all.join() === 'gov/two (gov 1.0.0 · platform)');
    assert.deepEqual(await client.codes(CONFIG), []);
    // what is typed there counts here, and its faults are told there alone
    const uri = `${G}/lib/snippets/a.code-snippets`;
    client.open(uri, snippets('typed').replace('environment', 'enviroment'));
    await eventually(() => offered(client), (all) => all.join() === 'gov/typed (gov 1.0.0 · platform)');
    assert.deepEqual([...new Set(await client.codes(uri))], ['snippet/invalid']);
    const all = await client.pullAll();
    assert.deepEqual(all.items.filter((one) => one.kind === 'full' && one.items.length > 0).map((one) => one.uri), [uri]);
    client.close(uri);
    client.open(`${G}/lib/library.snippets.yaml`, library('gov', '2.0.0'));
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'snippet/invalid');
    assert.match(messageOf(await client.pull(CONFIG)), /here in version 2\.0\.0/);
  });

  it('go with their folder, and come with it', async () => {
    const host = memoryHost({ ...config('../governance'), ...files(G, 'gov', 'two') });
    client = await connect(host, { ...TRUSTED, folders: [W] });
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'schema/format');
    assert.match(messageOf(await client.pull(CONFIG)), /no other folder that is open holds it/);
    const event = (added: string[], removed: string[]): Promise<void> => client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: added.map((uri) => ({ uri, name: uri })), removed: removed.map((uri) => ({ uri, name: uri })) } });
    await event([G], []);
    await eventually(() => client.codes(CONFIG), (codes) => codes.length === 0);
    assert.deepEqual(await offered(client), ['gov/two (gov 1.0.0 · platform)']);
    await event([], [G]);
    await eventually(() => client.codes(CONFIG), (codes) => codes.join() === 'schema/format');
    assert.deepEqual(await offered(client), []);
  });

  it('say so when they hold none; nothing but snippets crosses, and nothing of a folder that is not open', async () => {
    const smuggled = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: smuggled }\nspec: { purpose: p, owner: { team: t } }\n';
    const host = memoryHost({ [CONFIG]: 'libraries: [{ path: ../governance }, { path: ../secret }, { path: ../../etc }, { path: ../app/own }]\n', [`${G}/a.snippets.yaml`]: smuggled, 'file:///work/secret/library.snippets.yaml': library('secret'), 'file:///work/secret/snippets/a.code-snippets': snippets('secret'), ...files(`${W}/own`, 'own', 'mine') });
    client = await connect(host, { ...TRUSTED, folders: [W, G] });
    await eventually(() => client.codes(CONFIG), (codes) => codes.length === 4);
    assert.deepEqual(await client.codes(CONFIG), ['schema/format', 'schema/format', 'schema/format', 'snippet/invalid']);
    assert.deepEqual(await offered(client), ['own/mine (own 1.0.0 · platform)']);
    const agents = await client.connection.sendRequest<{ name: string }[] | null>('workspace/symbol', { query: 'smuggled' });
    assert.equal(agents?.length, 1);
  });
});
