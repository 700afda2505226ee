// Keys that Claude Code does not take from a plugin.
import { pairOf } from '../../../yaml';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const ignoredInPlugin: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/ignored-in-plugin',
  severity: 'warning',
  title: 'Claude Code does not take this key from a plugin',
  documentation: `\`permissionMode\`, \`hooks\` and \`mcpServers\` of an agent that comes with a plugin are not taken: a plugin must not give its agents rights. What they were to restrict is not
restricted.

**Evidence:** Claude Code's page on subagents.

**Mend it:** remove them; who needs them copies the agent into \`.claude/agents\`.`,
  bad: { path: 'plugins/review/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\npermissionMode: plan\n---\nYou review changes.\n' },
  good: { path: 'plugins/review/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  check({ root, plugin }, report) {
    if (!plugin) return;
    for (const key of ['permissionMode', 'hooks', 'mcpServers']) {
      const pair = pairOf(root, key);
      if (pair) report({ span: spanOf(pair.key), message: `Claude Code does not take \`${key}\` from the agent of a plugin. Remove it, or keep the agent in \`.claude/agents\`.` });
    }
  },
};
