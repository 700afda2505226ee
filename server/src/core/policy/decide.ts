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
  const { sets } = candidates;
  const oblige = joined(sets, (set) => applying(set.oblige, evaluation, time));
  if (candidates.denied !== null) return { effect: 'deny', cause: candidates.denied, deciding: NO_RULES, defaults: NO_SETS, matched: oblige, closed: NO_GATES, incomplete: oblige.some(isMalformed), unknown: NO_TEXTS };
  const results = sets.map((set) => decideSet(set, evaluation, time));
  const strongest = results.length === 1 && results[0] ? results[0].effect : results.length === 0 ? 'deny' : strictest(results.map((result) => result.effect));
  const deciding = results.length === 1 ? results : results.filter((result) => result.effect === strongest);
  const rules = joined(deciding, (result) => result.deciding);
  const all = joined(results, (result) => result.matched);
  const matched = oblige.length === 0 ? all : [...all, ...oblige];
  const incomplete = matched.some(isMalformed) || sets.some((set) => applying(set.left, evaluation, time).length > 0);
  const gates = candidates.gates.length > 0 && (strongest === 'allow' || strongest === 'require_approval') ? candidates.gates.filter(closed) : NO_GATES;
  const effect = gates.length > 0 ? 'require_approval' : strongest;
  return {
    effect,
    cause: effect === 'unknown' ? 'unknown' : rules.length > 0 || gates.length > 0 ? 'rule' : 'default',
    deciding: effect === strongest ? rules : NO_RULES,
    defaults: effect === strongest && deciding.some((result) => result.deciding.length === 0) ? deciding.filter((result) => result.deciding.length === 0).map((result) => result.set) : NO_SETS,
    matched, closed: gates, incomplete,
    unknown: effect === 'unknown' ? [...new Set(deciding.flatMap((result) => result.reasons))] : NO_TEXTS,
  };
}

const NO_RULES: readonly CompiledRule[] = [];
const NO_SETS: readonly PolicySet[] = [];
const NO_GATES: readonly AgentGate[] = [];
const NO_TEXTS: readonly string[] = [];

/** Most decisions ask one set: its list as it is. */
const joined = <T, R>(all: readonly T[], of: (one: T) => readonly R[]): readonly R[] => (all.length === 1 ? of(all[0] as T) : all.flatMap(of));
const applying = (rules: readonly CompiledRule[], evaluation: Evaluation, time: number): readonly CompiledRule[] => (rules.length === 0 ? rules : rules.filter((rule) => applies(rule, evaluation, time)));

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
  const steps = candidates.steps.map(({ effect, rules }) => ({ effect, rules: applying(rules, evaluation, time) }));
  const matched = joined(steps, (step) => step.rules);
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
