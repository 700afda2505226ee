// Code actions end to end: several files, a file that is made, blanks as snippets; nothing that a client could not do.
import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver';
import { connect, type TestClient } from './client';
import { memoryHost } from './memory-host';

const A = 'file:///w/a.agent.yaml';
const P = 'file:///w/p.policy.yaml';
const FILES = {
  'file:///w/c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams: { pay: {}, risk: {} }\n',
  [A]: 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: Resolve refunds.\n  lifecycle: production\n  owner: { team: pay }\n  tools: [pay/refund]\n',
  [P]: 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n    - { id: refunds, effect: allow, actions: [call], resources: ["tool:pay/*"] }\n',
};
const literals = { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } };
const at = (line: number, character: number): object => ({ start: { line, character }, end: { line, character } });

describe('lsp: code actions', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const actions = async (uri: string, range: object): Promise<CodeAction[]> => (await client.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } })) ?? [];

  it('make a file where the client can, and are not offered where it cannot', async () => {
    client = await connect(memoryHost(FILES), { capabilities: { textDocument: literals, workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } } } });
    client.open(P, FILES[P]);
    const found = (await actions(P, at(5, 14))).find(({ title }) => title.startsWith('Generate a test'));
    const [made, written] = (found?.edit?.documentChanges ?? []) as [{ kind: string; uri: string }, { edits: { newText: string }[] }];
    assert.deepEqual([found?.kind, made?.kind, made?.uri], ['refactor', 'create', 'file:///w/policies/a.policytest.yaml']);
    assert.ok(written?.edits[0]?.newText.includes('kind: PolicyTest'));
    client.stop();
    client = await connect(memoryHost(FILES), { capabilities: { textDocument: literals } });
    client.open(P, FILES[P]);
    assert.equal((await actions(P, at(5, 14))).some(({ title }) => title.startsWith('Generate a test')), false);
  });

  it('insert what a Standard asks for, with blanks that the Catalog fills', async () => {
    client = await connect(memoryHost(FILES), { capabilities: { textDocument: literals, workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } } });
    client.open(A, FILES[A]);
    const found = (await actions(A, at(3, 1))).find(({ title }) => title.startsWith('Insert `approval-gate`'));
    const [change] = (found?.edit?.documentChanges ?? []) as { edits: { snippet: { value: string } }[] }[];
    // the editor adds the indentation of the line that it stands behind
    assert.equal(change?.edits[0]?.snippet.value, '\napprovals:\n  - gate: ${1|deploy,call,delegate|}\n    environment: ${2:production}\n    from: [${3:risk}]\n    expires: ${4:180d}$0');
  });

  it('put a block behind a deeper one at the beginning of the next line, where nothing indents it', async () => {
    const text = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: x\n  lifecycle: pilot\n  owner:\n    team: pay\n  intervention:\n    stop: { by: [risk], method: switch }\n';
    client = await connect(memoryHost({ ...FILES, [A]: text }), { capabilities: { textDocument: literals, workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } } });
    client.open(A, text);
    const found = (await actions(A, at(3, 1))).find(({ title }) => title.startsWith('Waive production-readiness/logging'));
    const [change] = (found?.edit?.documentChanges ?? []) as { edits: { range: object; snippet: { value: string } }[] }[];
    assert.deepEqual(change?.edits[0]?.range, at(10, 0));
    assert.ok(change?.edits[0]?.snippet.value.startsWith('  waivers:\n    - requirement: production-readiness/logging\n') && change.edits[0].snippet.value.endsWith('\n'), JSON.stringify(found));
  });
});
