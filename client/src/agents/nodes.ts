// The rows of the tree: groups, agents, what an agent may use. Plain data; the tree draws it.
import type { AgentMissing, AgentPart, AgentPartKind, AgentRow } from '../../../server/src/protocol';

export const GROUPINGS = ['owner', 'lifecycle', 'folder'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface GroupNode {
  readonly kind: 'group';
  readonly grouping: Grouping;
  readonly label: string;
  readonly agents: readonly AgentNode[];
}
export interface AgentNode {
  readonly kind: 'agent';
  readonly grouping: Grouping;
  readonly agent: AgentRow;
  /** the name of its workspace folder where several are open and the group does not say it: two may have an agent of one name */
  readonly folder: string | null;
}
/** All tools of an agent, or all of another kind of what it may use. */
export interface PartsNode {
  readonly kind: 'parts';
  readonly of: AgentNode;
  readonly parts: AgentPartKind;
}
export interface PartNode {
  readonly kind: 'part';
  readonly of: PartsNode;
  readonly index: number;
  readonly part: AgentPart;
}
/** What is missing for the next stage of the lifecycle. */
export interface NextNode {
  readonly kind: 'next';
  readonly of: AgentNode;
  readonly stage: string;
  readonly missing: readonly AgentMissing[];
}
export interface MissingNode {
  readonly kind: 'missing';
  readonly of: NextNode;
  readonly index: number;
  readonly missing: AgentMissing;
}
/** What to do next where agent files of other tools are all there is. */
export interface AdoptNode {
  readonly kind: 'adopt';
  readonly agents: number;
}
export type Node = AdoptNode | GroupNode | AgentNode | PartsNode | PartNode | NextNode | MissingNode;

const LIFECYCLES = ['draft', 'pilot', 'production', 'suspended', 'retired'];
const PARTS: readonly AgentPartKind[] = ['tools', 'data', 'delegates', 'channels'];

/** The agents in groups, those that belong to none last. `folderName` gives the name of a workspace folder where there are several. */
export function groupsOf(agents: readonly AgentRow[], grouping: Grouping, folderName: (uri: string) => string | null): readonly GroupNode[] {
  const groups = new Map<string, AgentNode[]>();
  for (const agent of agents) {
    const label = labelOf(agent, grouping, folderName);
    const group = groups.get(label) ?? [];
    if (group.length === 0) groups.set(label, group);
    group.push({ kind: 'agent', grouping, agent, folder: grouping === 'folder' ? null : folderName(agent.folder) });
  }
  const rank = (label: string): number => (label.startsWith('(') ? 1000 : grouping === 'lifecycle' ? LIFECYCLES.indexOf(label) : 0);
  return [...groups]
    .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([label, members]) => ({ kind: 'group', grouping, label, agents: members }));
}

function labelOf(agent: AgentRow, grouping: Grouping, folderName: (uri: string) => string | null): string {
  if (grouping === 'owner') return agent.owner ?? '(no owner)';
  if (grouping === 'lifecycle') return agent.lifecycle ?? '(no lifecycle)';
  if (agent.folder === '') return '(no folder)';
  const inside = agent.path.slice(0, Math.max(0, agent.path.lastIndexOf('/')));
  return [folderName(agent.folder), inside].filter(Boolean).join('/') || './';
}

/** Only manifests say a lifecycle, and each does. */
export const adoptOf = (agents: readonly AgentRow[]): readonly AdoptNode[] => (agents.length > 0 && agents.every(({ lifecycle }) => lifecycle === null) ? [{ kind: 'adopt', agents: agents.length }] : []);

export const partsOf = (node: AgentNode): readonly PartsNode[] => PARTS.filter((parts) => node.agent.parts[parts] > 0).map((parts) => ({ kind: 'parts', of: node, parts }));

/** Errors, warnings and notes: what the Problems view shows. */
export const findingsOf = ({ findings }: AgentRow): number => findings.error + findings.warning + findings.information;

export const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** What stands beside an agent's name. */
export function descriptionOf({ agent, folder, grouping }: AgentNode): string {
  const found = findingsOf(agent);
  // what the group says already is not said again
  const word = grouping === 'lifecycle' ? agent.owner : agent.lifecycle;
  return [word, folder, found > 0 ? count(found, 'finding') : null].filter(Boolean).join(' · ');
}
