// A policy of an extension that allows.
import type { FormatRule } from '../../rule';
import type { PolicySubject } from './index';

const example = (decision: string): { path: string; text: string } => ({ path: 'policies/shell.toml', text: `[[rule]]\ntoolName = "run_shell_command"\ncommandPrefix = "git"\ndecision = "${decision}"\npriority = 100\n#- gemini-extension.json\n{ "name": "git-tools", "version": "1.0.0" }\n` });

export const extensionAllows: FormatRule<PolicySubject> = {
  code: 'format/gemini/extension-allows',
  severity: 'warning',
  title: 'An extension that allows is not heard',
  documentation: `Policies in the \`policies\` folder of an extension have a tier of their own, below those of the user. What they allow is not taken, since an extension could otherwise allow itself what the user did not: such calls ask as before.

**Evidence:** the reference of Gemini CLI's extensions: \`allow\` decisions and the mode \`yolo\` in policies of extensions are ignored.

**Mend it:** remove the rule, or have the user put it into \`~/.gemini/policies\`.`,
  bad: example('allow'),
  good: example('ask_user'),
  check({ rules }, report) {
    for (const { decision } of rules) if (decision?.value === 'allow') report({ span: decision.span, message: 'What an extension allows is not taken, so these calls ask as before. Remove the rule, or have the user put it into `~/.gemini/policies`.' });
  },
};
