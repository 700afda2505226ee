// A hook whose matcher is a permission rule.
import { valueOf } from '../../../yaml';
import type { FormatRule, Found } from '../../rule';
import { isRuleSyntax, readHooks, type Hook } from '../hooks';
import type { SettingsSubject } from '../index';

/** The same finding for hooks that stand elsewhere. */
export function checkMatchers(hooks: readonly Hook[], report: (found: Found) => void): void {
  for (const { matcher, event } of hooks) {
    if (!matcher || !isRuleSyntax(matcher.value)) continue;
    const tool = matcher.value.slice(0, matcher.value.indexOf('('));
    report({ span: matcher.span, message: `This hook for \`${event}\` never runs: a matcher is compared with names of tools, and no tool is called \`${matcher.value}\`. Write \`${tool}\`, and look at the arguments in the command.` });
  }
}

export const hookMatcher: FormatRule<SettingsSubject> = {
  code: 'format/claude-settings/hook-matcher',
  severity: 'warning',
  title: 'A hook that never runs',
  documentation: `The \`matcher\` of a hook is the name of a tool, or a regular expression over names. A permission rule (\`Bash(git push:*)\`) is neither: no tool has that name, so the hook
never runs, and what it was to stop goes through.

**Evidence:** Claude Code's page on hooks.

**Mend it:** write the tool's name (\`Bash\`), and look at the arguments in the command that the hook runs.`,
  bad: { path: '.claude/settings.json', text: '{ "hooks": { "PreToolUse": [{ "matcher": "Bash(git push:*)", "hooks": [{ "type": "command", "command": "./check.sh" }] }] } }' },
  good: { path: '.claude/settings.json', text: '{ "hooks": { "PreToolUse": [{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "./check.sh" }] }] } }' },
  check({ root }, report) {
    checkMatchers(readHooks(valueOf(root, 'hooks')), report);
  },
};
