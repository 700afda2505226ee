// Navigation and renaming over the protocol, with the real features: what a client sees of them.
import assert from 'node:assert/strict';
import { ShowMessageNotification, type CallHierarchyIncomingCall, type CallHierarchyItem, type CallHierarchyOutgoingCall, type ClientCapabilities, type LinkedEditingRanges, type Location, type WorkspaceEdit } from 'vscode-languageserver';
import { connect, PULL, type TestClient } from './client';
import { memoryHost } from './memory-host';
import { agent } from './texts';

const HEAD = 'apiVersion: countersign/v1\nkind: ';
const W = 'file:///w/';
const FILES: Readonly<Record<string, string>> = {
  'c.catalog.yaml': `${HEAD}Catalog\nspec:\n  teams: { payments: {} }\n  roles: { clerk: {} }\n  tools: { till/refund: {}, till/list: {} }\n`,
  'p.policy.yaml': `${HEAD}Policy\nmetadata: { name: p }\nspec:\n  variables: { big: args.amount > 5 }\n  rules:\n    - { id: r, effect: deny, roles: [clerk], resources: ["tool:till/re*"], when: variables.big }\n`,
  'a.agent.yaml': `${agent('a')}  roles: [clerk]\n  tools: [till/refund]\n  delegates: [b]\n`,
  'b.agent.yaml': `${agent('b')}  definition: .github/agents/b.agent.md\n`,
  '.github/agents/b.agent.md': '---\ntools: []\n---\n',
};

describe('lsp: names', () => {
  let client: TestClient;
  let messages: string[] = [];
  afterEach(() => client.stop());
  const begin = async (workspaceEdit: NonNullable<ClientCapabilities['workspace']>['workspaceEdit'] = {}): Promise<void> => {
    messages = [];
    client = await connect(memoryHost(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [W + path, text]))), {
      capabilities: { textDocument: { ...PULL.textDocument, rename: { prepareSupport: true } }, workspace: { ...PULL.workspace, workspaceEdit } },
    });
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
    for (const [path, text] of Object.entries(FILES)) client.open(W + path, text);
    await client.pullAll();
  };
  const position = (path: string, before: string) => {
    const text = FILES[path] ?? '';
    const lines = text.slice(0, text.indexOf(before) + before.length).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  };
  const ask = <R>(method: string, path: string, before: string, more: object = {}): Promise<R> => client.connection.sendRequest(method, { textDocument: { uri: W + path }, position: position(path, before), ...more });

  it('says what it offers', async () => {
    await begin();
    const { declarationProvider, implementationProvider, linkedEditingRangeProvider, callHierarchyProvider, renameProvider } = client.result.capabilities;
    assert.deepEqual({ declarationProvider, implementationProvider, linkedEditingRangeProvider, callHierarchyProvider, renameProvider }, { declarationProvider: true, implementationProvider: true, linkedEditingRangeProvider: true, callHierarchyProvider: true, renameProvider: { prepareProvider: true } });
  });

  it('lets paths follow files that the user moves', async () => {
    client = await connect(memoryHost(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [W + path, text]))), { capabilities: { ...PULL, workspace: { ...PULL.workspace, fileOperations: { willRename: true } } } });
    assert.deepEqual(client.result.capabilities.workspace?.fileOperations, { willRename: { filters: [{ pattern: { glob: '**/*' } }] } });
    await client.pullAll();
    const ask = (oldUri: string, newUri: string) => client.connection.sendRequest<WorkspaceEdit | null>('workspace/willRenameFiles', { files: [{ oldUri, newUri }] });
    const edit = await ask(`${W}.github/agents`, `${W}bots`);
    assert.deepEqual(Object.entries(edit?.changes ?? {}).map(([uri, edits]) => [uri, edits.map(({ newText }) => newText)]), [[`${W}b.agent.yaml`, ['bots/b.agent.md']]]);
    assert.equal(await ask(`${W}x.md`, `${W}y.md`), null);
    assert.equal(await ask(`${W}.github/agents`, 'file:///elsewhere/agents'), null);
  });

  it('a role leads to its agents, and to its declaration', async () => {
    await begin();
    assert.deepEqual((await ask<Location[]>('textDocument/implementation', 'c.catalog.yaml', 'roles: { cl')).map(({ uri }) => uri), [`${W}a.agent.yaml`]);
    assert.deepEqual((await ask<Location[]>('textDocument/declaration', 'a.agent.yaml', 'roles: [cl')).map(({ uri }) => uri), [`${W}c.catalog.yaml`]);
    assert.equal(await ask('textDocument/implementation', 'c.catalog.yaml', 'kind: '), null);
  });

  it('a variable is edited in all its places', async () => {
    await begin();
    const linked = await ask<LinkedEditingRanges>('textDocument/linkedEditingRange', 'p.policy.yaml', 'variables: { b');
    assert.deepEqual(linked.ranges.map(({ start }) => start.line), [4, 6]);
    assert.match('big', new RegExp(`^(?:${linked.wordPattern ?? ''})$`));
    assert.equal(await ask('textDocument/linkedEditingRange', 'a.agent.yaml', 'roles: [cl'), null);
  });

  it('a rename with a choice that the user must confirm', async () => {
    await begin({ documentChanges: true, changeAnnotationSupport: {} });
    assert.deepEqual(await ask('textDocument/prepareRename', 'a.agent.yaml', 'tools: [till/re'), { range: { start: position('a.agent.yaml', 'tools: [till/'), end: position('a.agent.yaml', 'tools: [till/refund') }, placeholder: 'refund' });
    const edit = await ask<WorkspaceEdit>('textDocument/rename', 'a.agent.yaml', 'tools: [till/re', { newName: 'pay-back' });
    const changes = edit.documentChanges?.map((change) => ('textDocument' in change ? [change.textDocument.uri.slice(W.length), change.edits.map((one) => ('newText' in one ? one.newText : '')), change.edits.map((one) => 'annotationId' in one)] : []));
    assert.deepEqual(changes, [['a.agent.yaml', ['till/pay-back'], [false]], ['c.catalog.yaml', ['till/pay-back'], [false]], ['p.policy.yaml', [', "tool:till/pay-back"'], [true]]]);
    assert.deepEqual(Object.values(edit.changeAnnotations ?? {}).map(({ label, needsConfirmation }) => [label, needsConfirmation]), [['Patterns that no longer match', true]]);
    assert.match(messages.join(), /the pattern `till\/re\*` matched `till\/refund` and does not match `till\/pay-back`/);
  });

  it('without annotations the choice is told, not taken', async () => {
    await begin({ documentChanges: true });
    const edit = await ask<WorkspaceEdit>('textDocument/rename', 'a.agent.yaml', 'tools: [till/re', { newName: 'pay-back' });
    assert.equal(edit.changeAnnotations, undefined);
    assert.deepEqual(edit.documentChanges?.length, 2);
    assert.equal(messages.length, 1);
  });

  it('an agent takes its file along, where the client moves files', async () => {
    await begin({ documentChanges: true, resourceOperations: ['rename'] });
    const edit = await ask<WorkspaceEdit>('textDocument/rename', 'a.agent.yaml', 'delegates: [', { newName: 'c' });
    assert.deepEqual(edit.documentChanges?.at(-1), { kind: 'rename', oldUri: `${W}.github/agents/b.agent.md`, newUri: `${W}.github/agents/c.agent.md` });
    client.stop();
    await begin({ documentChanges: true });
    await assert.rejects(ask('textDocument/rename', 'a.agent.yaml', 'delegates: [', { newName: 'c' }), /cannot move files/);
  });

  it('says why something cannot be renamed', async () => {
    await begin();
    await assert.rejects(ask('textDocument/prepareRename', 'p.policy.yaml', '"tool:till/re'), /is a pattern and names nothing by itself/);
    await assert.rejects(ask('textDocument/rename', 'a.agent.yaml', 'roles: [cl', { newName: 'a"b' }), /holds a sign that names do not have/);
    await assert.rejects(ask('textDocument/rename', 'a.agent.yaml', 'delegates: [', { newName: 'a' }), /exists already/);
    assert.equal(await ask('textDocument/prepareRename', 'a.agent.yaml', 'kind: '), null);
  });

  it('call hierarchy', async () => {
    await begin();
    const [item] = await ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', 'b.agent.yaml', 'name: ');
    assert.ok(item);
    const incoming = await client.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', { item });
    assert.deepEqual(incoming.map(({ from, fromRanges }) => [from.name, from.uri, fromRanges.map(({ start }) => start)]), [['a', `${W}a.agent.yaml`, [position('a.agent.yaml', 'delegates: [')]]]);
    const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', { item: incoming[0]?.from });
    assert.deepEqual(outgoing.map(({ to }) => to.name), ['b', 'till/refund']);
    await assert.rejects(client.connection.sendRequest('callHierarchy/outgoingCalls', { item: { uri: 'x' } }), /must be one that this server gave/);
    await assert.rejects(client.connection.sendRequest('callHierarchy/incomingCalls', {}), /must be one that this server gave/);
  });
});
