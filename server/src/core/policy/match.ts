// Whether a rule is for a request: by who asks, for what, where; and by its conditions.
import { holds, type CelError, type Evaluation } from '../conditions';
import type { Action } from '../documents';
import type { ArgumentValues } from '../formats';
import type { Matcher } from '../model';
import type { NameMatcher } from './names';
import type { CompiledRule, Scope } from './rule';

/** What static matchers look at. */
export interface Target {
  readonly agent: string;
  readonly roles: readonly string[];
  readonly action: Action;
  /** `type:id` */
  readonly resource: string;
  readonly environment: string | null;
  /** there is no environment, or none that the Catalog knows although it declares some */
  readonly nowhere: boolean;
}

/** What of it says where. */
export type TargetPlace = Pick<Target, 'environment' | 'nowhere'>;

const agentFits = (scope: Scope, agent: string): boolean => scope.agents === null || scope.agents.matches(agent);
const rolesFit = (scope: Scope, roles: readonly string[]): boolean => scope.roles === null || scope.roles.matchesAny(roles);

/** Nowhere, a list of environments binds what restricts and does not help what allows. */
function environmentFits(list: NameMatcher | null, rule: CompiledRule, target: TargetPlace): boolean {
  if (list === null) return true;
  return target.nowhere || target.environment === null ? rule.effect !== 'allow' : list.matches(target.environment);
}

/** True where the rule may be for the agent at all. */
export const fitsAgent = (rule: CompiledRule, agent: string, roles: readonly string[]): boolean =>
  agentFits(rule.policy.scope, agent) && agentFits(rule, agent) && rolesFit(rule.policy.scope, roles) && rolesFit(rule, roles);

/** True where the environments of rule and scope fit. */
export const fitsEnvironment = (rule: CompiledRule, target: TargetPlace): boolean =>
  environmentFits(rule.policy.scope.environments, rule, target) && environmentFits(rule.environments, rule, target);

/** The first matcher that does not match, or null. */
export function mismatch(rule: CompiledRule, target: Target): Exclude<Matcher, 'when'> | null {
  const { scope } = rule.policy;
  if (!agentFits(scope, target.agent)) return 'scope.agents';
  if (!rolesFit(scope, target.roles)) return 'scope.roles';
  if (!environmentFits(scope.environments, rule, target)) return 'scope.environments';
  if (!agentFits(rule, target.agent)) return 'agents';
  if (!rolesFit(rule, target.roles)) return 'roles';
  if (rule.actions !== null && !rule.actions.matches(target.action)) return 'actions';
  if (rule.resources !== null && !rule.resources.matches(target.resource)) return 'resources';
  return environmentFits(rule.environments, rule, target) ? null : 'environments';
}

/** The condition `when && !unless` for the request of `evaluation`. */
export const conditionOf = (rule: CompiledRule, evaluation: Evaluation): boolean | CelError => (rule.when === null && rule.unless === null ? true : holds(rule.when, rule.unless, evaluation));

/** Whether another tool's rule, whose matchers fit, applies by its question about the arguments. */
export function appliesWhere({ where, effect }: CompiledRule, evaluation: Evaluation): boolean | 'unknown' {
  if (where === null) return true;
  const { args, resource } = evaluation.input;
  const asked = resource as { readonly type?: unknown; readonly id?: unknown } | undefined;
  const result = where.test((args ?? {}) as ArgumentValues, `${String(asked?.type)}:${String(asked?.id)}`);
  return result === 'error' ? effect !== 'allow' : result;
}

/** Whether a rule whose matchers fit applies. An error never widens: it lets what restricts apply, and not what allows. */
export function applies(rule: CompiledRule, evaluation: Evaluation, time: number): boolean {
  if (rule.expires < time) return false;
  if (rule.where !== null) return appliesWhere(rule, evaluation) === true;
  if (rule.when === null && rule.unless === null) return true;
  const result = holds(rule.when, rule.unless, evaluation);
  return rule.effect === 'allow' ? result === true : result !== false;
}
