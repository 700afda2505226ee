// Findings that rest on all policies at once: an edit of a policy shows in the files that nobody edits.
import assert from 'node:assert/strict';
import { codesOf, connect, eventually, PULL, PUSH, type TestClient } from './client';
import { digestOf } from './digest';
import { memoryHost } from './memory-host';

const A = 'file:///w/a.agent.yaml';
const P = 'file:///w/p.policy.yaml';
const T = 'file:///w/t.policytest.yaml';
const policy = (condition: string): string => `apiVersion: countersign/v1
kind: Policy
metadata: { name: p }
spec:
  rules:
    - { id: refunds, effect: allow, actions: [call], resources: ["tool:pay/*"], when: ${condition} }
`;
const SIGNED = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';
const FILES = {
  'file:///w/x.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams:\n    pay: { title: Pay, members: [bob] }\n    risk: { title: Risk, members: [ann] }\n',
  [A]: `apiVersion: countersign/v1
kind: Agent
metadata: { name: a }
spec:
  purpose: Resolve refunds.
  lifecycle: production
  owner: { team: pay }
  tools: [pay/refund]
  approvals:
    - gate: deploy
      from: [risk]
      records: [{ by: ann, on: 2026-11-01, digest: "${SIGNED}" }]
`,
  [P]: policy('args.amount <= 500'),
  [T]: `apiVersion: countersign/v1
kind: PolicyTest
metadata: { name: t }
spec:
  policies: [p]
  cases:
    - name: small
      request: { agent: a, action: call, resource: "tool:pay/refund", args: { amount: 20 } }
      expect: allow
`,
};

describe('lsp: findings that rest on all policies', () => {
  let client: TestClient;
  afterEach(() => client.stop());

  it('are pulled anew after an edit of a policy, on the word of the server', async () => {
    client = await connect(memoryHost(FILES));
    assert.deepEqual(await client.codes(T), []);
    client.open(P, FILES[P]);
    await client.codes(P);
    const { refreshes } = client;
    client.change(P, 2, policy('args.amount <= 10'));
    await eventually(() => client.refreshes, (count) => count > refreshes, 'the word to ask again');
    assert.deepEqual(await client.codes(T), ['test/failed']);
    client.change(P, 3, FILES[P]);
    assert.deepEqual(await client.codes(T), []);
  });

  it('are part of the answer for the workspace', async () => {
    client = await connect(memoryHost(FILES), { capabilities: PULL });
    client.open(P, policy('args.amount <= 10'));
    const all = Object.fromEntries((await client.pullAll()).items.map((item) => [item.uri, codesOf(item)]));
    assert.deepEqual(all[T], ['test/failed']);
  });

  it('are pushed after an edit of a policy', async () => {
    client = await connect(memoryHost(FILES), { capabilities: PUSH });
    client.open(P, FILES[P]);
    client.open(T, FILES[T]);
    const codes = (uri: string): string => (client.last(uri)?.diagnostics ?? []).map((one) => String(one.code)).join();
    await eventually(() => client.published.length, (count) => count > 0);
    client.change(P, 2, policy('args.amount <= 10'));
    await eventually(() => codes(T), (found) => found === 'test/failed');
    client.change(P, 3, policy('args.amount <= 100'));
    await eventually(() => codes(T), (found) => found === '');
  });

  it('follow the digest of an approval', async () => {
    client = await connect(memoryHost(FILES));
    // the agent is in production, and the Standards ask much of it
    const approvalCodes = async (): Promise<string[]> => (await client.codes(A)).filter((code) => !code.startsWith('standard/'));
    assert.deepEqual(await approvalCodes(), ['approval/stale-digest']);
    const digest = await digestOf(Object.fromEntries(Object.entries(FILES).map(([uri, text]) => [uri.slice('file:///w/'.length), text])));
    client.open(A, FILES[A].replace(SIGNED, digest));
    assert.deepEqual(await approvalCodes(), []);
    client.open(P, policy('args.amount <= 10'));
    assert.deepEqual(await approvalCodes(), ['approval/stale-digest']);
  });
});
