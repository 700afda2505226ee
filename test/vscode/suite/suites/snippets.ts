// Snippet libraries in the editor: offered where they fit, inserted, saved, begun, and taken from packages; where the client reads the files too.
import { commands, languages, Selection, Uri, window, workspace, type CompletionList, type Position } from 'vscode';
import { equal, ok, until } from '../support/check';
import { root, show, showAt, uriOf, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

const library = (name: string): string => `apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: ${name}, owner: suite-team }\nspec: { version: 1.2.0, snippets: ["./*.code-snippets"] }\n`;
const snippet = (prefix: string, body: readonly string[]): string => JSON.stringify({ [prefix]: { prefix, scope: 'countersign-yaml', description: 'For the suite', body } });
const encoder = new TextEncoder();

async function offered(uri: Uri, at: Position): Promise<{ label: string; detail: string }[]> {
  const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', uri, at);
  return list.items.map(({ label, detail }) => ({ label: typeof label === 'string' ? label : label.label, detail: detail ?? '' }));
}

async function untilOffered(name: string, text: string, wanted: readonly string[]): Promise<void> {
  const { document, at } = await showAt(name, text);
  let last: string[] = [];
  await until(`completion to offer ${wanted.join(', ')}`, async () => {
    last = (await offered(document.uri, at)).map(({ label, detail }) => `${label} (${detail})`);
    return wanted.every((each) => last.includes(each));
  }, () => last);
}

describe('snippet libraries', () => {
  before(async () => {
    await write('suite.catalog.yaml', CATALOG);
    await write('suite-library/suite.snippets.yaml', library('suite-snippets'));
    await write('suite-library/suite.code-snippets', snippet('suite-budget', ['budget:', '\tmonthlyUsd: ${1:100}$0']));
  });

  it('are offered where they fit, with library, version and owner', () =>
    untilOffered('suite-snippets.agent.yaml', agent('suite-snippets', '  ¦\n'), ['suite-budget (suite-snippets 1.2.0 · suite-team)', 'budget (countersign 1.2.0 · countersign)', 'logging (countersign 1.2.0 · countersign)']));

  it('are inserted by their name, where they belong', async () => {
    const { document } = await showAt('suite-inserted.agent.yaml', agent('suite-inserted', '  lifecycle: draft\n¦'));
    await commands.executeCommand('countersign.insertSnippet', { snippet: 'suite-snippets/suite-budget' });
    await until('the block', () => /^ {2}budget:\n {4}monthlyUsd: 100$/m.test(document.getText().replaceAll('\r\n', '\n')), () => document.getText());
  });

  it('take what is selected', async () => {
    const document = await show('suite-saved.agent.yaml', agent('suite-saved', '  slo:\n    latencyP95: 10s\n'));
    const editor = window.activeTextEditor;
    ok(editor, 'an editor is shown');
    const line = document.getText().slice(0, document.getText().indexOf('  slo:')).split('\n').length - 1;
    editor.selection = new Selection(line, 0, line + 2, 0);
    await until('the selection to be saved', async () => {
      await commands.executeCommand('countersign.saveSnippet', { library: 'suite-snippets', prefix: 'suite-slo', description: 'How fast it answers' });
      return window.activeTextEditor?.document.uri.path.endsWith('suite.code-snippets');
    }, () => window.activeTextEditor?.document.uri.path);
    const saved = JSON.parse(window.activeTextEditor?.document.getText() ?? '') as Record<string, { readonly description: string; readonly body: readonly string[] }>;
    equal([saved['suite-slo']?.description, saved['suite-slo']?.body[0]], ['How fast it answers', 'slo:']);
    await commands.executeCommand('workbench.action.files.revert');
  });

  it('are begun ready to be published', async () => {
    const folder = Uri.joinPath(root(), 'suite-new-library');
    try {
      await commands.executeCommand('countersign.newLibrary', { name: 'suite-new-library', owner: 'suite-team' });
      const list = async (): Promise<string[]> => (await workspace.fs.readDirectory(folder).then((entries) => entries, () => [])).map(([name]) => name).sort();
      const names = await until('the files', async () => ((await list()).length >= 5 ? list() : undefined), list);
      equal(names, ['README.md', 'library.snippets.yaml', 'package.json', 'snippets', 'test']);
    } finally {
      await commands.executeCommand('workbench.action.closeActiveEditor');
      await workspace.fs.delete(folder, { recursive: true }).then(undefined, () => undefined);
    }
  });

  it('come from packages, when they are installed', async () => {
    const [config, installed] = [Uri.joinPath(root(), '.countersign.yaml'), Uri.joinPath(root(), 'node_modules')];
    const before = await workspace.fs.readFile(config).then((bytes) => bytes, () => undefined);
    const text = new TextDecoder().decode(before);
    const entry = '  - { package: "@suite/letters", version: ^1.0.0 }\n';
    const put = (name: string, content: string): Thenable<void> => workspace.fs.writeFile(Uri.joinPath(installed, '@suite/letters', name), encoder.encode(content));
    try {
      await workspace.fs.writeFile(config, encoder.encode(/^libraries:$/m.test(text) ? text.replace(/^libraries:$/m, `libraries:\n${entry.trimEnd()}`) : `${text}\nlibraries:\n${entry}`));
      // it is named, and installed while one works
      await untilOffered('suite-letters-not-yet.agent.yaml', agent('suite-letters-not-yet', '  ¦\n'), ['budget (countersign 1.2.0 · countersign)']);
      await until('the finding that it is not there', () => languages.getDiagnostics(config).some(({ message }) => message.includes('@suite/letters')));
      await put('package.json', '{ "name": "@suite/letters", "version": "1.2.0" }');
      await put('letters.snippets.yaml', library('suite-letters'));
      await put('letters.code-snippets', snippet('suite-letters', ['slo:', '\tlatencyP95: 10s']));
      await untilOffered('suite-letters.agent.yaml', agent('suite-letters', '  ¦\n'), ['suite-letters (suite-letters 1.2.0 · suite-team)']);
    } finally {
      await (before ? workspace.fs.writeFile(config, before) : workspace.fs.delete(config));
      await workspace.fs.delete(installed, { recursive: true }).then(undefined, () => undefined);
    }
  });

  after(() => workspace.fs.delete(uriOf('suite-library'), { recursive: true }).then(undefined, () => undefined));
});
