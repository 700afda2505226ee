// A rule whose condition stands in another as well, which has a higher priority and does something else.
import type { FormatRule } from '../../rule';
import type { AgtPolicy, AgtRule } from '../read-policy';

const example = (condition: string, priority: number): { path: string; text: string } => ({
  path: 'policies/refunds.yaml',
  text: `apiVersion: governance.toolkit/v1
name: refunds
agents: [refund-bot]
default_action: deny
rules:
  - name: refunds
    condition: tool_name == 'refund'
    action: allow
    priority: 10
  - name: no-refunds
    condition: ${condition}
    action: deny
    priority: ${priority}
`,
});

export const unreachableRule: FormatRule<AgtPolicy> = {
  code: 'format/agt/unreachable-rule',
  severity: 'warning',
  title: 'A rule that another leaves nothing to',
  documentation: `Of the rules whose condition holds the one with the highest \`priority\` decides. Where two have the same condition, the one with the lower priority never does: a denial below
an allowance with the same condition denies nothing.

**Evidence:** the toolkit's default order, \`priority_first_match\`; of equal priorities the rule that stands first is asked first.

**Mend it:** remove the one that is not meant, or say in a condition what tells them apart. There is no fix to apply: only you know which of the two is meant, and a higher priority would leave the other idle.`,
  bad: example(`tool_name == 'refund'`, 5),
  good: example(`tool_name == 'refund' and amount > 500`, 20),
  check(policy, report) {
    // what the other engines make of a number, and of an order of their own, is not this
    if (policy.dialect !== 'python' || policy.extended || policy.strategy !== 'priority_first_match') return;
    const first = new Map<string, AgtRule>();
    for (const rule of [...policy.rules].filter((one) => one.enabled).sort((a, b) => b.priority - a.priority)) {
      if (!rule.condition) continue;
      const key = `${rule.stage}\0${rule.condition.value.trim()}`;
      const over = first.get(key);
      if (!over) first.set(key, rule);
      else if (actionOf(over) !== actionOf(rule)) {
        report({
          span: rule.name?.span ?? rule.condition.span,
          message: `This rule never decides: ${over.name ? `\`${over.name.value}\`` : 'another rule'} has the same condition, the priority ${over.priority}, and is asked first. Remove the one that is not meant, or say in a condition what tells them apart.`,
          related: [{ span: over.name?.span ?? over.condition?.span ?? rule.condition.span, message: 'The rule that is asked first.' }],
        });
      }
    }
  },
};

const actionOf = (rule: AgtRule): string => rule.action?.value ?? 'deny';
