// What a set of another tool decides: its rules may leave open whether they match, and where none does it has an order of its own.
import type { Evaluation } from '../conditions';
import type { DecisionEffect } from '../model';
import type { SetCandidates } from './candidates';
import { appliesWhere } from './match';
import type { CompiledRule } from './rule';
import type { RuleEffect } from './set';

export interface ForeignResult {
  readonly effect: DecisionEffect;
  /** the matched rules that decided; empty where the default did */
  readonly deciding: readonly CompiledRule[];
  readonly matched: readonly CompiledRule[];
  /** why the effect is unknown */
  readonly reasons: readonly string[];
}

/** The effect is known where it is the same whatever is left open. */
export function decideForeign({ set, steps, first, otherwise }: SetCandidates, evaluation: Evaluation): ForeignResult {
  const matched: CompiledRule[] = [];
  const open: CompiledRule[] = [];
  let won: { readonly effect: RuleEffect; readonly rules: readonly CompiledRule[] } | null = null;
  // where the first match decides, every rule is a step of its own
  for (const step of first ? first.map((rule) => ({ effect: rule.effect as RuleEffect, rules: [rule] })) : steps) {
    const apply: CompiledRule[] = [];
    for (const rule of step.rules) {
      const result = appliesWhere(rule, evaluation);
      if (result === true) apply.push(rule);
      else if (result === 'unknown' && won === null) open.push(rule);
    }
    matched.push(...apply);
    if (won === null && apply.length > 0) won = { effect: step.effect, rules: apply };
  }
  const effect = won?.effect ?? fallbackOf(otherwise, evaluation, open) ?? set.default.effect;
  const reasons = open.filter((rule) => rule.effect !== effect).map((rule) => `\`${rule.id}\`: it cannot be told here whether ${rule.where?.words ?? 'it applies'}.`);
  if (effect !== 'deny' || reasons.length > 0) reasons.push(...set.unknown);
  return reasons.length > 0 ? { effect: 'unknown', deciding: [], matched, reasons } : { effect, deciding: won?.rules ?? [], matched, reasons };
}

function fallbackOf(otherwise: readonly CompiledRule[], evaluation: Evaluation, open: CompiledRule[]): RuleEffect | null {
  for (const rule of otherwise) {
    const result = appliesWhere(rule, evaluation);
    if (result === true) return rule.effect as RuleEffect;
    if (result === 'unknown') open.push(rule);
  }
  return null;
}

/** True for a set that has to be decided in this way. */
export const isForeign = ({ set, otherwise }: SetCandidates): boolean => set.opaque || otherwise.length > 0;
