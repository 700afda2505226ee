// An action that no tool has.
import type { FormatRule } from '../../rule';
import type { AgentCoreSubject } from './index';
import { policyFor } from './example';

export const actionName: FormatRule<AgentCoreSubject> = {
  code: 'format/agentcore/action-name',
  severity: 'error',
  title: 'An action that is not a tool of a target',
  documentation: `The action of a tool is the target's name and the tool's, joined by three underscores: \`Refunds___issue\`. There are no wildcards. A policy with another name does not fit the schema that is made from the gateway's tools, and is refused.

**Evidence:** the documentation of AgentCore Policy; an older page shows two underscores.

**Mend it:** write \`Target___tool\`. To mean all tools, leave the action open (\`action\`).`,
  bad: policyFor('Refunds__issue'),
  good: policyFor('Refunds___issue'),
  check({ heads }, report) {
    for (const { actions } of heads) for (const { value, span } of actions ?? []) {
      if (value.includes('*')) report({ span, message: `Actions have no wildcards, so \`${value}\` is no tool. Name each tool, or leave the action open.` });
      else if (/^[^_]+(?:_[^_]+)*__[^_]/.test(value) && !value.includes('___')) report({ span, message: `A target and its tool are joined by three underscores: \`${value.replace('__', '___')}\`.`, fixes: [{ title: 'Use three underscores', safe: false, edits: [{ span, newText: value.replace('__', '___') }] }] });
    }
  },
};
