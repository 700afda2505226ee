// A subagent in whose mode nobody is asked.
import type { FormatRule } from '../../rule';
import type { SubagentSubject } from '../index';

export const bypassMode: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/bypass-mode',
  severity: 'warning',
  title: 'The subagent runs in a mode that asks nobody',
  documentation: `With \`permissionMode: bypassPermissions\` whatever the subagent does runs, unless a \`deny\` or an \`ask\` names it, also where the conversation that calls it asks about everything.

**Evidence:** Claude Code's pages on subagents and on permission modes; the mode is for containers and virtual machines.

**Mend it:** remove it, and allow what should run by rules.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\npermissionMode: bypassPermissions\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\npermissionMode: default\n---\nYou review changes.\n' },
  check({ mode, name }, report) {
    if (mode?.value.trim() === 'bypassPermissions') report({ span: mode.span, message: `Nobody is asked about what \`${name?.value ?? 'this agent'}\` does: in this mode everything runs that no \`deny\` or \`ask\` names. Remove it, and allow what should run by rules.` });
  },
};
