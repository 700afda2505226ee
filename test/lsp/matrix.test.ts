// The matrix's requests over the wire: newest text, frames that are others by now, what a client must not send.
import assert from 'node:assert/strict';
import {
  MATRIX, MATRIX_CELLS, MATRIX_CHANGED, MATRIX_EXPORT, MATRIX_PLACE, MATRIX_WHY,
  type FilePlace, type MatrixCellsResult, type MatrixFrame, type MatrixParams, type MatrixQuestion, type MatrixResult, type MatrixWhyResult,
} from '../../server/src/protocol';
import { calm, connect, eventually, type TestClient } from './client';
import { memoryHost } from './memory-host';

const agent = (name: string, tools = 's/t'): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec: { purpose: Test., lifecycle: production, owner: { team: t }, tools: [${tools}] }\n`;
const policy = (effect: string): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: r, effect: ${effect}, actions: [call], resources: ["tool:*"] }\n`;
const [POLICY, A] = ['file:///w/p.policy.yaml', 'file:///w/a.agent.yaml'];
const FILES = { [A]: agent('a'), 'file:///w/b.agent.yaml': agent('b'), [POLICY]: policy('allow') };

describe('lsp: the matrix', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const ask = <R>(method: string, params: unknown): Promise<R> => client.connection.sendRequest<R>(method, params);
  const frame = async (params: MatrixParams = {}): Promise<MatrixFrame> => {
    const { frame: found } = await ask<MatrixResult>(MATRIX, params);
    assert.ok(found);
    return found;
  };
  const ready = (agents: number): Promise<MatrixFrame> => eventually(() => frame(), (found) => !found.reading && found.agents.length === agents, 'reading');
  const question = ({ id, folder }: MatrixFrame): MatrixQuestion => ({ folder: folder ?? '', frame: id, environment: '', args: null });

  it('tells rows and columns once, and cells by their places', async () => {
    client = await connect(memoryHost(FILES));
    const found = await ready(2);
    assert.deepEqual([found.agents.map(({ id, owner }) => [id, owner]), found.columns.map(({ resource, group }) => [resource, group]), found.policies, found.folders], [[['a', 't'], ['b', 't']], [['tool:s/t', 's']], 1, [{ uri: 'file:///w', agents: 2 }]]);
    const { digest } = await ask<MatrixResult>(MATRIX, {});
    assert.deepEqual(await ask(MATRIX, { known: digest }), { digest, frame: null });
    assert.deepEqual(await ask<MatrixCellsResult>(MATRIX_CELLS, { ...question(found), agents: [1, 0], columns: [0] }), ['a', 'a']);
    assert.equal((await ask<MatrixWhyResult>(MATRIX_WHY, { ...question(found), agent: 0, column: 0 }))?.line, 'Allowed by p/r.');
    assert.match(await ask<string>(MATRIX_EXPORT, { ...question(found), agents: [0], columns: [0], as: 'csv' }), /\r\na,t,allow\r\n$/);
    assert.deepEqual((await ask<FilePlace>(MATRIX_PLACE, { folder: 'file:///w', agent: 'b' })).uri, 'file:///w/b.agent.yaml');
    assert.equal(await ask(MATRIX_PLACE, { folder: 'file:///w', agent: 'nobody' }), null);
  });

  it('decides from unsaved text and says when that may be another decision; cells of another frame are none', async () => {
    client = await connect(memoryHost(FILES));
    let changes = 0;
    client.connection.onNotification(MATRIX_CHANGED, () => void changes++);
    client.open(POLICY, policy('allow'));
    await calm();
    assert.equal(changes, 0, 'nobody asked yet');
    const found = await ready(2);
    const cells = (): Promise<MatrixCellsResult> => ask(MATRIX_CELLS, { ...question(found), agents: [0], columns: [0] });
    assert.deepEqual(await cells(), ['a']);
    await calm();
    const before = changes;
    client.change(POLICY, 2, policy('deny'));
    assert.deepEqual(await cells(), ['d']);
    await eventually(() => changes, (count) => count > before, 'the notification');
    client.open(A, agent('a', 's/t, s/u'));
    assert.equal(await cells(), null);
    const next = await frame();
    assert.notEqual(next.id, found.id);
    assert.equal(next.columns.length, 2);
  });

  it('shows the folder that is asked for, and says which there are', async () => {
    client = await connect(memoryHost({ ...FILES, 'file:///v/c.agent.yaml': agent('c') }), { folders: ['file:///w', 'file:///v'] });
    await ready(2);
    const found = await frame({ folder: 'file:///v' });
    assert.deepEqual([found.folder, found.agents.map(({ id }) => id), found.folders.length, found.policies], ['file:///v', ['c'], 2, 0]);
    assert.equal((await frame({ folder: 'file:///nowhere' })).folder, 'file:///w');
  });

  it('refuses what is no question', async () => {
    client = await connect(memoryHost(FILES));
    const base = question(await ready(2));
    for (const [method, params] of [
      [MATRIX_CELLS, { ...base, agents: 'all', columns: [0] }], [MATRIX_CELLS, { ...base, agents: [-1], columns: [0] }], [MATRIX_CELLS, { ...base, args: [1], agents: [0], columns: [0] }],
      [MATRIX_CELLS, null], [MATRIX_EXPORT, { ...base, agents: [0], columns: [0], as: 'exe' }], [MATRIX_CELLS, { ...base, agents: Array.from({ length: 1000 }, () => 0), columns: Array.from({ length: 1000 }, () => 0) }],
    ] as const) await assert.rejects(ask(method, params), Error, JSON.stringify(params)?.slice(0, 60));
    assert.equal(await ask(MATRIX_WHY, { ...base, agent: 'x', column: 0 }), null);
    assert.equal(await ask(MATRIX_CELLS, { ...base, frame: 'old', agents: [0], columns: [0] }), null);
  });
});
