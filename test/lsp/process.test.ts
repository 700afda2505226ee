// `countersign lsp --stdio` as an editor starts it: a process that answers, says nothing else on its output, and ends.
import assert from 'node:assert/strict';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createProtocolConnection, type DocumentDiagnosticReport, type ProtocolConnection } from 'vscode-languageserver';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { codesOf, PULL } from './client';
import { agent, CATALOG } from './texts';

/** milliseconds after which a process that does not end is ended, so that the test fails and does not hang */
const LIMIT = 20_000;

describe('lsp: the program', function () {
  this.timeout(60_000);
  let base: string;
  let folder: string;
  const running = new Set<ChildProcessWithoutNullStreams>();

  before(async () => {
    base = mkdtempSync(path.join(tmpdir(), 'countersign-program-'));
    folder = path.join(base, 'w');
    mkdirSync(folder);
    copyFileSync('package.json', path.join(base, 'package.json'));
    writeFileSync(path.join(folder, 'x.catalog.yaml'), CATALOG);
    await build({ entryPoints: ['server/src/node/cli.ts'], outfile: path.join(base, 'dist/cli.js'), bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], logLevel: 'error' });
  });
  afterEach(() => {
    for (const child of running) child.kill();
    running.clear();
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  interface Started {
    readonly child: ChildProcessWithoutNullStreams;
    /** its exit code, what it wrote beside messages, and its errors, when it has ended */
    readonly end: Promise<{ code: number | null; stray: string; errors: string }>;
  }

  function start(): Started {
    const child = spawn(process.execPath, [path.join(base, 'dist/cli.js'), 'lsp', '--stdio'], { cwd: folder });
    running.add(child);
    const chunks: Buffer[] = [];
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => void chunks.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    const end = new Promise<{ code: number | null; stray: string; errors: string }>((resolve) => {
      child.on('close', (code) => {
        clearTimeout(timer);
        running.delete(child);
        resolve({ code, stray: strayOf(Buffer.concat(chunks)), errors });
      });
    });
    return { child, end };
  }

  async function initialize({ child }: Started): Promise<ProtocolConnection> {
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    connection.onRequest('workspace/diagnostic/refresh', () => null);
    connection.onError(() => {});
    connection.listen();
    const uri = pathToFileURL(folder).toString();
    const { serverInfo } = await connection.sendRequest<{ serverInfo: { name: string; version: string } }>('initialize', { processId: null, rootUri: null, capabilities: PULL, workspaceFolders: [{ uri, name: 'w' }] });
    assert.equal(serverInfo.name, 'countersign');
    assert.match(serverInfo.version, /^\d+\.\d+\.\d+/);
    await connection.sendNotification('initialized', {});
    return connection;
  }

  it('serves from initialize to exit', async () => {
    const started = start();
    const connection = await initialize(started);
    const uri = `${pathToFileURL(folder)}/a.agent.yaml`;
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text: agent('a', 'nobody') } });
    const report: DocumentDiagnosticReport = await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    assert.deepEqual(codesOf(report), ['reference/unknown-team']);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.deepEqual(await started.end, { code: 0, stray: '', errors: '' });
  });

  it('ends when its input is closed', async () => {
    const started = start();
    await initialize(started);
    started.child.stdin.end();
    assert.deepEqual(await started.end, { code: 1, stray: '', errors: '' });
  });

  it('ends with 0 when its input is closed after a shutdown', async () => {
    const started = start();
    const connection = await initialize(started);
    await connection.sendRequest('shutdown');
    started.child.stdin.end();
    assert.deepEqual(await started.end, { code: 0, stray: '', errors: '' });
  });

  it('ends when nobody ever speaks to it', async () => {
    const started = start();
    started.child.stdin.end();
    const { code, stray } = await started.end;
    assert.deepEqual([code, stray], [1, '']);
  });

  it('outlives nobody who stops to listen', async () => {
    const started = start();
    await initialize(started);
    started.child.stdout.destroy();
    started.child.stdin.end();
    const { code, errors } = await started.end;
    assert.equal(typeof code, 'number');
    assert.doesNotMatch(errors, /EPIPE|^\s+at /m);
  });
});

/** What is no message of the protocol. */
function strayOf(bytes: Buffer): string {
  let at = 0;
  while (at < bytes.length) {
    const header = /^Content-Length: (\d+)\r\n(?:[\w-]+: [^\r\n]*\r\n)*\r\n/.exec(bytes.subarray(at, at + 200).toString('latin1'));
    if (!header) return bytes.subarray(at).toString();
    const from = at + header[0].length;
    at = from + Number(header[1]);
    if (at > bytes.length) return `half a message: ${bytes.subarray(from).toString()}`;
    JSON.parse(bytes.subarray(from, at).toString());
  }
  return '';
}
