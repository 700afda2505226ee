// Agents that kagent runs in Kubernetes: its own resources, told by their apiVersion.
import type { Problem } from '../../text';
import { textOf, valueOf } from '../../yaml';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { permissionsOf } from './permissions';
import { readAgent } from './read-agent';
import { readServer } from './read-server';
import { rules } from './rules';

export const kagent: Format = {
  id: 'kagent',
  title: 'kagent resources',
  rules,
  canBe: isYaml,
  recognise: (path, text) => /^["']?apiVersion["']?\s*:\s*["']?kagent\.dev\//m.test(text()) && documents(path, text()).length > 0,
  read,
};

const VERSION = /^kagent\.dev\/v\d/;
const AGENTS: ReadonlySet<string> = new Set(['Agent', 'SandboxAgent', 'AgentTemplate', 'AgentHarness']);
const SERVERS: ReadonlySet<string> = new Set(['RemoteMCPServer', 'ToolServer', 'MCPServer']);

const documents = (path: string, text: string): readonly RootMap[] => rootMaps(path, text).filter(({ map }) => VERSION.test(textOf(valueOf(map, 'apiVersion')) ?? ''));

function read(path: string, text: string): ForeignFile {
  const ours = documents(path, text);
  const kindOf = ({ map }: RootMap): string => textOf(valueOf(map, 'kind')) ?? '';
  const models = ours.filter((one) => kindOf(one) === 'ModelConfig').map(({ map }) => map);
  const agents = ours.filter((one) => AGENTS.has(kindOf(one))).flatMap(({ map }) => readAgent(map, textOf(valueOf(map, 'kind')) ?? '', models));
  const servers = ours.filter((one) => SERVERS.has(kindOf(one))).flatMap(({ map }) => readServer(map));
  const problems: Problem[] = [
    ...syntaxProblems(ours),
    ...runRules(rules, { agents }),
    ...runRules(serverRules, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() }),
  ];
  const permissions = permissionsOf(agents);
  return { format: 'kagent', problems, agents: agents.map(({ agent }) => agent), servers: servers.map(({ server }) => server), ...(permissions ? { permissions: [permissions] } : {}) };
}
