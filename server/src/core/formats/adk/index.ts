// Agents of Google's Agent Development Kit that are written as YAML: `root_agent.yaml` and the files that it refers to.
import { textOf, valueOf } from '../../yaml';
import { bareAgent, fieldsOf, mapsOf, modelOf, toolAt } from '../agent';
import { isYaml, rootMaps, syntaxProblems, type RootMap } from '../document';
import { textField } from '../fields';
import type { ForeignAgent, ForeignDelegate, ForeignFile, Format } from '../format';
import { runRules } from '../rule';
import { secretRule, type SecretSubject } from '../secret-rule';
import { baseName } from '../paths';
import type { FormatRule } from '../rule';

const example = (key: string): string => `agent_class: LlmAgent
name: search_agent
model: gemini-2.5-flash
instruction: Answer from the web.
tools: [ { name: tickets.search, args: [ { name: api_key, value: "${key}" } ] } ]
`;

const rules: readonly FormatRule<SecretSubject>[] = [
  secretRule('adk', 'Take it from the environment in the code of the tool.', { path: 'search/root_agent.yaml', text: example('9f2c7b41d8e65a03c1f4b7e29d8a6053') }, { path: 'search/root_agent.yaml', text: example('${TICKETS_KEY}') }),
];

export const adk: Format = {
  id: 'adk',
  title: 'Agent Development Kit configuration',
  rules,
  canBe: isYaml,
  recognise: (path, text) => (/agent_class\s*:/.test(text()) || baseName(path) === 'root_agent.yaml') && config(path, text()) !== null,
  read(path, text): ForeignFile {
    const root = config(path, text);
    if (!root) return { format: 'adk', problems: [], agents: [], servers: [] };
    return { format: 'adk', problems: [...syntaxProblems([root]), ...runRules(rules, { text, roots: [root.map] })], agents: readAgent(root), servers: [] };
  },
};

const CLASSES: ReadonlySet<string> = new Set(['LlmAgent', 'LoopAgent', 'ParallelAgent', 'SequentialAgent', 'BaseAgent']);

/** The document, where it names one of the kit's classes, or is the root agent and has what one needs. */
function config(path: string, text: string): RootMap | null {
  const root = rootMaps(path, text)[0];
  if (!root || textOf(valueOf(root.map, 'name')) === null) return null;
  const named = CLASSES.has(textOf(valueOf(root.map, 'agent_class')) ?? '');
  const isRoot = baseName(path) === 'root_agent.yaml' && (textOf(valueOf(root.map, 'instruction')) !== null || valueOf(root.map, 'sub_agents') !== null);
  return named || isRoot ? root : null;
}

function readAgent({ map }: RootMap): ForeignAgent[] {
  const name = textField(map, 'name');
  if (!name) return [];
  const model = textField(map, 'model');
  return [{
    ...bareAgent(name.value, name.span),
    purpose: textField(map, 'description'),
    models: model ? [modelOf(model)] : [],
    tools: mapsOf(valueOf(map, 'tools')).flatMap((tool) => {
      const text = textField(tool, 'name');
      return text ? [toolAt(`adk/${text.value}`, text)] : [];
    }),
    delegates: mapsOf(valueOf(map, 'sub_agents')).flatMap((sub): ForeignDelegate[] => {
      const file = textField(sub, 'config_path') ?? textField(sub, 'code');
      return file ? [{ name: stem(file.value), span: file.span, via: 'subagent' }] : [];
    }),
    fields: fieldsOf(map),
  }];
}

/** The agent that a file defines is mostly named as the file is; one in code by its last part. */
const stem = (path: string): string => (/\.ya?ml$/i.test(path) ? baseName(path).replace(/\.ya?ml$/i, '') : path.slice(path.lastIndexOf('.') + 1));
