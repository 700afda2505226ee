// Policies of a gateway as permissions: what nothing permits is denied, a forbid beats every permit, and a policy that fails does not apply.
import { TRUE, clausesOf, conditionOf, outcomesOfPolicy, type CedarEngine, type CedarPolicy } from '../cedar';
import type { ArgumentTest, ArgumentValues, ForeignPermissions, ForeignRule, TestResult } from '../permissions';
import type { PolicyHead } from './read-policies';
import { actionsOf, callersOf, gatewaysOf, readsOf, requestFor, type Gateway } from './requests';

/** `Target___tool` */
export const toolOf = (action: string): string => action.replace('___', '/');
const actionFor = (resource: string): string => resource.slice(resource.indexOf(':') + 1).replace('/', '___');

interface PolicyRule {
  readonly rule: ForeignRule;
  readonly actions: readonly string[] | null;
}

/** By the heads alone, before the engine is there: whether a condition holds is not known. */
export function permissionsOfHeads(heads: readonly PolicyHead[], complete: boolean): ForeignPermissions {
  return permissions(heads.map((head): PolicyRule => {
    const actions = head.actions?.map(({ value }) => value) ?? null;
    const open = head.anyPrincipal && !head.conditional;
    const where: ArgumentTest = { key: `agentcore ${head.span.start}`, words: 'its conditions hold, since Cedar is not loaded yet', args: [], test: () => 'unknown' };
    return { actions, rule: ruleOf(head.effect, head.span, actions, open ? null : where, head.conditional) };
  }), complete);
}

/** By what the engine made of the text. `heads` tell where each begins. */
export function permissionsOf(text: string, policies: readonly CedarPolicy[], heads: readonly PolicyHead[], complete: boolean, engine: CedarEngine): ForeignPermissions {
  const named = policies.map(actionsOf);
  const callers = callersOf(policies);
  const gateways = policies.map(gatewaysOf);
  const only = new Set(gateways.flat());
  return permissions(policies.map((policy, index): PolicyRule => {
    const actions = named[index] ?? null;
    // of several gateways the one is known where no other has policies for the same tools
    const near = only.size <= 1 ? only : new Set(gateways.filter((_, other) => meet(actions, named[other] ?? null)).flat());
    const head = heads.find(({ span }) => span.start >= policy.span.start && span.start < policy.span.end);
    const span = head?.span ?? policy.span;
    return { actions, rule: ruleOf(policy.effect, span, actions, testOf(policy, { ...callers, id: near.size === 1 ? ([...near][0] ?? null) : null }, text.slice(span.end, policy.span.end), actions, engine), clausesOf(policy.json).length > 0) };
  }), complete);
}

const meet = (a: readonly string[] | null, b: readonly string[] | null): boolean => a === null || b === null || a.some((one) => b.includes(one));

function permissions(found: readonly PolicyRule[], complete: boolean): ForeignPermissions {
  return {
    family: 'agentcore', governs: { kind: 'any' }, order: { kind: 'strictest', effects: ['deny', 'allow'] }, covers: coversOf(found), rules: found.map(({ rule }) => rule),
    default: { effect: 'deny', otherwise: [], words: 'what no policy permits is denied', span: null, rank: 1 },
    unknown: complete ? [] : ['a policy of the file could not be read'],
  };
}

/** The gateway's targets that the policies name: about other tools they are silent here, since the file does not show the gateway's tools. Where none can be read, nothing is known of what they are about. */
function coversOf(found: readonly PolicyRule[]): readonly string[] {
  if (found.length === 0) return [];
  const targets = new Set(found.flatMap(({ actions }) => actions ?? []).map((action) => toolOf(action).split('/')[0] ?? ''));
  return targets.size > 0 ? [...targets].map((target) => `tool:${target}/*`) : ['tool:*'];
}

function ruleOf(effect: 'permit' | 'forbid', span: ForeignRule['span'], actions: readonly string[] | null, where: ArgumentTest | null, conditional: boolean): ForeignRule {
  const written = `${effect} ${actions === null ? 'every tool' : actions.join(', ')}${conditional ? ' under a condition' : ''}`;
  return { written, span, effect: effect === 'permit' ? 'allow' : 'deny', actions: ['call'], resources: actions === null ? ['tool:*'] : actions.map((action) => `tool:${toolOf(action)}`), agents: null, where, ignored: null };
}

const MAX_WORDS = 120;

/** Null where nothing but the tool counts. */
function testOf(policy: CedarPolicy, gateway: Gateway, behind: string, actions: readonly string[] | null, engine: CedarEngine): ArgumentTest | null {
  if (clausesOf(policy.json).length === 0 && (actions ?? ['Target___tool']).every((action) => outcomesOfPolicy(policy, requestFor(gateway, action, {}), engine) === TRUE)) return null;
  const { args, texts } = readsOf(policy);
  // where the head leaves something open, the whole is
  const settled = outcomesOfPolicy({ ...policy, json: { ...policy.json, conditions: [] } }, requestFor(gateway, (actions ?? ['Target___tool'])[0] ?? '', {}), engine) === TRUE;
  const whole = settled && gateway.decimals.size === 0 ? conditionOf(clausesOf(policy.json), ['context', 'input']) : null;
  const condition = behind.replace(/;\s*$/, '').replace(/\s+/g, ' ').trim();
  return {
    key: `agentcore ${JSON.stringify([policy.json['principal'], policy.json['resource'], policy.json['conditions']])} ${gateway.principal ?? ''} ${gateway.id ?? ''}`,
    words: condition === '' ? 'who calls, or the gateway, is the one that it names' : `\`${condition.length > MAX_WORDS ? `${condition.slice(0, MAX_WORDS - 1)}…` : condition}\` holds`,
    args, examples: texts, ...(whole ? { condition: whole } : {}),
    test: (given: ArgumentValues, resource: string): TestResult => {
      const outcomes = outcomesOfPolicy(policy, requestFor(gateway, actionFor(resource), given), engine);
      return outcomes === TRUE ? true : outcomes & TRUE ? 'unknown' : false;
    },
  };
}
