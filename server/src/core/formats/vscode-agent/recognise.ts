// Which Markdown files VS Code and Copilot load as custom agents.
import { baseName, folders } from '../paths';
import { readFrontmatter } from '../frontmatter';

const SUFFIX = /\.(?:agent|chatmode)\.md$/i;

/** An agent by its name alone: `*.agent.md`, and the older `*.chatmode.md`. */
export const isAgentByName = (path: string): boolean => SUFFIX.test(path);

/** Any other Markdown file below `.github/agents`: its frontmatter decides. */
export function isInAgentsFolder(path: string): boolean {
  const name = baseName(path).toLowerCase();
  if (!name.endsWith('.md') || name.endsWith('.prompt.md') || name.endsWith('.instructions.md')) return false;
  const way = folders(path);
  return way.some((folder, index) => folder === '.github' && way[index + 1] === 'agents');
}

export const canBeAgent = (path: string): boolean => isAgentByName(path) || isInAgentsFolder(path);

const OF_AGENTS = new Set(['description', 'tools', 'agents', 'handoffs', 'mcp-servers', 'user-invocable', 'disable-model-invocation', 'argument-hint']);
/** Keys that belong to instructions, workflows and the agents of other tools. */
const OF_OTHERS = new Set(['applyTo', 'on', 'engine', 'safe-outputs', 'globs', 'alwaysApply', 'permissionMode', 'disallowedTools', 'max_turns']);

export function recogniseAgent(path: string, text: () => string): boolean {
  if (isAgentByName(path)) return true;
  if (!isInAgentsFolder(path)) return false;
  const root = readFrontmatter(text())?.root;
  if (!root) return false;
  const keys = root.pairs.map((pair) => pair.key.text);
  return keys.some((key) => OF_AGENTS.has(key)) && !keys.some((key) => OF_OTHERS.has(key));
}

/** The file's name without what makes it an agent: the agent's id. */
export function agentId(path: string): string {
  const name = baseName(path);
  return name.replace(SUFFIX, '').replace(/\.md$/i, '') || name;
}
