// Folders, settings, watched files, and files that only the client can read.
import assert from 'node:assert/strict';
import { calm, connect, eventually, messageOf, PULL, PUSH, type TestClient } from './client';
import { memoryHost } from './memory-host';
import { agent, CATALOG } from './texts';

const A = 'file:///w/a.agent.yaml';
const CAT = 'file:///w/x.catalog.yaml';
const UNKNOWN = ['reference/unknown-team'];
const folders = (client: TestClient, added: string[], removed: string[]) =>
  client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: added.map((uri) => ({ uri, name: uri })), removed: removed.map((uri) => ({ uri, name: uri })) } });
const watched = (client: TestClient, ...changes: [string, 1 | 2 | 3][]) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: changes.map(([uri, type]) => ({ uri, type })) });

describe('lsp: folders', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('do not share names', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody'), 'file:///v/a.agent.yaml': agent('a', 'nobody') }), { folders: ['file:///w', 'file:///v'] });
    assert.deepEqual(await client.codes(A), UNKNOWN);
    assert.deepEqual(await client.codes('file:///v/a.agent.yaml'), []);
  });

  it('come and go', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') }), { folders: [] });
    client.open(A, agent('a', 'nobody'));
    assert.deepEqual(await client.codes(A), []);
    await folders(client, ['file:///w'], []);
    assert.deepEqual(await client.codes(A), UNKNOWN);
    await folders(client, [], ['file:///w']);
    assert.deepEqual(await client.codes(A), []);
    client.close(A);
    assert.deepEqual((await client.pullAll([{ uri: A, value: 'x' }])).items.map((item) => item.kind === 'full' && item.items), [[]]);
  });

  it('that go take what was sent with them', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody'), 'file:///w/b.agent.yaml': agent('b', 'nobody') }), { capabilities: PUSH });
    client.open('file:///w/b.agent.yaml', agent('b', 'nobody'));
    await eventually(() => [client.last(A)?.diagnostics.length, client.last('file:///w/b.agent.yaml')?.diagnostics.length], ([a, b]) => a === 1 && b === 1);
    await folders(client, [], ['file:///w']);
    await eventually(() => [client.last(A)?.diagnostics.length, client.last('file:///w/b.agent.yaml')?.diagnostics.length], ([a, b]) => a === 0 && b === 0);
    await folders(client, ['file:///w'], []);
    await eventually(() => [client.last(A)?.diagnostics.length, client.last('file:///w/b.agent.yaml')?.diagnostics.length], ([a, b]) => a === 1 && b === 1);
  });

  it('within folders own what lies in them, also when they come and go', async () => {
    const inner = 'file:///w/inner/a.agent.yaml';
    client = await connect(memoryHost({ [CAT]: CATALOG, [inner]: agent('a', 'nobody'), [A]: agent('a') }), { folders: ['file:///w'] });
    assert.deepEqual(await client.codes(A), ['reference/duplicate']);
    assert.deepEqual(await client.codes(inner), ['reference/duplicate', ...UNKNOWN]);
    await folders(client, ['file:///w/inner'], []);
    assert.deepEqual(await client.codes(A), []);
    assert.deepEqual(await client.codes(inner), []);
    await watched(client, [inner, 2]);
    assert.deepEqual(await client.codes(A), []);
    await folders(client, [], ['file:///w/inner']);
    await eventually(() => client.codes(A), (codes) => codes.length === 1);
    assert.deepEqual(await client.codes(inner), ['reference/duplicate', ...UNKNOWN]);
  });

  it('may be named by rootUri or rootPath', async () => {
    for (const root of [{ rootUri: 'file:///w/' }, { rootUri: null, rootPath: '/w' }]) {
      client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') }), { initialize: false });
      await client.connection.sendRequest('initialize', { processId: null, capabilities: PULL, ...root });
      await client.connection.sendNotification('initialized', {});
      assert.deepEqual(await client.codes(A), UNKNOWN, JSON.stringify(root));
      client.stop();
    }
  });
});

describe('lsp: settings', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const files = { [CAT]: CATALOG, [A]: agent('a', 'nobody'), 'file:///w/old/b.agent.yaml': agent('b', 'nobody') };
  const severityOf = async (uri: string) => {
    const report = await client.pull(uri);
    return report.kind === 'full' ? report.items.map((item) => item.severity) : [];
  };
  const configure = (settings: unknown) => client.connection.sendNotification('workspace/didChangeConfiguration', { settings });

  it('are taken from the start and when they are sent', async () => {
    client = await connect(memoryHost(files), { initializationOptions: { trusted: true, clientFiles: false, settings: { severity: { 'reference/unknown-team': 'error' } } } });
    assert.deepEqual(await severityOf(A), [1]);
    await configure({ countersign: { severity: { 'reference/*': 'hint' } } });
    assert.deepEqual(await severityOf(A), [4]);
    await configure({ countersign: { severity: { 'reference/unknown-team': 'off' } } });
    assert.deepEqual(await severityOf(A), []);
    await configure({ countersign: {} });
    assert.deepEqual(await severityOf(A), [2]);
    await configure({ other: {} });
    assert.deepEqual(await severityOf(A), [2]);
  });

  it('exclude files, and take them in again', async () => {
    client = await connect(memoryHost(files), { initializationOptions: { settings: { exclude: ['old'] } } });
    const all = async () => (await client.pullAll()).items.flatMap((item) => (item.kind === 'full' && item.items.length > 0 ? [item.uri] : [])).sort();
    assert.deepEqual(await all(), [A]);
    await configure({ countersign: { exclude: [] } });
    await eventually(all, (uris) => uris.length === 2);
    await configure({ countersign: { exclude: ['**/a.*'] } });
    assert.deepEqual(await all(), ['file:///w/old/b.agent.yaml']);
  });

  it('of the wrong form are named and left out, piece by piece', async () => {
    client = await connect(memoryHost(files), { initializationOptions: { settings: { severity: { 'reference/unknown-team': 'loud', 'reference/*': 'error' }, exclude: ['old', 7], formats: 'none' } } });
    assert.deepEqual(await severityOf(A), [1]);
    assert.deepEqual(await severityOf('file:///w/old/b.agent.yaml'), []);
    const log = client.log.join('\n');
    for (const part of ['`"loud"` for `reference/unknown-team`', '`countersign.exclude` holds `7`', '`countersign.formats` must be a map']) assert.ok(log.includes(part), `${part} in ${log}`);
  });

  it('are asked for folder by folder where the client can be asked', async () => {
    const host = memoryHost({ ...files, 'file:///v/x.catalog.yaml': CATALOG, 'file:///v/a.agent.yaml': agent('a', 'nobody') });
    client = await connect(host, {
      folders: ['file:///w', 'file:///v'],
      capabilities: { ...PULL, workspace: { ...PULL.workspace, configuration: true, didChangeConfiguration: { dynamicRegistration: true } } },
    });
    let level = 'hint';
    client.configuration = (scopes) => scopes.map((scope) => (scope === 'file:///w' ? { severity: { 'reference/unknown-team': level } } : null));
    await configure(null);
    await eventually(() => severityOf(A), (severity) => severity[0] === 4);
    assert.deepEqual(await severityOf('file:///v/a.agent.yaml'), [2]);
    level = 'error';
    await configure(null);
    await eventually(() => severityOf(A), (severity) => severity[0] === 1);
    assert.ok(client.registered.some(({ method }) => method === 'workspace/didChangeConfiguration'));
  });

  it('of the workspace’s own file apply at once, also while it is typed', async () => {
    client = await connect(memoryHost({ ...files, 'file:///w/.countersign.yaml': 'severity: { "reference/unknown-team": error }\n' }));
    assert.deepEqual(await severityOf(A), [1]);
    client.open('file:///w/.countersign.yaml', 'severity: { "reference/unknown-team": hint }\nexclude: [old]\n');
    assert.deepEqual(await severityOf(A), [4]);
    assert.deepEqual(await client.codes('file:///w/old/b.agent.yaml'), []);
    client.close('file:///w/.countersign.yaml');
    await eventually(() => severityOf(A), (severity) => severity[0] === 1);
    assert.deepEqual(await severityOf('file:///w/old/b.agent.yaml'), [1]);
  });
});

describe('lsp: watched files', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('are asked for where the client can watch', async () => {
    client = await connect(memoryHost(), { capabilities: { ...PULL, workspace: { ...PULL.workspace, didChangeWatchedFiles: { dynamicRegistration: true } } } });
    await eventually(() => client.registered.map(({ method }) => method), (methods) => methods.includes('workspace/didChangeWatchedFiles'));
  });

  it('appear, change and vanish, in bursts', async () => {
    const host = memoryHost({ [CAT]: CATALOG });
    client = await connect(host);
    await client.pullAll();
    host.files.set(A, agent('a', 'nobody'));
    await watched(client, [A, 1]);
    assert.deepEqual(await client.codes(A), UNKNOWN);
    const reads = host.reads;
    host.files.set(A, agent('a'));
    for (let i = 0; i < 50; i++) await watched(client, [A, 2]);
    assert.deepEqual(await client.codes(A), []);
    assert.ok(host.reads - reads <= 5, `${host.reads - reads} reads`);
    host.files.delete(CAT);
    host.files.set(A, agent('a', 'nobody'));
    await watched(client, [A, 3], [A, 1], [CAT, 3]);
    assert.deepEqual(await client.codes(A), []);
    host.files.delete(A);
    await watched(client, [A, 3]);
    assert.deepEqual((await client.pullAll()).items, []);
  });

  it('may be whole folders, coming and going', async () => {
    const host = memoryHost({ [CAT]: CATALOG });
    client = await connect(host);
    await client.pullAll();
    for (let i = 0; i < 20; i++) host.files.set(`file:///w/new/deep/a${i}.agent.yaml`, agent(`a${i}`, 'nobody'));
    await watched(client, ['file:///w/new', 1]);
    await eventually(async () => (await client.pullAll()).items.length, (n) => n === 20);
    for (const uri of [...host.files.keys()]) if (uri.includes('/new/')) host.files.delete(uri);
    await watched(client, ['file:///w/new', 3]);
    await eventually(async () => (await client.pullAll()).items.length, (n) => n === 0);
  });

  it('in folders that nobody searches are not read', async () => {
    const host = memoryHost({ [CAT]: CATALOG, 'file:///w/.countersign.yaml': 'exclude: [gen]\n' });
    client = await connect(host);
    await client.pullAll();
    const reads = host.reads;
    for (const path of ['node_modules/x/a.agent.yaml', '.git/a.agent.yaml', 'gen/a.agent.yaml']) {
      host.files.set(`file:///w/${path}`, agent('a', 'nobody'));
      await watched(client, [`file:///w/${path}`, 1]);
    }
    await calm();
    assert.equal(host.reads, reads);
    assert.deepEqual((await client.pullAll()).items, []);
  });

  it('never let an older read win over a newer one', async () => {
    const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'first') });
    client = await connect(host);
    await client.pullAll();
    let release = (): void => {};
    host.hold = new Promise((resolve) => (release = resolve));
    await watched(client, [A, 2]);
    await calm();
    host.hold = null;
    host.files.set(A, agent('a', 'second'));
    await watched(client, [A, 2]);
    await calm();
    release();
    await calm();
    const report = await client.pull(A);
    assert.match(messageOf(report), /`second`/);
  });

  it('that cannot be read do not stop the rest', async () => {
    const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') });
    const { disk } = host;
    assert.ok(disk);
    const read = disk.read.bind(disk);
    disk.read = (folder, path) => (path === 'x.catalog.yaml' ? Promise.reject(new Error('on purpose')) : read(folder, path));
    client = await connect(host);
    assert.deepEqual(await client.codes(A), []);
    assert.match(client.log.join('\n'), /on purpose/);
    await watched(client, [CAT, 2], [A, 2]);
    await calm();
    disk.read = read;
    await watched(client, [CAT, 2]);
    assert.deepEqual(await client.codes(A), UNKNOWN);
  });
});

describe('lsp: files that the client reads', () => {
  let client: TestClient;
  const FOLDER = 'vscode-vfs://github/acme/repo';
  const V = `${FOLDER}/a.agent.yaml`;
  const send = (params: object) => client.connection.sendNotification('countersign/files', { folder: FOLDER, files: [], ...params });
  beforeEach(async () => {
    client = await connect(memoryHost({}, false), { folders: [FOLDER], initializationOptions: { trusted: true, clientFiles: true, settings: {} } });
  });
  afterEach(() => client.stop());

  it('are asked about by path', async () => {
    const ask = (method: string, paths: string[]) => client.connection.sendRequest(method, { folder: FOLDER, paths });
    assert.deepEqual(await ask('countersign/wanted', ['a.agent.yaml', '.countersign.yaml', 'x/.vscode/mcp.json', 'src/main.ts', 'node_modules/x.yaml', 'old/x.yaml']), [true, true, true, false, false, true]);
    await send({ files: [{ uri: `${FOLDER}/.countersign.yaml`, text: 'exclude: [old]\n' }] });
    assert.deepEqual(await ask('countersign/wanted', ['old/x.yaml', 'new/x.yaml']), [false, true]);
    assert.deepEqual(await ask('countersign/wantedFolders', ['old', 'new', 'node_modules', 'new/.git']), [false, true, false, false]);
  });

  it('count once the walk is complete', async () => {
    await send({ files: [{ uri: V, text: agent('a', 'nobody').replace('  purpose', '  definition: [b.md, c.md]\n  purpose') }] });
    const early = client.codes(V);
    await calm();
    await send({ files: [{ uri: `${FOLDER}/x.catalog.yaml`, text: CATALOG }], listed: ['b.md'] });
    await send({ complete: true });
    assert.deepEqual((await early).filter((code) => code === UNKNOWN[0]), UNKNOWN);
    await eventually(() => client.status.at(-1)?.state, (state) => state === 'ready');
  });

  it('lose to open text, and come back when it is closed', async () => {
    await send({ files: [{ uri: V, text: agent('a', 'nobody') }, { uri: `${FOLDER}/x.catalog.yaml`, text: CATALOG }], complete: true });
    assert.deepEqual(await client.codes(V), UNKNOWN);
    client.open(V, agent('a'));
    assert.deepEqual(await client.codes(V), []);
    client.close(V);
    assert.deepEqual(await client.codes(V), UNKNOWN);
    client.open(V, agent('a'));
    await send({ files: [{ uri: V, text: agent('a', 'somebody') }] });
    assert.deepEqual(await client.codes(V), []);
    client.close(V);
    assert.deepEqual(await client.codes(V), UNKNOWN);
    client.open(`${FOLDER}/new.agent.yaml`, agent('new', 'nobody'));
    assert.deepEqual(await client.codes(`${FOLDER}/new.agent.yaml`), UNKNOWN);
    client.close(`${FOLDER}/new.agent.yaml`);
    assert.deepEqual(await client.codes(`${FOLDER}/new.agent.yaml`), []);
  });

  it('vanish one by one, and when a new walk does not name them', async () => {
    await send({ files: [{ uri: V, text: agent('a', 'nobody') }, { uri: `${FOLDER}/b.agent.yaml`, text: agent('b', 'nobody') }, { uri: `${FOLDER}/x.catalog.yaml`, text: CATALOG }], complete: true });
    assert.equal((await client.pullAll()).items.length, 2);
    await send({ files: [{ uri: V, text: null }] });
    assert.equal((await client.pullAll()).items.length, 1);
    await send({ files: [{ uri: `${FOLDER}/x.catalog.yaml`, text: CATALOG }], complete: true });
    assert.equal((await client.pullAll()).items.length, 0);
  });

  it('that were left out of a walk are not said to be missing', async () => {
    const text = agent('a').replace('  purpose', '  definition: nowhere.md\n  purpose');
    await send({ files: [{ uri: V, text }], complete: true });
    const codes = await client.codes(V);
    await send({ files: [{ uri: V, text }], complete: true, partial: true });
    assert.deepEqual((await client.codes(V)).filter((code) => ['reference/unknown-file', 'drift/missing-definition'].includes(code)), []);
    assert.ok(codes.length <= 1);
  });

  it('that could not be had are told and named', async () => {
    await send({ skipped: [{ uri: V, reason: 'too-large', why: 'it has 9,000,000 bytes' }], complete: true });
    assert.deepEqual(await client.codes(V), ['syntax/too-large']);
    await eventually(() => client.log.join('\n'), (log) => log.includes('it has 9,000,000 bytes'));
  });

  it('of other folders are not taken', async () => {
    await send({ files: [{ uri: 'file:///etc/x.agent.yaml', text: agent('x', 'nobody') }, { uri: `${FOLDER}/../y.agent.yaml`, text: agent('y') }], complete: true });
    await client.connection.sendNotification('countersign/files', { folder: 'file:///unknown', files: [{ uri: 'file:///unknown/x.agent.yaml', text: 'x' }] });
    assert.deepEqual((await client.pullAll()).items, []);
    assert.equal(client.status.at(-1)?.files ?? 0, 0);
  });
});
