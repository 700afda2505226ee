// Agents of Microsoft Foundry: services of `azure.yaml`, and the older AgentSchema files.
import { runRules } from '../rule';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { isAgentSchema, readAgentSchema } from './agent-schema';
import { isAzureFile, readServices } from './azure';
import { permissionsOf } from './permissions';
import { rules } from './rules';
import { baseName } from '../paths';

export const foundry: Format = {
  id: 'foundry',
  title: 'Microsoft Foundry agents',
  rules,
  canBe: isYaml,
  recognise: (path, text) => mayBe(path, text()) && document(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = document(path, text);
    if (!root) return { format: 'foundry', problems: [], agents: [], servers: [] };
    const agents = isAzure(path) ? readServices(root.map) : readAgentSchema(root.map);
    // values that a manifest leaves open (`{{name}}`) are no YAML of their own
    const problems = [...(text.includes('{{') ? [] : syntaxProblems([root])), ...runRules(rules, { text, map: root.map, agents, azure: isAzure(path), roots: [root.map] })];
    const permissions = permissionsOf(agents);
    return { format: 'foundry', problems, agents: agents.map(({ agent }) => agent), servers: [], ...(permissions ? { permissions: [permissions] } : {}) };
  },
};

const isAzure = (path: string): boolean => /^azure\.ya?ml$/i.test(baseName(path));

const mayBe = (path: string, text: string): boolean => (isAzure(path) ? text.includes('azure.ai.') : /\bkind\s*:\s*["']?(?:hosted|prompt|workflow|voice)\b|^template\s*:/im.test(text));

function document(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root) return null;
  return (isAzure(path) ? isAzureFile(root.map) : isAgentSchema(root.map)) ? root : null;
}
