// The adapters of the features: offsets to positions, and each thing in the manner that the client understands.
import assert from 'node:assert/strict';
import type { ClientCapabilities, CodeAction, CompletionItem } from 'vscode-languageserver';
import type { Ide } from '../../server/src/ide';
import { connect, PULL, type TestClient } from './client';
import { memoryHost } from './memory-host';
import { agent, CATALOG } from './texts';

const A = 'file:///w/a.agent.yaml';
const CAT = 'file:///w/x.catalog.yaml';
const TEXT = agent('a', 'nobody');
const at = (word: string): { start: number; end: number } => ({ start: TEXT.indexOf(word), end: TEXT.indexOf(word) + word.length });
const position = { line: 5, character: 17 };

const IDE: Ide = {
  hover: () => ({ span: at('nobody'), markdown: '**nobody**' }),
  complete: () => [
    { label: 'payments', kind: 'name', insert: '${1:payments}', snippet: true, replace: at('nobody'), documentation: 'A team.', detail: 'team', additionalEdits: [{ span: { start: 0, end: 0 }, newText: '# x\n' }] },
    { label: 'plain', kind: 'value', insert: 'plain', snippet: false, replace: at('nobody') },
  ],
  documentSymbols: () => [{ name: 'a', kind: 'document', span: { start: 0, end: TEXT.length }, selection: at('{ name: a }'), children: [{ name: '', kind: 'field', span: at('owner'), selection: at('owner'), children: [] }] }],
  workspaceSymbols: (_, query) => (query === 'a' ? [{ name: 'a', kind: 'agent', path: 'a.agent.yaml', span: at('a }') }, { name: 'gone', kind: 'agent', path: 'gone.yaml', span: at('a }') }] : []),
  folding: () => [{ span: { start: TEXT.indexOf('spec'), end: TEXT.length } }, { span: at('owner') }],
  selectionRanges: (_, __, offsets) => offsets.map(() => [at('nobody'), at('{ team: nobody }'), at('team'), { start: 0, end: TEXT.length }]),
  links: () => [{ span: at('nobody'), target: { path: 'x.catalog.yaml' }, tooltip: 'open' }],
  format: (_, __, { indent }, range) => [{ span: range ?? { start: 0, end: 0 }, newText: ' '.repeat(indent) }],
  codeActions: (_, path, { findings, span }) => [
    {
      title: `Fix at ${span.start}`, kind: 'quickfix', preferred: true, mends: findings, snippet: true,
      edits: [{ path, edits: [{ span: at('nobody'), newText: '${1:payments}' }] }, { path: 'x.catalog.yaml', edits: [{ span: { start: 0, end: 0 }, newText: '' }] }],
    },
  ],
  definition: () => ({ origin: at('nobody'), targets: [{ path: 'x.catalog.yaml', span: { start: 0, end: 10 }, whole: { start: 0, end: 20 } }] }),
  references: (_, path, __, declaration) => (declaration ? [{ path: 'x.catalog.yaml', span: { start: 0, end: 1 } }, { path, span: at('nobody') }] : [{ path, span: at('nobody') }]),
  prepareRename: () => ({ span: at('nobody'), placeholder: 'nobody' }),
  rename: (_, path, __, name) => (name === '' ? 'A name cannot be empty.' : { files: [{ path, edits: [{ span: at('nobody'), newText: name }] }], moves: [], choices: [], notes: [] }),
  lenses: () => [{ span: at('owner'), title: 'owned by nobody' }],
  hints: () => [{ offset: at('nobody').end, text: ': a team', before: true }],
  newDocument: (_, kind, name) => ({ path: `${name}.${kind.toLowerCase()}.yaml`, snippet: '$0' }),
};

describe('lsp: features', () => {
  let client: TestClient;
  afterEach(() => client.stop());
  const begin = async (capabilities: ClientCapabilities = {}) => {
    client = await connect(memoryHost({ [CAT]: CATALOG, [A]: TEXT }), { ide: IDE, capabilities: { ...PULL, ...capabilities, textDocument: { ...PULL.textDocument, ...capabilities.textDocument } } });
    client.open(A, TEXT, 7);
    await client.pull(A);
  };
  const ask = <R>(method: string, params: object = {}): Promise<R> => client.connection.sendRequest(method, { textDocument: { uri: A }, position, ...params });
  const NOBODY = { start: { line: 5, character: 17 }, end: { line: 5, character: 23 } };

  it('hover', async () => {
    await begin({ textDocument: { hover: { contentFormat: ['markdown'] } } });
    assert.deepEqual(await ask('textDocument/hover'), { range: NOBODY, contents: { kind: 'markdown', value: '**nobody**' } });
  });

  it('completion, its documentation on demand', async () => {
    await begin({ textDocument: { completion: { completionItem: { snippetSupport: true } } } });
    const { items } = await ask<{ items: CompletionItem[] }>('textDocument/completion');
    const [first, second] = items;
    assert.ok(first && second);
    assert.deepEqual(first.textEdit, { range: NOBODY, newText: '${1:payments}' });
    assert.equal(first.insertTextFormat, 2);
    assert.equal(first.documentation, undefined);
    assert.equal(second.data, undefined);
    const resolved: CompletionItem = await client.connection.sendRequest('completionItem/resolve', first);
    assert.deepEqual(resolved.documentation, { kind: 'markdown', value: 'A team.' });
    await ask('textDocument/completion');
    const late: CompletionItem = await client.connection.sendRequest('completionItem/resolve', first);
    assert.equal(late.documentation, undefined);
  });

  it('completion without snippets', async () => {
    await begin();
    const { items } = await ask<{ items: CompletionItem[] }>('textDocument/completion');
    assert.deepEqual(items[0]?.textEdit, { range: NOBODY, newText: 'payments' });
    assert.equal(items[0]?.insertTextFormat, 1);
  });

  it('symbols as a tree, or as a list', async () => {
    await begin({ textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } });
    const [tree] = await ask<{ children: { name: string }[] }[]>('textDocument/documentSymbol');
    assert.equal(tree?.children[0]?.name, '(no name)');
    client.stop();
    await begin();
    const list = await ask<{ name: string; location: unknown }[]>('textDocument/documentSymbol');
    assert.equal(list.length, 2);
    assert.ok(list[0]?.location);
    const found = await client.connection.sendRequest<{ location: { uri: string } }[]>('workspace/symbol', { query: 'a' });
    assert.deepEqual(found.map((symbol) => symbol.location.uri), [A]);
  });

  it('folding and selection', async () => {
    await begin();
    assert.deepEqual(await ask('textDocument/foldingRange'), [{ startLine: 3, endLine: 5 }]);
    const [range] = await ask<{ range: object; parent: { range: object; parent: { range: object; parent?: object } } }[]>('textDocument/selectionRange', { positions: [position] });
    assert.deepEqual(range?.range, NOBODY);
    assert.deepEqual(range?.parent.range, { start: { line: 5, character: 9 }, end: { line: 5, character: 25 } });
    assert.deepEqual(range?.parent.parent.range, { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } });
  });

  it('links and formatting', async () => {
    await begin();
    assert.deepEqual(await ask('textDocument/documentLink'), [{ range: NOBODY, target: CAT }]);
    assert.deepEqual(await ask('textDocument/formatting', { options: { tabSize: 4, insertSpaces: true } }), [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: '    ' }]);
    assert.deepEqual(await ask('textDocument/rangeFormatting', { options: { tabSize: 0 }, range: NOBODY }), [{ range: NOBODY, newText: '  ' }]);
  });

  it('code actions with versions, snippets and the findings that they mend', async () => {
    const literals = { codeAction: { isPreferredSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } };
    await begin({ textDocument: literals, workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } });
    assert.deepEqual(client.result.capabilities.codeActionProvider, { codeActionKinds: ['quickfix', 'refactor', 'source.fixAll.countersign'] });
    const [action] = await ask<CodeAction[]>('textDocument/codeAction', { range: NOBODY, context: { diagnostics: [] } });
    assert.equal(action?.isPreferred, true);
    assert.deepEqual(action?.diagnostics?.map((d) => d.code), ['reference/unknown-team']);
    assert.deepEqual(action?.edit?.documentChanges, [
      { textDocument: { uri: A, version: 7 }, edits: [{ range: NOBODY, snippet: { kind: 'snippet', value: '${1:payments}' } }] },
      { textDocument: { uri: CAT, version: null }, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, snippet: { kind: 'snippet', value: '' } }] },
    ]);
    client.stop();
    await begin({ textDocument: literals });
    const [plain] = await ask<CodeAction[]>('textDocument/codeAction', { range: NOBODY, context: { diagnostics: [] } });
    assert.deepEqual(plain?.edit?.changes?.[A], [{ range: NOBODY, newText: 'payments' }]);
  });

  it('definition, references and rename', async () => {
    await begin({ textDocument: { definition: { linkSupport: true }, rename: { prepareSupport: true } } });
    const [link] = await ask<{ targetUri: string; targetSelectionRange: { end: object } }[]>('textDocument/definition');
    assert.equal(link?.targetUri, CAT);
    assert.deepEqual(link?.targetSelectionRange.end, { line: 0, character: 10 });
    assert.equal((await ask<object[]>('textDocument/references', { context: { includeDeclaration: true } })).length, 2);
    assert.equal((await ask<object[]>('textDocument/references', { context: { includeDeclaration: false } })).length, 1);
    assert.deepEqual(client.result.capabilities.renameProvider, { prepareProvider: true });
    assert.deepEqual(await ask('textDocument/prepareRename'), { range: NOBODY, placeholder: 'nobody' });
    assert.deepEqual(await ask('textDocument/rename', { newName: 'x' }), { changes: { [A]: [{ range: NOBODY, newText: 'x' }] } });
    await assert.rejects(ask('textDocument/rename', { newName: '' }), /A name cannot be empty/);
  });

  it('lenses, hints and new documents', async () => {
    await begin();
    assert.deepEqual(await ask('textDocument/codeLens'), [{ range: { start: { line: 5, character: 2 }, end: { line: 5, character: 7 } }, command: { title: 'owned by nobody', command: '' } }]);
    assert.deepEqual(await ask('textDocument/inlayHint', { range: NOBODY }), [{ position: NOBODY.end, label: ': a team', paddingLeft: true }]);
    assert.deepEqual(await client.connection.sendRequest('countersign/newDocument', { kind: 'Policy', name: 'x' }), { path: 'x.policy.yaml', snippet: '$0' });
  });
});
