// Policies that look active and are not loaded.
import type { FormatRule } from '../../rule';
import type { PolicySubject } from './index';

const text = '[[rule]]\ntoolName = "run_shell_command"\ncommandPrefix = "rm"\ndecision = "deny"\npriority = 100\n';

export const disabledWorkspacePolicy: FormatRule<PolicySubject> = {
  code: 'format/gemini/disabled-workspace-policy',
  severity: 'warning',
  title: 'A policy that is not loaded',
  documentation: `Policies in \`.gemini/policies\` of a workspace are not loaded: the workspace tier is switched off, since a repository could otherwise allow itself what the user did not. What the file denies is not denied.

**Evidence:** issue 18186 of Gemini CLI, and its table of tiers, whose own examples still show the workspace tier.

**Mend it:** move the rules to the user's \`~/.gemini/policies\` or to the administrator's, or name the file with \`--policy\` when the tool is started.`,
  bad: { path: '.gemini/policies/shell.toml', text },
  good: { path: 'ci/gemini-policy.toml', text },
  check({ rules, tier }, report) {
    const first = rules[0];
    if (tier === 3 && first) report({ span: first.at.span, message: `Gemini does not load policies of a workspace, so none of ${rules.length === 1 ? 'this rule' : `these ${rules.length} rules`} holds. Put them where the user's or the administrator's policies are, or name the file with \`--policy\`.` });
  },
};
