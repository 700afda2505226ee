// A decision that policies do not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import type { PolicySubject } from './index';

const DECISIONS = ['allow', 'deny', 'ask_user'];
const example = (decision: string): { path: string; text: string } => ({ path: 'ci/gemini-policy.toml', text: `[[rule]]\ntoolName = "write_file"\ndecision = "${decision}"\npriority = 100\n` });

export const unknownDecision: FormatRule<PolicySubject> = {
  code: 'format/gemini/unknown-decision',
  severity: 'error',
  title: 'A decision that does not exist',
  documentation: `A rule decides \`allow\`, \`deny\` or \`ask_user\`. The policy file with another word is refused, and none of its rules holds.

**Evidence:** the policy reference of Gemini CLI.

**Mend it:** use one of the three.`,
  bad: example('ask'),
  good: example('ask_user'),
  check({ rules }, report) {
    for (const { decision } of rules) {
      if (!decision || DECISIONS.includes(decision.value)) continue;
      const meant = /^(?:ask|prompt|confirm)/i.test(decision.value) ? 'ask_user' : /^(?:block|forbid|reject)/i.test(decision.value) ? 'deny' : nearest(decision.value, DECISIONS);
      report({
        span: decision.span, message: `There is no decision \`${decision.value}\`, so the file is refused. ${meant ? `Did you mean \`${meant}\`?` : 'Use `allow`, `deny` or `ask_user`.'}`,
        ...(meant ? { fixes: [{ title: `Change to \`${meant}\``, safe: false, edits: [{ span: decision.span, newText: `"${meant}"` }] }] } : {}),
      });
    }
  },
};
