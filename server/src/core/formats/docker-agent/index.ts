// Teams of agents for Docker's agent runtime (docker agent, once cagent): one YAML file, told by its agents and their models.
import type { Problem } from '../../text';
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { entriesOf } from '../agent';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { hooksBefore, readHooks } from '../claude-settings/hooks';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { secretProblems } from '../secret-rule';
import { permissionsOf, readPermissions, safetyModes } from './permissions';
import { readAgents } from './read-agents';
import { SERVER } from './toolsets';
import { rules } from './rules';
import { secretInClear } from './rules/secret-in-clear';

export const dockerAgent: Format = {
  id: 'docker-agent',
  title: 'Docker agent files',
  rules: [...rules, secretInClear],
  canBe: isYaml,
  recognise: (path, text) => /^agents\s*:/m.test(text()) && team(path, text()) !== null,
  read,
};

/** Keys of an agent that no other tool's `agents:` has together with a model. */
const OF_AGENTS: ReadonlySet<string> = new Set(['model', 'description', 'instruction', 'toolsets', 'sub_agents', 'handoffs', 'rag', 'commands', 'add_date', 'add_environment_info', 'welcome_message']);

/** The document, where each entry under `agents` is an agent and at least one has a model as text and something to do. */
function team(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root || valueOf(root.map, 'apiVersion')) return null;
  const agents = valueOf(root.map, 'agents');
  if (agents?.kind !== 'map' || agents.pairs.length === 0 || !agents.pairs.every((pair) => resolve(pair.value)?.kind === 'map')) return null;
  return entriesOf(agents).some(({ map }) => isAgent(map)) ? root : null;
}

const isAgent = (map: MapNode): boolean =>
  textOf(valueOf(map, 'model')) !== null && (['instruction', 'toolsets', 'sub_agents'].some((key) => valueOf(map, key) !== null) || map.pairs.every((pair) => OF_AGENTS.has(pair.key.text)));

function read(path: string, text: string): ForeignFile {
  const root = team(path, text);
  if (!root) return { format: 'docker-agent', problems: [], agents: [], servers: [] };
  const { agents, servers } = readAgents(root.map);
  const problems: Problem[] = [
    ...syntaxProblems([root]),
    ...runRules(rules, { agents, text, permissions: readPermissions(root.map), modes: [...new Map(safetyModes(root.map).map((mode) => [mode.span.start, mode])).values()] }),
    ...runRules(serverRules, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() }),
  ];
  problems.push(...secretProblems(secretInClear, { text, roots: [root.map] }, problems));
  const hooks = agents.flatMap(({ agent, map }) => hooksBefore(readHooks(valueOf(map, 'hooks')), SERVER, { kind: 'file', names: [agent.id] }));
  const permissions = permissionsOf(root.map, [...new Set(agents.flatMap(({ agent }) => agent.tools.map((tool) => tool.pattern)))]);
  return { format: 'docker-agent', problems, agents: agents.map(({ agent }) => agent), servers: servers.map(({ server }) => server), ...(hooks.length > 0 ? { hooks } : {}), ...(permissions ? { permissions: [permissions] } : {}) };
}
