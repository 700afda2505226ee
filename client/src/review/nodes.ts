// The rows of the tree: a summary, groups by agent or by rule, changes, agents that changed. Plain data; the tree draws it.
import type { ReviewAgent, ReviewChange, ReviewFolder, ReviewPart } from '../../../server/src/protocol';
import type { Placed } from './model';
import { countWords, KINDS } from './words';

export const GROUPINGS = ['agent', 'rule'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface SummaryNode {
  readonly kind: 'summary';
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  readonly id: string;
}
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly label: string;
  readonly grouping: Grouping;
  readonly changes: readonly ChangeNode[];
}
export interface ChangeNode {
  readonly kind: 'change';
  /** tells one change apart that stands in several groups */
  readonly group: string;
  readonly placed: Placed;
}
/** One exact region of a change that has several. */
export interface PartNode {
  readonly kind: 'part';
  readonly of: ChangeNode;
  readonly index: number;
  readonly part: ReviewPart;
}
export interface AgentsNode {
  readonly kind: 'agents';
  readonly folder: string;
  readonly agents: readonly ReviewAgent[];
}
export interface AgentNode {
  readonly kind: 'agent';
  readonly folder: string;
  readonly agent: ReviewAgent;
}
export type Node = SummaryNode | GroupNode | ChangeNode | PartNode | AgentsNode | AgentNode;

/** What stands on top: of each folder the counts, and in words what is not proved. */
export function rowsOf(folders: readonly ReviewFolder[], grouping: Grouping, nameOf: (folder: string) => string | null): readonly Node[] {
  return folders.flatMap((folder): Node[] => [...summary(folder, nameOf(folder.folder)), ...groupsOf(folder, grouping), ...agentsOf(folder)]);
}

function summary(folder: ReviewFolder, name: string | null): SummaryNode[] {
  const { incomplete } = folder;
  const label = `${name === null ? '' : `${name}: `}Incomplete`;
  const missing: SummaryNode[] = incomplete.length === 0 ? [] : [{ kind: 'summary', id: `incomplete ${folder.folder}`, label, icon: 'warning', detail: `${incomplete.join('; ')}. What is said here holds for the rest; the Problems view says what to mend.` }];
  return [...verdictRows(folder, name), ...missing];
}

function verdictRows({ folder, state, message, verdict, changes, notes, more, incomplete, nothing }: ReviewFolder, name: string | null): SummaryNode[] {
  const prefix = name === null ? '' : `${name}: `;
  const row = (label: string, icon: string, detail = ''): SummaryNode => ({ kind: 'summary', id: `summary ${folder}`, label: prefix + label, icon, detail });
  if (state === 'waiting') return [row('Comparing…', 'loading~spin')];
  if (state === 'failed') return [row(message ?? 'The comparison failed', 'error')];
  if (nothing) return [row('Nothing to compare yet', 'info', 'no agents and no policies')];
  if (changes.length === 0) return [verdict === 'equal' ? row('No decision changes', 'check', incomplete.length > 0 ? 'in what can be read' : 'proved for all requests') : row('Cannot tell', 'question', notes[0] ?? '')];
  const open = changes.filter((change) => !change.accepted);
  const accepted = changes.length - open.length;
  const words = [countWords(open), ...(accepted > 0 ? [`✓ ${accepted} accepted`] : []), ...(more > 0 ? [`${more} more`] : [])].filter(Boolean).join('   ');
  return [row(words, 'diff', verdict === 'unknown' ? 'not all can be told' : '')];
}

function groupsOf({ folder, base, changes }: ReviewFolder, grouping: Grouping): readonly GroupNode[] {
  const groups = new Map<string, ChangeNode[]>();
  for (const change of changes) {
    for (const label of labelsOf(change, grouping)) {
      const nodes = groups.get(label) ?? [];
      if (nodes.length === 0) groups.set(label, nodes);
      nodes.push({ kind: 'change', group: label, placed: { folder, base, change } });
    }
  }
  const worst = (nodes: readonly ChangeNode[]): number => Math.min(...nodes.map(({ placed: { change } }) => (change.accepted ? KINDS.length : KINDS.indexOf(change.change))));
  return [...groups]
    .sort(([a, left], [b, right]) => worst(left) - worst(right) || a.localeCompare(b))
    .map(([label, nodes]) => ({ kind: 'group', id: `${folder} ${grouping} ${label}`, label, grouping, changes: [...nodes].sort((a, b) => worst([a]) - worst([b])) }));
}

/** A change that touches many agents stands once, under a group of its own. */
const MANY_AGENTS = 3;

function labelsOf({ agents, at, rules }: ReviewChange, grouping: Grouping): readonly string[] {
  if (grouping === 'rule') {
    // where mark and comment stand: at what was changed; it need not be what decides now
    return [at ?? rules.after[0] ?? rules.before[0] ?? '(no rule)'];
  }
  if (agents.length === 0) return ['(any agent)'];
  return agents.length > MANY_AGENTS ? [`${agents.length} agents`] : agents;
}

const agentsOf = ({ folder, agents }: ReviewFolder): readonly AgentsNode[] => (agents.length === 0 ? [] : [{ kind: 'agents', folder, agents }]);
