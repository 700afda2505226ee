// How a row looks and what a screen reader says of it. Colour only repeats what icon and words say.
import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { AgentRow } from '../../../server/src/protocol';
import { count, descriptionOf, findingsOf, partsOf, type AdoptNode, type AgentNode, type GroupNode, type MissingNode, type NextNode, type Node, type PartNode, type PartsNode } from './nodes';

/** Takes a place; see `index.ts`. */
export const OPEN = 'countersign.agents.open';

const LIFECYCLE: Readonly<Record<string, ThemeIcon>> = {
  draft: new ThemeIcon('edit'),
  pilot: new ThemeIcon('beaker', new ThemeColor('charts.blue')),
  production: new ThemeIcon('pass-filled', new ThemeColor('charts.green')),
  suspended: new ThemeIcon('debug-pause', new ThemeColor('list.warningForeground')),
  retired: new ThemeIcon('archive'),
};
const GROUP = { owner: 'organization', lifecycle: 'circle-large-outline', folder: 'folder' } as const;
const PARTS = { tools: 'tools', data: 'database', delegates: 'arrow-swap', channels: 'comment-discussion' } as const;

/** `open`: groups are shown with their agents. */
export function itemOf(node: Node, open: boolean): TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node, open);
    case 'agent':
      return agentItem(node);
    case 'parts':
      return partsItem(node);
    case 'part':
      return partItem(node);
    case 'next':
      return nextItem(node);
    case 'missing':
      return missingItem(node);
    case 'adopt':
      return adoptItem(node);
  }
}

function groupItem({ grouping, label, agents }: GroupNode, open: boolean): TreeItem {
  const item = new TreeItem(label, open ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
  const known = grouping === 'lifecycle' ? LIFECYCLE[label] : undefined;
  item.id = `${grouping} ${label}`;
  item.description = String(agents.length);
  item.iconPath = known ?? new ThemeIcon(label.startsWith('(') ? 'question' : GROUP[grouping]);
  item.tooltip = `${label}: ${count(agents.length, 'agent')}`;
  item.accessibilityInformation = { label: `${label}, ${count(agents.length, 'agent')}` };
  item.contextValue = 'group';
  return item;
}

const idOf = ({ grouping, agent }: AgentNode): string => `${grouping} ${agent.folder} ${agent.id}`;

function agentItem(node: AgentNode): TreeItem {
  const { agent } = node;
  const findings = findingsOf(agent);
  const item = new TreeItem(agent.name, partsOf(node).length > 0 || agent.next !== null ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  item.id = idOf(node);
  item.description = descriptionOf(node);
  item.iconPath = LIFECYCLE[agent.lifecycle ?? ''] ?? new ThemeIcon('circle-large-outline');
  item.tooltip = tooltipOf(agent);
  item.accessibilityInformation = { label: [agent.name, agent.lifecycle ?? 'no lifecycle', agent.owner === null ? 'no owner' : `owner ${agent.owner}`, ...(node.folder === null ? [] : [`folder ${node.folder}`]), findings === 0 ? 'no findings' : count(findings, 'finding')].join(', ') };
  item.command = { command: OPEN, title: 'Open', arguments: [agent.place] };
  item.contextValue = 'agent';
  return item;
}

/** Text of the workspace as text: every mark is escaped, so that nothing in it becomes a link or a picture. */
const plain = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');

function tooltipOf(agent: AgentRow): MarkdownString {
  const lines = [
    agent.owner === null ? 'No owner.' : `Owner: ${plain(agent.owner)}${agent.ownerSource ? `, by ${plain(agent.ownerSource)}` : ''}`,
    ...(agent.lifecycle === null ? [] : [`Lifecycle: ${plain(agent.lifecycle)}`]),
    findingWords(agent),
    plain(agent.path),
  ];
  return new MarkdownString([`**${plain(agent.title ?? agent.name)}**`, ...(agent.purpose ? [plain(agent.purpose)] : []), lines.join('  \n')].join('\n\n'));
}

function findingWords({ findings }: AgentRow): string {
  const words = [[findings.error, 'error'], [findings.warning, 'warning'], [findings.information, 'note'], [findings.hint, 'hint']] as const;
  const said = words.filter(([number]) => number > 0).map(([number, word]) => count(number, word));
  return said.length === 0 ? 'No findings.' : `${said.join(', ')}.`;
}

function partsItem({ of, parts }: PartsNode): TreeItem {
  const number = of.agent.parts[parts];
  const item = new TreeItem(parts, TreeItemCollapsibleState.Collapsed);
  item.id = `${idOf(of)} ${parts}`;
  item.description = String(number);
  item.iconPath = new ThemeIcon(PARTS[parts]);
  item.tooltip = `${parts} of ${of.agent.name}`;
  item.accessibilityInformation = { label: `${parts} of ${of.agent.name}, ${number}` };
  item.contextValue = 'parts';
  return item;
}

function partItem({ of, index, part }: PartNode): TreeItem {
  const item = new TreeItem(part.name, TreeItemCollapsibleState.None);
  item.id = `${idOf(of.of)} ${of.parts} ${index}`;
  item.description = part.detail;
  item.tooltip = [part.name, part.detail].filter(Boolean).join(': ');
  item.accessibilityInformation = { label: [part.name, part.detail].filter(Boolean).join(', ') };
  if (part.place) item.command = { command: OPEN, title: 'Open', arguments: [part.place] };
  item.contextValue = 'part';
  return item;
}

const SEVERITY: Readonly<Record<string, ThemeIcon>> = {
  error: new ThemeIcon('error', new ThemeColor('problemsErrorIcon.foreground')),
  warning: new ThemeIcon('warning', new ThemeColor('problemsWarningIcon.foreground')),
  information: new ThemeIcon('info', new ThemeColor('problemsInfoIcon.foreground')),
};

function nextItem({ of, stage, missing }: NextNode): TreeItem {
  const item = new TreeItem(`next stage: ${stage}`, missing.length > 0 ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None);
  const words = missing.length === 0 ? 'nothing is missing' : `${missing.length} missing`;
  item.id = `${idOf(of)} next`;
  item.description = words;
  item.iconPath = new ThemeIcon(missing.length === 0 ? 'check' : 'checklist');
  item.tooltip = missing.length === 0 ? `${of.agent.name} meets what Standards ask of ${stage}.` : `What Standards ask of ${of.agent.name} before it can be ${stage}.`;
  item.accessibilityInformation = { label: `next stage of ${of.agent.name}: ${stage}, ${words}` };
  item.contextValue = 'next';
  return item;
}

function missingItem({ of, index, missing }: MissingNode): TreeItem {
  const item = new TreeItem(missing.message, TreeItemCollapsibleState.None);
  item.id = `${idOf(of.of)} next ${index}`;
  item.description = missing.requirement;
  item.iconPath = SEVERITY[missing.severity] ?? new ThemeIcon('lightbulb');
  item.tooltip = `${missing.message} (${missing.requirement})`;
  item.accessibilityInformation = { label: `${missing.severity}: ${missing.message} ${missing.requirement}` };
  if (missing.place) item.command = { command: OPEN, title: 'Open', arguments: [missing.place] };
  item.contextValue = 'missing';
  return item;
}

function adoptItem({ agents }: AdoptNode): TreeItem {
  const item = new TreeItem('Adopt Agents…', TreeItemCollapsibleState.None);
  item.id = 'adopt';
  item.description = agents === 1 ? 'it has no manifest yet' : 'none has a manifest yet';
  item.tooltip = 'Agent files of other tools are read as they are. A manifest for each says whose it is, what it may use and who approves it; what is known is filled in.';
  item.accessibilityInformation = { label: `Adopt Agents: ${item.description}` };
  item.iconPath = new ThemeIcon('new-file');
  item.command = { command: 'countersign.adoptAgents', title: 'Adopt Agents' };
  item.contextValue = 'adopt';
  return item;
}
