// Agents of Microsoft Foundry: services of `azure.yaml`, and the older AgentSchema files.
import { runRules } from '../rule';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import type { ForeignFile, Format } from '../format';
import { isAgentSchema, readAgentSchema } from './agent-schema';
import { isAzureFile, readServices, withReference, type FoundryAgent } from './azure';
import { plainHttp } from '../mcp/rules/plain-http';
import { permissionsOf } from './permissions';
import { rules } from './rules';
import { baseName, resolveBeside } from '../paths';
import { serversOfAzure, serversOfSchema } from './servers';

export const foundry: Format = {
  id: 'foundry',
  title: 'Microsoft Foundry agents',
  rules,
  canBe: isYaml,
  recognise: (path, text) => mayBe(path, text()) && document(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = document(path, text);
    if (!root) return { format: 'foundry', problems: [], agents: [], servers: [] };
    const azure = isAzure(path);
    const agents = azure ? readServices(root.map) : readAgentSchema(root.map);
    const servers = azure ? serversOfAzure(root.map) : agents.flatMap(({ map }) => serversOfSchema(map));
    // values that a manifest leaves open (`{{name}}`) are no YAML of their own
    const problems = [
      ...(text.includes('{{') ? [] : syntaxProblems([root])), ...runRules(rules, { text, map: root.map, agents, azure, file: baseName(path), roots: [root.map] }),
      ...runRules([plainHttp], { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() }),
    ];
    const own = agents.map(({ agent, ref }) => ({ agent, ref }));
    return { format: 'foundry', problems, agents: own.map(({ agent }) => agent), servers: servers.map(({ server }) => server), ...permitted(agents), ...referring(path, own) };
  },
};

function permitted(agents: readonly FoundryAgent[]): Pick<ForeignFile, 'permissions'> {
  const permissions = permissionsOf(agents);
  return permissions ? { permissions: [permissions] } : {};
}

/** `$ref` of a service to a file beside it. */
function referring(path: string, own: readonly Pick<FoundryAgent, 'agent' | 'ref'>[]): Pick<ForeignFile, 'joined' | 'uses'> {
  const targets = own.flatMap(({ ref }) => (ref ? [resolveBeside(path, ref.value)] : [])).filter((target): target is string => target !== null && target !== path);
  if (targets.length === 0) return {};
  return {
    uses: targets,
    joined: (others) => ({
      permissions: [], problems: [],
      agents: own.map(({ agent, ref }) => {
        const target = ref ? resolveBeside(path, ref.value) : null;
        const described = target === null ? null : rootMaps(target, others.text(target) ?? '')[0];
        return ref && described ? withReference(agent, described.map, ref.span, agent.title !== null) : agent;
      }),
    }),
  };
}

const isAzure = (path: string): boolean => /^azure\.ya?ml$/i.test(baseName(path));

const mayBe = (path: string, text: string): boolean => (isAzure(path) ? text.includes('azure.ai.') : /\bkind\s*:\s*["']?(?:hosted|prompt|workflow|voice)\b|^template\s*:/im.test(text));

function document(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root) return null;
  return (isAzure(path) ? isAzureFile(root.map) : isAgentSchema(root.map)) ? root : null;
}
