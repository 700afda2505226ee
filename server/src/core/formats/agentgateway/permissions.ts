// The gateway's rules in its own order: deny, require, allow; what no rule allows is denied only where one allows at all.
import { STRICTEST, type ArgumentTest, type ForeignPermissions, type ForeignRule, type PermissionGoverns, type TestResult } from '../permissions';
import { evaluate, gatewayLookup } from './expression';
import type { Gateway, GatewayRule, Guard } from './read-config';

/** One set for each part of the gateway whose servers have the same rules. */
export function permissionsOf({ guards }: Gateway): readonly ForeignPermissions[] {
  return guards.map(setOf);
}

/** A policy whose servers are elsewhere, and servers without any rules, are for who asks about the file alone. */
const governs = ({ rules, targets }: Guard): PermissionGoverns => (targets === null || rules === null ? { kind: 'agents', names: [] } : { kind: 'any' });

function setOf(guard: Guard): ForeignPermissions {
  const rules = guard.rules ?? [];
  const allows = rules.some((rule) => rule.kind === 'allow');
  const resources = guard.targets?.map((name) => `tool:${name}/*`) ?? ['tool:*'];
  const words = rules.length === 0 ? 'without rules everything is allowed' : allows ? 'what no rule allows is denied, since some rule allows' : 'without a rule that allows, what no rule denies is allowed';
  return {
    family: 'agentgateway', governs: governs(guard), order: STRICTEST, covers: resources, rules: rules.map((rule) => ruleOf(rule, resources)),
    default: { effect: allows ? 'deny' : 'allow', otherwise: [], words, span: rules[0]?.expression.span ?? null, rank: 1 },
    unknown: [],
  };
}

function ruleOf({ kind, expression }: GatewayRule, resources: readonly string[]): ForeignRule {
  return { written: `${kind} ${expression.value}`, span: expression.span, effect: kind === 'allow' ? 'allow' : 'deny', actions: ['call'], resources, agents: null, where: testOf(kind, expression.value), ignored: null };
}

/** `require` denies what does not meet it, an error too; an error in the others is no match. What hangs on a token or on something that is not read here is unknown. */
const testOf = (kind: GatewayRule['kind'], text: string): ArgumentTest => ({
  key: `agentgateway ${kind} ${text}`, words: kind === 'require' ? `\`${text}\` does not hold` : `\`${text}\` holds`,
  args: [...new Set([...text.matchAll(/mcp\.tool\.arguments(?:\.(\w+)|\[["']([^"']+)["']\])/g)].map((match) => match[1] ?? match[2] ?? ''))],
  test(args, resource): TestResult {
    const value = evaluate(text, gatewayLookup(args, resource));
    if (value === null) return 'unknown';
    return kind === 'require' ? value !== true : value === true;
  },
});
