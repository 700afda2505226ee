// Rules that only deny: everything else is allowed.
import type { FormatRule } from '../../rule';
import type { Gateway } from '../read-config';
import { gatewayWith } from './example';

export const allowsByDefault: FormatRule<Gateway> = {
  code: 'format/agentgateway/allows-by-default',
  severity: 'warning',
  title: 'Tools that nothing denies are allowed',
  documentation: `The gateway denies what no rule allows only where at least one rule allows. With rules that deny or require alone, every other tool is allowed, also those that a server gets later.

**Evidence:** the order of agentgateway's authorization: deny, require, allow; else deny if a rule allows, else allow.

**Mend it:** allow the tools that are needed; the rest is denied then.`,
  bad: gatewayWith(`deny: 'mcp.tool.name == "delete"'`),
  good: gatewayWith(`deny: 'mcp.tool.name == "delete"'`, `allow: 'mcp.tool.target == "tickets"'`),
  check({ guards }, report) {
    const said = new Set<number>();
    for (const { rules } of guards) {
      const first = rules?.[0];
      if (!first || said.has(first.expression.span.start) || rules?.some((rule) => rule.kind === 'allow')) continue;
      said.add(first.expression.span.start);
      report({ span: first.expression.span, message: 'No rule allows anything, so the gateway allows every tool that no rule denies, also those that a server gets later. Allow what is needed; the rest is denied then.' });
    }
  },
};
