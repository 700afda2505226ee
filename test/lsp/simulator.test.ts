// The simulator's requests over the wire: newest text, several folders, the word that something changed.
import assert from 'node:assert/strict';
import {
  SIMULATOR_CHANGED, SIMULATOR_CHOICES, SIMULATOR_COPY, SIMULATOR_DECIDE, SIMULATOR_SAVE, SIMULATOR_TESTS,
  type SimulatorChoices, type SimulatorChoicesParams, type SimulatorChoicesResult, type SimulatorDecideResult, type SimulatorSaveResult, type SimulatorTestsResult,
} from '../../server/src/protocol';
import { calm, connect, eventually, type TestClient } from './client';
import { memoryHost } from './memory-host';

const agent = (name: string): string => `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: ${name} }\nspec: { purpose: Test., lifecycle: production, owner: { team: t }, tools: [s/t] }\n`;
const policy = (effect: string): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: r, effect: ${effect}, actions: [call], resources: ["tool:*"] }\n`;
const POLICY = 'file:///w/p.policy.yaml';
const FILES = { 'file:///w/a.agent.yaml': agent('a'), 'file:///w/b.agent.yaml': agent('b'), [POLICY]: policy('allow') };
const request = { agent: 'a', action: 'call', resource: 'tool:s/t' };

describe('lsp: the simulator', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const choices = async (params: SimulatorChoicesParams = {}): Promise<SimulatorChoices> => {
    const { choices: found } = await client.connection.sendRequest<SimulatorChoicesResult>(SIMULATOR_CHOICES, params);
    assert.ok(found);
    return found;
  };
  const ready = (): Promise<SimulatorChoices> => eventually(choices, (found) => !found.reading && found.agents.length > 0, 'reading');
  const effect = async (folder?: string): Promise<string> => {
    const answer = await client.connection.sendRequest<SimulatorDecideResult>(SIMULATOR_DECIDE, { request, folder });
    return 'decision' in answer ? answer.decision.effect : answer.error.field;
  };

  it('offers the agent of the file in the editor first, and sends the same choices once', async () => {
    client = await connect(memoryHost(FILES));
    await ready();
    const found = await choices({ file: 'file:///w/b.agent.yaml' });
    assert.deepEqual(found.agents.map((one) => [one.id, one.folder]), [['b', 'file:///w'], ['a', 'file:///w']]);
    assert.deepEqual([found.fileAgent, found.chosen.agent], [{ id: 'b', folder: 'file:///w' }, 'b']);
    assert.equal((await choices({ file: POLICY })).fileAgent, null);
    const { digest } = await client.connection.sendRequest<SimulatorChoicesResult>(SIMULATOR_CHOICES, {});
    assert.deepEqual(await client.connection.sendRequest(SIMULATOR_CHOICES, { known: digest }), { digest, choices: null });
  });

  it('proposes an agent at work where no agent is open, not the first of the alphabet', async () => {
    client = await connect(memoryHost({ ...FILES, 'file:///w/a.agent.yaml': agent('a').replace('production', 'retired'), 'file:///w/c.agent.yaml': agent('c').replace('[s/t]', '[s/t, s/u]') }));
    await ready();
    assert.equal((await choices()).chosen.agent, 'c');
    assert.equal((await choices({ file: 'file:///w/a.agent.yaml' })).chosen.agent, 'a', 'the open agent comes first');
  });

  it('decides from unsaved text and says when that may be another decision', async () => {
    client = await connect(memoryHost(FILES));
    let changes = 0;
    client.connection.onNotification(SIMULATOR_CHANGED, () => void changes++);
    client.open(POLICY, policy('allow'));
    await calm();
    assert.equal(changes, 0, 'nobody asked yet');
    await ready();
    assert.equal(await effect(), 'allow');
    await calm();
    const before = changes;
    client.change(POLICY, 2, policy('deny'));
    assert.equal(await effect(), 'deny');
    await eventually(() => changes, (count) => count > before, 'the notification');
  });

  it('keeps folders apart', async () => {
    client = await connect(memoryHost({ ...FILES, 'file:///v/a.agent.yaml': agent('a'), 'file:///v/p.policy.yaml': policy('deny') }), { folders: ['file:///w', 'file:///v'] });
    await eventually(choices, (found) => !found.reading && found.agents.length === 3, 'reading');
    assert.deepEqual([await effect('file:///w'), await effect('file:///v'), await effect('file:///nowhere')], ['allow', 'deny', 'allow']);
    assert.equal((await choices({ agent: 'a', folder: 'file:///v' })).chosen.folder, 'file:///v');
  });

  it('works on open documents without a folder', async () => {
    client = await connect(memoryHost({}), { folders: null });
    client.open('untitled:a.agent.yaml', agent('a'), 1, 'countersign-yaml');
    const found = await eventually(choices, (each) => each.agents.length === 1, 'the agent');
    assert.equal(await effect(found.chosen.folder ?? undefined), 'deny');
  });

  it('copies a request, adds a case, and refuses what is none', async () => {
    client = await connect(memoryHost(FILES));
    await ready();
    const send = <R>(method: string, params: object): Promise<R> => client.connection.sendRequest<R>(method, params);
    assert.equal(await send(SIMULATOR_COPY, { request, as: 'command' }), 'countersign simulate --agent a --action call --resource tool:s/t');
    assert.equal(await send(SIMULATOR_COPY, { request: {}, as: 'command' }), null);
    assert.equal(await send(SIMULATOR_TESTS, { request: null }), null);
    const tests = await send<SimulatorTestsResult>(SIMULATOR_TESTS, { request });
    assert.deepEqual(tests, { files: [], newPath: 'policies/a.policytest.yaml', name: 'a, call s/t' });
    const saved = await send<SimulatorSaveResult>(SIMULATOR_SAVE, { request, file: 'file:///w/policies/a.policytest.yaml', name: 'x' });
    assert.ok(saved?.create && saved.newText.includes('name: x'));
    assert.equal(await send(SIMULATOR_SAVE, { request, file: 'file:///elsewhere/a.policytest.yaml', name: 'x' }), null);
    await assert.rejects(send(SIMULATOR_SAVE, { request }), /`file` and `name`/);
    for (const wrong of [null, [], { request: 1 }]) assert.ok('error' in (await client.connection.sendRequest<SimulatorDecideResult>(SIMULATOR_DECIDE, wrong as object)));
    assert.ok(await choices({ agent: 1, action: {}, file: [] } as unknown as SimulatorChoicesParams));
  });
});
