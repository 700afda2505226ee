// A subagent without a name.
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const noName: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/no-name',
  severity: 'error',
  title: 'A subagent without a name is skipped',
  documentation: `Claude Code calls a subagent by the \`name\` in its frontmatter, not by its file. A file without one is skipped without a word: the agent does not exist.

**Evidence:** Claude Code's page on subagents.

**Mend it:** add a \`name\` of small letters and hyphens.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  check({ name, plugin, top }, report) {
    if (name || plugin) return;
    report({ span: top, message: 'This subagent has no `name`, so Claude Code skips the file without a word. Add `name: ` and a name of small letters and hyphens.' });
  },
};
