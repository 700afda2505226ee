// Codex: `.codex/config.toml`, hooks in `.codex/hooks.json`, agents in `.codex/agents`, the rules for commands in `.codex/rules/*.rules`, and what an administrator requires.
import { calledBy, isBeforeCall, matcherOf, type ForeignHook } from '../hook';
import { readHooks } from '../claude-settings/hooks';
import type { Problem } from '../../text';
import { parseJson, resolve, valueOf, type MapNode } from '../../yaml';
import { syntaxProblem } from '../syntax';
import type { ForeignAgent, ForeignFile, Format, OtherFiles } from '../format';
import { baseName, endsWithPath, folders, resolveBeside } from '../paths';
import { runRules } from '../rule';
import { serverRules } from '../mcp/rules';
import { readToml } from '../toml';
import { readAgentFile, readConfig, withSettings, type CodexConfig } from './config';
import { codexPermissions } from './permissions';
import { readPrefixRules } from './prefix-rules';
import { isRequirements, readRequirements, type Requirements } from './requirements';
import { configRules, requirementRules, ruleRules, rules, wholeRules } from './rules';

export const codex: Format = {
  id: 'codex',
  title: 'Codex configuration and rules',
  rules,
  canBe: (path) => isConfig(path) || isHooks(path) || isAgent(path) || isRules(path) || isRequired(path),
  recognise(path, text) {
    if (isConfig(path)) return true;
    if (isHooks(path)) return hooksRoot(text()).root !== null;
    if (isRules(path)) return /\b(?:prefix_rule|host_executable)\s*\(/.test(text());
    return isAgent(path) ? readAgentFile(readToml(text()).root) !== null : isRequirements(readToml(text()).root);
  },
  read: (path, text) => (isConfig(path) ? readConfigFile(path, text) : isHooks(path) ? readHooksFile(path, text) : isRules(path) ? readRulesFile(path, text) : isAgent(path) ? readAgentOf(text) : readRequirementsFile(path, text)),
};

const isConfig = (path: string): boolean => endsWithPath(path, '.codex/config.toml');
const isHooks = (path: string): boolean => endsWithPath(path, '.codex/hooks.json');
const isRules = (path: string): boolean => path.endsWith('.rules') && folders(path).at(-1) === 'rules' && folders(path).at(-2) === '.codex';
const isAgent = (path: string): boolean => path.endsWith('.toml') && folders(path).at(-1) === 'agents' && folders(path).at(-2) === '.codex';
const isRequired = (path: string): boolean => baseName(path) === 'requirements.toml';

/** The folder that a `.codex` folder is for; what an administrator writes is for everything. */
const folderOf = (path: string): string => {
  const way = folders(path);
  return way.slice(0, Math.max(0, way.lastIndexOf('.codex'))).join('/');
};

const SECRET = '/secret-in-clear';

function readConfigFile(path: string, text: string): ForeignFile {
  const { root, problems } = readToml(text);
  const config = readConfig(root);
  const permissions = codexPermissions(path, folderOf(path), { config, requirements: null, rules: [], hosts: new Map(), unknown: [] });
  const list = permissions ? [permissions] : [];
  const hooks = hooksOf(root, folderOf(path));
  // a secret of a server is told once, by what is said of servers
  const said = runRules(serverRules, { text, dialect: 'other', entries: config.servers, ignoredKey: null, inputs: new Set<string>() });
  return {
    format: 'codex', agents: config.agents.map(({ agent }) => agent), servers: config.servers.map(({ server }) => server), tool: 'codex', permissions: list, ...(hooks.length > 0 ? { hooks } : {}),
    problems: [...problems, ...runRules(configRules, { ...config, text, roots: [root] }).filter(({ code, span }) => !(code.endsWith(SECRET) && said.some((other) => other.code.endsWith(SECRET) && other.span.start <= span.end && span.start <= other.span.end))), ...said],
    joined: (others) => ({ agents: agentsWith(path, config, others), permissions: list, problems: runRules(wholeRules, { config, requirements: requirementsOf(others) }) }),
  };
}

/** A file with `hooks` as a map of events; both it and the tables of `config.toml` count. */
function hooksRoot(text: string): { readonly root: MapNode | null; readonly problems: readonly Problem[] } {
  const document = parseJson(text, { comments: true }).documents[0];
  const root = resolve(document?.root);
  return { root: root?.kind === 'map' && valueOf(root, 'hooks')?.kind === 'map' ? root : null, problems: (document?.problems ?? []).map((problem) => syntaxProblem(problem)) };
}

function readHooksFile(path: string, text: string): ForeignFile {
  const { root, problems } = hooksRoot(text);
  const hooks = root ? hooksOf(root, folderOf(path)) : [];
  return { format: 'codex', problems, agents: [], servers: [], tool: 'codex', ...(hooks.length > 0 ? { hooks } : {}) };
}

/** `[[hooks.PreToolUse]]` tables, as other tools write them in JSON. */
const hooksOf = (root: MapNode, under: string): readonly ForeignHook[] => readHooks(valueOf(root, 'hooks')).flatMap(({ event, matcher, commands }): ForeignHook[] => {
  const span = matcher?.span ?? commands[0]?.span;
  const fits = matcherOf(matcher?.value ?? null);
  // the shell is called Bash in matchers
  const names = (tool: string): readonly string[] => (tool === 'codex/shell' ? ['Bash', 'shell'] : calledBy('codex', tool));
  return isBeforeCall(event) && span && commands.length > 0 ? [{ event, span, scope: { kind: 'tool', formats: ['codex'], under }, matches: (tool) => names(tool).some(fits) }] : [];
});

/** Agents with the settings of the files that they name; one that such a file itself tells of is not told twice. */
function agentsWith(path: string, { agents }: CodexConfig, others: OtherFiles): readonly ForeignAgent[] {
  return agents.flatMap(({ agent, file }) => {
    const target = file ? resolveBeside(path, file.value) : null;
    if (target === null) return [agent];
    if (others.file(target)?.agents.some((one) => one.id === agent.id)) return [];
    const text = others.text(target);
    return [text === null ? agent : withSettings(agent, readToml(text).root)];
  });
}

/** What an administrator requires, wherever it stands in the workspace. */
const requirementsOf = (others: OtherFiles): readonly Requirements[] => others.ofFormat('codex').flatMap((place) => {
  const text = isRequired(place) && folders(place).at(-1) !== '.codex' ? others.text(place) : null;
  return text === null ? [] : [readRequirements(readToml(text).root)];
});

function readAgentOf(text: string): ForeignFile {
  const { root, problems } = readToml(text);
  const agent = readAgentFile(root);
  const config = readConfig(root);
  return {
    format: 'codex', agents: agent ? [agent] : [], servers: [], tool: 'codex',
    problems: [...problems, ...runRules(configRules.filter(({ code }) => code !== 'format/codex/ignored-in-project'), { ...config, text, roots: [root] }), ...runRules(serverRules, { text, dialect: 'other', entries: config.servers, ignoredKey: null, inputs: new Set<string>() })],
  };
}

function readRulesFile(path: string, text: string): ForeignFile {
  const file = readPrefixRules(text);
  const permissions = codexPermissions(path, folderOf(path), { config: null, requirements: null, rules: file.rules, hosts: file.hosts, unknown: file.others.length > 0 ? ['the file computes some of its rules, which is not run here'] : [] });
  return { format: 'codex', agents: [], servers: [], tool: 'codex', problems: runRules(ruleRules, file), permissions: permissions ? [permissions] : [] };
}

/** In a project's `.codex` nobody reads it. */
function readRequirementsFile(path: string, text: string): ForeignFile {
  const { root, problems } = readToml(text);
  const requirements = readRequirements(root);
  const ignored = folders(path).at(-1) === '.codex';
  const permissions = ignored ? null : codexPermissions(path, folderOf(path), { config: null, requirements, rules: [], hosts: new Map(), unknown: [] });
  return { format: 'codex', agents: [], servers: [], tool: 'codex', problems: [...problems, ...runRules(requirementRules, { ...requirements, ignored })], permissions: permissions ? [permissions] : [] };
}
