// Which Markdown files are subagents of Claude Code: below `.claude/agents`, or in the `agents` folder of a plugin or a collection; the frontmatter decides.
import { baseName, folders } from '../paths';
import { readFrontmatter } from '../frontmatter';

/** Folders whose agents are of other tools. */
const OTHERS: ReadonlySet<string> = new Set(['.github', '.gemini', '.cursor', '.codex', '.opencode', '.windsurf', '.qwen', '.kiro', '.roo', '.copilot', 'node_modules']);
const OTHER_SUFFIX = /\.(?:agent|chatmode|prompt|instructions|skill)\.md$/i;

export const isInClaude = (path: string): boolean => {
  const way = folders(path);
  return way.some((folder, index) => folder === '.claude' && way[index + 1] === 'agents');
};

export function canBeSubagent(path: string): boolean {
  const name = baseName(path);
  if (!/\.md$/i.test(name) || OTHER_SUFFIX.test(name) || /^(?:readme|changelog|license|contributing|index)\.md$/i.test(name)) return false;
  const way = folders(path);
  return isInClaude(path) || (way.includes('agents') && !way.some((folder) => OTHERS.has(folder)));
}

/** Keys that subagents of Claude Code have. */
const OWN: ReadonlySet<string> = new Set(['tools', 'disallowedTools', 'model', 'permissionMode', 'maxTurns', 'skills', 'mcpServers', 'hooks', 'memory', 'background', 'effort', 'isolation', 'color', 'initialPrompt']);
/** Keys of instructions, workflows, skills and the agents of other tools. */
const OF_OTHERS: ReadonlySet<string> = new Set(['kind', 'applyTo', 'on', 'engine', 'safe-outputs', 'globs', 'alwaysApply', 'max_turns', 'temperature', 'readonly', 'is_background']);
/** Outside `.claude` these say that it is something else. */
const ELSEWHERE: ReadonlySet<string> = new Set(['handoffs', 'target', 'mode', 'layout', 'allowed-tools']);

export function recogniseSubagent(path: string, text: () => string): boolean {
  const root = readFrontmatter(text())?.root;
  if (!root) return false;
  const keys = root.pairs.map((pair) => pair.key.text);
  if (keys.some((key) => OF_OTHERS.has(key) || (ELSEWHERE.has(key) && !isInClaude(path)))) return false;
  if (isInClaude(path)) return keys.some((key) => key === 'name' || key === 'description' || OWN.has(key));
  // a plugin's agent needs no name: it goes by its file
  if (isPlugin(path)) return keys.includes('description') && keys.some((key) => key === 'name' || OWN.has(key));
  // elsewhere it takes what every subagent must have, and what nothing else has
  return keys.includes('name') && keys.includes('description') && keys.some((key) => OWN.has(key));
}

/** Plugins keep their agents in `agents` at their root; what Claude Code does not trust a plugin with is not taken from them. */
export function isPlugin(path: string): boolean {
  return !isInClaude(path) && folders(path).some((folder) => folder === 'plugins' || folder === 'external_plugins' || folder === '.claude-plugin');
}
