// What has changed since the last approval. A digest cannot be read backwards, so the state that was signed is looked for in the history of the repository.
import type { Agent, AgentGate, ApprovalRecord } from '../../core/model';
import { ENGINE, POLICIES, recordFault, signed } from '../../core/policy';
import type { Engine, RecordFault } from '../../core/policy';
import { CATALOG } from '../../core/workspace';
import type { Workspace } from '../../core/workspace';
import type { Context } from '../commands/command';
import { loadWorkspace } from '../load';
import { differencesOf, partWords } from './differences';
import type { PartDifference } from './differences';
import { decisionTable, rowName } from './table';

/** commits that are looked at for the state that was signed */
const MAX_COMMITS = 8;
/** lists of more help nobody */
const MAX_LINES = 40;

export interface Since {
  /** one sentence about the last record */
  readonly words: string;
  /** null where nothing changed, nothing was signed before, or what was signed cannot be found */
  readonly differences: Differences | null;
}

export interface Differences {
  /** the commit that holds what was signed */
  readonly revision: string;
  /** what else stands in manifest, governed files, rules and Catalog, a line each */
  readonly parts: readonly string[];
  /** what is decided otherwise, a line each */
  readonly decisions: readonly string[];
}

export interface SinceOptions {
  readonly context: Context;
  readonly workspace: Workspace;
  readonly agent: Agent;
  readonly now: number;
}

export async function changesSince(gate: AgentGate, options: SinceOptions): Promise<Since> {
  const { workspace, agent, now } = options;
  const engine = workspace.shared(ENGINE);
  const last = [...gate.records].sort((a, b) => ((a.on ?? '') < (b.on ?? '') ? 1 : -1))[0];
  if (!last) return { words: 'It is the first approval.', differences: null };
  const fault = recordFault(gate, last, { agent, catalog: engine.world.catalog, time: now, digest: () => engine.digest(agent) });
  const lead = leadOf(fault, last);
  if (last.digest === engine.digest(agent)) return { words: `${lead}Nothing has changed since the approval by ${last.by} on ${last.on}.`, differences: null };
  const before = await signedState(last.digest ?? '', options);
  if (!before) {
    return { words: `${lead}Since the approval by ${last.by} on ${last.on} the manifest, a file that it governs, a rule or a Catalog entry has changed; which of them cannot be known, because the state that was signed is not in the history of a git repository here.`, differences: null };
  }
  const parts = differencesOf(partsOf(before.workspace, before.agent), partsOf(workspace, agent));
  const decisions = decisionChanges({ engine: before.workspace.shared(ENGINE), agent: before.agent }, { engine, agent }, gate, parts, now);
  return { words: `${lead}Changed since the approval by ${last.by} on ${last.on} (commit ${before.revision.slice(0, 12)}):`, differences: { revision: before.revision, parts: cut(parts.map(partWords)), decisions: cut(decisions) } };
}

const LEADS: Readonly<Record<Exclude<RecordFault, 'stale-digest'>, (last: ApprovalRecord) => string>> = {
  expired: (last) => `The approval by ${last.by} on ${last.on} has run out. `,
  'not-yet': (last) => `The record of ${last.by} has a date to come, or none. `,
  'not-an-approver': (last) => `The record of ${last.by} does not count: not a declared approver. `,
  'self-approval': (last) => `The record of ${last.by} does not count: the owner cannot approve. `,
};
const leadOf = (fault: RecordFault | null, last: ApprovalRecord): string => (fault === null || fault === 'stale-digest' ? '' : LEADS[fault](last));

interface State {
  readonly revision: string;
  readonly workspace: Workspace;
  readonly agent: Agent;
}

/** The commit that brought the digest into the manifest, if what stands there has that digest: then it is what was signed, whoever wrote the history. */
async function signedState(digest: string, { context, workspace: like, agent }: SinceOptions): Promise<State | null> {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return null;
  const root = await context.root();
  const commits = await context.host.revisionsWith(root, agent.path, digest);
  for (const revision of commits.slice(0, MAX_COMMITS)) {
    const state = await context.host.revision(root, revision);
    if ('why' in state) continue;
    const { workspace } = await loadWorkspace(state.files, '', { like });
    const engine = workspace.shared(ENGINE);
    const found = engine.world.agents.find(agent.id) ?? engine.world.agents.find(agent.name);
    if (found !== null && found !== 'ambiguous' && engine.digest(found) === digest) return { revision, workspace, agent: found };
  }
  return null;
}

const partsOf = (workspace: Workspace, agent: Agent) => signed(agent, workspace, workspace.shared(POLICIES).all, workspace.shared(CATALOG));

interface Side {
  readonly engine: Engine;
  readonly agent: Agent;
}

/** In the environment of the gate, by the clock of now on both sides. Where the arguments decide, a changed rule or variable may decide otherwise in the same words. */
function decisionChanges(before: Side, after: Side, gate: AgentGate, parts: readonly PartDifference[], now: number): readonly string[] {
  const table = ({ engine, agent }: Side) => new Map(decisionTable(engine, agent, [gate], now).map((row) => [rowName(row), row]));
  const [old, current] = [table(before), table(after)];
  return [...new Set([...old.keys(), ...current.keys()])].sort().flatMap((name) => {
    const [was, is] = [old.get(name), current.get(name)];
    const [from, to] = [was?.words ?? 'Denied.', is?.words ?? 'Denied.'];
    if (from !== to) return [`${name}: ${to} Before: ${from}`];
    const touched = is?.effect === 'depends' ? parts.filter(({ part, name: changed }) => (part === 'rule' && is.rules.includes(changed)) || (part === 'variable' && is.rules.some((rule) => rule.startsWith(changed.slice(0, changed.indexOf('/') + 1))))) : [];
    return touched.length > 0 ? [`${name}: what the arguments decide may be another, since ${touched.map(({ part, name: changed }) => `${part} ${changed}`).join(', ')} changed.`] : [];
  });
}

const cut = (lines: readonly string[]): readonly string[] => (lines.length > MAX_LINES ? [...lines.slice(0, MAX_LINES), `and ${lines.length - MAX_LINES} more`] : lines);
