// The commands: new documents of all kinds, explanations, a new start of the server.
import { commands, TabInputCustom, TabInputText, Uri, window, workspace } from 'vscode';
import { equal, ok, until } from '../support/check';
import { untilFindings } from '../support/findings';
import { inScratch, rangeOf, replace, show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

describe('commands', () => {
  before(() => write('suite.catalog.yaml', CATALOG));

  const kinds = [
    ['Agent', 'agent'],
    ['Catalog', 'catalog'],
    ['Policy', 'policy'],
    ['Standard', 'standard'],
    ['PolicyTest', 'policytest'],
    ['SnippetLibrary', 'snippets'],
  ] as const;
  for (const [kind, ending] of kinds) {
    it(`creates a new ${kind}`, async () => {
      const path = inScratch(`suite-new.${ending}.yaml`);
      await commands.executeCommand('countersign.newDocument', { kind, name: 'suite-new', path });
      const document = await until('the new document to be shown', () => (window.activeTextEditor?.document.uri.path.endsWith(path) ? window.activeTextEditor.document : undefined));
      equal(document.languageId, 'countersign-yaml');
      await until('its first lines', () => document.getText().includes(`kind: ${kind}\n`), () => document.getText());
      ok(document.getText().startsWith('apiVersion: countersign/v1\n'), document.getText());
      await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  }

  it('explains a code on a page of its own', async () => {
    // Not awaited: where the browser host cannot show a web page within the editor, the page stays empty and this never ends.
    void commands.executeCommand('countersign.explainFinding', 'schema/required');
    const uri = await until('the page', () => {
      const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
      return (input instanceof TabInputCustom || input instanceof TabInputText) && input.uri.scheme === 'countersign-docs' ? input.uri : undefined;
    });
    equal(uri.toString(), Uri.parse('countersign-docs:/schema/required.md').toString());
    const text = (await workspace.openTextDocument(uri)).getText();
    ok(text.includes('schema/required') && text.length > 100, `the page explains the code; it says: ${text}`);
  });

  it('starts the server anew', async () => {
    const document = await show('suite-restart.agent.yaml', agent('suite-restart', '  lifecycle: produktion\n'));
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
    await commands.executeCommand('countersign.restartServer');
    await replace(document, 'produktion', 'piloting');
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'piloting')]]);
    await replace(document, 'piloting', 'pilot');
    await untilFindings(document, []);
  });
});
