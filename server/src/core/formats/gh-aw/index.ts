// GitHub agentic workflows: Markdown under `.github/workflows` whose frontmatter says when an agent runs and what it may do.
import { textOf, valueOf, resolve, type MapNode } from '../../yaml';
import { assumedTool, at, bareAgent, fieldsOf, modelOf, toolAt } from '../agent';
import { spanOf, spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignFile, ForeignTool, Format } from '../format';
import { readFrontmatter } from '../frontmatter';
import { readServers } from '../mcp/read-servers';
import { serverRules } from '../mcp/rules';
import { baseName, folders } from '../paths';
import { runRules } from '../rule';
import { rules } from './rules';

export const ghAw: Format = {
  id: 'gh-aw',
  title: 'GitHub agentic workflows',
  rules,
  canBe: (path) => /\.md$/i.test(path) && folders(path).some((folder, index, all) => folder === '.github' && all[index + 1] === 'workflows'),
  recognise: (_path, text) => isWorkflow(readFrontmatter(text())?.root ?? null),
  read,
};

/** Keys that only an agentic workflow has beside `on`. */
const OF_WORKFLOWS = ['engine', 'safe-outputs', 'tools', 'permissions', 'mcp-servers', 'network', 'timeout-minutes', 'imports', 'intent'];

const isWorkflow = (root: MapNode | null): boolean => root !== null && root.pairs.some((pair) => pair.key.text === 'on') && OF_WORKFLOWS.some((key) => root.pairs.some((pair) => pair.key.text === key));

function read(path: string, text: string): ForeignFile {
  const frontmatter = readFrontmatter(text);
  const root = frontmatter?.root ?? null;
  if (!frontmatter || !root) return { format: 'gh-aw', problems: frontmatter ? [...frontmatter.problems] : [], agents: [], servers: [] };
  const own = valueOf(root, 'mcp-servers');
  const servers = own?.kind === 'map' ? readServers(own) : [];
  const agent: ForeignAgent = {
    ...bareAgent(baseName(path).replace(/\.md$/i, ''), textField(root, 'name')?.span ?? spanOf(root.pairs[0]?.key ?? root)),
    title: textField(root, 'name'),
    purpose: textField(root, 'intent') ?? textField(root, 'description'),
    owner: textField(at(root, 'metadata'), 'owner') ?? textField(at(root, 'metadata'), 'author'),
    models: modelsOf(root),
    tools: [...toolsOf(root), ...servers.flatMap(({ server }) => (server.tools ? server.tools.map((tool) => toolAt(`${server.name}/${tool.value}`, tool)) : [toolAt(`${server.name}/*`, { value: server.name, span: server.span })])), ...outputs(root)],
    servers: servers.map(({ server }) => server),
    environment: textField(root, 'runs-on'),
    fields: fieldsOf(root),
  };
  const problems = [
    ...frontmatter.problems,
    ...runRules(rules, { root, text }),
    ...runRules(serverRules, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() }),
  ];
  return { format: 'gh-aw', problems, agents: [agent], servers: [] };
}

function modelsOf(root: MapNode): ForeignAgent['models'] {
  const model = textField(at(root, 'engine'), 'model');
  if (model) return [modelOf(model)];
  const engine = textField(root, 'engine') ?? textField(at(root, 'engine'), 'id');
  return engine ? [{ ...engine, name: engine.value, vendor: null }] : [];
}

/** What is built in is named under `gh-aw`, GitHub's own tools under `github`. */
function toolsOf(root: MapNode): ForeignTool[] {
  const tools = resolve(valueOf(root, 'tools'));
  if (tools?.kind !== 'map') return [];
  return tools.pairs.flatMap((pair): ForeignTool[] => {
    const key = { value: pair.key.text, span: spanOf(pair.key) };
    if (key.value === 'github') {
      const allowed = spannedItems(valueOf(pair.value, 'allowed'));
      return allowed.length > 0 ? allowed.map((tool) => toolAt(`github/${tool.value}`, tool)) : [toolAt('github/*', key)];
    }
    if (textOf(pair.value) === null && pair.value.kind === 'scalar' && pair.value.value === false) return [];
    return [toolAt(`gh-aw/${key.value}`, key)];
  });
}

/** What the workflow may write: each safe output is a tool of the agent that another job carries out. */
function outputs(root: MapNode): ForeignTool[] {
  const safe = resolve(valueOf(root, 'safe-outputs'));
  return safe?.kind === 'map' ? safe.pairs.filter((pair) => KNOWN_OUTPUTS.test(pair.key.text)).map((pair) => ({ ...assumedTool(`gh-aw/safe-outputs/${pair.key.text}`, spanOf(pair.key)), written: pair.key.text, assumed: false })) : [];
}

const KNOWN_OUTPUTS = /^(?:create|add|update|close|push|remove|assign|link|hide|mark|publish|upload|dispatch|submit|resolve|reply|delete|merge|unassign)-/;
