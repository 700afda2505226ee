// Of several responsible-AI policies only the first counts.
import { textOf, valueOf } from '../../../yaml';
import { at, mapsOf } from '../../agent';
import { spanOf } from '../../fields';
import type { FormatRule } from '../../rule';
import type { FoundrySubject } from './index';

const policy = (name: string): string => `{ type: rai_policy, raiPolicyName: ${name} }`;
const example = (...names: readonly string[]): string => `name: shop
services:
  refunds:
    host: azure.ai.agent
    kind: prompt
    name: refunds
    policies: [ ${names.map(policy).join(', ')} ]
`;

export const onlyFirstPolicy: FormatRule<FoundrySubject> = {
  code: 'format/foundry/only-first-policy',
  severity: 'warning',
  title: 'A policy that does not apply',
  documentation: `Of the entries of type \`rai_policy\` only the first valid one applies to the agent (reference of \`azure.yaml\`, \`policies\`). The others look active and are not.

**Evidence:** the reference of \`azure.yaml\` (2026-09) says so of \`policies\`.

**Mend it:** Keep one entry, and put what the others say into that policy.`,
  bad: { path: 'azure.yaml', text: example('strict', 'stricter') },
  good: { path: 'azure.yaml', text: example('strict') },
  check({ agents, azure }, report) {
    if (!azure) return;
    for (const { map } of agents) {
      const list = [...mapsOf(valueOf(map, 'policies')), ...mapsOf(at(map, 'config', 'policies'))].filter((one) => textOf(valueOf(one, 'type')) === 'rai_policy' && textOf(valueOf(one, 'raiPolicyName')) !== null);
      const [first, ...others] = list;
      for (const other of others) report({ span: spanOf(valueOf(other, 'raiPolicyName') ?? other), message: `\`${textOf(valueOf(other, 'raiPolicyName')) ?? ''}\` does not apply: of several policies only the first, \`${textOf(valueOf(first, 'raiPolicyName')) ?? ''}\`, counts. Keep one.` });
    }
  },
};
