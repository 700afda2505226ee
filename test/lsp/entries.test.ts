// The real entries: the server as a process over its standard streams and its parent's channel, on a real folder, and as a worker without files.
import assert from 'node:assert/strict';
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build, type BuildOptions } from 'esbuild';
import { createProtocolConnection, type DocumentDiagnosticReport, type MessageReader, type MessageWriter, type ProtocolConnection, type WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { IPCMessageReader, IPCMessageWriter, PortMessageReader, PortMessageWriter, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { calm, codesOf, eventually, PULL } from './client';
import { agent, CATALOG } from './texts';

const OUT = path.resolve('.test-out/entries');
const CEDAR = path.resolve('node_modules/@cedar-policy/cedar-wasm/web/cedar_wasm_bg.wasm');
/** a policy that only Cedar's own parser finds fault with */
const FAULTY = 'permit(principal, action == AgentCore::Action::"T___a", resource == AgentCore::Gateway::"x") when { foo(1) };\n';
const UNKNOWN = ['reference/unknown-team'];

async function begin(reader: MessageReader, writer: MessageWriter, folder: string, initializationOptions: unknown = {}): Promise<{ connection: ProtocolConnection; log: string[] }> {
  const connection = createProtocolConnection(reader, writer);
  const log: string[] = [];
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onError(() => {});
  connection.listen();
  await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: PULL, workspaceFolders: [{ uri: folder, name: 'w' }], initializationOptions });
  await connection.sendNotification('initialized', {});
  return { connection, log };
}

const pull = (connection: ProtocolConnection, uri: string): Promise<DocumentDiagnosticReport> => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

describe('lsp: entries', function () {
  this.timeout(60_000);
  let folder: string;
  let uri: string;

  before(async () => {
    const node: BuildOptions = { platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'] };
    const browser: BuildOptions = { platform: 'browser', target: 'es2022', format: 'iife', mainFields: ['browser', 'module', 'main'], define: { global: 'globalThis' } };
    await build({ entryPoints: ['server/src/node/server.ts'], outfile: path.join(OUT, 'server.cjs'), bundle: true, logLevel: 'error', ...node });
    copyFileSync(CEDAR, path.join(OUT, 'cedar.wasm'));
    await build({ entryPoints: ['server/src/browser/worker.ts'], outfile: path.join(OUT, 'worker.cjs'), bundle: true, logLevel: 'error', ...browser });
  });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'countersign-lsp-'));
    uri = pathToFileURL(folder).toString();
    const write = (name: string, text: string | Uint8Array): void => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    };
    write('x.catalog.yaml', CATALOG);
    write('agents/a.agent.yaml', agent('a', 'nobody'));
    write('agents/bad.agent.yaml', new Uint8Array([...Buffer.from(agent('bad')), 0xc3, 0x28, 0x0a]));
    write('agents/binary.agent.yaml', new Uint8Array([1, 0, 2]));
    write('agents/big.agent.yaml', 'x'.repeat(50_000_000));
    write('node_modules/p/b.agent.yaml', agent('b', 'nobody'));
    symlinkSync(folder, path.join(folder, 'agents/loop'));
    symlinkSync(tmpdir(), path.join(folder, 'agents/outside'));
    symlinkSync('a.agent.yaml', path.join(folder, 'agents/link.agent.yaml'));
    symlinkSync('nowhere', path.join(folder, 'agents/broken.agent.yaml'));
    mkdirSync(path.join(folder, 'secret'));
    chmodSync(path.join(folder, 'secret'), 0);
  });

  afterEach(() => {
    chmodSync(path.join(folder, 'secret'), 0o700);
    rmSync(folder, { recursive: true, force: true });
  });

  it('over the standard streams, on a folder with everything that a folder can hold', async () => {
    const child = spawn(process.execPath, [path.join(OUT, 'server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { connection, log } = await begin(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin), uri);
    assert.deepEqual(codesOf(await pull(connection, `${uri}/agents/a.agent.yaml`)), UNKNOWN);
    const all: WorkspaceDiagnosticReport = await connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    const found = Object.fromEntries(all.items.map((item) => [item.uri.slice(uri.length + 1), codesOf(item)]));
    assert.deepEqual(found['agents/big.agent.yaml'], ['syntax/too-large']);
    assert.ok(found['agents/binary.agent.yaml']?.every((code) => code.startsWith('syntax/')), JSON.stringify(found));
    assert.ok(found['agents/bad.agent.yaml']?.some((code) => code.startsWith('syntax/')), JSON.stringify(found));
    assert.equal(found['agents/link.agent.yaml'], undefined, 'a document reached by a link exists once');
    assert.equal(found['node_modules/p/b.agent.yaml'], undefined);
    await eventually(() => log.join('\n'), (text) => ['agents/loop', 'agents/outside', 'agents/big.agent.yaml', 'agents/binary.agent.yaml', 'agents/broken.agent.yaml'].every((name) => text.includes(name)));
    writeFileSync(path.join(folder, 'x.catalog.yaml'), CATALOG.replace('payments:', 'nobody:'));
    await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: `${uri}/x.catalog.yaml`, type: 2 }] });
    assert.deepEqual(codesOf(await pull(connection, `${uri}/agents/a.agent.yaml`)), []);
    const exit = ended(child);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exit, 0);
  });

  it('loads Cedar from beside itself where a folder holds some', async () => {
    writeFileSync(path.join(folder, 'p.cedar'), FAULTY);
    const child = spawn(process.execPath, [path.join(OUT, 'server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { connection } = await begin(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin), uri);
    await eventually(async () => codesOf(await pull(connection, `${uri}/p.cedar`)), (codes) => codes.includes('format/agentcore/syntax'));
    const exit = ended(child);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exit, 0);
  });

  it('ends when its client is gone', async () => {
    const child = spawn(process.execPath, [path.join(OUT, 'server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const { connection } = await begin(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin), uri);
    const exit = ended(child);
    connection.dispose();
    child.stdin.end();
    assert.equal(await exit, 1);
  });

  it('over the channel of its parent', async () => {
    const child = fork(path.join(OUT, 'server.cjs'), ['--node-ipc'], { execArgv: [] });
    const { connection } = await begin(new IPCMessageReader(child), new IPCMessageWriter(child), uri);
    assert.deepEqual(codesOf(await pull(connection, `${uri}/agents/a.agent.yaml`)), UNKNOWN);
    const exit = ended(child);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exit, 0);
  });

  it('as a worker that is given the files', async () => {
    // the few names that a worker of a browser has and one of Node has not
    const shim = `const { parentPort } = require('node:worker_threads');
      globalThis.self = globalThis;
      globalThis.addEventListener = () => {};
      globalThis.postMessage = (message) => parentPort.postMessage(message);
      parentPort.on('message', (data) => globalThis.onmessage && globalThis.onmessage({ data }));
      require(${JSON.stringify(path.join(OUT, 'worker.cjs'))});`;
    const worker = new Worker(shim, { eval: true });
    const { connection } = await begin(new PortMessageReader(worker as never), new PortMessageWriter(worker as never), 'vscode-vfs://acme/repo', { trusted: true, clientFiles: true });
    const at = 'vscode-vfs://acme/repo/a.agent.yaml';
    await connection.sendNotification('countersign/files', {
      folder: 'vscode-vfs://acme/repo', complete: true,
      files: [{ uri: at, text: agent('a', 'nobody') }, { uri: 'vscode-vfs://acme/repo/x.catalog.yaml', text: CATALOG }],
    });
    assert.deepEqual(codesOf(await pull(connection, at)), UNKNOWN);
    const cedar = 'vscode-vfs://acme/repo/p.cedar';
    let asked = 0;
    connection.onRequest('countersign/cedarModule', () => {
      asked++;
      return new Uint8Array(readFileSync(CEDAR));
    });
    await connection.sendNotification('countersign/files', { folder: 'vscode-vfs://acme/repo', files: [{ uri: cedar, text: FAULTY }] });
    await eventually(async () => codesOf(await pull(connection, cedar)), (codes) => codes.includes('format/agentcore/syntax'));
    assert.equal(asked, 1);
    await calm(10);
    connection.dispose();
    await worker.terminate();
  });
});
