// The tree "Agents" in the side bar: who owns which agents, how far each has come, what it may use, what was found.
import { commands, Range, Uri, window, type Disposable, type ExtensionContext } from 'vscode';
import { AGENTS_CHANGED, SIMULATOR_CHOICES, type AgentRow, type SimulatorChoicesParams, type SimulatorChoicesResult, type FilePlace } from '../../../server/src/protocol';
import type { Server } from '../server';
import { OPEN } from './items';
import { descriptionOf, GROUPINGS, type Grouping, type Node } from './nodes';
import { AgentTree } from './tree';

const VIEW = 'countersign.agents';
/** where the workspace remembers how the agents are grouped */
const REMEMBERED = 'countersign.agents.grouping';

const COMMANDS: Readonly<Record<Grouping, string>> = {
  owner: 'countersign.agents.groupByOwner',
  lifecycle: 'countersign.agents.groupByLifecycle',
  folder: 'countersign.agents.groupByFolder',
};

/** The tree as text, for whoever calls a command. */
interface Shown {
  readonly group: string;
  readonly agents: readonly string[];
}

export function registerAgents(server: Server, { workspaceState }: ExtensionContext): Disposable[] {
  const remembered = workspaceState.get<unknown>(REMEMBERED);
  const tree = new AgentTree(server, GROUPINGS.find((known) => known === remembered) ?? 'owner');
  const view = window.createTreeView<Node>(VIEW, { treeDataProvider: tree, showCollapseAll: true });
  tree.show(view);
  return [
    tree, view,
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) tree.changed();
    }),
    server.onRunning(() => tree.changed()),
    server.client.onNotification(AGENTS_CHANGED, () => tree.changed()),
    commands.registerCommand(OPEN, (place: unknown) => open(place)),
    commands.registerCommand('countersign.agents.simulate', (given?: Node) => {
      const node = given ?? view.selection[0];
      return node?.kind === 'agent' ? simulate(server, node.agent) : commands.executeCommand('countersign.simulate');
    }),
    ...GROUPINGS.map((grouping) =>
      // Resolves to what the tree shows then.
      commands.registerCommand(COMMANDS[grouping], async (): Promise<readonly Shown[]> => {
        tree.groupBy(grouping);
        await workspaceState.update(REMEMBERED, grouping);
        await tree.refresh();
        if (!view.visible) await commands.executeCommand(`${VIEW}.focus`);
        return tree.groups().map(({ label, agents }) => ({ group: label, agents: agents.map((node) => [node.agent.name, descriptionOf(node)].filter(Boolean).join(' · ')) }));
      }),
    ),
  ];
}

/** Fills the simulator with the first request that the agent can make, and resolves to its decision. */
async function simulate(server: Server, { id, folder }: Pick<AgentRow, 'id' | 'folder'>): Promise<unknown> {
  const params: SimulatorChoicesParams = { folder, agent: id };
  const choices = (await server.ask<SimulatorChoicesResult>(SIMULATOR_CHOICES, params))?.choices;
  const { action, resource, environment } = choices?.chosen ?? {};
  const type = choices?.actions.find(({ name }) => name === action)?.type;
  const request = { agent: id, ...(resource && type ? { action, resource: `${type}:${resource}` } : {}), ...(environment ? { environment } : {}) };
  return commands.executeCommand('countersign.simulate', request, folder);
}

async function open(place: unknown): Promise<void> {
  const { uri, range } = (place ?? {}) as Partial<FilePlace>;
  if (typeof uri !== 'string' || !range) return;
  await window.showTextDocument(Uri.parse(uri, true), { selection: new Range(range.start.line, range.start.character, range.end.line, range.end.character) });
}
