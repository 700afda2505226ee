// Diagnostics, asked for and sent: the same content, never both ways, never older than the text.
import assert from 'node:assert/strict';
import { WorkDoneProgress, WorkspaceDiagnosticRequest, type WorkspaceDocumentDiagnosticReport } from 'vscode-languageserver';
import { RULES } from '../../server/src/core/lint';
import { calm, codesOf, connect, eventually, PULL, PUSH, type TestClient } from './client';
import { memoryHost } from './memory-host';
import { agent, CATALOG } from './texts';

const A = 'file:///w/a.agent.yaml';
const CAT = 'file:///w/x.catalog.yaml';
const UNKNOWN = ['reference/unknown-team'];

describe('lsp: pulled diagnostics', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('gives a file and the whole workspace', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody'), 'file:///w/b.agent.yaml': agent('b') }));
    assert.deepEqual(await client.codes(A), UNKNOWN);
    const all = await client.pullAll();
    assert.deepEqual(all.items.map((item) => [item.uri, codesOf(item)]), [[A, UNKNOWN]]);
  });

  it('says unchanged while text and findings are what they were', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') }));
    const first = await client.pull(A);
    assert.equal((await client.pull(A, first.resultId)).kind, 'unchanged');
    client.open(A, agent('a', 'nobody'));
    const second = await client.pull(A, first.resultId);
    // marks move with the text in an editor, so a new version gets its list anew
    assert.equal(second.kind, 'full');
    assert.equal((await client.pull(A, second.resultId)).kind, 'unchanged');
    client.change(A, 2, agent('a', 'nobody else'));
    assert.equal((await client.pull(A, second.resultId)).kind, 'full');
  });

  it('gives of the workspace only what is new, and clears what is gone', async () => {
    const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody'), 'file:///w/b.agent.yaml': agent('b', 'noone') });
    client = await connect(host);
    const first = await client.pullAll();
    const known = first.items.map((item) => ({ uri: item.uri, value: item.resultId ?? '' }));
    const second = await client.pullAll(known);
    assert.deepEqual(second.items.map((item) => item.kind), ['unchanged', 'unchanged']);
    host.files.delete(A);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: A, type: 3 }] });
    await eventually(() => client.refreshes, (n) => n > 0, 'a refresh');
    const third = await client.pullAll(known);
    const cleared = third.items.find((item) => item.uri === A);
    assert.deepEqual(cleared?.kind === 'full' && cleared.items, []);
    assert.equal(third.items.find((item) => item.uri.endsWith('/b.agent.yaml'))?.kind, 'unchanged');
  });

  it('streams the workspace in parts', async () => {
    const files = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`file:///w/a${i}.agent.yaml`, agent(`a${i}`, 'nobody')]));
    client = await connect(memoryHost({ [CAT]: CATALOG, ...files }));
    const parts: WorkspaceDocumentDiagnosticReport[][] = [];
    client.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, 'token', (part) => void parts.push(part.items));
    const end = await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [], partialResultToken: 'token' });
    assert.deepEqual(end.items, []);
    assert.equal(parts.flat().length, 120);
    assert.ok(parts.length > 1);
  });

  it('asks the client to ask again when another file changed the answer', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') }));
    client.open(A, agent('a', 'nobody'));
    client.open(CAT, CATALOG);
    assert.deepEqual(await client.codes(A), UNKNOWN);
    await client.pull(CAT);
    await calm();
    const before = client.refreshes;
    client.change(CAT, 2, CATALOG.replace('payments:', 'nobody:'));
    await eventually(() => client.refreshes, (n) => n > before, 'a refresh');
    assert.deepEqual(await client.codes(A), []);
  });

  it('does not ask again for what the client asks by itself', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a') }));
    client.open(A, agent('a'));
    await client.pull(A);
    await calm();
    const before = client.refreshes;
    client.change(A, 2, agent('a', 'nobody'));
    assert.deepEqual(await client.codes(A), UNKNOWN);
    await calm(200);
    assert.equal(client.refreshes, before);
    assert.deepEqual(client.published, []);
  });

  it('links to the documentation, and sends data, as the client can', async () => {
    const capabilities = { ...PULL, textDocument: { diagnostic: { codeDescriptionSupport: true, dataSupport: true } } };
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'paymnts') }), { capabilities, initializationOptions: { docs: 'docs:/{code}.md' } });
    const report = await client.pull(A);
    const [item] = report.kind === 'full' ? report.items : [];
    assert.deepEqual(item?.codeDescription, { href: 'docs:/reference/unknown-team.md' });
    assert.deepEqual(item?.data, { fixes: [{ title: 'Replace by `payments`', safe: false }] });
    assert.equal(item?.source, 'countersign');
  });
});

describe('lsp: sent diagnostics', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('are sent for the whole workspace, and cleared when a file vanishes', async () => {
    const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') });
    client = await connect(host, { capabilities: PUSH });
    await eventually(() => client.last(A)?.diagnostics.map((d) => d.code), (codes) => codes?.[0] === UNKNOWN[0]);
    host.files.delete(A);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: A, type: 3 }] });
    await eventually(() => client.last(A)?.diagnostics, (items) => items?.length === 0);
    assert.equal(client.last(CAT), undefined);
  });

  it('carry the version, once for each edit that was not overtaken', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG }), { capabilities: PUSH });
    client.open(A, agent('a'));
    assert.deepEqual(await eventually(() => client.last(A), (sent) => sent !== undefined), { uri: A, version: 1, diagnostics: [] });
    client.change(A, 2, agent('a', 'nobody'));
    const sent = await eventually(() => client.last(A), (last) => last?.version === 2);
    assert.deepEqual(sent?.diagnostics.map((d) => d.code), UNKNOWN);
    client.change(A, 3, agent('a', 'nobody'));
    await eventually(() => client.last(A)?.version, (version) => version === 3);
  });

  it('never speak of an older text than they say', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG }), { capabilities: PUSH });
    client.open(A, agent('a', 'n1'));
    for (let version = 2; version <= 200; version++) {
      client.change(A, version, agent('a', `n${version}`));
      if (version % 7 === 0) await calm(1);
      if (version % 50 === 0) await calm(40);
    }
    await eventually(() => client.last(A)?.version, (version) => version === 200);
    const sent = client.published.filter((each) => each.uri === A);
    for (const { version, diagnostics } of sent) assert.match(String(diagnostics[0]?.message), new RegExp(`\`n${version}\``));
    const versions = sent.map((each) => each.version ?? 0);
    assert.deepEqual(versions, [...new Set(versions)].sort((a, b) => a - b), 'in order, each once');
    assert.ok(sent.length < 200, 'edits in quick succession are overtaken');
  });

  it('follow the other file', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') }), { capabilities: PUSH });
    await eventually(() => client.last(A)?.diagnostics.length, (n) => n === 1);
    client.open(CAT, CATALOG.replace('payments:', 'nobody:'));
    await eventually(() => client.last(A)?.diagnostics.length, (n) => n === 0);
    client.close(CAT);
    await eventually(() => client.last(A)?.diagnostics.length, (n) => n === 1);
  });
});

describe('lsp: faults of checks', () => {
  it('are told in the file, logged, and take nothing else down', async () => {
    const rules = RULES as { check: (context: { path: string }) => void; codes: [] }[];
    const throwing = { codes: [] as [], check: ({ path }: { path: string }) => { if (path === 'a.agent.yaml') throw new Error('on purpose'); } };
    rules.push(throwing);
    const client = await connect(memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody'), 'file:///w/b.agent.yaml': agent('b', 'nobody') }));
    try {
      assert.deepEqual(await client.codes(A), ['internal/fault', ...UNKNOWN]);
      assert.deepEqual(await client.codes('file:///w/b.agent.yaml'), UNKNOWN);
    } finally {
      rules.splice(rules.indexOf(throwing), 1);
      client.stop();
    }
  });
});

describe('lsp: first reading', () => {
  it('shows its progress when it takes a while', async () => {
    const host = memoryHost(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`file:///w/a${i}.agent.yaml`, agent(`a${i}`)])));
    let release = (): void => {};
    host.hold = new Promise((resolve) => (release = resolve));
    const client = await connect(host, { capabilities: { ...PULL, window: { workDoneProgress: true } } });
    const seen: string[] = [];
    client.connection.onRequest('window/workDoneProgress/create', (params: { token: string }) => {
      client.connection.onProgress(WorkDoneProgress.type, params.token, (value) => void seen.push(value.kind));
      return null;
    });
    await eventually(() => seen.length, (n) => n > 0);
    host.hold = null;
    release();
    await eventually(() => seen.at(-1), (kind) => kind === 'end');
    assert.equal(seen[0], 'begin');
    client.stop();
  });

  it('holds back what unread files could refute, but not what a file says by itself', async () => {
    const host = memoryHost({ [CAT]: CATALOG, 'file:///w/more.catalog.yaml': CATALOG.replace('payments:', 'nobody:') });
    let release = (): void => {};
    host.hold = new Promise((resolve) => (release = resolve));
    const client = await connect(host, { capabilities: PUSH });
    client.open(CAT, CATALOG);
    client.open(A, agent('a', 'nobody').replace('purpose', 'porpoise'));
    const early = await eventually(() => client.last(A), (sent) => sent !== undefined, 'the early result');
    assert.deepEqual(early?.diagnostics.map((d) => d.code).sort(), ['schema/required', 'schema/unknown-key']);
    client.change(A, 2, agent('a', 'nobody'));
    await eventually(() => client.last(A)?.version, (version) => version === 2);
    assert.deepEqual(client.last(A)?.diagnostics, []);
    assert.equal(client.status.at(-1)?.state, 'indexing');
    host.hold = null;
    release();
    await eventually(() => client.status.at(-1)?.state, (state) => state === 'ready');
    assert.ok(client.published.every((sent) => sent.diagnostics.every((d) => d.code !== UNKNOWN[0])), 'never said');
    client.stop();
  });

  it('stays open to edits while many files are read', async () => {
    const files = Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`file:///w/d${i % 50}/a${i}.agent.yaml`, agent(`a${i}`)]));
    const client = await connect(memoryHost({ [CAT]: CATALOG, ...files }), { capabilities: PUSH });
    client.open(A, agent('a', 'n1'));
    for (let version = 2; version <= 40; version++) {
      client.change(A, version, agent('a', `n${version}`));
      await calm(2);
    }
    await eventually(() => client.last(A)?.version, (version) => version === 40);
    await eventually(() => client.status.at(-1), (status) => status?.state === 'ready' && status.files === 3002);
    assert.deepEqual(client.last(A)?.diagnostics.map((d) => d.code), UNKNOWN);
    client.stop();
  });
});
