// PolicyTests over the protocol: the list, runs in part and as a whole over unsaved text, coverage, examples, and the word of changes.
import assert from 'node:assert/strict';
import { TESTS_CHANGED, TESTS_DISCOVER, TESTS_EXAMPLE, TESTS_RUN, type TestsDiscoverResult, type TestsExampleResult, type TestsRunParams, type TestsRunResult } from '../../server/src/protocol';
import { calm, connect, eventually, type TestClient } from './client';
import { memoryHost } from './memory-host';

const AGENT = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: Test., lifecycle: production, owner: { team: t }, tools: [s/t] }\n';
const policy = (effect: string): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: r, effect: ${effect}, actions: [call], resources: ["tool:*"], when: "args.n > 1" }\n`;
const CASES = 'apiVersion: countersign/v1\nkind: PolicyTest\nmetadata: { name: t }\nspec:\n  cases:\n    - name: one\n      request: { agent: a, action: call, resource: "tool:s/t", args: { n: 2 } }\n      expect: allow\n    - name: two\n      request: { agent: a, action: call, resource: "tool:s/t", args: { n: 1 } }\n      expect: deny\n';
const [POLICY, TEST] = ['file:///w/p.policy.yaml', 'file:///w/t.policytest.yaml'];
const FILES = { 'file:///w/a.agent.yaml': AGENT, [POLICY]: policy('allow'), [TEST]: CASES };

describe('lsp: tests', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  const discover = (known?: string): Promise<TestsDiscoverResult> => client.connection.sendRequest(TESTS_DISCOVER, { known });
  const found = (): Promise<TestsDiscoverResult> => eventually(() => discover(), (answer) => answer.files?.length === 1, 'the tests');
  const run = (params: TestsRunParams): Promise<TestsRunResult> => client.connection.sendRequest(TESTS_RUN, params);

  it('lists the cases, the same list once', async () => {
    client = await connect(memoryHost(FILES));
    const { digest, files } = await found();
    assert.deepEqual(files?.map(({ uri, path, cases }) => [uri, path, ...cases.map(({ id, range }) => `${id} ${range.start.line}-${range.end.line}`)]), [[TEST, 't.policytest.yaml', 'one 5-7', 'two 8-10']]);
    assert.deepEqual(await discover(digest), { digest, files: null });
  });

  it('runs what is asked for, over unsaved text', async () => {
    client = await connect(memoryHost(FILES));
    await found();
    assert.deepEqual((await run({})).cases.map(({ id, passed }) => [id, passed]), [['one', true], ['two', true]]);
    client.open(POLICY, policy('deny'));
    const [one, ...more] = (await run({ files: [{ uri: TEST, ids: ['one'] }, { uri: 'file:///w/none.yaml' }] })).cases;
    assert.deepEqual([one?.id, one?.passed, one?.message, one?.range.start, more.length], ['one', false, 'effect: expected allow, got deny', { line: 5, character: 12 }, 0]);
    assert.deepEqual(one?.rules.map(({ label, place }) => [label, place.uri, place.range.start.line]), [['p/r (deny)', POLICY, 5]]);
    await assert.rejects(run({ files: [{}] } as unknown as TestsRunParams), /must hold `uri`/);
  });

  it('says what the cases reach', async () => {
    client = await connect(memoryHost(FILES));
    await found();
    const { coverage } = await run({ coverage: true });
    assert.deepEqual(coverage?.map(({ uri, rules }) => [uri, rules.map(({ id, hits, branches }) => [id, hits, branches.map(({ yes, no }) => [yes, no])])]), [[POLICY, [['p/r', 1, [[1, 1]]]]]]);
    assert.equal((await run({})).coverage, null);
  });

  it('gives a request to begin with', async () => {
    client = await connect(memoryHost(FILES));
    await found();
    const example = (params: object): Promise<TestsExampleResult> => client.connection.sendRequest(TESTS_EXAMPLE, params);
    const request = { agent: 'a', action: 'call', resource: 'tool:s/t' };
    assert.deepEqual(await example({ uri: POLICY, document: 0, rule: 0 }), { request, folder: 'file:///w' });
    assert.deepEqual(await example({ uri: 'file:///w/a.agent.yaml', document: 0 }), { request, folder: 'file:///w' });
    assert.deepEqual(await Promise.all([{ uri: POLICY, document: 0, rule: 9 }, { uri: POLICY, document: 0 }, { uri: 'file:///v/x', document: 0 }].map(example)), [null, null, null]);
  });

  it('tells of changes, once somebody asked', async () => {
    client = await connect(memoryHost(FILES));
    let changes = 0;
    client.connection.onNotification(TESTS_CHANGED, () => void changes++);
    client.open(POLICY, policy('allow'));
    await calm();
    assert.equal(changes, 0);
    await found();
    const before = changes;
    client.change(POLICY, 2, policy('deny'));
    await eventually(() => changes, (count) => count > before, 'the notification');
  });
});
