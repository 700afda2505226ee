// Open Agent Spec files (Oracle): components told by `component_type`, in JSON or YAML.
import { resolve, textOf, valueOf, type MapNode, type Node } from '../../yaml';
import { isJson, isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { permissionsOf } from './permissions';
import { readSpec } from './read-agents';
import { rules } from './rules';

export const oracle: Format = {
  id: 'oracle',
  title: 'Open Agent Spec files',
  rules,
  canBe: (path) => isYaml(path) || isJson(path),
  recognise: (path, text) => text().includes('component_type') && spec(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = spec(path, text);
    if (!root) return { format: 'oracle', problems: [], agents: [], servers: [] };
    const { agents, servers } = readSpec(root.map);
    const permissions = permissionsOf(agents);
    // secrets are looked for in the whole file at once
    const ofServers = serverRules.filter(({ code }) => !code.endsWith('/secret-in-clear'));
    const problems = [...syntaxProblems([root]), ...runRules(rules, { text, roots: [root.map] }), ...runRules(ofServers, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() })];
    return { format: 'oracle', problems, agents: agents.map(({ agent }) => agent), servers: servers.map(({ server }) => server), ...(permissions ? { permissions: [permissions] } : {}) };
  },
};

/** Types that are an agent, or hold agents, as the specification has them. */
const ROOTS: ReadonlySet<string> = new Set(['Agent', 'OciAgent', 'A2AAgent', 'Swarm', 'ManagerWorkers', 'Flow', 'SpecializedAgent', 'RemoteAgent']);

/** The document, where its root is a component of these and says of which specification, or refers to its parts. */
function spec(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  const type = textOf(valueOf(root?.map, 'component_type'));
  if (!root || type === null || !ROOTS.has(type)) return null;
  const named = textOf(valueOf(root.map, 'name')) !== null;
  const told = valueOf(root.map, 'agentspec_version') !== null || isMap(valueOf(root.map, '$referenced_components')) || valueOf(root.map, 'llm_config') !== null;
  return named && told ? root : null;
}

const isMap = (node: Node | null): node is MapNode => resolve(node)?.kind === 'map';
