// A Rego policy is asked nothing.
import { textOf, valueOf } from '../../../yaml';
import type { FormatRule } from '../../rule';
import type { AcsSubject } from './index';

const example = (query: string): string => `agent_control_specification_version: 0.4.0-alpha.1
metadata: { name: refund-agent }
policies:
  main: { type: rego, bundle: ./policy }
intervention_points:
  pre_tool_call: { policy_target: $.tool_call.args, policy: { id: main${query} } }
`;

export const regoWithoutQuery: FormatRule<AcsSubject> = {
  code: 'format/acs/rego-without-query',
  severity: 'error',
  title: 'A Rego policy without a query',
  documentation: `A policy of type \`rego\` needs a \`query\`, at the policy or at the point that uses it. Without one there is no verdict, and that is an error at run time: every call is denied.

**Evidence:** the specification (0.4.0-alpha) requires a query for policies of type \`rego\`, at the definition or at the binding.

**Mend it:** Add the query, such as \`data.refunds.verdict\`.`,
  bad: { path: 'manifest.yaml', text: example('') },
  good: { path: 'manifest.yaml', text: example(', query: data.refunds.verdict') },
  check({ points, policies }, report) {
    for (const { policy, query, key } of points) {
      const used = policies.find((one) => one.key.value === policy?.value);
      if (!policy || query || used?.type !== 'rego' || textOf(valueOf(used.map, 'query')) !== null) continue;
      report({ span: policy.span, message: `The Rego policy \`${policy.value}\` has no \`query\`, neither here at \`${key.value}\` nor at its definition, so every verdict is an error, which denies. Add one.` });
    }
  },
};
