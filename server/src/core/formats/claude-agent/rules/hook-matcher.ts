// A hook of a subagent whose matcher is a permission rule.
import { valueOf } from '../../../yaml';
import type { FormatRule } from '../../rule';
import { readHooks } from '../../claude-settings/hooks';
import { checkMatchers } from '../../claude-settings/rules/hook-matcher';
import type { SubagentSubject } from '../index';

export const hookMatcher: FormatRule<SubagentSubject> = {
  code: 'format/claude-agent/hook-matcher',
  severity: 'warning',
  title: 'A hook that never runs',
  documentation: `The \`matcher\` of a hook is the name of a tool, or a regular expression over names. A permission rule (\`Bash(git push:*)\`) is neither, so the hook never runs, and what it was
to stop goes through.

**Evidence:** Claude Code's page on hooks.

**Mend it:** write the tool's name (\`Bash\`), and look at the arguments in the command that the hook runs.`,
  bad: { path: '.claude/agents/builder.md', text: '---\nname: builder\ndescription: Builds.\ntools: Bash\nhooks:\n  PreToolUse:\n    - matcher: "Bash(git push:*)"\n      hooks:\n        - type: command\n          command: ./check.sh\n---\nYou build.\n' },
  good: { path: '.claude/agents/builder.md', text: '---\nname: builder\ndescription: Builds.\ntools: Bash\nhooks:\n  PreToolUse:\n    - matcher: Bash\n      hooks:\n        - type: command\n          command: ./check.sh\n---\nYou build.\n' },
  check({ root, plugin }, report) {
    if (!plugin) checkMatchers(readHooks(valueOf(root, 'hooks')), report);
  },
};
