// Agents of Google's Agent Development Kit that are written as YAML: `root_agent.yaml` and the files that it refers to.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import { mapsOf } from '../agent';
import type { ForeignAgent, ForeignFile, Format, OtherFiles } from '../format';
import { baseName, resolveBeside } from '../paths';
import { runRules } from '../rule';
import { readAgent, subAgentsOf, type SubAgent } from './read-agent';
import { rules, wholeRules } from './rules';

export const adk: Format = {
  id: 'adk',
  title: 'Agent Development Kit configuration',
  rules: [...rules, ...wholeRules],
  canBe: isYaml,
  recognise: (path, text) => (/agent_class\s*:|^["']?instruction["']?\s*:/m.test(text()) || baseName(path) === 'root_agent.yaml') && config(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = config(path, text);
    if (!root) return { format: 'adk', problems: [], agents: [], servers: [] };
    const agents = readAgent(root.map);
    const subs = subAgentsOf(root.map);
    const uses = subs.flatMap(({ file }) => (file ? (resolveBeside(path, file.value) ?? []) : []));
    const alone: ForeignFile = { format: 'adk', problems: [...syntaxProblems([root]), ...runRules(rules, { text, roots: [root.map] })], agents, servers: [] };
    return uses.length === 0 ? alone : {
      ...alone, uses,
      joined: (others) => ({ agents: agents.map((agent) => withNames(path, agent, subs, others)), permissions: [], problems: runRules(wholeRules, { missing: missingOf(path, subs, others) }) }),
    };
  },
};

const CLASSES: ReadonlySet<string> = new Set(['LlmAgent', 'LoopAgent', 'ParallelAgent', 'SequentialAgent', 'BaseAgent']);
/** Keys of the kit, of which a file without a class must have nothing but these, and one that is the kit's own. */
const OWN: ReadonlySet<string> = new Set(['output_key', 'include_contents', 'disallow_transfer_to_parent', 'disallow_transfer_to_peers', 'generate_content_config', 'static_instruction', 'before_agent_callbacks', 'after_agent_callbacks', 'before_model_callbacks', 'after_model_callbacks', 'before_tool_callbacks', 'after_tool_callbacks']);
const KEYS: ReadonlySet<string> = new Set([...OWN, 'agent_class', 'name', 'description', 'instruction', 'model', 'tools', 'sub_agents', 'input_schema', 'output_schema', 'max_iterations']);

/** The document, where it names one of the kit's classes, is the root agent and has what one needs, or has keys of the kit alone. */
function config(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root || textOf(valueOf(root.map, 'name')) === null) return null;
  const { map } = root;
  if (CLASSES.has(textOf(valueOf(map, 'agent_class')) ?? '')) return root;
  const instructed = textOf(valueOf(map, 'instruction')) !== null;
  if (baseName(path) === 'root_agent.yaml') return instructed || valueOf(map, 'sub_agents') !== null ? root : null;
  return instructed && (/\/AgentConfig\.json\s*$/m.test(text.slice(0, 500)) || isOwn(map)) ? root : null;
}

const isOwn = (map: MapNode): boolean => map.pairs.every((pair) => KEYS.has(pair.key.text)) && (map.pairs.some((pair) => OWN.has(pair.key.text)) || mapsOf(valueOf(map, 'sub_agents')).some((sub) => valueOf(sub, 'config_path') !== null));

/** Sub-agents by the names that their files give them. */
function withNames(path: string, agent: ForeignAgent, subs: readonly SubAgent[], others: OtherFiles): ForeignAgent {
  return { ...agent, delegates: agent.delegates.map((delegate, index) => {
    const file = subs[index]?.file;
    const name = file ? nameIn(resolveBeside(path, file.value), others) : null;
    return name === null ? delegate : { ...delegate, name };
  }) };
}

function nameIn(target: string | null, others: OtherFiles): string | null {
  if (target === null) return null;
  const known = others.file(target)?.agents[0]?.id;
  if (known !== undefined) return known;
  const text = others.text(target);
  return text === null ? null : textOf(valueOf(resolve(rootMaps(target, text)[0]?.map), 'name'));
}

const missingOf = (path: string, subs: readonly SubAgent[], others: OtherFiles): SubAgent['file'][] => subs.flatMap(({ file }) => {
  const target = file ? resolveBeside(path, file.value) : null;
  return target !== null && !others.exists(target) ? [file] : [];
});
