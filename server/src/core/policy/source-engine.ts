// Decisions under the permissions of one file alone: no policies, no other file.
import type { ForeignFile } from '../formats';
import { agentOfFile, identify, type Agent } from '../model';
import { AGENTS, CATALOG, hooksOf, implicitAgent, joinPermissions, otherFiles, withJoined, type Agents, type Workspace } from '../workspace';
import { Engine } from './engine';
import { foreignSet } from './foreign';

/** Null where the file says nothing of what is permitted. Its permissions govern whoever asks. */
export function engineOfSource(workspace: Workspace, path: string, file: ForeignFile): Engine | null {
  const whole = withJoined(file, otherFiles(workspace));
  const sets = joinPermissions([{ path, file: whole }]);
  if (sets.length === 0) return null;
  const implicit = sets.flatMap((set) => (set.implicit ? [agentOfFile(implicitAgent(set.implicit), set.implicit.format, path)] : []));
  // whoever asks is governed, so also the tool itself where the file tells of other agents
  const tool = file.tool !== undefined && !implicit.some(({ name }) => name === file.tool) && !whole.agents.some(({ id }) => id === file.tool) ? [agentOfFile(implicitAgent({ name: file.tool, format: file.format, path, span: { start: 0, end: 0 } }), file.format, path)] : [];
  // agents that it names and no file describes
  const named = sets.flatMap((set) => [...(set.names ?? [])].filter((name) => name !== '' && !name.includes('*')).map((name) => agentOfFile(implicitAgent({ name, format: file.format, path, span: { start: 0, end: 0 } }), file.format, path)));
  const own = identify([...implicit, ...tool, ...named, ...whole.agents.map((agent) => agentOfFile(agent, file.format, path))]);
  return new Engine({
    agents: withOwn(workspace.shared(AGENTS), own), catalog: workspace.shared(CATALOG), policies: [], sets: sets.map((set) => ({ ...foreignSet(set), governs: () => true })), broken: false,
    hooks: whole.hooks ? hooksOf(whole.hooks.map((hook) => ({ path, hook })), (other) => (other === path ? file.format : (workspace.facts(other)?.format ?? null))) : null,
    text: (wanted) => workspace.text(wanted) ?? '',
    digest: () => '',
  });
}

/** The agents of the workspace, and those that the file tells of where the workspace has none of the name. */
function withOwn(agents: Agents, own: readonly Agent[]): Agents {
  return { ...agents, find: (name) => agents.find(name) ?? own.find((agent) => agent.name === name || agent.id === name) ?? null };
}
