// A subagent without a description.
import { pairOf, resolve } from '../../../yaml';
import { textField } from '../../fields';
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const noDescription: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/no-description',
  severity: 'error',
  title: 'A subagent without a description is skipped',
  documentation: `Claude Code decides by the \`description\` when to hand work to a subagent. A file without one is skipped without a word: the agent does not exist.

**Evidence:** Claude Code's page on subagents.

**Mend it:** add a \`description\` that says what the agent is for and when to use it.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ntools: Read, Grep\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\n---\nYou review changes.\n' },
  check({ root, name, plugin, top }, report) {
    const pair = pairOf(root, 'description');
    // one that cannot be read as a text is a fault of its own
    if (plugin || (pair && (textField(root, 'description') || resolve(pair.value)?.kind !== 'scalar'))) return;
    report({ span: name?.span ?? top, message: 'This subagent has no `description`, so Claude Code skips the file without a word. Say in it what the agent is for and when to use it.' });
  },
};
