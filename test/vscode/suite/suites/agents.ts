// The tree of agents over the real server: its groups, from unsaved text, as its commands give them.
import { commands, window } from 'vscode';
import { equal, ok, until } from '../support/check';
import { replace, root, show, uriOf, write } from '../support/scratch';
import { agent, CATALOG } from '../support/texts';

type Shown = readonly { readonly group: string; readonly agents: readonly string[] }[];

/** The groups in which an agent stands, each with how it is described. */
async function placesOf(name: string, by: 'Owner' | 'Lifecycle' | 'Folder'): Promise<readonly string[]> {
  const groups = (await commands.executeCommand<Shown>(`countersign.agents.groupBy${by}`)) ?? [];
  return groups.flatMap(({ group, agents }) => agents.filter((shown) => shown === name || shown.startsWith(`${name} · `)).map((shown) => `${group}: ${shown.split(' · ').slice(0, 2).join(' · ')}`));
}

describe('agents', () => {
  before(async () => {
    await write('suite.catalog.yaml', CATALOG);
  });
  after(() => commands.executeCommand('countersign.agents.groupByOwner'));

  it('stand under their owner, lifecycle and folder, by unsaved text', async () => {
    const document = await show('suite-listed.agent.yaml', agent('suite-listed', '  lifecycle: production\n'));
    let last: readonly string[] = [];
    await until('the agent', async () => (last = await placesOf('suite-listed', 'Owner')).join() === 'suite-team: suite-listed · production', () => last);
    await replace(document, 'lifecycle: production', 'lifecycle: pilot');
    await until('its lifecycle', async () => (last = await placesOf('suite-listed', 'Lifecycle')).join() === 'pilot: suite-listed · suite-team', () => last);
    equal(await placesOf('suite-listed', 'Folder'), ['countersign-suite: suite-listed · pilot']);
  });

  it('open at their name', async () => {
    await commands.executeCommand('countersign.agents.open', { uri: uriOf('suite-listed.agent.yaml').toString(), range: { start: { line: 2, character: 2 }, end: { line: 2, character: 4 } } });
    const editor = window.activeTextEditor;
    equal([editor?.document.uri.path.split('/').at(-1), editor?.selection.start.line, editor?.selection.start.character], ['suite-listed.agent.yaml', 2, 2]);
  });

  it('fill the simulator with what they can ask for', async () => {
    await write('suite-simulating.agent.yaml', agent('suite-simulating', '  lifecycle: production\n  tools: [suite/asked]\n'));
    await until('the agent', async () => (await placesOf('suite-simulating', 'Owner')).length === 1);
    const answer = await commands.executeCommand<{ decision?: { effect: string } }>('countersign.agents.simulate', { kind: 'agent', agent: { id: 'suite-simulating', folder: root().toString() } });
    ok(answer.decision, `a decision: ${JSON.stringify(answer)}`);
  });
});
