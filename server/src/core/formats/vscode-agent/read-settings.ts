// `.vscode/settings.json` as far as it lets agents act, and prompt files: what else VS Code keeps beside its agents.
import { parseJson, pairOf, resolve } from '../../yaml';
import type { ForeignFile } from '../format';
import { readFrontmatter } from '../frontmatter';
import { endsWithPath, folders } from '../paths';
import { runRules } from '../rule';
import { readTools } from './read-tools';
import { promptRules } from './rules/prompt';
import { settingsRules } from './rules/settings';
import { approvalPermissions, readApprovals } from './settings';

export const isSettings = (path: string): boolean => endsWithPath(path, '.vscode/settings.json');
export const isPrompt = (path: string): boolean => /\.prompt\.md$/i.test(path);

export function readSettingsFile(path: string, text: string): ForeignFile {
  const root = resolve(parseJson(text, { comments: true }).documents[0]?.root);
  const none = { format: 'vscode-agent', agents: [], servers: [] };
  if (root?.kind !== 'map') return { ...none, problems: [] };
  const settings = readApprovals(root);
  const way = folders(path).slice(0, -1).join('/');
  const permissions = approvalPermissions(settings, way);
  return { ...none, problems: runRules(settingsRules, settings), ...(permissions ? { permissions: [permissions] } : {}) };
}

export function readPromptFile(_path: string, text: string): ForeignFile {
  const frontmatter = readFrontmatter(text);
  const root = frontmatter?.root ?? null;
  const problems = [...(frontmatter?.problems ?? [])];
  if (root && frontmatter) {
    const { tools } = readTools(text, root, new Set(), frontmatter.fence);
    problems.push(...runRules(promptRules, { root, tools: pairOf(root, 'tools') ? tools : [] }));
  }
  return { format: 'vscode-agent', problems, agents: [], servers: [] };
}
