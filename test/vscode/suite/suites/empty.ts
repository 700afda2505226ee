// An empty folder: every command that the extension brings is there and answers, without an error, whatever is open or selected.
import { commands, extensions, workspace } from 'vscode';
import { equal, ok, until } from '../support/check';

interface Manifest { readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] } }

/** Opens another window, or asks in a dialog that nothing but a hand can close: see `ui/first-minute.mjs`. */
const ELSEWHERE = new Set(['countersign.openExample']);

describe('an empty folder', () => {
  const extension = extensions.getExtension<unknown>('countersign.countersign');
  const { contributes } = (extension?.packageJSON ?? { contributes: { commands: [] } }) as Manifest;

  before(async () => {
    equal((await workspace.findFiles('**/*')).length, 0, 'the folder is empty');
    await extension?.activate();
  });
  after(() => commands.executeCommand('workbench.action.closeAllEditors'));

  it('has all commands', async () => {
    const all = new Set(await commands.getCommands(true));
    equal(contributes.commands.map(({ command }) => command).filter((command) => !all.has(command)), []);
    ok(contributes.commands.length > 10, 'there are commands');
  });

  for (const { command, title } of contributes.commands.filter((one) => !ELSEWHERE.has(one.command))) {
    it(`answers “${title}”`, async () => {
      let outcome: string | undefined;
      commands.executeCommand(command).then(() => (outcome = 'answered'), (error: unknown) => (outcome = `failed: ${String(error)}`));
      // what asks for more is answered with Escape
      await until(`an answer of ${command}`, async () => {
        if (outcome === undefined) await commands.executeCommand('workbench.action.closeQuickOpen');
        return outcome;
      });
      equal(outcome, 'answered');
    });
  }
});
