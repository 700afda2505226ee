// A policy that no agent is named in.
import type { FormatRule } from '../../rule';
import type { AgtPolicy } from '../read-policy';
import { policyWith } from './example';

export const appliesToNobody: FormatRule<AgtPolicy> = {
  code: 'format/agt/applies-to-nobody',
  severity: 'warning',
  title: 'A policy that applies to no agent',
  documentation: `In the toolkit's Python engine a policy is for the agents that \`agent\` or \`agents\` names. Without either it is for nobody, and its rules are never asked; \`scope: global\` does not change that.

**Evidence:** the Python engine asks each policy whether it applies to the agent, and one without agents says no.

**Mend it:** Add \`agents: ["*"]\` for all, or the agents' ids. The .NET engine has no such key, and a file that looks like one of its own is not reported.`,
  bad: policyWith('"amount > 500"', { agents: '' }),
  good: policyWith('"amount > 500"', { agents: 'agents: ["*"]\n' }),
  check(policy, report) {
    if (policy.dialect !== 'python' || policy.agents !== null || policy.rules.length === 0 || policy.bases.length > 0) return;
    const place = policy.name?.span ?? { start: policy.map.start, end: policy.map.start };
    report({ span: place, message: `In the Python engine \`${policy.name?.value ?? 'this policy'}\` applies to no agent, because neither \`agent\` nor \`agents\` is there. Add \`agents: ["*"]\`, or name them.` });
  },
};
