// How a row looks and what a screen reader says of it. Colour only repeats what glyph and words say.
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ReviewChange, ReviewKind } from '../../../server/src/protocol';
import { OPEN_CHANGE } from './commands';
import type { AgentNode, AgentsNode, ChangeNode, GroupNode, Node, PartNode } from './nodes';
import { acceptedWords, countWords, GLYPHS, ownerWords, plain } from './words';

export const ICONS: Readonly<Record<ReviewKind, ThemeIcon>> = {
  widened: new ThemeIcon('triangle-up', new ThemeColor('list.errorForeground')),
  narrowed: new ThemeIcon('triangle-down', new ThemeColor('charts.green')),
  'approval-changed': new ThemeIcon('person', new ThemeColor('list.warningForeground')),
  'obligations-changed': new ThemeIcon('checklist', new ThemeColor('list.warningForeground')),
  unknown: new ThemeIcon('question', new ThemeColor('charts.blue')),
};
const AGENT = { added: 'add', removed: 'remove', renamed: 'edit', changed: 'edit' } as const;

export function itemOf(node: Node): TreeItem {
  switch (node.kind) {
    case 'summary': {
      const item = new TreeItem(node.label, TreeItemCollapsibleState.None);
      item.id = node.id;
      item.description = node.detail;
      item.tooltip = [node.label, node.detail].filter(Boolean).join(': ');
      item.accessibilityInformation = { label: aloud(item.tooltip) };
      item.iconPath = new ThemeIcon(node.icon);
      item.contextValue = 'summary';
      return item;
    }
    case 'group':
      return groupItem(node);
    case 'change':
      return changeItem(node);
    case 'part':
      return partItem(node);
    case 'agents':
      return agentsItem(node);
    case 'agent':
      return agentItem(node);
  }
}

function groupItem({ id, label, grouping, changes }: GroupNode): TreeItem {
  // of a rule its own name first: there is little room
  const [, policy, rule] = (grouping === 'rule' ? /^([^/]+)\/(.+)$/.exec(label) : null) ?? [];
  const item = new TreeItem(rule ?? label, TreeItemCollapsibleState.Expanded);
  const words = countWords(changes.map(({ placed }) => placed.change));
  item.id = id;
  item.description = [words.replace(/ (widened|narrowed|with another approval|with other obligations|unknown)/g, ''), policy].filter(Boolean).join(' · ');
  // a change that is the agent's own stands at the agent, by rule too
  item.iconPath = new ThemeIcon(grouping === 'agent' || changes.some(({ placed }) => placed.change.agents.includes(label)) ? 'hubot' : 'law');
  item.tooltip = `${grouping === 'agent' ? '' : 'Changed at '}${label}: ${words}`;
  item.accessibilityInformation = { label: `${label}, ${aloud(words)}` };
  item.contextValue = 'group';
  return item;
}

/** Words without the glyphs that a screen reader would spell out. */
const aloud = (words: string): string => words.replace(/[▲▼◆◇✓?] (?=\d)/g, '').replace(/ {3}/g, ', ');

/** `payments/refund` for `tool:payments/refund`, `amount > 500` for `args.amount > 500`, `time < …` for `context.time < …` */
const short = (part: string): string => part.replace(/^(tool|data|agent|model|channel|environment):/, '').replace(/\b(args|context)\./g, '');

function changeItem({ group, placed: { folder, change } }: ChangeNode): TreeItem {
  // what the group says already is not said again, and that a tool is called goes without saying
  const [who, ...about] = change.where.split(' · ');
  // under one of several agents what is asked for comes first: there is little room
  const others = change.agents.includes(group) && about.length > 0 ? change.agents.length - 1 : 0;
  const parts = [...(who === undefined || who === group || others > 0 ? [] : [who]), ...about];
  const label = parts.filter((part, index) => part !== 'call' || parts[index + 1]?.startsWith('tool:') !== true).map(short).join(' · ');
  const item = new TreeItem(label, change.parts.length > 1 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = `${folder} ${group} ${change.key}`;
  item.description = [`${change.before} → ${change.after}`, others > 0 ? `also ${others} ${others === 1 ? 'other agent' : 'other agents'}` : '', change.partsWords, change.accepted ? 'accepted' : ''].filter(Boolean).join(' · ');
  item.iconPath = change.accepted ? new ThemeIcon('pass') : ICONS[change.change];
  item.tooltip = tooltipOf(change);
  item.accessibilityInformation = { label: `${change.heading}. ${change.sentence} Before: ${change.beforeWords}. ${ownerWords(change)} ${acceptedWords(change)}` };
  item.command = { command: OPEN_CHANGE, title: 'Open', arguments: [folder, change.key] };
  item.contextValue = `change${change.witness === null ? '' : ' witness'}${change.accepted ? '' : ' open'}`;
  return item;
}

function partItem({ of, index, part }: PartNode): TreeItem {
  const shared = new Set(of.placed.change.where.split(' · '));
  const item = new TreeItem(part.where.split(' · ').filter((words) => !shared.has(words)).map(short).join(' · ') || part.where, TreeItemCollapsibleState.None);
  item.id = `${of.placed.folder} ${of.group} ${of.placed.change.key} ${index}`;
  item.description = `${part.before} → ${part.after}`;
  item.tooltip = [part.where, `${part.before} → ${part.after}`, part.example === '' ? '' : `Example: ${part.example}`].filter(Boolean).join('\n');
  item.accessibilityInformation = { label: `${part.where}: ${part.before}, now ${part.after}` };
  item.command = { command: OPEN_CHANGE, title: 'Open', arguments: [of.placed.folder, of.placed.change.key, index] };
  item.contextValue = 'part';
  return item;
}

function tooltipOf(change: ReviewChange): MarkdownString {
  const lines = [
    `**${GLYPHS[change.change]} ${change.heading}**`, plain(change.sentence), `Before: ${plain(change.beforeWords)}`,
    ...(change.example === '' ? [] : [`Example: ${plain(change.example)}`]), plain(ownerWords(change)), plain(acceptedWords(change)),
  ];
  return new MarkdownString(lines.filter(Boolean).join('\n\n'));
}

function agentsItem({ folder, agents }: AgentsNode): TreeItem {
  const item = new TreeItem('Agents', TreeItemCollapsibleState.Collapsed);
  item.id = `${folder} agents`;
  item.description = `${agents.length} changed`;
  item.iconPath = new ThemeIcon('organization');
  item.contextValue = 'agents';
  return item;
}

function agentItem({ folder, agent }: AgentNode): TreeItem {
  const item = new TreeItem(agent.agent, TreeItemCollapsibleState.None);
  item.id = `${folder} agent ${agent.agent}`;
  item.description = agent.words;
  item.tooltip = `${agent.agent} ${agent.words}`;
  item.iconPath = new ThemeIcon(AGENT[agent.change]);
  if (agent.place) item.command = { command: 'countersign.agents.open', title: 'Open', arguments: [agent.place] };
  item.contextValue = 'agent';
  return item;
}
