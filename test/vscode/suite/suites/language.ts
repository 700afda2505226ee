// Completion, hover, symbols, folding, formatting and fixes, as the editor asks for them.
import {
  commands, CompletionItemKind, MarkdownString, workspace, WorkspaceEdit,
  type CodeAction, type CompletionList, type DocumentSymbol, type FoldingRange, type Hover, type Position, type SymbolInformation, type TextEdit, type Uri,
} from 'vscode';
import { equal, ok, until } from '../support/check';
import { untilFindings } from '../support/findings';
import { rangeOf, show, showAt, write } from '../support/scratch';
import { agent, CATALOG, policy } from '../support/texts';

async function labels(uri: Uri, at: Position): Promise<string[]> {
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, at);
  // The editor adds words of the open documents; they prove nothing.
  return list.items.filter(({ kind }) => kind !== CompletionItemKind.Text).map(({ label }) => (typeof label === 'string' ? label : label.label));
}

async function untilOffered(name: string, text: string, wanted: readonly string[]): Promise<void> {
  const { document, at } = await showAt(name, text);
  let last: string[] = [];
  await until(`completion to offer ${wanted.join(', ')}`, async () => {
    last = await labels(document.uri, at);
    return wanted.every((each) => last.includes(each));
  }, () => last);
}

async function hoverText(uri: Uri, at: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, at);
  return hovers.flatMap(({ contents }) => contents.map((each) => (each instanceof MarkdownString ? each.value : typeof each === 'string' ? each : each.value))).join('\n');
}

describe('language', () => {
  before(() => write('suite.catalog.yaml', CATALOG));

  it('offers keys', () => untilOffered('suite-keys.agent.yaml', agent('suite-keys', '  ¦\n'), ['lifecycle', 'tools']));
  it('offers values', () => untilOffered('suite-values.agent.yaml', agent('suite-values', '  lifecycle: ¦\n'), ['pilot', 'production']));
  it('offers declared names', () => untilOffered('suite-names.agent.yaml', agent('suite-names').replace('suite-team }', 'suite-¦ }'), ['suite-team']));
  it('offers the fields of a condition', () => untilOffered('suite-fields.policy.yaml', policy('suite-fields', 'agent.¦'), ['lifecycle', 'autonomy']));

  it('tells about a key, a name and a field', async () => {
    const document = await show('suite-hover.agent.yaml', agent('suite-hover', '  lifecycle: production\n'));
    await until('a hover over the key', async () => (await hoverText(document.uri, rangeOf(document, 'lifecycle').start)).length > 20);
    const team = await hoverText(document.uri, rangeOf(document, 'suite-team').start);
    ok(team.includes('Suite team'), `the team's title is told; told was: ${team}`);
    const rule = await show('suite-hover.policy.yaml', policy('suite-hover', 'agent.lifecycle == "production"'));
    await until('a hover over the field', async () => (await hoverText(rule.uri, rangeOf(rule, 'lifecycle').start)).length > 0);
  });

  it('lists symbols of the document and of the workspace', async () => {
    const document = await show('suite-symbols.agent.yaml', agent('suite-symbols'));
    const names = (symbols: readonly DocumentSymbol[]): string[] => symbols.flatMap((symbol) => [symbol.name, ...names(symbol.children)]);
    await until('the name of the agent among the symbols', async () => {
      const symbols = await commands.executeCommand<DocumentSymbol[] | undefined>('vscode.executeDocumentSymbolProvider', document.uri);
      return names(symbols ?? []).some((name) => name.includes('suite-symbols'));
    });
    await until('the agent among the symbols of the workspace', async () => {
      const symbols = await commands.executeCommand<SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'suite-symbols');
      return symbols.some(({ location }) => location.uri.toString() === document.uri.toString());
    });
  });

  it('folds blocks', async () => {
    const document = await show('suite-folding.agent.yaml', agent('suite-folding', '  tools:\n    - a/b\n    - a/c\n'));
    const line = rangeOf(document, 'tools').start.line;
    await until('a fold at tools', async () => (await commands.executeCommand<FoldingRange[]>('vscode.executeFoldingRangeProvider', document.uri)).some(({ start }) => start === line));
  });

  it('formats and keeps the comments', async () => {
    const comments = ['# before all', '# beside kind', '# above owner'];
    const document = await show('suite-format.agent.yaml', `${comments[0]}\napiVersion:   countersign/v1\nkind: Agent   ${comments[1]}\nmetadata:\n      name:    suite-format\nspec:\n      purpose: Shows that comments stay.\n      ${comments[2]}\n      owner:   { team: suite-team }\n`);
    const format = async (): Promise<number> => {
      const edits = await commands.executeCommand<TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true });
      if (!edits?.length) return 0;
      const edit = new WorkspaceEdit();
      edit.set(document.uri, edits);
      ok(await workspace.applyEdit(edit), 'the edits were applied');
      return edits.length;
    };
    await until('the formatter to do something', format);
    const once = document.getText();
    for (const comment of comments) ok(once.includes(comment), `${comment} is kept in\n${once}`);
    ok(/\n {2}name: +suite-format\n/.test(once), `indented by two spaces:\n${once}`);
    await format();
    equal(document.getText(), once, 'formatting twice is formatting once');
  });

  it('leaves the formatting of other files to others', async () => {
    const document = await show('suite-format-foreign.yaml', 'kind:    Agent\n');
    equal((await commands.executeCommand<TextEdit[] | undefined>('vscode.executeFormatDocumentProvider', document.uri, { tabSize: 2, insertSpaces: true })) ?? [], []);
  });

  it('mends a misspelt key by a fix', async () => {
    const document = await show('suite-fix.agent.yaml', agent('suite-fix', '  autnomy: act\n'));
    const at = rangeOf(document, 'autnomy');
    await untilFindings(document, [['schema/unknown-key', 'Error', at]]);
    const actions = await commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', document.uri, at, 'quickfix', 10);
    const fix = actions.find(({ title, edit }) => edit && title.includes('autonomy'));
    ok(fix?.edit, `a fix names \`autonomy\`; there were: ${actions.map(({ title }) => title).join(', ')}`);
    ok(await workspace.applyEdit(fix.edit), 'the fix was applied');
    ok(document.getText().includes('  autonomy: act\n'), document.getText());
    await untilFindings(document, []);
  });
});
