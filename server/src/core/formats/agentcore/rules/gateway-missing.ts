// A policy that names tools and not the gateway that has them.
import type { FormatRule } from '../../rule';
import type { AgentCoreSubject } from './index';
import { policyFor } from './example';

export const gatewayMissing: FormatRule<AgentCoreSubject> = {
  code: 'format/agentcore/gateway-missing',
  severity: 'error',
  title: 'Tools without their gateway',
  documentation: `A policy that names actions must name the gateway: \`resource == AgentCore::Gateway::"<arn>"\`. With an open \`resource\` it is refused.

**Evidence:** the documentation of AgentCore Policy.

**Mend it:** name the gateway by its ARN.`,
  bad: policyFor('Refunds___issue', 'resource'),
  good: policyFor('Refunds___issue'),
  check({ heads }, report) {
    for (const { actions, resource } of heads) {
      const first = actions?.[0];
      if (first && !resource) report({ span: first.span, message: 'A policy that names a tool must name its gateway: `resource == AgentCore::Gateway::"<arn>"`. This one is refused.' });
    }
  },
};
