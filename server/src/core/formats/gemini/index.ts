// Gemini CLI: `.gemini/settings.json`, subagents in `.gemini/agents`, policies in TOML, and extensions.
import { parseJson, resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { assumedTool, bareAgent, fieldsOf, modelOf, toolAt } from '../agent';
import { spannedItems, textField } from '../fields';
import type { ForeignAgent, ForeignFile, Format } from '../format';
import { readFrontmatter } from '../frontmatter';
import { serverRules } from '../mcp/rules';
import { readServers } from '../mcp/read-servers';
import { hooksBefore, readHooks } from '../claude-settings/hooks';
import { baseName, endsWithPath, folders } from '../paths';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { readToml } from '../toml';
import { SERVER, toolName } from './names';
import { EXTENSION_TIER, geminiPermissions, rankedRules, tierOf } from './permissions';
import { isPolicy, readRules } from './read-rules';
import { extensionRules, policyRules, rules, settingsRules } from './rules';
import { readSettings } from './settings';

export const gemini: Format = {
  id: 'gemini',
  title: 'Gemini CLI settings, agents and policies',
  rules,
  canBe: (path) => isSettings(path) || isExtension(path) || isAgent(path) || path.endsWith('.toml'),
  recognise(path, text) {
    if (isSettings(path)) return text().trimStart().startsWith('{') || text().trim() === '';
    if (isExtension(path)) return textOf(valueOf(resolve(parseJson(text(), { comments: true }).documents[0]?.root), 'name')) !== null;
    if (isAgent(path)) return isAgentFile(readFrontmatter(text())?.root ?? null);
    return /^\s*\[\[rule\]\]/m.test(text()) && /^\s*decision\s*=/m.test(text()) && isPolicy(readToml(text()).root);
  },
  read: (path, text) => (isSettings(path) || isExtension(path) ? settingsFile(path, text) : isAgent(path) ? agentFile(path, text) : policyFile(path, text)),
};

const isSettings = (path: string): boolean => endsWithPath(path, '.gemini/settings.json');
const isExtension = (path: string): boolean => baseName(path) === 'gemini-extension.json';
const isAgent = (path: string): boolean => /\.md$/i.test(path) && folders(path).some((folder, index, all) => folder === '.gemini' && all[index + 1] === 'agents');
const isAgentFile = (root: MapNode | null): boolean => root !== null && textOf(valueOf(root, 'name')) !== null && textOf(valueOf(root, 'description')) !== null;

/** The folder that a `.gemini` folder is for; a policy that stands elsewhere is named by whoever starts the tool. */
function folderOf(path: string): string {
  const way = folders(path);
  const at = way.lastIndexOf('.gemini');
  return at < 0 ? '' : way.slice(0, at).join('/');
}

function policyFile(path: string, text: string): ForeignFile {
  const { root, problems } = readToml(text);
  const list = readRules(root);
  const subject = { path, rules: list, tier: tierOf(path) };
  const permissions = [geminiPermissions(rankedRules(list, subject.tier, problems.length > 0), folderOf(path), null)];
  const way = folders(path);
  const extension = way.slice(0, -1).join('/');
  const file: ForeignFile = { format: 'gemini', agents: [], servers: [], tool: 'gemini', permissions, problems: [...problems, ...runRules(policyRules, subject)] };
  if (way.at(-1) !== 'policies') return file;
  // beside the description of an extension it is a policy of that extension
  return {
    ...file,
    joined: (others) => (others.exists(extension === '' ? EXTENSION : `${extension}/${EXTENSION}`)
      ? { agents: [], permissions: [geminiPermissions(rankedRules(list, EXTENSION_TIER, problems.length > 0), extensionFolder(extension), null)], problems: runRules(extensionRules, { ...subject, tier: EXTENSION_TIER }) }
      : { agents: [], permissions, problems: [] }),
  };
}

const EXTENSION = 'gemini-extension.json';

/** Extensions below `.gemini` are the workspace's; others are for what stands beside them. */
const extensionFolder = (path: string): string => (path.split('/').includes('.gemini') ? folderOf(`${path}/x`) : path);

function settingsFile(path: string, text: string): ForeignFile {
  const document = text.trim() === '' ? null : (parseJson(text, { comments: true }).documents[0] ?? null);
  const problems = (document?.problems ?? []).map((problem) => syntaxProblem(problem));
  const root = resolve(document?.root);
  if (root?.kind !== 'map') return { format: 'gemini', problems, agents: [], servers: [] };
  const extension = isExtension(path);
  const under = extension ? extensionFolder(folders(path).join('/')) : folderOf(path);
  const settings = readSettings(root, extension);
  const speaks = settings.ranked.length > 0 || settings.mode !== null;
  const hooks = extension ? [] : hooksBefore(readHooks(valueOf(root, 'hooks')), SERVER, { kind: 'tool', formats: ['gemini'], under });
  return {
    format: 'gemini', agents: [], servers: settings.servers.map(({ server }) => server), tool: 'gemini', permissions: speaks ? [geminiPermissions(settings.ranked, under, null, settings.mode)] : [], ...(hooks.length > 0 ? { hooks } : {}),
    problems: [...problems, ...runRules(settingsRules, settings), ...runRules(serverRules, { text, dialect: 'other', entries: settings.servers, ignoredKey: null, inputs: new Set<string>() })],
  };
}

function agentFile(path: string, text: string): ForeignFile {
  const frontmatter = readFrontmatter(text);
  const root = frontmatter?.root;
  const name = textField(root ?? null, 'name');
  if (!frontmatter || !root || !name) return { format: 'gemini', problems: frontmatter ? [...frontmatter.problems] : [], agents: [], servers: [] };
  const tools = valueOf(root, 'tools');
  const model = textField(root, 'model');
  const inline = valueOf(root, 'mcpServers') ?? valueOf(root, 'mcp_servers');
  const servers = inline?.kind === 'map' ? readServers(inline) : [];
  const agent: ForeignAgent = {
    ...bareAgent(name.value || baseName(path), name.span), title: name, purpose: textField(root, 'description'),
    models: model && model.value !== 'inherit' ? [modelOf(model)] : [],
    tools: tools?.kind === 'seq' ? spannedItems(tools).map((tool) => toolAt(toolName(tool.value), tool)) : [assumedTool('*', name.span)],
    servers: servers.map(({ server }) => server), environment: textField(root, 'kind'), fields: fieldsOf(root),
  };
  const problems = [...frontmatter.problems, ...runRules(serverRules, { text, dialect: 'other', entries: servers, ignoredKey: null, inputs: new Set<string>() })];
  return { format: 'gemini', problems, agents: [agent], servers: [] };
}
