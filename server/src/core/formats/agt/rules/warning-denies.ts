// A warning that stops the call.
import type { FormatRule } from '../../rule';
import type { AgtPolicy } from '../read-policy';
import { policyWith } from './example';

export const warningDenies: FormatRule<AgtPolicy> = {
  code: 'format/agt/warning-denies',
  severity: 'information',
  title: 'A warning that denies',
  documentation: `In the toolkit's Python engine the rule that wins decides, and only \`allow\` allows: where a \`warn\` or \`log\` rule has the highest priority of those that match, the call is not allowed. Who wrote \`warn\` mostly meant to let it pass.

**Evidence:** the Python engine's decision is allowed only where the winning action is \`allow\`.

**Mend it:** Give an \`allow\` rule a higher priority, or write \`deny\` where that is meant.`,
  bad: policyWith('"amount > 500"', { action: 'warn' }),
  good: policyWith('"amount > 500"', { action: 'deny' }),
  check(policy, report) {
    if (policy.dialect !== 'python' || policy.agents === null) return;
    for (const { action } of policy.rules) {
      if (action && (action.value === 'warn' || action.value === 'log')) report({ span: action.span, message: `Where this rule wins the call is not allowed: only \`allow\` allows, \`${action.value}\` does not. Write \`deny\`, or give an \`allow\` rule a higher priority.` });
    }
  },
};
