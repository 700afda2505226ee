// In a workspace that is not trusted the extension works all the same, within the workspace's own files.
import { commands, extensions, workspace, type CompletionList } from 'vscode';
import { equal, until } from '../support/check';
import { untilFindings } from '../support/findings';
import { rangeOf, replace, show, showAt, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

describe('a workspace that is not trusted', () => {
  it('has the extension and its findings', async () => {
    equal(workspace.isTrusted, false);
    await write('suite.catalog.yaml', CATALOG);
    const document = await show('suite-untrusted.agent.yaml', agent('suite-untrusted', '  lifecycle: produktion\n'));
    await until('the extension to be active', () => extensions.getExtension('countersign.countersign')?.isActive);
    await untilFindings(document, [['schema/enum', 'Error', rangeOf(document, 'produktion')]]);
    await replace(document, 'produktion', 'production');
    await untilFindings(document, []);
  });

  it('offers the shipped snippets alone', async () => {
    await write('suite-library/suite.snippets.yaml', 'apiVersion: countersign/v1\nkind: SnippetLibrary\nmetadata: { name: suite-snippets }\nspec: { version: 1.0.0, snippets: ["./*.code-snippets"] }\n');
    await write('suite-library/suite.code-snippets', '{ "suite-budget": { "prefix": "suite-budget", "description": "d", "body": "budget: { monthlyUsd: 1 }" } }');
    const { document, at } = await showAt('suite-untrusted-snippets.agent.yaml', agent('suite-untrusted-snippets', '  ¦\n'));
    const offered = await until('the shipped blocks', async () => {
      const { items } = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, at);
      return items.some(({ detail }) => detail === 'countersign 1.2.0 · countersign') ? items.map(({ label }) => (typeof label === 'string' ? label : label.label)) : undefined;
    });
    equal(offered.includes('suite-budget'), false);
  });
});
