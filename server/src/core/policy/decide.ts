// The steps of a decision over the rules that can match: which apply, and what they give together.
import { Evaluation } from '../conditions';
import { STRICTNESS, type AgentGate, type Cause, type DecisionEffect } from '../model';
import type { Candidates, SetCandidates } from './candidates';
import { decideForeign, isForeign } from './decide-foreign';
import { applies } from './match';
import type { CompiledRule } from './rule';
import type { PolicySet, RuleEffect } from './set';

/** Everything of a decision that the trace, the approvals and the obligations are made of. */
export interface Outcome {
  readonly effect: DecisionEffect;
  readonly cause: Cause;
  /** the matched rules of the deciding effect */
  readonly deciding: readonly CompiledRule[];
  /** sets whose default decided */
  readonly defaults: readonly PolicySet[];
  /** all matched rules, of whatever effect */
  readonly matched: readonly CompiledRule[];
  /** gates that stand closed before what the rules give */
  readonly closed: readonly AgentGate[];
  readonly incomplete: boolean;
  readonly unknown: readonly string[];
}

/** `closed`: whether a gate lacks valid records; asked only where the rules leave something to guard. */
export function decide(candidates: Candidates, evaluation: Evaluation, time: number, closed: (gate: AgentGate) => boolean): Outcome {
  const oblige = candidates.sets.flatMap(({ oblige: rules }) => rules.filter((rule) => applies(rule, evaluation, time)));
  const nothing = { deciding: [], defaults: [], closed: [], unknown: [] };
  if (candidates.denied !== null) return { ...nothing, effect: 'deny', cause: candidates.denied, matched: oblige, incomplete: oblige.some(isMalformed) };
  const results = candidates.sets.map((set) => decideSet(set, evaluation, time));
  const strongest = results.length === 0 ? 'deny' : strictest(results.map((result) => result.effect));
  const deciding = results.filter((result) => result.effect === strongest);
  const rules = deciding.flatMap((result) => result.deciding);
  const matched = [...results.flatMap((result) => result.matched), ...oblige];
  const left = candidates.sets.flatMap((set) => set.left.filter((rule) => applies(rule, evaluation, time)));
  const gates = strongest === 'allow' || strongest === 'require_approval' ? candidates.gates.filter(closed) : [];
  const effect = gates.length > 0 ? 'require_approval' : strongest;
  return {
    effect,
    cause: effect === 'unknown' ? 'unknown' : rules.length > 0 || gates.length > 0 ? 'rule' : 'default',
    deciding: effect === strongest ? rules : [],
    defaults: effect === strongest ? deciding.filter((result) => result.deciding.length === 0).map((result) => result.set) : [],
    matched, closed: gates,
    incomplete: matched.some(isMalformed) || left.length > 0,
    unknown: effect === 'unknown' ? [...new Set(deciding.flatMap((result) => result.reasons))] : [],
  };
}

const isMalformed = (rule: CompiledRule): boolean => rule.malformed !== null;

const strictest = (effects: readonly DecisionEffect[]): DecisionEffect => STRICTNESS.find((effect) => effects.includes(effect)) ?? 'deny';

interface SetResult {
  readonly set: PolicySet;
  readonly effect: DecisionEffect;
  readonly deciding: readonly CompiledRule[];
  /** without those that oblige */
  readonly matched: readonly CompiledRule[];
  /** why its effect is unknown */
  readonly reasons: readonly string[];
}

function decideSet(candidates: SetCandidates, evaluation: Evaluation, time: number): SetResult {
  const { set } = candidates;
  if (isForeign(candidates)) return { set, ...decideForeign(candidates, evaluation) };
  const steps = candidates.steps.map(({ effect, rules }) => ({ effect, rules: rules.filter((rule) => applies(rule, evaluation, time)) }));
  const matched = steps.flatMap((step) => step.rules);
  const first = candidates.first?.find((rule) => matched.includes(rule));
  const won = candidates.first ? (first ? { effect: first.effect as RuleEffect, rules: [first] } : undefined) : steps.find((step) => step.rules.length > 0);
  const effect: DecisionEffect = won?.effect ?? set.default.effect;
  // what cannot be evaluated could have denied; a denial stands
  if (set.unknown.length > 0 && effect !== 'deny') return { set, effect: 'unknown', deciding: [], matched, reasons: set.unknown };
  return { set, effect, deciding: won?.rules ?? [], matched, reasons: [] };
}

/** The effect alone, without allocation: stops at the first rule that settles it. */
export function effectOf(candidates: Candidates, evaluation: Evaluation, time: number, closed: (gate: AgentGate) => boolean): DecisionEffect {
  if (candidates.denied !== null) return 'deny';
  let strongest: DecisionEffect | null = null;
  for (const set of candidates.sets) {
    const effect = effectOfSet(set, evaluation, time);
    if (effect === 'deny') return 'deny';
    if (strongest === null || STRICTNESS.indexOf(effect) < STRICTNESS.indexOf(strongest)) strongest = effect;
  }
  if (strongest === null) return 'deny';
  if (strongest !== 'allow') return strongest;
  for (const gate of candidates.gates) if (closed(gate)) return 'require_approval';
  return 'allow';
}

function effectOfSet(candidates: SetCandidates, evaluation: Evaluation, time: number): DecisionEffect {
  if (isForeign(candidates)) return decideForeign(candidates, evaluation).effect;
  const effect = candidates.first === null ? effectOfSteps(candidates, evaluation, time) : effectOfFirst(candidates.first, candidates.set, evaluation, time);
  return candidates.set.unknown.length > 0 && effect !== 'deny' ? 'unknown' : effect;
}

function effectOfSteps({ steps, set }: SetCandidates, evaluation: Evaluation, time: number): RuleEffect {
  for (const { effect, rules } of steps) for (const rule of rules) if (applies(rule, evaluation, time)) return effect;
  return set.default.effect;
}

function effectOfFirst(rules: readonly CompiledRule[], set: PolicySet, evaluation: Evaluation, time: number): RuleEffect {
  for (const rule of rules) if (applies(rule, evaluation, time)) return rule.effect as RuleEffect;
  return set.default.effect;
}
