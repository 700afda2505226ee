// Subagents of Claude Code: `.claude/agents/**/*.md`, and those of plugins.
import type { Problem, Span } from '../../text';
import { valueOf, type MapNode } from '../../yaml';
import { claudePermissions, type ClaudeSettings } from '../claude-settings';
import { hooksBefore, readHooks } from '../claude-settings/hooks';
import type { ForeignFile, Format } from '../format';
import { readFrontmatter } from '../frontmatter';
import { serverRules } from '../mcp/rules';
import { folders } from '../paths';
import { runRules } from '../rule';
import { readSubagent, type ReadSubagent } from './read-agent';
import { canBeSubagent, recogniseSubagent } from './recognise';
import { rules } from './rules';

/** What the rules of this format look at. */
export interface SubagentSubject extends ReadSubagent {
  readonly path: string;
  readonly root: MapNode;
  /** the file's first line */
  readonly top: Span;
}

export const claudeAgent: Format = {
  id: 'claude-agent',
  title: 'Subagents of Claude Code',
  rules,
  canBe: canBeSubagent,
  recognise: recogniseSubagent,
  read: readSubagentFile,
};

function readSubagentFile(path: string, text: string): ForeignFile {
  const frontmatter = readFrontmatter(text);
  const root = frontmatter?.root;
  const problems: Problem[] = [...(frontmatter?.problems ?? [])];
  if (!root) return { format: 'claude-agent', problems, agents: [], servers: [], tool: 'claude' };
  const top = { start: frontmatter.fence.start, end: frontmatter.fence.end };
  const read = readSubagent(path, text, root, top);
  problems.push(...runRules(rules, { path, root, top, ...read }));
  problems.push(...runRules(serverRules, { text, dialect: 'claude', entries: read.servers, ignoredKey: null, inputs: new Set<string>() }));
  const permissions = read.agent && read.mode ? [claudePermissions(path, 'claude-agent', ownMode(path, read), { kind: 'file' })] : [];
  // those of a plugin's agents are not taken
  const hooks = read.plugin ? [] : hooksBefore(readHooks(valueOf(root, 'hooks')), 'claude', { kind: 'file', names: null });
  return { format: 'claude-agent', problems, agents: read.agent ? [read.agent] : [], servers: [], permissions, tool: 'claude', ...(hooks.length > 0 ? { hooks } : {}) };
}

/** The mode that a subagent asks for, as settings of its own. */
function ownMode(path: string, { mode }: ReadSubagent): ClaudeSettings {
  const way = folders(path);
  const own = way.lastIndexOf('.claude');
  return { scope: 'project', under: own > 0 ? way.slice(0, own).join('/') : '', rules: [], mode, additional: [], managedOnly: false, noBypass: false, sandbox: { enabled: null, approves: null, excluded: [] }, noServers: [], onlyServers: null, serversByContent: null, span: mode?.span ?? null };
}
