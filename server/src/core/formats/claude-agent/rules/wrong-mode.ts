// A mode that Claude Code does not have.
import type { FormatRule } from '../../rule';
import { meantMode } from '../../claude-settings/rules/wrong-mode';
import { MODES } from '../../claude-settings/tools';
import type { SubagentSubject } from '../index';

export const wrongMode: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/wrong-mode',
  severity: 'warning',
  title: 'Claude Code has no such mode',
  documentation: `\`permissionMode\` says how the subagent's calls are approved: ${MODES.map((mode) => `\`${mode}\``).join(', ')}. Any other word is not one of them, so the mode that was meant is
not in force.

**Evidence:** Claude Code's page on subagents.

**Mend it:** write one of the modes.`,
  bad: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\npermissionMode: readOnly\n---\nYou review changes.\n' },
  good: { path: '.claude/agents/reviewer.md', text: '---\nname: reviewer\ndescription: Reviews changes.\ntools: Read, Grep\npermissionMode: plan\n---\nYou review changes.\n' },
  check({ mode }, report) {
    if (!mode || MODES.includes(mode.value.trim())) return;
    const meant = meantMode(mode.value.trim());
    report({
      span: mode.span,
      message: `Claude Code has no mode \`${mode.value}\`, so it is not in force${meant ? `; \`${meant}\` may be meant` : ''}. It has ${MODES.map((known) => `\`${known}\``).join(', ')}.`,
      ...(meant ? { fixes: [{ title: `Write \`${meant}\``, safe: false, edits: [{ span: mode.span, newText: meant }] }] } : {}),
    });
  },
};
