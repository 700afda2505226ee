// Files that count whatever they are: what the configuration extends, and what manifests govern and approvals sign.
import assert from 'node:assert/strict';
import { NEEDED, type NeededParams } from '../../server/src/protocol';
import { calm, codesOf, connect, eventually, PULL, type TestClient } from './client';
import { digestOf } from './digest';
import { memoryHost, type MemoryHost } from './memory-host';
import { agent, CATALOG } from './texts';

const W = 'file:///w';
const A = `${W}/a.agent.yaml`;
const CONFIG = `${W}/.countersign.yaml`;
const UNKNOWN = ['reference/unknown-team'];
const under = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> => Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
const watched = (client: TestClient, ...changes: [path: string, type: 1 | 2 | 3][]) =>
  client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: changes.map(([path, type]) => ({ uri: `${W}/${path}`, type })) });

/** A manifest that governs files of no format that is known, signed or not. */
const signed = (definition: string, digest: string | null): string => `apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec:
  purpose: Resolve refunds.
  owner: { team: payments }
  definition: [${definition}]
  approvals:
    - gate: deploy
      from: [risk]
      records: [${digest === null ? '' : `{ by: ann, on: 2026-11-01, digest: "${digest}" }`}]
`;
const TEAMS = `apiVersion: countersign/v1
kind: Catalog
spec:
  teams:
    payments: { title: Payments, members: [bob] }
    risk: { title: Risk, members: [ann] }
`;

describe('lsp: definition files that no format recognises', () => {
  const definition = 'agents/main.py, flow.yaml';
  const base = { 'x.catalog.yaml': TEAMS, 'agents/main.py': 'print("refunds")\n', 'flow.yaml': 'steps: [a]\n', 'other.py': 'x\n', 'other.yaml': 'x: 1\n' };
  let client: TestClient;
  let host: MemoryHost;
  let files: Record<string, string>;
  beforeEach(async () => {
    files = { ...base, 'a.agent.yaml': signed(definition, await digestOf({ ...base, 'a.agent.yaml': signed(definition, null) })) };
  });
  afterEach(() => client.stop());

  it('are signed as the command line signs them, and followed', async () => {
    host = memoryHost(under(W, files));
    client = await connect(host);
    assert.deepEqual(await client.codes(A), []);
    for (const [path, text] of [['agents/main.py', 'print("all the money")\n'], ['flow.yaml', 'steps: [b]\n']] as const) {
      host.files.set(`${W}/${path}`, text);
      await watched(client, [path, 2]);
      assert.deepEqual(await client.codes(A), ['approval/stale-digest'], path);
      host.files.set(`${W}/${path}`, base[path]);
      await watched(client, [path, 2]);
      assert.deepEqual(await client.codes(A), [], path);
    }
  });

  it('are read when a manifest begins to govern them, and anew when it does again', async () => {
    host = memoryHost(under(W, { ...files, 'a.agent.yaml': agent('a') }));
    client = await connect(host);
    await client.pullAll();
    client.open(A, files['a.agent.yaml'] ?? '');
    assert.deepEqual(await client.codes(A), []);
    client.change(A, 2, agent('a'));
    assert.deepEqual(await client.codes(A), []);
    await calm();
    // nobody reads it meanwhile
    host.files.set(`${W}/agents/main.py`, 'print("all the money")\n');
    await watched(client, ['agents/main.py', 2]);
    client.change(A, 3, files['a.agent.yaml'] ?? '');
    assert.deepEqual(await client.codes(A), ['approval/stale-digest']);
  });

  it('cost one try where they cannot be read, and are read when they can be', async () => {
    host = memoryHost(under(W, files));
    host.files.set(`${W}/agents/main.py`, { path: 'agents/main.py', reason: 'unreadable', why: 'it cannot be read (on purpose)' });
    client = await connect(host);
    assert.deepEqual(await client.codes(A), ['approval/stale-digest']);
    await calm();
    const { reads } = host;
    client.open(A, files['a.agent.yaml'] ?? '');
    assert.deepEqual(await client.codes(A), ['approval/stale-digest']);
    await calm();
    assert.equal(host.reads, reads);
    host.files.set(`${W}/agents/main.py`, base['agents/main.py']);
    await watched(client, ['agents/main.py', 2]);
    assert.deepEqual(await client.codes(A), []);
  });

  it('are asked for where only the client can read them', async () => {
    const folder = 'vscode-vfs://acme/repo';
    const uriOf = (path: string): string => `${folder}/${path}`;
    client = await connect(memoryHost({}, false), { folders: [folder], initializationOptions: { trusted: true, clientFiles: true, settings: {} } });
    const asked: string[] = [];
    const wanted = (paths: readonly string[]): Promise<boolean[]> => client.connection.sendRequest('countersign/wanted', { folder, paths });
    const send = (params: object): Promise<void> => client.connection.sendNotification('countersign/files', { folder, files: [], ...params });
    const offer = async (paths: readonly string[]): Promise<void> => {
      const answers = await wanted(paths);
      await send({ files: paths.filter((_, index) => answers[index]).map((path) => ({ uri: uriOf(path), text: files[path] ?? null })), listed: paths.filter((_, index) => !answers[index]) });
    };
    client.connection.onNotification(NEEDED, (params: NeededParams) => {
      asked.push(...params.paths);
      void offer(params.paths);
    });
    await offer(Object.keys(files));
    await send({ complete: true });
    await eventually(() => client.codes(uriOf('a.agent.yaml')), (codes) => codes.length === 0);
    assert.deepEqual(asked.sort(), ['agents/main.py', 'flow.yaml']);
    assert.deepEqual(await wanted(['agents/main.py', 'other.py']), [true, false]);
    await calm();
    assert.equal(asked.length, 2);
  });
});

describe('lsp: the configuration', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const severities = async (uri = A): Promise<unknown[]> => {
    const report = await client.pull(uri);
    return report.kind === 'full' ? report.items.map((item) => item.severity) : [];
  };
  const level = (name: string): string => `severity: { "reference/unknown-team": ${name} }\n`;
  const files = { 'x.catalog.yaml': CATALOG, 'a.agent.yaml': agent('a', 'nobody'), 'old/b.agent.yaml': agent('b', 'nobody') };

  it('extends files, which extend others, and follows them', async () => {
    const host = memoryHost(under(W, {
      ...files, '.countersign.yaml': 'extends: [./config/../config/base.yaml, nowhere.yaml]\nexclude: [config]\n', 'config/base.yaml': 'extends: ../deep.yaml\n', 'deep.yaml': level('error'),
    }));
    client = await connect(host);
    assert.deepEqual(await severities(), [1]);
    host.files.set(`${W}/deep.yaml`, level('hint'));
    await watched(client, ['deep.yaml', 2]);
    assert.deepEqual(await severities(), [4]);
    host.files.set(`${W}/config/base.yaml`, level('information'));
    await watched(client, ['config/base.yaml', 2]);
    assert.deepEqual(await severities(), [3]);
    host.files.set(`${W}/nowhere.yaml`, level('hint'));
    await watched(client, ['nowhere.yaml', 1]);
    assert.deepEqual(await severities(), [4]);
    host.files.delete(`${W}/nowhere.yaml`);
    await watched(client, ['nowhere.yaml', 3]);
    assert.deepEqual(await severities(), [3]);
  });

  it('is followed while it is typed, with what it begins to extend', async () => {
    client = await connect(memoryHost(under(W, { ...files, 'deep.yaml': level('error') })));
    assert.deepEqual(await severities(), [2]);
    client.open(CONFIG, 'extends: deep.yaml\n');
    assert.deepEqual(await severities(), [1]);
    client.open(`${W}/deep.yaml`, level('hint'));
    assert.deepEqual(await severities(), [4]);
    client.close(`${W}/deep.yaml`);
    assert.deepEqual(await severities(), [1]);
    client.change(CONFIG, 2, 'extends: []\n');
    assert.deepEqual(await severities(), [2]);
  });

  it('leaves folders out and takes them in again', async () => {
    const governing = agent('a').replace('  purpose', '  definition: old/notes.txt\n  purpose');
    const host = memoryHost(under(W, { ...files, 'a.agent.yaml': governing, 'old/notes.txt': 'x' }));
    client = await connect(host);
    assert.deepEqual(await severities(), []);
    host.files.set(CONFIG, 'exclude: [old]\n');
    await watched(client, ['.countersign.yaml', 1]);
    // what is left out is not there for anybody, as on the command line
    await eventually(() => client.codes(A), (codes) => codes.includes('reference/unknown-file') || codes.includes('drift/missing-definition'));
    assert.deepEqual(await client.codes(`${W}/old/b.agent.yaml`), []);
    host.files.set(CONFIG, 'exclude: ["**"]\n');
    await watched(client, ['.countersign.yaml', 2]);
    await eventually(async () => (await client.pullAll()).items.length, (count) => count === 0);
    host.files.set(CONFIG, 'exclude: []\n');
    await watched(client, ['.countersign.yaml', 2]);
    await eventually(() => client.codes(`${W}/old/b.agent.yaml`), (codes) => codes[0] === UNKNOWN[0]);
    await eventually(() => client.codes(A), (codes) => codes.length === 0);
  });

  it('switches formats off and on', async () => {
    const MCP = `${W}/.vscode/mcp.json`;
    const host = memoryHost({ [MCP]: '{ "servers": { "a": { "url": "http://mcp.example.com" } } }', [CONFIG]: 'formats: { mcp: off }\n' });
    client = await connect(host, { capabilities: PULL });
    assert.deepEqual(await client.codes(MCP), []);
    host.files.set(CONFIG, 'formats: { mcp: on }\n');
    await watched(client, ['.countersign.yaml', 2]);
    const codes = codesOf(await client.pull(MCP));
    assert.ok(codes.length > 0 && codes.every((code) => code.startsWith('format/mcp/')), codes.join());
    client.open(CONFIG, 'formats: { mcp: off }\n');
    assert.deepEqual(await client.codes(MCP), []);
  });
});

describe('lsp: settings of a package', () => {
  const files = { '.countersign.yaml': 'extends: ["@acme/rules"]\n', 'node_modules/@acme/rules/.countersign.yaml': 'severity: { schema/unknown-key: off }\n', 'node_modules/@acme/rules/a.agent.yaml': 'x', 'a.agent.yaml': `${agent('payments')}  strange: 1\n` };
  let client: TestClient;
  afterEach(() => client.stop());

  it('hold in a trusted workspace, and nothing else of the package is read', async () => {
    client = await connect(memoryHost(under(W, files)), { initializationOptions: { trusted: true, clientFiles: false, settings: {} } });
    assert.deepEqual(await client.codes(A), []);
    assert.equal(await client.codes(`${W}/node_modules/@acme/rules/a.agent.yaml`).then((codes) => codes.length), 0);
  });

  it('do not hold where the user has not trusted it', async () => {
    client = await connect(memoryHost(under(W, files)), { initializationOptions: { trusted: false, clientFiles: false, settings: {} } });
    assert.deepEqual(await client.codes(A), ['schema/unknown-key']);
  });
});

describe('lsp: a folder that is replaced at once', () => {
  it('holds what it holds now', async () => {
    const host = memoryHost(under(W, { 'x/a.agent.yaml': 'kind: [', 'x/b.agent.yaml': 'kind: [' }));
    const client = await connect(host);
    assert.notDeepEqual(await client.codes(`${W}/x/a.agent.yaml`), []);
    host.files.delete(`${W}/x/a.agent.yaml`);
    await watched(client, ['x', 1]);
    await eventually(() => client.codes(`${W}/x/a.agent.yaml`), (codes) => codes.length === 0);
    assert.notDeepEqual(await client.codes(`${W}/x/b.agent.yaml`), []);
    await client.stop();
  });
});
