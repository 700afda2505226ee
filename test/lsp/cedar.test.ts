// Cedar in the server: loaded once a folder holds some, looked at again when it is there, and no loss where it cannot be had.
import assert from 'node:assert/strict';
import type { CedarEngine } from '../../server/src/core/formats';
import { CEDAR_MODULE } from '../../server/src/protocol';
import { cedarOf } from '../harness/cedar';
import { calm, connect, eventually, PUSH, type TestClient } from './client';
import { memoryHost, type MemoryHost } from './memory-host';
import { agent } from './texts';

const POLICY = 'file:///w/p.cedar';
const FAULTY = 'permit(principal, action == AgentCore::Action::"T___a", resource == AgentCore::Gateway::"x") when { foo(1) };\n';
const withCedar = (host: MemoryHost, cedar: MemoryHost['cedar']): MemoryHost => Object.assign(host, { cedar });

describe('lsp: Cedar', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const codes = (): string[] => (client.last(POLICY)?.diagnostics ?? []).map(({ code }) => String(code));

  it('is loaded once, and what waits for it is looked at again', async () => {
    let loads = 0;
    const waiting: ((engine: CedarEngine) => void)[] = [];
    const loaded = new Promise<CedarEngine>((resolve) => void waiting.push(resolve));
    client = await connect(withCedar(memoryHost({ [POLICY]: FAULTY, 'file:///w/q.cedar': FAULTY }), () => {
      loads++;
      return loaded;
    }), { capabilities: PUSH });
    await eventually(() => loads, (count) => count === 1);
    await calm();
    assert.deepEqual(codes(), [], 'nothing is claimed before');
    for (const resolve of waiting) resolve(cedarOf());
    await eventually(codes, (found) => found.includes('format/agentcore/syntax'));
    client.open(POLICY, FAULTY.replace('foo(1)', 'true'), 1, 'cedar');
    await eventually(codes, (found) => found.length === 0);
    client.change(POLICY, 2, FAULTY);
    await eventually(codes, (found) => found.includes('format/agentcore/syntax'));
    assert.equal(loads, 1);
  });

  it('is not loaded where nothing holds Cedar', async () => {
    let loads = 0;
    client = await connect(withCedar(memoryHost({ 'file:///w/a.agent.yaml': agent('a') }), async () => {
      loads++;
      return cedarOf();
    }), { capabilities: PUSH });
    await eventually(() => client.status.at(-1)?.state, (state) => state === 'ready');
    await calm();
    assert.equal(loads, 0);
  });

  it('is asked of a client that has the module', async () => {
    let got: Uint8Array | null = null;
    client = await connect(withCedar(memoryHost({ [POLICY]: FAULTY }), async (fetchModule) => {
      got = await fetchModule();
      return cedarOf();
    }), { capabilities: PUSH, initialize: true });
    client.connection.onRequest(CEDAR_MODULE, () => new Uint8Array([1, 2, 3]));
    // over streams bytes become something else, and are no module
    await eventually(() => client.log.join(' '), (log) => log.includes('Cedar could not be loaded'));
    assert.equal(got, null);
    assert.deepEqual(codes(), []);
  });

  it('that cannot be had is told once, and the rest goes on', async () => {
    client = await connect(withCedar(memoryHost({ [POLICY]: FAULTY, 'file:///w/a.agent.yaml': agent('a').replace('purpose', 'porpoise') }), async () => {
      throw new Error('not here');
    }), { capabilities: PUSH });
    await eventually(() => client.log.filter((line) => line.includes('not here')).length, (count) => count === 1);
    await eventually(() => client.last('file:///w/a.agent.yaml')?.diagnostics.length ?? 0, (count) => count > 0);
    client.open(POLICY, `${FAULTY} `, 1, 'cedar');
    await calm();
    assert.equal(client.log.filter((line) => line.includes('not here')).length, 1);
  });
});
