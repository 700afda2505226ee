// Policy sets: rules with the order in which they decide and what holds where none matches. The workspace's own policies are one set.
import type { Agent } from '../model';
import type { ApprovalTerms, CompiledPolicy, CompiledRule } from './rule';

export type RuleEffect = 'allow' | 'require_approval' | 'deny';

/** `strictest`: all matched rules of the first effect that has any, in this order. `first`: the first rule that matches, in the order of the rules. */
export type Order = { readonly kind: 'strictest'; readonly effects: readonly RuleEffect[] } | { readonly kind: 'first' };

export interface PolicySet {
  readonly id: string;
  readonly order: Order;
  readonly default: { readonly effect: RuleEffect; readonly approval: ApprovalTerms | null };
  readonly rules: readonly CompiledRule[];
  /** what it says that cannot be evaluated here: then its effect is unknown */
  readonly unknown: readonly string[];
  governs(agent: Agent | null): boolean;
}

/** deny > require_approval > allow, else deny: for every agent. */
export const nativeSet = (policies: readonly CompiledPolicy[]): PolicySet => ({
  id: 'countersign',
  order: { kind: 'strictest', effects: ['deny', 'require_approval', 'allow'] },
  default: { effect: 'deny', approval: null },
  rules: policies.flatMap((policy) => policy.rules),
  unknown: [],
  governs: () => true,
});
