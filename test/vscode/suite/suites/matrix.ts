// The matrix's command over the real server: the tab opens, and rows and columns are those of the workspace.
import { commands, window } from 'vscode';
import { equal, ok, until } from '../support/check';
import { write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

interface Answer {
  readonly frame?: { readonly agents: readonly { readonly id: string; readonly owner: string | null }[]; readonly columns: readonly { readonly resource: string; readonly group: string }[] } | null;
}

describe('matrix', () => {
  before(async () => {
    await write('suite.catalog.yaml', CATALOG);
    await write('suite-matrix.agent.yaml', agent('suite-matrix', '  lifecycle: production\n  tools: [suite/pay]\n'));
  });

  it('opens as a tab, once, and knows the agents and their tools', async () => {
    let last: Answer | undefined;
    await until('the agent', async () => {
      last = await commands.executeCommand<Answer>('countersign.openMatrix');
      return last?.frame?.agents.some(({ id }) => id === 'suite-matrix') === true;
    }, () => last?.frame?.agents.map(({ id }) => id));
    ok(last?.frame?.columns.some(({ resource, group }) => resource === 'tool:suite/pay' && group === 'suite') === true, 'the column');
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label === 'Matrix');
    equal(tabs.length, 1);
    await window.tabGroups.close(tabs);
  });
});
