// What is shown of the frame: the rows and columns that the filters leave, with the lines of owners between them.
import type { MatrixAgent, MatrixColumn, MatrixFrame } from '../../../server/src/protocol';

/** `index`: its place in the frame. The line of an owner has none. */
export type Row = { readonly kind: 'agent'; readonly index: number; readonly agent: MatrixAgent } | { readonly kind: 'owner'; readonly label: string; readonly count: number };
export interface Column {
  readonly index: number;
  readonly head: MatrixColumn;
}
/** Columns that stand together: `from` and `to` (exclusive) are places among those shown. */
export interface Group {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

export interface Shown {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly groups: readonly Group[];
  readonly agents: number;
}

export interface Filters {
  readonly agents: string;
  readonly columns: string;
  /** empty: all */
  readonly action: string;
}

export function shownOf(frame: MatrixFrame, filters: Filters): Shown {
  const fits = wordsOf(filters.agents);
  const agents = frame.agents.map((agent, index) => ({ agent, index })).filter(({ agent }) => fits([agent.id, agent.owner ?? 'no owner', agent.lifecycle ?? ''].join(' ')));
  const rows: Row[] = [];
  for (const [at, { agent, index }] of agents.entries()) {
    if (at === 0 || agents[at - 1]?.agent.owner !== agent.owner) rows.push({ kind: 'owner', label: agent.owner ?? '(no owner)', count: agents.filter((other) => other.agent.owner === agent.owner).length });
    rows.push({ kind: 'agent', index, agent });
  }
  const asked = wordsOf(filters.columns);
  const columns = frame.columns.map((head, index) => ({ head, index })).filter(({ head }) => (filters.action === '' || head.action === filters.action) && asked([head.group, head.resource, head.action].join(' ')));
  const groups: { label: string; from: number; to: number }[] = [];
  for (const [at, { head }] of columns.entries()) {
    const last = groups.at(-1);
    const before = columns[at - 1]?.head;
    if (last && before?.group === head.group && before.action === head.action) last.to = at + 1;
    else groups.push({ label: head.group, from: at, to: at + 1 });
  }
  return { rows, columns, groups, agents: agents.length };
}

/** Every word must occur, in whatever case. */
function wordsOf(filter: string): (text: string) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
