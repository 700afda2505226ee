// Whether a rule can ever apply to what an agent declares, as far as that can be seen without a request.
import { CelError, Evaluation, type MapValue, type Value } from '../conditions';
import type { Agent, Catalog } from '../model';
import { canMatch, usesOf, type Uses } from './digest';
import { conditionOf } from './match';
import type { CompiledRule } from './rule';
import { subjectOf } from './subject';

/** A map of which nothing is known: to read any of it, or to ask for it, is an error, so that what `&&` and `||` settle without it is settled. */
export const unknownMap = (): MapValue => new Proxy<Record<string, Value>>({}, { get: () => new CelError('missing', 'This is not known here.', { start: 0, end: 0 }) });

/** An agent with what is asked of it again and again. */
export interface Asker {
  readonly agent: Agent;
  readonly uses: Uses;
  readonly attributes: MapValue;
}

export const askerOf = (agent: Agent, catalog: Catalog): Asker => ({ agent, uses: usesOf(agent), attributes: subjectOf(agent, catalog).attributes });

/** False only where matchers, or the condition by what it says of the agent alone, rule it out. */
export function couldApply(rule: CompiledRule, { agent, uses, attributes }: Asker): boolean {
  if (agent.lifecycle === 'suspended' || agent.lifecycle === 'retired' || !canMatch(rule, agent, uses)) return false;
  if (rule.when === null && rule.unless === null) return true;
  const nothing = unknownMap();
  return conditionOf(rule, new Evaluation({ agent: attributes, principal: nothing, action: nothing, resource: nothing, args: nothing, context: nothing })) !== false;
}
