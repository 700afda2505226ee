// Open documents: edits in the client's terms, the open text over the disk's, and any order of edits ends as if nothing had been before.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { connect, eventually, messageOf, PULL, PUSH, type TestClient } from './client';
import { memoryHost } from './memory-host';
import { agent, CATALOG } from './texts';

const A = 'file:///w/a.agent.yaml';
const CAT = 'file:///w/x.catalog.yaml';

describe('lsp: documents', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('win over the disk while they are open', async () => {
    const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a', 'nobody') });
    client = await connect(host);
    assert.deepEqual(await client.codes(A), ['reference/unknown-team']);
    client.open(A, agent('a'));
    assert.deepEqual(await client.codes(A), []);
    host.files.set(A, agent('a', 'somebody'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: A, type: 2 }] });
    assert.deepEqual(await client.codes(A), []);
    client.close(A);
    const report = await client.pull(A);
    assert.match(messageOf(report), /`somebody`/);
  });

  it('that were never saved are gone when they are closed', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG }));
    client.open(A, agent('a', 'nobody'));
    assert.deepEqual(await client.codes(A), ['reference/unknown-team']);
    client.close(A);
    assert.deepEqual(await client.codes(A), []);
    assert.deepEqual((await client.pullAll()).items, []);
  });

  it('may be deleted while they are open', async () => {
    const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a') });
    client = await connect(host);
    client.open(A, agent('a', 'nobody'));
    host.files.delete(A);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: A, type: 3 }] });
    assert.deepEqual(await client.codes(A), ['reference/unknown-team']);
    client.close(A);
    assert.deepEqual(await client.codes(A), []);
  });

  it('have positions in UTF-16, over CRLF, and edits that build on each other', async () => {
    client = await connect(memoryHost({ [CAT]: CATALOG }));
    client.open(A, agent('a').replaceAll('\n', '\r\n'));
    client.change(A, 2,
      { range: { start: { line: 4, character: 11 }, end: { line: 4, character: 28 } }, text: '"🧾🧾 refunds"' },
      { range: { start: { line: 5, character: 0 }, end: { line: 5, character: 0 } }, text: '  purpse: "🧾🧾"\r\n' },
      { range: { start: { line: 6, character: 17 }, end: { line: 6, character: 25 } }, text: 'nobody' },
    );
    const report = await client.pull(A);
    assert.deepEqual(report.kind === 'full' && report.items.map((d) => [d.code, d.range.start.line, d.range.start.character, d.range.end.character]), [
      ['schema/unknown-key', 5, 2, 8],
      ['reference/unknown-team', 6, 17, 23],
    ]);
  });

  it('may name the same file in other spellings', async () => {
    client = await connect(memoryHost({ 'file:///C:/w%20x/x.catalog.yaml': CATALOG }), { folders: ['file:///C:/w%20x'] });
    client.open('file:///c%3A/w%20x/a.agent.yaml', agent('a', 'nobody'));
    assert.deepEqual(await client.codes('file:///C:/w x/a.agent.yaml'), ['reference/unknown-team']);
    client.change('file:///c:/w%20x/%61.agent.yaml', 2, agent('a'));
    assert.deepEqual(await client.codes('file:///c%3A/w%20x/a.agent.yaml'), []);
  });

  it('without a folder are checked, with names joined among those that are open', async () => {
    client = await connect(memoryHost(), { folders: null });
    client.open('file:///x/a.agent.yaml', agent('a', 'nobody').replace('  purpose', '  definition: ./b.agent.md\n  purpose'));
    assert.deepEqual(await client.codes('file:///x/a.agent.yaml'), []);
    client.open('file:///y/z.catalog.yaml', CATALOG);
    assert.deepEqual(await client.codes('file:///x/a.agent.yaml'), ['reference/unknown-team']);
    client.open('untitled:Untitled-1', CATALOG.replace('payments:', 'nobody:'), 1, 'countersign-yaml');
    assert.deepEqual(await client.codes('file:///x/a.agent.yaml'), []);
    client.close('untitled:Untitled-1');
    client.close('file:///y/z.catalog.yaml');
    assert.deepEqual(await client.codes('file:///x/a.agent.yaml'), []);
    // the other side of a comparison is a version of a file, not another file
    client.open('git:/x/a.agent.yaml?%7B%22ref%22%3A%22HEAD%22%7D', agent('a'));
    assert.deepEqual(await client.codes('file:///x/a.agent.yaml'), []);
  });

  it('that are huge or binary leave the server well', async () => {
    const host = memoryHost({ [CAT]: CATALOG });
    host.files.set('file:///w/big.agent.yaml', { path: 'big.agent.yaml', reason: 'too-large', why: 'it has 50,000,000 bytes; files over 2,000,000 are not read' });
    host.files.set('file:///w/other.yaml', { path: 'other.yaml', reason: 'binary', why: 'it is not text' });
    client = await connect(host);
    assert.deepEqual(await client.codes('file:///w/big.agent.yaml'), ['syntax/too-large']);
    await eventually(() => client.log.filter((line) => line.startsWith('Skipped')).length, (n) => n === 2);
    assert.match(client.log.join('\n'), /Skipped file:\/\/\/w\/other.yaml: it is not text/);
    client.open('file:///w/big.agent.yaml', `${agent('big')}# ${'x'.repeat(3_000_000)}\n`);
    assert.deepEqual(await client.codes('file:///w/big.agent.yaml'), ['syntax/too-large']);
    client.open('file:///w/deep.agent.yaml', `${'['.repeat(10_000)}\0\uffff`);
    assert.equal((await client.pull('file:///w/deep.agent.yaml')).kind, 'full');
    client.open(A, agent('a', 'nobody'));
    assert.deepEqual(await client.codes(A), ['reference/unknown-team']);
    client.change('file:///w/big.agent.yaml', 2, agent('big'));
    assert.deepEqual(await client.codes('file:///w/big.agent.yaml'), []);
  });
});

/** as it is sent to a client that asked for no data */
const withoutData = (items: readonly Diagnostic[]): string => JSON.stringify(items.map((item) => ({ ...item, data: undefined })));

describe('lsp: any order of edits', () => {
  const uris = [A, 'file:///w/b.agent.yaml', CAT, 'file:///w/sub/p.policy.yaml', 'file:///w/.countersign.yaml'] as const;
  const texts = [
    agent('a'), agent('a', 'nobody'), agent('b', 'risk'), CATALOG, CATALOG.replace('payments:', 'risk:'), '', 'apiVersion: countersign/v1\nkind: Agent\n',
    'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p, owner: payments }\nspec: { rules: [ { id: r, effect: deny, agents: [a] } ] }\n',
    'severity: { reference/*: hint }\n', 'exclude: [sub]\nseverity: { schema/required: "off" }\n', '- just: a list\n',
  ] as const;
  const uri = fc.constantFrom(...uris);
  const text = fc.constantFrom(...texts);
  const op = fc.oneof(
    fc.record({ kind: fc.constant('write' as const), uri, text }),
    fc.record({ kind: fc.constant('remove' as const), uri }),
    fc.record({ kind: fc.constant('open' as const), uri, text }),
    fc.record({ kind: fc.constant('close' as const), uri }),
    fc.record({ kind: fc.constant('edit' as const), uri, from: fc.nat(200), length: fc.nat(30), insert: fc.constantFrom('', '\n', 'x', ': ', 'team: ', '  - ', '#', '🧾', '"', '\r\n') }),
    fc.record({ kind: fc.constant('wait' as const) }),
  );

  for (const [name, capabilities] of [['pulled', PULL], ['sent', PUSH]] as const) {
    it(`gives what a fresh server says (${name})`, async function () {
      this.timeout(120_000);
      await fc.assert(
        fc.asyncProperty(fc.array(op, { minLength: 1, maxLength: 14 }), async (ops) => {
          const host = memoryHost({ [CAT]: CATALOG, [A]: agent('a') });
          const client = await connect(host, { capabilities });
          const open = new Map<string, TextDocument>();
          const watched = (at: string, type: number): void => void client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: at, type }] });
          for (const each of ops) {
            if (each.kind === 'wait') await client.connection.sendRequest('countersign/explain', { code: 'x' });
            else if (each.kind === 'write') {
              const known = host.files.has(each.uri);
              host.files.set(each.uri, each.text);
              watched(each.uri, known ? 2 : 1);
            } else if (each.kind === 'remove') {
              host.files.delete(each.uri);
              watched(each.uri, 3);
            } else if (each.kind === 'open' && !open.has(each.uri)) {
              open.set(each.uri, TextDocument.create(each.uri, 'yaml', 1, each.text));
              client.open(each.uri, each.text);
            } else if (each.kind === 'close' && open.delete(each.uri)) client.close(each.uri);
            else if (each.kind === 'edit') {
              const document = open.get(each.uri);
              if (!document) continue;
              const range = { start: document.positionAt(each.from), end: document.positionAt(each.from + each.length) };
              const change: TextDocumentContentChangeEvent = { range, text: each.insert };
              TextDocument.update(document, [change], document.version + 1);
              client.change(each.uri, document.version, change);
            }
          }
          const fresh = await connect(host, { capabilities: PULL });
          for (const document of open.values()) fresh.open(document.uri, document.getText(), document.version);
          const expected = new Map<string, string>();
          for (const item of (await fresh.pullAll()).items) if (item.kind === 'full' && item.items.length > 0) expected.set(item.uri, withoutData(item.items));
          const actual = async (): Promise<string> => {
            const found = new Map<string, string>();
            if (capabilities === PULL) {
              for (const item of (await client.pullAll()).items) if (item.kind === 'full' && item.items.length > 0) found.set(item.uri, withoutData(item.items));
            } else for (const sent of client.published) {
              if (sent.diagnostics.length > 0) found.set(sent.uri, JSON.stringify(sent.diagnostics));
              else found.delete(sent.uri);
            }
            return JSON.stringify([...found].sort());
          };
          const wanted = JSON.stringify([...expected].sort());
          if (capabilities === PULL) assert.equal(await actual(), wanted);
          else {
            const got = await eventually(actual, (value) => value === wanted, `\n${wanted}\n`).catch((error: Error) => assert.fail(error.message));
            assert.equal(got, wanted);
          }
          client.stop();
          fresh.stop();
        }),
        { numRuns: 60 },
      );
    });
  }
});

