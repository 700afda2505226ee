// A policy in Cedar, in the manifest itself, that Cedar cannot read.
import type { Span } from '../../../text';
import { scalarMap, resolve, textOf, valueOf, type MapNode } from '../../../yaml';
import { entriesOf } from '../../agent';
import type { CedarEngine } from '../../cedar';
import type { FormatRule } from '../../rule';
import type { AcsSubject } from './index';

export interface InlineFault {
  readonly policy: string;
  readonly span: Span;
  readonly message: string;
}

/** At their characters in the manifest. */
export function inlineFaults(source: string, root: MapNode, engine: CedarEngine): readonly InlineFault[] {
  return entriesOf(valueOf(root, 'policies')).flatMap(({ key, map }): InlineFault[] => {
    const node = resolve(valueOf(map, 'policy_set'));
    if (textOf(valueOf(map, 'type')) !== 'cedar' || node?.kind !== 'scalar') return [];
    const places = scalarMap(source, node);
    return engine.parse(node.text).faults.map(({ span, message, help }) => ({ policy: key.value, span: places.span(span.start, span.end), message: help === null ? message : `${message} (${help})` }));
  });
}

const example = (effect: string): string => `agent_control_specification_version: 0.4.0-alpha.1
metadata: { name: refund-agent }
policies:
  main:
    type: cedar
    policy_set: |
      ${effect}(principal, action, resource);
intervention_points:
  pre_tool_call: { policy_target: $.tool_call.args, tool_name_from: $.tool_call.name, policy: { id: main } }
`;

export const cedarSyntax: FormatRule<AcsSubject> = {
  code: 'format/acs/cedar-syntax',
  severity: 'error',
  title: 'A policy that Cedar cannot read',
  documentation: `Cedar's own parser refuses this text. A policy that cannot be read is an error at run time, and an error is a denial: every call that it is asked about is denied.

**Evidence:** the message is that of Cedar's parser; the specification makes every error of a dispatcher a denial.

**Mend it:** correct the characters at which the finding stands.`,
  bad: { path: 'manifest.yaml', text: example('allow') },
  good: { path: 'manifest.yaml', text: example('permit') },
  check({ faults }, report) {
    for (const { policy, span, message } of faults) report({ span, message: `Cedar cannot read \`${policy}\` here: ${message}. As long as it cannot, everything that is asked of it is denied.` });
  },
};
