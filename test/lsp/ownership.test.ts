// Whose files are over the wire: the answers of the status bar, hints with their kinds, the word that something changed.
import assert from 'node:assert/strict';
import { OWNERSHIP, OWNERSHIP_CHANGED, type OwnershipResult } from '../../server/src/protocol';
import { calm, connect, eventually, type TestClient } from './client';
import { memoryHost } from './memory-host';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t }, tools: [s/t], nonsense: 1 }\n';
const CATALOG = 'apiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { t: { oncall: duty }, u: { github: "@o/u" } }, tools: { s/t: { owner: u } } }\n';
const A = 'file:///w/a.agent.yaml';
const B = 'file:///w/b.agent.md';
const FILES = { [A]: AGENT, [B]: '---\ndescription: d\n---\n', 'file:///w/c.catalog.yaml': CATALOG, 'file:///w/CODEOWNERS': 'x @o/u\n' };

describe('lsp: whose files are', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const ask = (...uris: string[]): Promise<OwnershipResult> => client.connection.sendRequest<OwnershipResult>(OWNERSHIP, { uris });
  const ready = (): Promise<OwnershipResult> => eventually(() => ask(A, B, 'file:///w/README.md', 'file:///elsewhere'), ({ files }) => files[0]?.oncall === 'duty' && files[1] !== null && files[0].findings.error > 0, 'reading');

  it('is answered file by file', async () => {
    client = await connect(memoryHost(FILES), { folders: ['file:///w'] });
    const { files } = await ready();
    assert.deepEqual([files[0]?.owner, files[0]?.source, files[0]?.oncall, files[0]?.learned?.uri, files[0]?.covers, files[0]?.unowned], ['t', 'the manifest', 'duty', A, ['Agent a'], false]);
    assert.deepEqual([files[1]?.owner, files[1]?.learned, files[1]?.unowned], [null, null, true]);
    assert.deepEqual(files.slice(2), [null, null]);
    await assert.rejects(client.connection.sendRequest(OWNERSHIP, { uris: [1] }), /list of texts/);
  });

  it('is said to have changed, once somebody asked', async () => {
    client = await connect(memoryHost(FILES), { folders: ['file:///w'] });
    let changes = 0;
    client.connection.onNotification(OWNERSHIP_CHANGED, () => void changes++);
    await calm();
    assert.equal(changes, 0);
    await ready();
    client.open('file:///w/CODEOWNERS', 'x @o/u\n');
    client.change('file:///w/CODEOWNERS', 2, '* @o/u\n');
    await eventually(() => ask(B), ({ files }) => files[0]?.owner === 'u' && files[0].source === 'CODEOWNERS', 'the new owner');
    await eventually(() => changes, (count) => count > 0, 'the notification');
  });

  it('stands in hints that say what they speak of', async () => {
    client = await connect(memoryHost(FILES), { folders: ['file:///w'] });
    await ready();
    client.open(A, AGENT);
    const hints = await client.connection.sendRequest<{ label: { value: string; location?: { uri: string } }[]; data?: string }[]>('textDocument/inlayHint', { textDocument: { uri: A }, range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } } });
    assert.deepEqual(hints.map(({ label, data }) => [label[0]?.value, label[0]?.location?.uri, data]), [['u', 'file:///w/c.catalog.yaml', 'owners']]);
  });
});
