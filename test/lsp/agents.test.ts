// The requests of the tree of agents over the wire: findings, places, folders, the word that something changed.
import assert from 'node:assert/strict';
import { AGENT_NEXT, AGENT_PARTS, AGENTS, AGENTS_CHANGED, type AgentNextResult, type AgentPartsResult, type AgentsParams, type AgentsResult } from '../../server/src/protocol';
import { calm, connect, eventually, type TestClient } from './client';
import { memoryHost } from './memory-host';

const agent = (name: string, team: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec: { purpose: Test., lifecycle: production, owner: { team: ${team} }, tools: [s/t], nonsense: 1 }\n`;
const A = 'file:///w/a.agent.yaml';
const FILES = { [A]: agent('a', 't'), 'file:///v/a.agent.yaml': agent('a', 'u') };
const FOLDERS = { folders: ['file:///w', 'file:///v'] };

describe('lsp: the tree of agents', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const ask = (params: AgentsParams = {}): Promise<AgentsResult> => client.connection.sendRequest<AgentsResult>(AGENTS, params);
  const ready = (): Promise<AgentsResult> => eventually(ask, ({ reading, agents }) => !reading && agents?.length === 2, 'reading');

  it('gives the agents of all folders with the places of their names, and the same once', async () => {
    client = await connect(memoryHost(FILES), FOLDERS);
    await ready();
    const { digest, agents } = await eventually(ask, ({ agents: found }) => found?.every(({ findings }) => findings.error + findings.warning + findings.information > 0) === true, 'the findings');
    assert.deepEqual(agents?.map(({ id, folder, owner, place }) => [id, folder, owner, place.uri, place.range.start]).sort(), [
      ['a', 'file:///v', 'u', 'file:///v/a.agent.yaml', { line: 2, character: 18 }],
      ['a', 'file:///w', 't', A, { line: 2, character: 18 }],
    ]);
    assert.equal((await ask({ known: digest })).agents, null);
  });

  it('gives what an agent may use, of its own folder', async () => {
    client = await connect(memoryHost(FILES), FOLDERS);
    await ready();
    const parts = (folder: string): Promise<AgentPartsResult> => client.connection.sendRequest<AgentPartsResult>(AGENT_PARTS, { folder, agent: 'a' });
    assert.equal((await parts('file:///w'))?.tools[0]?.place?.uri, A);
    assert.equal(await parts('file:///nowhere'), null);
    await assert.rejects(client.connection.sendRequest(AGENT_PARTS, { folder: 1 }), /must be texts/);
    const next = (folder: string): Promise<AgentNextResult> => client.connection.sendRequest<AgentNextResult>(AGENT_NEXT, { folder, agent: 'a' });
    assert.equal(await next('file:///nowhere'), null);
    assert.equal(await next('file:///w'), null, 'nothing comes after production');
    client.open(A, agent('a', 't').replace('production', 'draft'));
    const found = await next('file:///w');
    assert.deepEqual([found?.stage, found?.missing.every(({ place }) => place?.uri === A)], ['pilot', true]);
  });

  it('says when there may be others, once somebody asked', async () => {
    client = await connect(memoryHost(FILES), FOLDERS);
    let changes = 0;
    client.connection.onNotification(AGENTS_CHANGED, () => void changes++);
    client.open(A, agent('a', 't'));
    await calm();
    assert.equal(changes, 0, 'nobody asked yet');
    await ready();
    client.change(A, 2, agent('a', 'other'));
    await eventually(() => changes, (count) => count > 0, 'the notification');
    assert.ok((await ask()).agents?.some(({ owner }) => owner === 'other'));
  });
});
