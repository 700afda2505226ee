// A pattern of commands that can never match, because of an anchor.
import type { FormatRule } from '../../rule';
import type { PolicySubject } from './index';

const example = (regex: string): { path: string; text: string } => ({ path: 'ci/gemini-policy.toml', text: `[[rule]]\ntoolName = "run_shell_command"\ncommandRegex = '${regex}'\ndecision = "deny"\npriority = 100\n` });

export const anchoredPattern: FormatRule<PolicySubject> = {
  code: 'format/gemini/anchored-pattern',
  severity: 'warning',
  title: 'A pattern of commands that never matches',
  documentation: `\`commandRegex\` is tried on the arguments as JSON, behind \`"command":"\`: it begins where the command begins, and a \`^\` of its own stands in the middle of the text and matches nothing. What the rule is to deny runs or asks.

**Evidence:** the policy reference of Gemini CLI: anchors apply to the whole JSON, so \`^\` should be avoided.

**Mend it:** remove the \`^\`; the pattern is anchored to the beginning of the command as it is.`,
  bad: example('^rm '),
  good: example('rm '),
  check({ rules }, report) {
    for (const { regex, regexSpan, at } of rules) if (regex?.startsWith('^')) report({ span: regexSpan ?? at.span, message: 'This pattern never matches: it is tried behind `"command":"`, where `^` is not the beginning. Remove the `^`; the pattern begins where the command begins.' });
  },
};
