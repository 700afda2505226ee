// The gateway's rules in its own order: deny, require, allow; what no rule allows is denied only where one allows at all.
import { STRICTEST, type ArgumentTest, type ForeignPermissions, type ForeignRule, type TestResult } from '../permissions';
import { evaluate, gatewayLookup } from './expression';
import type { Gateway, GatewayRule } from './read-config';

export function permissionsOf({ rules, servers }: Gateway): readonly ForeignPermissions[] {
  if (rules === null || servers.length === 0) return [];
  const allows = rules.some((rule) => rule.kind === 'allow');
  return [{
    family: 'agentgateway', governs: { kind: 'any' }, order: STRICTEST, covers: servers.map(({ server }) => `tool:${server.name}/*`),
    rules: rules.map((rule) => ruleOf(rule, servers.map(({ server }) => `tool:${server.name}/*`))),
    default: { effect: allows ? 'deny' : 'allow', otherwise: [], words: allows ? 'what no rule allows is denied, since some rule allows' : 'without a rule that allows, what no rule denies is allowed', span: rules[0]?.expression.span ?? null, rank: 1 },
    unknown: [],
  }];
}

function ruleOf({ kind, expression }: GatewayRule, resources: readonly string[]): ForeignRule {
  return { written: `${kind} ${expression.value}`, span: expression.span, effect: kind === 'allow' ? 'allow' : 'deny', actions: ['call'], resources, agents: null, where: testOf(kind, expression.value), ignored: null };
}

/** `require` denies what does not meet it. What hangs on a token or on something that is not read here is unknown. */
const testOf = (kind: GatewayRule['kind'], text: string): ArgumentTest => ({
  key: `agentgateway ${kind} ${text}`, words: kind === 'require' ? `\`${text}\` does not hold` : `\`${text}\` holds`, args: [...text.matchAll(/mcp\.tool\.arguments\.(\w+)/g)].map((match) => match[1] ?? ''),
  test(args, resource): TestResult {
    const value = evaluate(text, gatewayLookup(args, resource));
    if (value === null) return 'unknown';
    return kind === 'require' ? !value : value;
  },
});
