// The extension starts when there is something for it, and each file gets its language.
import { commands, extensions } from 'vscode';
import { equal, ok, until } from '../support/check';
import { show, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

describe('activation', () => {
  it('starts with one of our documents', async () => {
    await write('suite.catalog.yaml', CATALOG);
    await show('suite-first.agent.yaml', agent('suite-first'));
    const extension = extensions.getExtension('countersign.countersign');
    ok(extension, 'the extension is there');
    await until('the extension to be active', () => extension.isActive);
    const all = await commands.getCommands(true);
    for (const name of ['newDocument', 'explainFinding', 'restartServer', 'showOutput']) ok(all.includes(`countersign.${name}`), `there is a command countersign.${name}`);
  });

  const cases = [
    ['suite-a.agent.yaml', 'countersign-yaml'],
    ['suite-a.policy.yml', 'countersign-yaml'],
    ['suite-a.standard.yaml', 'countersign-yaml'],
    ['suite-a.catalog.yml', 'countersign-yaml'],
    ['suite-a.policytest.yaml', 'countersign-yaml'],
    ['suite-a.snippets.yaml', 'countersign-yaml'],
    ['suite-a.agent.json', 'countersign-json'],
    ['.countersign.yaml', 'countersign-yaml'],
    ['suite-notes.yaml', 'yaml'],
    ['suite-notes.json', 'json'],
  ] as const;
  for (const [name, language] of cases) {
    it(`gives ${name} the language ${language}`, async () => {
      equal((await show(name, '')).languageId, language);
    });
  }
});
