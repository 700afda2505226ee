// Agents of CrewAI: what the YAML says of them is who they are. Their tools, models and delegation mostly live in the program.
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { bareAgent, entriesOf, fieldsOf, modelOf, toolAt } from '../agent';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignFile, Format } from '../format';
import { baseName, folders } from '../paths';
import { runRules } from '../rule';
import { rules, secretInClear } from './rules';

export const crewai: Format = {
  id: 'crewai',
  title: 'CrewAI agents',
  rules: [...rules, secretInClear],
  canBe: (path) => isYaml(path) && /^(?:agents|tasks)\.ya?ml$/i.test(baseName(path)) && folders(path).at(-1) === 'config',
  recognise: (path, text) => crew(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = crew(path, text);
    if (!root) return { format: 'crewai', problems: [], agents: [], servers: [] };
    const agents = isAgents(path) ? entriesOf(root.map).map(({ key, map }): ForeignAgent => {
      const model = textField(map, 'llm');
      return {
        ...bareAgent(key.value, key.span), title: textField(map, 'role'), purpose: textField(map, 'goal'), fields: fieldsOf(map),
        // rarely written here
        models: model ? [modelOf(model)] : [], tools: spannedItems(valueOf(map, 'tools')).map((tool) => toolAt(`crewai/${tool.value}`, tool)), delegatesToAny: isTrue(map, 'allow_delegation'),
      };
    }) : [];
    return { format: 'crewai', problems: [...syntaxProblems([root]), ...runRules(rules, { agents }), ...runRules([secretInClear], { text, roots: [root.map] })], agents, servers: [] };
  },
};

const isAgents = (path: string): boolean => baseName(path).toLowerCase().startsWith('agents');

const isTrue = (map: MapNode, key: string): boolean => {
  const node = resolve(valueOf(map, key));
  return node?.kind === 'scalar' && node.value === true;
};

/** A map of agents (`role`, `goal`, `backstory`) or of tasks (`description`, `expected_output`). */
function crew(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root || root.map.pairs.length === 0) return null;
  const has = (map: MapNode, ...keys: readonly string[]): boolean => keys.every((key) => textOf(valueOf(map, key)) !== null);
  const entries = entriesOf(root.map);
  const fits = isAgents(path) ? entries.some(({ map }) => has(map, 'role', 'goal')) : entries.some(({ map }) => has(map, 'description', 'expected_output'));
  return fits ? root : null;
}
