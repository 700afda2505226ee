// Findings of the analysis follow those of single files, join them, and go with the next edit that mends them.
import assert from 'node:assert/strict';
import { connect, eventually, PULL, PUSH, type TestClient } from './client';
import { memoryHost } from './memory-host';

const A = 'file:///w/a.agent.yaml';
const P = 'file:///w/p.policy.yaml';
const rules = (...list: readonly string[]): string => `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n${list.map((one) => `    - { ${one} }\n`).join('')}`;
const SMALL = 'id: small, effect: allow, actions: [call], resources: ["tool:pay/refund"], when: args.amount < 500';
const NEVER = 'id: never, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 500 && args.amount < 100';
const FILES = {
  'file:///w/x.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { pay: { members: [bob], oncall: pay-oncall } }\n  tools: { pay/refund: { input: { type: object, properties: { amount: { type: number } }, required: [amount] } }, pay/void: {} }\n',
  [A]: 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: Resolve refunds.\n  lifecycle: pilot\n  owner: { team: pay }\n  tools:\n    - pay/refund\n    - pay/void\n',
  [P]: rules(SMALL, NEVER),
};

describe('lsp: the analysis', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const mended = rules(SMALL, 'id: void, effect: allow, actions: [call], resources: ["tool:pay/void"]');

  it('joins the findings that are pushed, and is begun anew by an edit', async () => {
    client = await connect(memoryHost(FILES), { capabilities: PUSH });
    const codes = (uri: string): string => (client.last(uri)?.diagnostics ?? []).map((one) => String(one.code)).filter(ours).join();
    client.open(A, FILES[A]);
    client.open(P, FILES[P]);
    await eventually(() => `${codes(P)} ${codes(A)}`, (found) => found === 'policy/unsatisfiable-rule policy/dead-capability');
    client.change(P, 2, mended);
    await eventually(() => `${codes(P)} ${codes(A)}`, (found) => found === ' ');
  });

  it('offers the fixes of what it finds, and what they leave is without the finding', async () => {
    client = await connect(memoryHost({ ...FILES, [P]: rules(SMALL, 'id: medium, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 100') }), { capabilities: { ...PULL, textDocument: { ...PULL.textDocument, codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } } } });
    const before = rules(SMALL, 'id: medium, effect: deny, actions: [call], resources: ["tool:pay/refund"], when: args.amount > 100');
    client.open(A, FILES[A]);
    client.open(P, before);
    await eventually(async () => (await client.codes(P)).filter(ours).join(), (found) => found === 'policy/conflict');
    const range = { start: { line: 5, character: 12 }, end: { line: 5, character: 12 } };
    const actions = await client.connection.sendRequest<{ title: string; edit?: { changes?: Record<string, { range: { start: { character: number } }; newText: string }[]>; documentChanges?: { edits: { newText: string }[] }[] } }[]>('textDocument/codeAction', { textDocument: { uri: P }, range, context: { diagnostics: [] } });
    const narrow = actions.find(({ title }) => title === 'Leave out of `p/small` what `p/medium` denies');
    assert.ok(narrow, actions.map(({ title }) => title).join('\n'));
    assert.ok(JSON.stringify(narrow.edit).includes('unless'), JSON.stringify(narrow));
    client.change(P, 2, before.replace('when: args.amount < 500', 'when: args.amount < 500, unless: "args.amount > 100"'));
    await eventually(async () => (await client.codes(P)).filter(ours).join(), (found) => found === '');
  });

  it('joins those that are pulled, on the word of the server', async () => {
    client = await connect(memoryHost(FILES));
    client.open(A, FILES[A]);
    client.open(P, FILES[P]);
    await eventually(async () => [...(await client.codes(P)), ...(await client.codes(A))].filter(ours).join(), (found) => found === 'policy/unsatisfiable-rule,policy/dead-capability');
    assert.ok(client.refreshes > 0);
    client.change(P, 2, mended);
    await eventually(async () => [...(await client.codes(P)), ...(await client.codes(A))].filter(ours).join(), (found) => found === '');
  });
});

const ours = (code: string): boolean => /^(?:policy|capability|syntax)\//.test(code);
