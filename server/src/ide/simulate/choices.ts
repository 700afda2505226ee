// What can be chosen in the simulator's form: what the workspace declares, and of that what the chosen agent can ask for.
import { ACTIONS, type Action, type ResourceType } from '../../core/documents';
import { declaresOf, RESOURCE_OF_ACTION, builtInInput, toolsOfFormat, type Agent, type Catalog } from '../../core/model';
import { POLICIES } from '../../core/policy';
import { AGENTS, CATALOG, type Shared, type Workspace } from '../../core/workspace';
import type { SimulatorAgent, SimulatorChoices, SimulatorChoicesParams, SimulatorOption } from '../../protocol';
import { fieldsOf } from './fields';

/** More than this no list shows; the rest can be typed. */
const MAX_LISTED = 2000;
const MAX_AGENTS = 5000;

/** The agents of a folder by name, those of `path` first. */
export function agentsOf(workspace: Workspace, path: string | null): readonly Omit<SimulatorAgent, 'folder'>[] {
  const sorted = workspace.shared(SORTED);
  const mine = path === null ? [] : sorted.filter((agent) => isIn(agent, path));
  const ordered = mine.length > 0 ? [...mine, ...sorted.filter((agent) => !mine.includes(agent))] : sorted;
  return ordered.slice(0, MAX_AGENTS).map((agent) => ({ id: agent.id, detail: agent.lifecycle ?? '' }));
}

const isIn = (agent: Agent, path: string): boolean => agent.path === path || agent.definition.includes(path);

const SORTED: Shared<readonly Agent[]> = {
  id: 'agents-by-name',
  kinds: AGENTS.kinds,
  make: (workspace) => [...workspace.shared(AGENTS).all].sort((a, b) => (a.id < b.id ? -1 : 1)),
};

/** Who is proposed where no agent's file is open: one at work that names what it uses, not just the first of the alphabet. */
export const likelyAgent = (workspace: Workspace): string | null => workspace.shared(LIKELY)?.id ?? null;

const LIKELY: Shared<Agent | null> = {
  id: 'likely-agent',
  kinds: AGENTS.kinds,
  make: (workspace) => workspace.shared(SORTED).reduce<Agent | null>((best, agent) => (best === null || isLikelier(agent, best) ? agent : best), null),
};

const AT_WORK: readonly (Agent['lifecycle'])[] = ['production', 'pilot', null, 'draft', 'suspended', 'retired'];

function isLikelier(agent: Agent, other: Agent): boolean {
  if (agent.ambiguous !== other.ambiguous) return other.ambiguous;
  const stages = AT_WORK.indexOf(agent.lifecycle) - AT_WORK.indexOf(other.lifecycle);
  return stages !== 0 ? stages < 0 : namedTools(agent) > namedTools(other);
}

const namedTools = (agent: Agent): number => agent.tools.filter((tool) => !tool.assumed && !tool.pattern.includes('*')).length;

/** True where an agent of the folder is described in the file. */
export const hasAgent = (workspace: Workspace, path: string): boolean => workspace.shared(AGENTS).all.some((agent) => isIn(agent, path));

export type FolderChoices = Omit<SimulatorChoices, 'reading' | 'agents' | 'moreAgents' | 'fileAgent' | 'chosen'> & { readonly chosen: Omit<SimulatorChoices['chosen'], 'folder'> };

/** The choices for one agent; what the parameters leave open is proposed. */
export function choicesOf(workspace: Workspace, params: SimulatorChoicesParams): FolderChoices {
  const catalog = workspace.shared(CATALOG);
  const found = params.agent === undefined ? null : workspace.shared(AGENTS).find(params.agent);
  const agent = found === 'ambiguous' ? null : found;
  const all = workspace.shared(AGENTS).all.map((other) => other.name);
  const of = (action: Action): readonly SimulatorOption[] => resourcesOf(agent, action, catalog, all);
  const declared = new Map(ACTIONS.map((action) => [action, of(action).some((option) => option.declared)]));
  const wanted = ACTIONS.find((known) => known === params.action);
  // another agent may have nothing of this kind: then what it has is shown
  const action = wanted && (params.resource !== undefined || declared.get(wanted) !== false) ? wanted : (ACTIONS.find((known) => declared.get(known)) ?? wanted ?? 'call');
  const resources = of(action);
  const resource = params.resource ?? resources.find((option) => option.declared)?.name ?? resources[0]?.name ?? null;
  const environments = environmentsOf(agent, catalog);
  const tool = action === 'call' && resource !== null ? catalog.tools.get(resource) : undefined;
  return {
    chosen: { agent: params.agent ?? null, action, resource, environment: params.environment ?? proposed(environments, catalog) },
    actions: ACTIONS.map((name) => ({ name, declared: declared.get(name) ?? false, type: RESOURCE_OF_ACTION[name] })),
    resources: resources.slice(0, MAX_LISTED), environments,
    people: [...catalog.people].sort().slice(0, MAX_LISTED), roles: [...catalog.roles].sort().slice(0, MAX_LISTED), channels: [...catalog.channels.keys()].sort().slice(0, MAX_LISTED),
    fields: fieldsOf(tool?.input ?? (action === 'call' && resource !== null ? builtInInput(resource) : undefined)), description: tool?.description ?? null,
    policies: workspace.shared(POLICIES).all.length,
  };
}

/** What the action can be asked of: what the manifest names, in its order, then what else the workspace declares. */
function resourcesOf(agent: Agent | null, action: Action, catalog: Catalog, agents: readonly string[]): readonly SimulatorOption[] {
  const type = RESOURCE_OF_ACTION[action];
  const names = new Set([...namedBy(agent, action), ...declaredIn(catalog, type, agents, agent)]);
  const declares = agent && declaresOf(agent);
  return [...names]
    .map((name) => ({ name, detail: detailOf(catalog, type, name), declared: declares ? declares(action, name) : true }))
    .sort((a, b) => Number(b.declared) - Number(a.declared));
}

/** What the manifest names, without patterns. */
function namedBy(agent: Agent | null, action: Action): readonly string[] {
  if (!agent) return [];
  const plain = (patterns: readonly { readonly pattern: string }[]): string[] => patterns.map((grant) => grant.pattern).filter((pattern) => !pattern.includes('*') && !pattern.startsWith('!'));
  switch (action) {
    case 'call':
      return plain(agent.tools);
    case 'delegate':
      return plain(agent.delegates);
    case 'invoke':
      return agent.models.map((model) => model.id);
    case 'respond':
      return agent.outputs;
    case 'deploy':
      return agent.hosting ?? [];
    default:
      return agent.data.map((use) => use.source);
  }
}

function declaredIn(catalog: Catalog, type: ResourceType, agents: readonly string[], self: Agent | null): Iterable<string> {
  switch (type) {
    case 'tool':
      return [...catalog.tools.keys(), ...toolsOfFormat(self?.format ?? '')];
    case 'data':
      return catalog.data.keys();
    case 'agent':
      return agents.filter((name) => name !== self?.name);
    case 'channel':
      return catalog.channels.keys();
    case 'environment':
      return catalog.environments.keys();
    case 'model':
      return catalog.models.map((model) => model.pattern.source).filter((source) => !source.includes('*'));
  }
}

function detailOf(catalog: Catalog, type: ResourceType, name: string): string {
  if (type === 'tool') return catalog.tools.get(name)?.owner ?? '';
  if (type === 'data') return catalog.data.get(name)?.classification ?? '';
  return type === 'environment' ? (catalog.environments.get(name)?.stage ?? '') : '';
}

/** `more`: names beside those of the agent and of the Catalog. */
export function environmentsOf(agent: Agent | null, catalog: Catalog, more: Iterable<string> = []): readonly SimulatorOption[] {
  const names = new Set([...(agent?.hosting ?? []), ...catalog.environments.keys(), ...more]);
  return [...names]
    .map((name) => ({ name, detail: detailOf(catalog, 'environment', name), declared: !agent?.hosting || agent.hosting.includes(name) }))
    .sort((a, b) => Number(b.declared) - Number(a.declared))
    .slice(0, MAX_LISTED);
}

/** Production is what most questions are about. */
export function proposed(environments: readonly SimulatorOption[], catalog: Catalog): string {
  const usable = environments.filter((option) => option.declared);
  return (usable.find((option) => catalog.environments.get(option.name)?.stage === 'production') ?? usable[0])?.name ?? '';
}
