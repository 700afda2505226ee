// GitHub agentic workflows: Markdown under `.github/workflows` whose frontmatter says when an agent runs and what it may do.
import type { Span } from '../../text';
import { valueOf, resolve, type MapNode } from '../../yaml';
import { at, bareAgent, fieldsOf, labelsOf, modelOf } from '../agent';
import { spanOf, textField } from '../fields';
import type { ForeignAgent, ForeignFile, ForeignServer, Format, JoinedFile, OtherFiles } from '../format';
import { readFrontmatter } from '../frontmatter';
import { readServers } from '../mcp/read-servers';
import { serverRules } from '../mcp/rules';
import { baseName, folders } from '../paths';
import { runRules } from '../rule';
import { workflowPermissions } from './permissions';
import { toolsOf } from './read-tools';
import { rules, wholeRules } from './rules';
import { openEvents } from './rules/writes-with-untrusted-input';
import { sourcesOf, type Source } from './sources';

export const ghAw: Format = {
  id: 'gh-aw',
  title: 'GitHub agentic workflows',
  rules: [...rules, ...wholeRules],
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
  const problems = [
    ...frontmatter.problems,
    ...runRules(rules, { root, text }),
    ...runRules(serverRules, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() }),
  ];
  const alone: Source = { root, place: null };
  const of = (sources: readonly Source[]): Pick<JoinedFile, 'agents' | 'permissions'> => {
    const agent = agentOf(path, sources);
    return { agents: [agent], permissions: [workflowPermissions(sources, agent.tools, agent.span)] };
  };
  return {
    format: 'gh-aw', problems, servers: [], ...of([alone]),
    joined(others) {
      const { sources, missing } = sourcesOf(path, root, others);
      return { ...of(sources), problems: runRules(wholeRules, { missing, uncompiled: uncompiledOf(path, others) ? { span: spanOf(root.pairs[0]?.key ?? root), lock: baseName(lockOf(path)) } : null }) };
    },
  };
}

const lockOf = (path: string): string => path.replace(/\.md$/i, '.lock.yml');

/** Where no workflow has one, the repository keeps none, or compiles them elsewhere. */
const uncompiledOf = (path: string, others: OtherFiles): boolean => folders(path).at(-1) === 'workflows' && !others.exists(lockOf(path)) && others.ofFormat('gh-aw').some((other) => other !== path && others.exists(lockOf(other)));

function agentOf(path: string, sources: readonly Source[]): ForeignAgent {
  const root = (sources[0] as Source).root;
  const top = textField(root, 'name')?.span ?? spanOf(root.pairs[0]?.key ?? root);
  const servers = sources.flatMap((source) => {
    const own = resolve(valueOf(source.root, 'mcp-servers'));
    return own?.kind === 'map' ? readServers(own).map(({ server }) => (source.place ? { ...server, ...outside(source.place) } : server)) : [];
  });
  return {
    ...bareAgent(baseName(path).replace(/\.md$/i, ''), top),
    title: textField(root, 'name'),
    purpose: textField(root, 'intent') ?? textField(root, 'description'),
    owner: textField(at(root, 'metadata'), 'owner') ?? textField(at(root, 'metadata'), 'author'),
    models: modelsOf(root),
    tools: toolsOf(sources, top),
    servers,
    untrusted: openEvents(root).map((event) => `github/${event}`),
    environment: textField(root, 'runs-on') ?? textField(root, 'environment'),
    labels: labelsOf(at(root, 'metadata')),
    fields: fieldsOf(root),
  };
}

/** A server of another file has no place in this one but the line that imports it. */
const outside = (place: Span): Pick<ForeignServer, 'span' | 'entry' | 'description' | 'command' | 'args' | 'url' | 'package'> => ({ span: place, entry: place, description: null, command: null, args: [], url: null, package: null });

function modelsOf(root: MapNode): ForeignAgent['models'] {
  const model = textField(at(root, 'engine'), 'model');
  if (model) return [modelOf(model)];
  const engine = textField(root, 'engine') ?? textField(at(root, 'engine'), 'id');
  return engine ? [{ ...engine, name: engine.value, vendor: null }] : [];
}
