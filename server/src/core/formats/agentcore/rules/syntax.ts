// A policy that Cedar cannot read.
import type { FormatRule } from '../../rule';
import { policyFor } from './example';
import { sentence } from '../schema';
import type { AgentCoreSubject } from './index';

const good = policyFor('Refunds___issue');

export const syntax: FormatRule<AgentCoreSubject> = {
  code: 'format/agentcore/syntax',
  severity: 'error',
  title: 'A policy that Cedar cannot read',
  documentation: `Cedar's own parser refuses this statement, so it can be created for no gateway: what it forbids is not forbidden. The other statements of the file are looked at all the same.

**Evidence:** the message is that of Cedar's parser.

**Mend it:** correct the characters at which the finding stands.`,
  bad: { path: good.path, text: good.text.replace('permit(', 'allow(') },
  good,
  check({ faults }, report) {
    for (const { span, message, help } of faults) report({ span, message: `Cedar cannot read this: ${sentence(message)}${help === null ? '' : ` Cedar proposes: ${sentence(help)}`}` });
  },
};
