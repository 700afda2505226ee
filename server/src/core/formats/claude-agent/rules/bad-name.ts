// A name that Claude Code does not take.
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const badName: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/bad-name',
  severity: 'error',
  title: 'A subagent of this name is skipped',
  documentation: `A name that begins with \`-\` or holds a \`:\` is not taken: Claude Code skips the file without a word. The colon is kept for the agents of plugins (\`plugin:agent\`).

**Evidence:** Claude Code's page on subagents.

**Mend it:** write a name of small letters and hyphens.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: "team:reviewer"\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: team-reviewer\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  check({ name, plugin }, report) {
    if (!name || plugin || !/^-|:/.test(name.value.trim())) return;
    report({ span: name.span, message: `Claude Code skips a subagent whose name begins with \`-\` or holds a \`:\`, as \`${name.value.trim()}\` does. Write a name of small letters and hyphens.` });
  },
};
