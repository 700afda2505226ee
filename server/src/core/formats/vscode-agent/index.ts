// Custom agents of VS Code and GitHub Copilot: `*.agent.md`, `.github/agents/**/*.md`, and the older `*.chatmode.md`.
import type { Problem } from '../../text';
import { valueOf } from '../../yaml';
import { hooksBefore, readHooks } from '../claude-settings/hooks';
import type { ForeignFile, Format } from '../format';
import { readFrontmatter } from '../frontmatter';
import { serverRules } from '../mcp/rules';
import { runRules } from '../rule';
import { readAgent } from './read-agent';
import { canBeAgent, recogniseAgent } from './recognise';
import { isPrompt, isSettings, readPromptFile, readSettingsFile } from './read-settings';
import { rules } from './rules';
import { promptRules } from './rules/prompt';
import { settingsRules } from './rules/settings';
import { speaksOfApproval } from './settings';

export const vscodeAgent: Format = {
  id: 'vscode-agent',
  title: 'VS Code and Copilot custom agents',
  rules: [...rules, ...promptRules, ...settingsRules],
  canBe: (path) => canBeAgent(path) || isPrompt(path) || isSettings(path),
  recognise: (path, text) => (isPrompt(path) ? readFrontmatter(text()) !== null : isSettings(path) ? speaksOfApproval(text()) : recogniseAgent(path, text)),
  read: (path, text) => (isPrompt(path) ? readPromptFile(path, text) : isSettings(path) ? readSettingsFile(path, text) : readAgentFile(path, text)),
};

function readAgentFile(path: string, text: string): ForeignFile {
  const frontmatter = readFrontmatter(text);
  const root = frontmatter?.root ?? null;
  const top = firstLine(text);
  const read = readAgent(path, text, root, top);
  const problems: Problem[] = [...(frontmatter?.problems ?? []), ...runRules(rules, { text, top, root, body: frontmatter?.body ?? null, ...read })];
  problems.push(...runRules(serverRules, { text, dialect: 'copilot-agent', entries: read.servers, ignoredKey: null, inputs: new Set<string>() }));
  const hooks = hooksBefore(readHooks(valueOf(root, 'hooks')), 'vscode', { kind: 'file', names: null });
  return { format: 'vscode-agent', problems, agents: [read.agent], servers: [], ...(hooks.length > 0 ? { hooks } : {}) };
}

function firstLine(text: string): { start: number; end: number } {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const end = text.slice(start, start + 500).search(/[\r\n]/);
  return { start, end: end < 0 ? Math.min(text.length, start + 500) : start + end };
}
