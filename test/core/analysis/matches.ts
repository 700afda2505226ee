// Which rules match which requests of a small world, told by the engine: what the findings of the analysis are held against.
import { Evaluation } from '../../../server/src/core/conditions';
import type { CompiledRule, Engine } from '../../../server/src/core/policy';
import { obligationKey, uniteObligations } from '../../../server/src/core/policy';
import { decide } from '../../../server/src/core/policy/decide';
import { ask, type Plain } from './small-requests';

export interface Match {
  readonly request: Plain;
  readonly effect: string;
  readonly cause: string;
  /** steps 1 to 3 let it through */
  readonly asked: boolean;
  readonly rules: ReadonlySet<CompiledRule>;
}

const STRICT = ['deny', 'require_approval', 'allow'];

export function matchesOf(engine: Engine, requests: readonly Plain[]): readonly Match[] {
  const evaluation = new Evaluation();
  return requests.map((request): Match => {
    const { rules, request: { action, environment }, resource, input, time, refusal } = ask(engine, request).prepared;
    if (!rules) return { request, effect: 'deny', cause: refusal ?? '', asked: false, rules: new Set() };
    evaluation.reset(input);
    const candidates = rules.find(action, resource, environment, () => undefined);
    const { effect, cause, matched } = decide(candidates, evaluation, time, (gate) => gate.records.length === 0 || engine.effect(ask(engine, request).prepared) !== 'allow');
    return { request, effect, cause, asked: candidates.denied === null, rules: new Set(matched) };
  });
}

/** The strictest effect of rules that match, gates aside. */
export const strongest = (rules: ReadonlySet<CompiledRule>): string | undefined => STRICT.find((effect) => [...rules].some((rule) => rule.effect === effect));

/** It is among the rules that decide, or something is owed that would not be without it. */
export function mattersIn(rule: CompiledRule, { rules, asked }: Match): boolean {
  if (!rules.has(rule)) return false;
  const effect = asked ? (strongest(rules) ?? 'deny') : 'deny';
  if (asked && rule.effect === effect) return true;
  const owed = (all: readonly CompiledRule[]): string => uniteObligations(all, effect === 'deny').map(obligationKey).sort().join();
  return owed([...rules]) !== owed([...rules].filter((one) => one !== rule));
}

/** The same effect, approvals and obligations. */
export const alike = (a: CompiledRule, b: CompiledRule): boolean => a !== b && a.effect === b.effect && JSON.stringify(a.approval) === JSON.stringify(b.approval) && JSON.stringify(a.obligations.map(obligationKey).sort()) === JSON.stringify(b.obligations.map(obligationKey).sort());

export const before = (a: CompiledRule, b: CompiledRule): boolean => a.file < b.file || (a.file === b.file && a.index < b.index);
