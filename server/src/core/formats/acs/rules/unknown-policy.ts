// A point names a policy that the manifest does not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const point = (id: string): string => `  pre_tool_call: { policy_target: $.tool_call.args, policy: { id: ${id} } }\n`;

export const unknownPolicy: FormatRule<AcsSubject> = {
  code: 'format/acs/unknown-policy',
  severity: 'error',
  title: 'A policy that is not there',
  documentation: `A point's policy must be one of \`policies\`, here or in a manifest that this one extends. A name that is nowhere is an error at run time, and an error is a denial: the agent stands still.

**Evidence:** the specification resolves a point's policy among the merged \`policies\`, and any runtime error is a denial.

**Mend it:** correct the name. Only names that are nearly one of the manifest's policies are reported: a manifest that extends others, or that others extend, may leave the policy to them.`,
  bad: { path: 'manifest.yaml', text: manifestWith('', point('mains')) },
  good: { path: 'manifest.yaml', text: manifestWith('', point('main')) },
  check({ points, policies, extended }, report) {
    if (extended) return;
    const names = policies.map(({ key }) => key.value);
    for (const { policy } of points) {
      if (!policy || names.includes(policy.value)) continue;
      const near = nearest(policy.value, names);
      // a manifest that others extend may leave the policy to them
      if (!near) continue;
      report({
        span: policy.span,
        message: `No policy \`${policy.value}\` is in this manifest. Did you mean \`${near}\`?`,
        fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span: policy.span, newText: near }] }],
      });
    }
  },
};
