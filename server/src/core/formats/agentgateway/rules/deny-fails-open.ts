// A denial that does not deny where a claim is missing.
import type { FormatRule } from '../../rule';
import type { Gateway } from '../read-config';
import { gatewayWith } from './example';

export const denyFailsOpen: FormatRule<Gateway> = {
  code: 'format/agentgateway/deny-fails-open',
  severity: 'warning',
  title: 'A denial that an error lets through',
  documentation: `An expression that fails does not deny. \`jwt.team == "x"\` fails for a caller without a token or without that claim, and the call goes on to the other rules.

**Evidence:** agentgateway's authorization: an error in a \`deny\` rule counts as no match.

**Mend it:** ask first whether the claim is there (\`has(jwt.team)\`), or turn the rule around with \`require\`, which an error does not meet.`,
  bad: gatewayWith(`deny: 'jwt.team == "guests"'`, `allow: 'mcp.tool.target == "tickets"'`),
  good: gatewayWith(`require: 'jwt.team != "guests"'`, `allow: 'mcp.tool.target == "tickets"'`),
  check({ rules }, report) {
    for (const { kind, expression: { value, span } } of rules ?? []) {
      const claim = /\b(?:jwt|apiKey)\.([A-Za-z_][\w.]*)/.exec(value);
      if (kind === 'deny' && claim && !/\bhas\s*\(|\?/.test(value)) report({ span, message: `Where \`${claim[0]}\` is missing this fails, and a denial that fails does not deny. Guard it with \`has(${claim[0]})\`, or write a \`require\`.` });
    }
  },
};
