// Agents that kagent runs in Kubernetes: its own resources, told by their apiVersion.
import type { Problem } from '../../text';
import { textOf, valueOf } from '../../yaml';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format, OtherFiles } from '../format';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { secretProblems } from '../secret-rule';
import { permissionsOf } from './permissions';
import { modelOf, readAgent, readModelConfig, type ModelConfig } from './read-agent';
import { readServer } from './read-server';
import { rules } from './rules';
import { secretInClear } from './rules/secret-in-clear';

export const kagent: Format = {
  id: 'kagent',
  title: 'kagent resources',
  rules: [...rules, secretInClear],
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
  const models = ours.filter((one) => kindOf(one) === 'ModelConfig').flatMap(({ map }) => readModelConfig(map));
  const agents = ours.filter((one) => AGENTS.has(kindOf(one))).flatMap(({ map }) => readAgent(map, textOf(valueOf(map, 'kind')) ?? '', models));
  const servers = ours.filter((one) => SERVERS.has(kindOf(one))).flatMap(({ map }) => readServer(map));
  const problems: Problem[] = [
    ...syntaxProblems(ours),
    ...runRules(rules, { agents }),
    ...runRules(serverRules, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() }),
  ];
  problems.push(...secretProblems(secretInClear, { text, roots: ours.map(({ map }) => map) }, problems));
  const permissions = permissionsOf(agents);
  const list = permissions ? [permissions] : [];
  const file: ForeignFile = { format: 'kagent', problems, agents: agents.map(({ agent }) => agent), servers: servers.map(({ server }) => server), ...(permissions ? { permissions: list } : {}), ...(models.length > 0 ? { detail: { models } satisfies Detail } : {}) };
  const uses = agents.map(({ agent, model }) => ({ agent, model }));
  // a configuration may stand in another file
  if (uses.every(({ agent, model }) => model === null || agent.models.some(({ value }) => value !== model.value))) return file;
  return {
    ...file,
    joined(others) {
      const all = [...models, ...modelsOf(others)];
      return { permissions: list, problems: [], agents: uses.map(({ agent, model }) => (model ? { ...agent, models: [modelOf(model, agent.environment?.value ?? null, all)] } : agent)) };
    },
  };
}

interface Detail {
  readonly models: readonly ModelConfig[];
}

const modelsOf = (others: OtherFiles): readonly ModelConfig[] => others.ofFormat('kagent').flatMap((path) => (others.file(path)?.detail as Detail | undefined)?.models ?? []);
