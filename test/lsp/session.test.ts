// The session: what is offered, what is refused, and that nothing a client sends ends it.
import assert from 'node:assert/strict';
import { ErrorCodes, LSPErrorCodes, type ResponseError } from 'vscode-languageserver';
import type { Ide } from '../../server/src/ide';
import { calm, connect, eventually, PULL, PUSH, type TestClient } from './client';
import { memoryHost } from './memory-host';
import { agent, CATALOG } from './texts';

const FILE = 'file:///w/a.agent.yaml';
const host = () => memoryHost({ 'file:///w/x.catalog.yaml': CATALOG, [FILE]: agent('a', 'nobody') });

/** Only what the tests ask of it. */
const IDE: Ide = {
  hover: (workspace, path, offset) => ({ span: { start: offset, end: offset }, markdown: `${path} ${offset} of ${workspace.text(path)?.length}` }),
  documentSymbols: () => {
    throw new Error('on purpose');
  },
};

async function refused(promise: Promise<unknown>): Promise<ResponseError<unknown>> {
  return promise.then(
    (value) => assert.fail(`answered ${JSON.stringify(value)}`),
    (error: ResponseError<unknown>) => error,
  );
}

describe('lsp: session', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('offers pulling to clients that pull, and nothing that there is not', async () => {
    client = await connect(host(), { capabilities: PULL, ide: {} });
    const { diagnosticProvider, positionEncoding, textDocumentSync, workspace, ...rest } = client.result.capabilities;
    assert.deepEqual(diagnosticProvider, { identifier: 'countersign', interFileDependencies: true, workspaceDiagnostics: true });
    assert.equal(positionEncoding, 'utf-16');
    assert.deepEqual(textDocumentSync, { openClose: true, change: 2 });
    assert.deepEqual(workspace?.workspaceFolders, { supported: true, changeNotifications: true });
    assert.deepEqual(rest, {});
    assert.equal(client.result.serverInfo?.name, 'countersign');
  });

  it('does not offer pulling to clients that do not', async () => {
    client = await connect(host(), { capabilities: PUSH });
    assert.equal(client.result.capabilities.diagnosticProvider, undefined);
    assert.equal((await refused(client.pull(FILE))).code, ErrorCodes.MethodNotFound);
  });

  it('offers the features that there are', async () => {
    client = await connect(host(), { ide: IDE });
    assert.equal(client.result.capabilities.hoverProvider, true);
    assert.ok(client.result.capabilities.documentSymbolProvider);
    assert.equal(client.result.capabilities.completionProvider, undefined);
  });

  it('takes a client without any capability, folder or option', async () => {
    client = await connect(memoryHost(), { capabilities: {}, folders: null });
    client.open('untitled:Untitled-1', agent('a').replace('purpose', 'porpoise'));
    const last = await eventually(() => client.last('untitled:Untitled-1'), (sent) => sent !== undefined);
    assert.deepEqual(last?.diagnostics.map((d) => d.code).sort(), ['schema/required', 'schema/unknown-key']);
  });

  it('refuses requests before it is initialized and after it was shut down', async () => {
    client = await connect(host(), { initialize: false });
    assert.equal((await refused(client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: FILE } }))).code, ErrorCodes.MethodNotFound);
    const init = await client.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: PULL, workspaceFolders: null });
    assert.ok(init);
    assert.equal((await refused(client.pull(FILE))).code, ErrorCodes.ServerNotInitialized);
    await client.connection.sendNotification('initialized', {});
    assert.deepEqual((await client.pull(FILE)).kind, 'full');
    await client.connection.sendRequest('shutdown');
    assert.equal((await refused(client.pull(FILE))).code, ErrorCodes.InvalidRequest);
  });

  it('answers about files that it does not know', async () => {
    client = await connect(host(), { ide: IDE });
    for (const uri of ['file:///elsewhere/x.agent.yaml', 'file:///w/none.agent.yaml', 'untitled:x', 'git:/w/a.agent.yaml?ref', 'no uri at all', '', 'file:///w/../../etc/passwd', 'file:///w/%00']) {
      const report = await client.pull(uri);
      assert.deepEqual(report.kind === 'full' && report.items, [], uri);
      assert.equal(await client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } }), null, uri);
    }
  });

  it('clamps positions past the end of lines and files', async () => {
    client = await connect(host(), { ide: IDE });
    await client.pull(FILE);
    const { length } = agent('a', 'nobody');
    const hover = (line: number, character: number) => client.connection.sendRequest<{ contents: { value: string } }>('textDocument/hover', { textDocument: { uri: FILE }, position: { line, character } });
    assert.equal((await hover(1e9, 0)).contents.value, `a.agent.yaml ${length} of ${length}`);
    assert.equal((await hover(0, 1e9)).contents.value, `a.agent.yaml 26 of ${length}`);
  });

  it('refuses malformed parameters and goes on', async () => {
    client = await connect(host(), { ide: IDE });
    const cases: [string, unknown][] = [
      ['textDocument/hover', {}],
      ['textDocument/hover', { textDocument: { uri: 7 }, position: { line: 0, character: 0 } }],
      ['textDocument/hover', { textDocument: { uri: FILE } }],
      ['textDocument/hover', { textDocument: { uri: FILE }, position: { line: -1, character: 0.5 } }],
      ['textDocument/hover', { textDocument: { uri: FILE }, position: 'here' }],
      ['textDocument/diagnostic', { textDocument: null }],
      ['workspace/diagnostic', { previousResultIds: 'all' }],
      ['countersign/wanted', { folder: 3, paths: [] }],
      ['countersign/wanted', { folder: 'file:///w', paths: 'all' }],
      ['countersign/explain', {}],
    ];
    for (const [method, params] of cases) assert.equal((await refused(client.connection.sendRequest(method, params))).code, ErrorCodes.InvalidParams, `${method} ${JSON.stringify(params)}`);
    for (const method of ['textDocument/hover', 'textDocument/diagnostic']) await refused(client.connection.sendRequest(method, null));
    const notifications: [string, unknown][] = [
      ['textDocument/didOpen', {}],
      ['textDocument/didOpen', { textDocument: { uri: FILE, version: 1, text: 5 } }],
      ['textDocument/didChange', { textDocument: { uri: FILE, version: 1 } }],
      ['textDocument/didChange', { textDocument: { uri: FILE, version: 1 }, contentChanges: [{}] }],
      ['textDocument/didChange', { textDocument: { uri: FILE, version: 1 }, contentChanges: [{ text: 'x', range: { start: {}, end: null } }] }],
      ['textDocument/didChange', { textDocument: { uri: 'file:///w/not-open.yaml', version: 1 }, contentChanges: [{ text: 'x' }] }],
      ['textDocument/didClose', { textDocument: { uri: 'file:///w/not-open.yaml' } }],
      ['workspace/didChangeWatchedFiles', { changes: null }],
      ['workspace/didChangeWatchedFiles', { changes: [null, {}, { uri: 1, type: 1 }, { uri: 'x', type: 77 }] }],
      ['workspace/didChangeWorkspaceFolders', {}],
      ['workspace/didChangeWorkspaceFolders', { event: { added: [null, { uri: 4 }, { uri: '::' }], removed: 'x' } }],
      ['workspace/didChangeConfiguration', null],
      ['countersign/files', { folder: 'file:///w', files: [{ uri: 1 }] }],
      ['countersign/files', { folder: null }],
    ];
    for (const [method, params] of notifications) await client.connection.sendNotification(method, params);
    assert.deepEqual(await client.codes(FILE), ['reference/unknown-team']);
    assert.ok(client.log.some((line) => line.includes('textDocument/didOpen was ignored')), client.log.join('\n'));
  });

  it('survives a message that is no JSON', async () => {
    client = await connect(host());
    await client.pull(FILE);
    client.toServer.write('Content-Length: 9\r\n\r\n{"broken"');
    assert.deepEqual(await client.codes(FILE), ['reference/unknown-team']);
  });

  it('answers a handler that throws by an error, logs it, and goes on', async () => {
    client = await connect(host(), { ide: IDE });
    await client.pull(FILE);
    const error = await refused(client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: FILE } }));
    assert.equal(error.code, ErrorCodes.InternalError);
    assert.match(error.message, /on purpose/);
    assert.ok(client.log.some((line) => line.includes('textDocument/documentSymbol failed') && line.includes('on purpose')));
    assert.deepEqual(await client.codes(FILE), ['reference/unknown-team']);
  });

  it('gives up what is cancelled', async () => {
    const slow = host();
    let release = (): void => {};
    slow.hold = new Promise((resolve) => (release = resolve));
    client = await connect(slow);
    const { CancellationTokenSource } = await import('vscode-languageserver');
    const source = new CancellationTokenSource();
    const answer = refused(client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: FILE } }, source.token));
    await calm(20);
    source.cancel();
    assert.equal((await answer).code, LSPErrorCodes.RequestCancelled);
    release();
    assert.deepEqual(await client.codes(FILE), ['reference/unknown-team']);
  });

  it('explains a code', async () => {
    client = await connect(host());
    assert.match(await client.connection.sendRequest('countersign/explain', { code: 'reference/unknown-team' }), /^# reference\/unknown-team/);
    assert.equal(await client.connection.sendRequest('countersign/explain', { code: 'no/such' }), null);
  });
});
