// The lens over a document: whose it is, who is on call, how many policies apply, who must approve a change.
import { POLICIES, canMatch, usesOf } from '../../core/policy';
import type { Agent } from '../../core/model';
import { PERMISSIONS, changeApprovers, governsAgent, ownershipOfAgent, ownershipOfDocument, type DocumentFacts, type FileFacts, type Ownership, type Workspace } from '../../core/workspace';
import type { Lens } from '../types';
import { briefSource, learnedFrom } from './words';

/** Takes the file's URI: goes where the owner was learned. */
export const SHOW_OWNER = 'countersign.showOwner';

export function ownerLens(workspace: Workspace, path: string, at: number, ownership: Ownership, agent: Agent | null): Lens {
  const { team, source, oncall, contact } = ownership;
  const parts = [
    team === null ? 'Owned by nobody' : `Owned by ${team}${source === 'manifest' && agent && agent.path !== path ? ` (${briefSource(source)})` : learnedFrom(source)}`,
    oncall ? `on call: ${oncall}` : contact ? `reached at ${contact}` : null,
    agent ? policiesWords(policiesFor(workspace, agent), permissionFiles(workspace, agent)) : null,
    changeWords(workspace, path, team),
  ];
  return { span: { start: at, end: at }, title: parts.filter(Boolean).join(' · '), command: SHOW_OWNER, arguments: [], with: 'file' };
}

/** Over a document of ours; null where nothing but an agent belongs to nobody. */
export function lensOfDocument(workspace: Workspace, path: string, document: DocumentFacts, agent: Agent | null): Lens | null {
  const queries = workspace.ask();
  const at = document.root?.start ?? document.at.start;
  const ownership = agent ? ownershipOfAgent(queries, agent) : ownershipOfDocument(queries, path, document.index);
  return agent === null && ownership.team === null ? null : ownerLens(workspace, path, at, ownership, agent);
}

/** Over an agent file of another tool: the owner of the manifest that governs it, or its own; none in a workspace that says nothing of owners. */
export function lensesOfForeign(workspace: Workspace, facts: FileFacts): readonly Lens[] {
  const queries = workspace.ask();
  if (!facts.foreign || !queries.governed()) return [];
  const agents = queries.agents().all.filter((agent) => agent.path === facts.path || agent.definition.includes(facts.path));
  return agents.slice(0, 200).map((agent) => ownerLens(workspace, facts.path, agent.path === facts.path ? agent.span.start : (facts.foreign?.agents[0]?.span.start ?? 0), ownershipOfAgent(queries, agent), agent));
}

/** How many policies have a rule that can be for the agent. */
export function policiesFor(workspace: Workspace, agent: Agent): number {
  const uses = usesOf(agent);
  return workspace.shared(POLICIES).all.filter((policy) => policy.rules.some((rule) => canMatch(rule, agent, uses))).length;
}

/** The files of other tools whose permissions are for the agent. */
const permissionFiles = (workspace: Workspace, agent: Agent): readonly string[] => [...new Set(workspace.shared(PERMISSIONS).sets.flatMap((set) => (governsAgent(set, agent) ? set.files : [])))];

function policiesWords(n: number, files: readonly string[]): string {
  const [first] = files;
  const rules = first === undefined ? null : files.length === 1 ? `permissions of ${first}` : `permissions of ${first} and ${files.length - 1} more`;
  if (n === 0) return rules ?? 'no policy applies';
  return `${n === 1 ? '1 policy applies' : `${n} policies apply`}${rules ? ` · ${rules}` : ''}`;
}

/** `changes need risk-office`; the owner alone is not worth a word. */
function changeWords(workspace: Workspace, path: string, team: string | null): string | null {
  const asked = changeApprovers(workspace.ask(), path).filter((one) => !one.optional && !(one.from.length === 1 && one.from[0] === team));
  const words = [...new Set(asked.map(({ from, count }) => `${count > 1 ? `${count} of ` : ''}${from.join(' or ')}`))];
  return words.length === 0 ? null : `changes need ${words.slice(0, 3).join(' and ')}${words.length > 3 ? ' and others' : ''}`;
}
