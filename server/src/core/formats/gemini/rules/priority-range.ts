// A priority that would leave its tier.
import type { FormatRule } from '../../rule';
import type { PolicySubject } from './index';

const example = (priority: string): { path: string; text: string } => ({ path: 'ci/gemini-policy.toml', text: `[[rule]]\ntoolName = "write_file"\ndecision = "deny"\npriority = ${priority}\n` });

export const priorityRange: FormatRule<PolicySubject> = {
  code: 'format/gemini/priority-range',
  severity: 'error',
  title: 'A priority out of range',
  documentation: `Priorities go from 0 to 999: they are added to the tier as thousandths. With another number the file is refused, and none of its rules holds.

**Evidence:** the policy reference of Gemini CLI.

**Mend it:** choose a whole number from 0 to 999; the highest that matches decides.`,
  bad: example('1000'),
  good: example('999'),
  check({ rules }, report) {
    for (const { priority } of rules) {
      if (priority && (priority.value < 0 || priority.value > 999 || !Number.isInteger(priority.value))) report({ span: priority.span, message: 'A priority is a whole number from 0 to 999; with another the file is refused.' });
    }
  },
};
