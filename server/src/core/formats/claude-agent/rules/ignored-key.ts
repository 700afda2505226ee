// Keys that look as if they restricted the agent, and that Claude Code does not know.
import { pairOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

const MEANT: ReadonlyMap<string, string> = new Map([
  ['allowedTools', 'tools'], ['allowed-tools', 'tools'], ['allowed_tools', 'tools'], ['tool', 'tools'], ['Tools', 'tools'], ['disallowed-tools', 'disallowedTools'], ['disallowed_tools', 'disallowedTools'], ['disabledTools', 'disallowedTools'],
  ['denied-tools', 'disallowedTools'], ['deniedTools', 'disallowedTools'], ['permission-mode', 'permissionMode'], ['permission_mode', 'permissionMode'], ['permissions', 'permissionMode'], ['mcp-servers', 'mcpServers'], ['mcp_servers', 'mcpServers'],
  ['max-turns', 'maxTurns'],
]);

export const ignoredKey: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/ignored-key',
  severity: 'warning',
  title: 'Claude Code does not know this key',
  documentation: `Claude Code takes no notice of keys that it does not know. \`allowedTools\` in a subagent restricts nothing: without \`tools\` the agent inherits every tool. Only keys that are
easily taken for one of its own are reported.

**Evidence:** Claude Code's page on subagents lists the keys; a public kit of agents writes \`allowedTools\` in all of them.

**Mend it:** write the key that is meant. That changes what the agent may do: look at the values too.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\ndisallowed-tools: Bash\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\ndisallowedTools: Bash\n---\nYou review changes.\n' },
  check({ root }, report) {
    for (const [key, meant] of MEANT) {
      const pair = pairOf(root, key);
      if (!pair) continue;
      const span = spanOf(pair.key);
      const wide = meant === 'tools' && !pairOf(root, 'tools');
      const there = pairOf(root, meant) !== null;
      report({
        span,
        message: `Claude Code does not know \`${key}\` in a subagent and takes no notice of it${wide ? ', so the agent inherits every tool' : ''}. \`${meant}\` is the key that counts.`,
        ...(there || key === 'permissions' ? {} : { fixes: [{ title: `Write \`${meant}\``, safe: false, edits: [{ span, newText: meant }] }] }),
      });
    }
  },
};
