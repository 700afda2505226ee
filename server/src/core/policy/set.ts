// Policy sets: rules with the order in which they decide and what holds where none matches. The workspace's own policies are one set.
import type { PermissionEffect, PermissionOrder } from '../formats';
import type { Agent } from '../model';
import type { Span } from '../text';
import type { NameMatcher } from './names';
import type { ApprovalTerms, CompiledPolicy, CompiledRule } from './rule';

export type RuleEffect = PermissionEffect;

/** `strictest`: all matched rules of the first effect that has any, in this order. `first`: the first rule that matches, in the order of the rules. */
export type Order = PermissionOrder;

export interface PolicySet {
  readonly id: string;
  readonly order: Order;
  /** `place`: where another tool's file says so, for the trace */
  readonly default: { readonly effect: RuleEffect; readonly approval: ApprovalTerms | null; readonly place?: DefaultPlace };
  readonly rules: readonly CompiledRule[];
  /** where none of the rules matches: the first of these that does decides, before the default */
  readonly otherwise: readonly CompiledRule[];
  /** patterns over `type:id` of what the set has a say in; null: everything */
  readonly covers: NameMatcher | null;
  /** some of its rules ask the arguments in their own way (`where`): whether they match can be unknown */
  readonly opaque: boolean;
  /** what it says that cannot be evaluated here: then its effect is unknown */
  readonly unknown: readonly string[];
  governs(agent: Agent | null): boolean;
}

export interface DefaultPlace {
  readonly id: string;
  readonly file: string;
  readonly span: Span;
  readonly words: string;
}

/** deny > require_approval > allow, else deny: for every agent. */
export const nativeSet = (policies: readonly CompiledPolicy[]): PolicySet => ({
  id: 'countersign',
  order: { kind: 'strictest', effects: ['deny', 'require_approval', 'allow'] },
  default: { effect: 'deny', approval: null },
  rules: policies.flatMap((policy) => policy.rules),
  otherwise: [],
  covers: null,
  opaque: false,
  unknown: [],
  governs: () => true,
});
