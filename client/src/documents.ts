// Which documents the server hears of: ours in every place, others only where a file may be ours or a format that we read.
import { workspace, type Uri } from 'vscode';
import type { DocumentSelector } from 'vscode-languageclient';

export const YAML = 'countersign-yaml';
const OURS = [YAML, 'countersign-json'];

/** Documents with another name are ours by their content, which only the server can tell. */
const MAY_BE_OURS = ['yaml', 'json'];

/** Foreign files keep their language, whatever it is called in this version of the editor: they are known by their path. */
const FOREIGN = [
  '**/CODEOWNERS', '**/{.mcp,mcp}.json', '**/*.agent.md', '**/*.chatmode.md', '**/*.prompt.md', '**/.github/{agents,prompts}/**/*.md', '**/.github/workflows/*.md',
  '**/.claude/agents/**/*.md', '**/{settings,settings.local,managed-settings}.json', '**/.codex/config.toml', '**/.codex/hooks.json', '**/agentcore/agentcore.json', '**/.codex/rules/*.rules', '**/.gemini/agents/**/*.md', '**/*.toml', '**/*.cedar', '**/*.code-snippets',
];

/** Where documents lie that are worth a look; not the old side of a difference, and no output or search result. */
function schemes(): string[] {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  return [...new Set(['file', 'untitled', ...folders])];
}

export const ownSelector = (): DocumentSelector => schemes().flatMap((scheme) => OURS.map((language) => ({ scheme, language })));

export const selector = (): DocumentSelector => [
  ...ownSelector(),
  ...schemes().flatMap((scheme) => [...MAY_BE_OURS.map((language) => ({ scheme, language })), ...FOREIGN.map((pattern) => ({ scheme, pattern }))]),
];

/** True where the server cannot open a file itself. */
export const isVirtual = (uri: Uri): boolean => uri.scheme !== 'file';
