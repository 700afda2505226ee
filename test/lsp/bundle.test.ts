// The server as it is shipped, a main file and parts beside it, says just what the server in one piece says: of the workspaces of all contract cases.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { createProtocolConnection, type ProtocolConnection, type WorkspaceDiagnosticReport } from 'vscode-languageserver';
import { StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { CODES, codePage } from '../../server/src/core/lint';
import { EXPLAIN } from '../../server/src/protocol';
import { contractCases } from '../contract/run-contract';
import { PULL } from './client';

const CASES = 'test/contract/cases';
const SHIPPED = 'dist/server.js';
/** Documents of each workspace that are opened and asked about. */
const OPENED = 2;

interface Open {
  readonly uri: string;
  readonly text: string;
}

/** The workspaces as folders, and some documents of each. */
function writeWorkspaces(base: string): { folders: string[]; open: Open[] } {
  const folders: string[] = [];
  const open: Open[] = [];
  for (const file of readdirSync(CASES).filter((name) => name.endsWith('.cases')).sort()) for (const { files } of contractCases(readFileSync(`${CASES}/${file}`, 'utf8'))) {
    const folder = path.join(base, `w${folders.length}`);
    folders.push(folder);
    mkdirSync(folder);
    const texts = Object.entries(files).flatMap(([name, text]) => (typeof text === 'string' && !name.startsWith('..') ? [{ name, text }] : []));
    for (const { name, text } of texts) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    for (const { name, text } of texts.filter((one) => one.name !== '.countersign.yaml').slice(0, OPENED)) open.push({ uri: pathToFileURL(path.join(folder, name)).toString(), text });
  }
  return { folders, open };
}

describe('lsp: the bundle', function () {
  this.timeout(110_000);
  let base: string;
  const running: ChildProcess[] = [];
  before(() => (base = mkdtempSync(path.join(tmpdir(), 'countersign-bundle-'))));
  after(() => {
    for (const child of running) child.kill();
    rmSync(base, { recursive: true, force: true });
  });

  async function start(file: string, folders: readonly string[]): Promise<ProtocolConnection> {
    const child = spawn(process.execPath, [file, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    running.push(child);
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    for (const request of ['workspace/diagnostic/refresh', 'workspace/codeLens/refresh', 'workspace/inlayHint/refresh', 'client/registerCapability', 'window/workDoneProgress/create']) connection.onRequest(request, () => null);
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
    connection.onError(() => {});
    connection.listen();
    await connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: PULL, workspaceFolders: folders.map((folder) => ({ uri: pathToFileURL(folder).toString(), name: path.basename(folder) })), initializationOptions: { trusted: true } });
    await connection.sendNotification('initialized', {});
    return connection;
  }

  async function diagnosticsOf(connection: ProtocolConnection): Promise<Map<string, string>> {
    const { items } = await connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds: [] });
    return new Map(items.flatMap((item) => (item.kind === 'full' && item.items.length > 0 ? [[`diagnostics ${item.uri}`, JSON.stringify(item.items)] as const] : [])));
  }

  /** What else is asked of one server. */
  async function answers(connection: ProtocolConnection, open: readonly Open[]): Promise<Map<string, string>> {
    const said = new Map<string, string>();
    for (const { uri, text } of open) {
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: uri.endsWith('.yaml') ? 'yaml' : 'plaintext', version: 1, text } });
      const lines = text.split('\n');
      const last = { line: lines.length - 1, character: (lines.at(-1) ?? '').length };
      const textDocument = { uri };
      const middle = Math.floor(lines.length / 2);
      const ask: [string, object][] = [
        ['textDocument/documentSymbol', {}], ['textDocument/codeAction', { range: { start: { line: 0, character: 0 }, end: last }, context: { diagnostics: [] } }],
        ['textDocument/completion', { position: last }], ['textDocument/hover', { position: { line: middle, character: Math.max(0, (lines[middle] ?? '').search(/\S/)) } }],
        ['textDocument/codeLens', {}], ['textDocument/inlayHint', { range: { start: { line: 0, character: 0 }, end: last } }],
      ];
      for (const [method, more] of ask) said.set(`${method} ${uri}`, JSON.stringify(await connection.sendRequest(method, { textDocument, ...more }).catch((error: unknown) => String(error))));
      await connection.sendNotification('textDocument/didClose', { textDocument });
    }
    return said;
  }

  const differing = (expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] =>
    [...new Set([...expected.keys(), ...found.keys()])].filter((what) => found.get(what) !== expected.get(what)).map((what) => `${what}\n  whole: ${expected.get(what)?.slice(0, 400)}\n  parts: ${found.get(what)?.slice(0, 400)}`);

  it('has the page of each code', async () => {
    const server = await start(path.resolve(SHIPPED), []);
    for (const doc of CODES) assert.equal(await server.sendRequest(EXPLAIN, { code: doc.code }), codePage(doc));
    server.dispose();
  });

  it('in parts it answers as in one piece', async () => {
    assert.ok(existsSync(SHIPPED), 'node .scripts/build.mjs makes it');
    const { folders, open } = writeWorkspaces(base);
    const whole = path.join(base, 'whole.js');
    await build({ entryPoints: ['server/src/node/server.ts'], outfile: whole, bundle: true, platform: 'node', target: 'node20', format: 'cjs', mainFields: ['module', 'main'], define: { 'import.meta.url': '""' }, logLevel: 'error' });
    // Cedar's engine lies beside the program
    copyFileSync('dist/cedar.wasm', path.join(base, 'cedar.wasm'));
    const servers = [await start(whole, folders), await start(path.resolve(SHIPPED), folders)] as const;
    // findings of the analysis follow the others, in each server in its own time
    let found: Map<string, string>[] = [];
    for (const until = Date.now() + 60_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 500))) {
      found = await Promise.all(servers.map(diagnosticsOf));
      const [expected, mine] = found;
      if (expected && mine && differing(expected, mine).length === 0 && [...expected.values()].some((answer) => answer.includes('policy/shadowed-rule'))) break;
    }
    assert.deepEqual(differing(found[0] ?? new Map(), found[1] ?? new Map()).slice(0, 5), []);
    assert.ok(folders.length > 200 && (found[0]?.size ?? 0) > 200 && ![...(found[1]?.values() ?? [])].some((answer) => answer.includes('internal/fault')));
    const [expected, mine] = await Promise.all([answers(servers[0], open), answers(servers[1], open)]);
    assert.deepEqual(differing(expected, mine).slice(0, 5), []);
    for (const server of servers) server.dispose();
  });
});
