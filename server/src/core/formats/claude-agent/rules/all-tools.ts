// A subagent that says nothing of its tools.
import { pairOf } from '../../../yaml';
import { textField } from '../../fields';
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const allTools: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/all-tools',
  severity: 'information',
  title: 'The subagent inherits every tool',
  documentation: `Without \`tools\` a subagent has every tool of the conversation that calls it: shell, edits, the web, and all tools of all servers that are configured, now or later.

**Evidence:** Claude Code's page on subagents.

**Mend it:** list what it needs (\`tools: Read, Grep, Glob\`), or take away what it must not have (\`disallowedTools\`).`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  check({ root, agent, name, plugin, tools, disallowed, top }, report) {
    if (!agent || tools !== null || disallowed !== null) return;
    // a file that is skipped gives no tools
    if (!plugin && (!textField(root, 'description') || (name !== null && /^-|:/.test(name.value.trim())))) return;
    // a key that was meant for `tools` is reported by itself
    if (['allowedTools', 'allowed-tools', 'allowed_tools', 'tool', 'Tools'].some((key) => pairOf(root, key))) return;
    report({ span: agent.span ?? top, message: `\`${agent.id}\` does not say which tools it has, so it inherits all: shell, edits, the web and every server. List what it needs under \`tools\`.` });
  },
};
