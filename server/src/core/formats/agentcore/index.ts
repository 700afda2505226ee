// Cedar policies of Amazon Bedrock AgentCore gateways: which tools behind a gateway may be called.
import type { ForeignFile, Format } from '../format';
import { STRICTEST, type ForeignPermissions, type ForeignRule } from '../permissions';
import { runRules } from '../rule';
import { readPolicies, type CedarPolicy } from './read-policies';
import { rules } from './rules';

export const agentcore: Format = {
  id: 'agentcore',
  title: 'AgentCore gateway policies (Cedar)',
  rules,
  canBe: (path) => path.endsWith('.cedar'),
  recognise: (_path, text) => text().includes('AgentCore::'),
  read(_path, text): ForeignFile {
    const { policies, complete } = readPolicies(text);
    return { format: 'agentcore', agents: [], servers: [], problems: runRules(rules, policies), permissions: policies.length > 0 ? [permissionsOf(policies, complete)] : [] };
  },
};

/** Forbid beats permit, and what nothing permits is denied. Conditions look at claims of a token, which are not known here. */
function permissionsOf(policies: readonly CedarPolicy[], complete: boolean): ForeignPermissions {
  return {
    family: 'agentcore', governs: { kind: 'any' }, order: STRICTEST, covers: coversOf(policies), rules: policies.map(ruleOf),
    default: { effect: 'deny', otherwise: [], words: 'what no policy permits is denied', span: null, rank: 1 },
    unknown: complete ? [] : ['a policy of the file could not be read'],
  };
}

/** The gateway's targets that the policies name: about other tools they are silent here, since the file does not show the gateway's tools. */
function coversOf(policies: readonly CedarPolicy[]): readonly string[] {
  const targets = new Set(policies.flatMap(({ actions }) => actions ?? []).map(({ value }) => toolOf(value).split('/')[0] ?? ''));
  return targets.size > 0 ? [...targets].map((target) => `tool:${target}/*`) : ['tool:*'];
}

/** `Target___tool` */
export const toolOf = (action: string): string => action.replace('___', '/');

function ruleOf({ effect, span, actions, anyPrincipal, conditional }: CedarPolicy): ForeignRule {
  const open = anyPrincipal && !conditional;
  const written = `${effect} ${actions === null ? 'every tool' : actions.map(({ value }) => value).join(', ')}${conditional ? ' under a condition' : ''}`;
  return {
    written, span, effect: effect === 'permit' ? 'allow' : 'deny', actions: ['call'], resources: actions === null ? ['tool:*'] : actions.map(({ value }) => `tool:${toolOf(value)}`), agents: null, ignored: null,
    where: open ? null : { key: `agentcore ${span.start} ${written}`, words: 'its condition holds for the token of the caller', args: [], test: () => 'unknown' },
  };
}
