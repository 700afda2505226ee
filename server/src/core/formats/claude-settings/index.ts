// Settings of Claude Code: `.claude/settings.json`, `settings.local.json` and managed settings. Their permissions, and what they switch on.
import { parseJson, resolve, valueOf, type MapNode } from '../../yaml';
import type { ForeignFile, Format } from '../format';
import { baseName, endsWithPath, folders } from '../paths';
import { runRules } from '../rule';
import { syntaxProblem } from '../syntax';
import { hooksBefore, readHooks } from './hooks';
import { rules } from './rules';
import { claudePermissions } from './sets';
import { isTrue, readSettings, type ClaudeSettings } from './settings';

export { claudePermissions } from './sets';
export { readSettings, type ClaudeSettings } from './settings';

/** What the rules of this format look at. */
export interface SettingsSubject {
  readonly path: string;
  readonly text: string;
  readonly root: MapNode | null;
  readonly settings: ClaudeSettings;
}

export const claudeSettings: Format = {
  id: 'claude-settings',
  title: 'Settings of Claude Code',
  rules,
  canBe: isSettings,
  recognise: recogniseSettings,
  read: readSettingsFile,
};

const isManaged = (path: string): boolean => baseName(path) === 'managed-settings.json' || (folders(path).includes('managed-settings.d') && path.endsWith('.json'));

function isSettings(path: string): boolean {
  return endsWithPath(path, '.claude/settings.json') || endsWithPath(path, '.claude/settings.local.json') || isManaged(path);
}

/** Keys that no other program's settings have. */
const OWN = /"(?:permissions|hooks|sandbox|allowManaged\w+|strictKnownMarketplaces|enabledPlugins|availableModels|(?:allowed|denied)McpServers|apiKeyHelper|forceLogin\w+|env)"\s*:/;

function recogniseSettings(path: string, text: () => string): boolean {
  if (isManaged(path)) return OWN.test(text());
  const content = text().trimStart();
  return content === '' || content.startsWith('{') || content.startsWith('/');
}

const TOOL = 'claude';

function readSettingsFile(path: string, text: string): ForeignFile {
  const blank = text.trim() === '';
  const document = blank ? null : (parseJson(text, { comments: true }).documents[0] ?? null);
  const problems = (document?.problems ?? []).map((problem) => syntaxProblem(problem));
  const found = resolve(document?.root);
  const root = found?.kind === 'map' ? found : null;
  const settings = readSettings(path, root);
  problems.push(...runRules(rules, { path, text, root, settings }));
  const speaks = settings.span !== null || settings.noServers.length > 0 || settings.onlyServers !== null || settings.serversByContent !== null || settings.sandbox.enabled === true;
  const permissions = speaks ? [claudePermissions(path, 'claude-settings', settings, { kind: 'tool', formats: ['claude-agent'], under: settings.under, implicit: TOOL })] : [];
  // VS Code reads the hooks of these files too
  const hooks = isTrue(valueOf(root, 'disableAllHooks')) ? [] : hooksBefore(readHooks(valueOf(root, 'hooks')), TOOL, { kind: 'tool', formats: ['claude-agent', 'claude-settings', 'vscode-agent'], under: settings.under });
  return { format: 'claude-settings', problems, agents: [], servers: [], permissions, tool: TOOL, ...(hooks.length > 0 ? { hooks } : {}) };
}
