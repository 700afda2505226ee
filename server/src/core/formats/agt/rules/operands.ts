// The operands of a condition as the Python engine splits it, for findings about what it makes of them.
import type { AgtPolicy, AgtRule } from '../read-policy';

export interface Operand {
  readonly rule: AgtRule;
  readonly text: string;
}

/** None for the other dialects, which read conditions in their own way. */
export function operandsOf(policy: AgtPolicy): readonly Operand[] {
  if (policy.dialect !== 'python') return [];
  return policy.rules.flatMap((rule) => (rule.condition?.value ?? '').slice(0, 2_000).split(/ or | and /).map((text) => ({ rule, text: text.trim() })).filter(({ text }) => text !== ''));
}

/** ` or ` or ` and ` stands within quotes, so that an operand ends in the middle of a text. */
export const cutsText = (condition: string): boolean => [...condition.matchAll(/(['"])([^'"]*)\1/g)].some((match) => / or | and /.test(match[2] ?? ''));
