// A point names a policy that the manifest does not have.
import { nearest } from '../../../text';
import type { FormatRule } from '../../rule';
import { manifestWith } from './example';
import type { AcsSubject } from './index';

const point = (id: string): string => `  pre_tool_call: { policy_target: $.tool_call.args, policy: { id: ${id} } }\n`;

export const unknownPolicy: FormatRule<AcsSubject> = {
  code: 'format/acs/unknown-policy',
  severity: 'error',
  title: 'a policy that is not there',
  documentation: `A point's policy must be one of \`policies\`, here or in a manifest that this one extends. A name that is nowhere is an error at run time, and an error is a denial: the agent stands still.

With \`extends\` the finding does not appear, since the other manifest may have the policy.`,
  bad: { path: 'manifest.yaml', text: manifestWith('', point('mian')) },
  good: { path: 'manifest.yaml', text: manifestWith('', point('main')) },
  check({ points, policies, extended }, report) {
    if (extended) return;
    const names = policies.map(({ key }) => key.value);
    for (const { policy } of points) {
      if (!policy || names.includes(policy.value)) continue;
      const near = nearest(policy.value, names);
      report({
        span: policy.span,
        message: `No policy \`${policy.value}\` is in this manifest${near ? `. Did you mean \`${near}\`?` : names.length > 0 ? `; it has ${names.slice(0, 8).map((name) => `\`${name}\``).join(', ')}.` : '; it has none.'}`,
        ...(near ? { fixes: [{ title: `Change to \`${near}\``, safe: false, edits: [{ span: policy.span, newText: near }] }] } : {}),
      });
    }
  },
};
