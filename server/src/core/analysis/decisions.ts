// Decisions as terminals of diagrams, and the states on the way to them: what the rules looked at so far have made of each set.
import type { DecisionEffect, Obligation } from '../model';
import { STRICTNESS } from '../model';
import { keyOf, obligationKey, uniteObligations, type ApprovalTerms, type PolicySet, type RuleEffect } from '../policy';
import type { NodeId } from './nodes';
import type { Outcome } from './types';

/** Terminals below this are not those of conditions. */
const FIRST = -16;

/** Gives equal things one terminal. */
export class Terminals<T> {
  readonly #values: T[] = [];
  readonly #known = new Map<string, NodeId>();

  of(key: string, value: () => T): NodeId {
    let id = this.#known.get(key);
    if (id === undefined) {
      id = FIRST - this.#values.length;
      this.#values.push(value());
      this.#known.set(key, id);
    }
    return id;
  }

  at(id: NodeId): T {
    return this.#values[FIRST - id] as T;
  }
}

export interface DecidedAs extends Outcome {
  readonly key: string;
  /** why the effect is unknown */
  readonly unknown: readonly string[];
}

/** All decisions of one answer; those that are equal are one terminal. */
export class Decisions {
  readonly terminals = new Terminals<DecidedAs>();

  of(effect: DecisionEffect, approvals: readonly ApprovalTerms[], obligations: readonly Obligation[], unknown: readonly string[] = []): NodeId {
    const asked = new Map(effect === 'require_approval' ? approvals.map((terms) => [keyOf(terms), { ...terms, from: [...terms.from].sort() }]) : []);
    const owed = [...uniteObligations([{ id: '', file: '', index: 0, obligations }], effect === 'deny')].sort((a, b) => (obligationKey(a) < obligationKey(b) ? -1 : 1));
    const key = JSON.stringify([effect, [...asked.keys()].sort(), owed.map(obligationKey), [...unknown].sort()]);
    return this.terminals.of(key, () => ({ key, effect, approvals: [...asked].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, terms]) => terms), obligations: owed, unknown }));
  }

  at(id: NodeId): DecidedAs {
    return this.terminals.at(id);
  }
}

/** What the rules looked at so far have decided. */
interface State {
  /** of each set that has decided: the effect, and the approvals asked for; in the order of the sets */
  readonly sets: readonly (readonly [set: number, effect: RuleEffect, asks: readonly string[]])[];
  readonly obligations: readonly string[];
  readonly gates: readonly string[];
}

/** What a rule does to the state when it applies. */
export interface Transition {
  readonly key: string;
  readonly set: number;
  readonly effect: RuleEffect | 'oblige' | 'gate';
  readonly otherwise: boolean;
  readonly approval: ApprovalTerms | null;
  readonly obligations: readonly Obligation[];
}

export function transition(set: number, effect: Transition['effect'], otherwise: boolean, approval: ApprovalTerms | null, obligations: readonly Obligation[]): Transition {
  return { set, effect, otherwise, approval, obligations, key: JSON.stringify([set, effect, otherwise, approval ? keyOf(approval) : null, obligations.map(obligationKey).sort()]) };
}

/** The states of one place of the request space. */
export class States {
  readonly #terminals = new Terminals<State>();
  readonly #next = new Map<string, Map<NodeId, NodeId>>();
  readonly #approvals = new Map<string, ApprovalTerms>();
  readonly #obligations = new Map<string, Obligation>();

  constructor(
    readonly sets: readonly PolicySet[],
    private readonly decisions: Decisions,
  ) {}

  start(): NodeId {
    return this.#of({ sets: [], obligations: [], gates: [] });
  }

  #of(state: State): NodeId {
    return this.#terminals.of(JSON.stringify(state), () => state);
  }

  /** What the step makes of each state. */
  stepper(step: Transition): (id: NodeId) => NodeId {
    let known = this.#next.get(step.key);
    if (!known) this.#next.set(step.key, (known = new Map()));
    const memo = known;
    return (id) => {
      let after = memo.get(id);
      if (after === undefined) memo.set(id, (after = this.#of(this.#apply(this.#terminals.at(id), step))));
      return after;
    };
  }

  #apply(state: State, step: Transition): State {
    const { effect } = step;
    for (const one of step.obligations) this.#obligations.set(obligationKey(one), one);
    const owed = step.otherwise ? [] : step.obligations.map(obligationKey);
    const obligations = owed.every((key) => state.obligations.includes(key)) ? state.obligations : [...new Set([...state.obligations, ...owed])].sort();
    const ask = step.approval ? keyOf(step.approval) : null;
    if (step.approval && ask !== null) this.#approvals.set(ask, step.approval);
    if (effect === 'gate') return { ...state, gates: [...new Set([...state.gates, ask ?? ''])].sort() };
    if (effect === 'oblige') return obligations === state.obligations ? state : { ...state, obligations };
    const set = this.sets[step.set];
    const [, before, asks] = state.sets.find(([index]) => index === step.set) ?? [step.set, '' as const, []];
    const strength = (one: RuleEffect | ''): number => (one === '' ? Infinity : set?.order.kind === 'strictest' ? set.order.effects.indexOf(one) : 0);
    let mine: readonly [number, RuleEffect, readonly string[]] | null = null;
    if (before === '' || (!step.otherwise && strength(effect) < strength(before))) {
      // the first of `otherwise` gives its effect, and what is asked for is what the default asks for
      const asked = step.otherwise ? set?.default.approval : step.approval;
      if (asked) this.#approvals.set(keyOf(asked), asked);
      mine = [step.set, effect, asked ? [keyOf(asked)] : []];
    } else if (before === effect && set?.order.kind === 'strictest' && !step.otherwise && ask !== null && !asks.includes(ask)) mine = [step.set, effect, [...asks, ask].sort()];
    if (!mine) return obligations === state.obligations ? state : { ...state, obligations };
    return { ...state, obligations, sets: [...state.sets.filter(([index]) => index !== step.set), mine].sort(([a], [b]) => a - b) };
  }

  /** The decision of a state. `governing`: the sets that have a say; `denied`: steps 1 to 3 deny. */
  decide(id: NodeId, governing: readonly number[], denied: boolean): NodeId {
    const state = this.#terminals.at(id);
    const obligations = state.obligations.flatMap((key) => this.#obligations.get(key) ?? []);
    if (denied) return this.decisions.of('deny', [], obligations);
    const results = governing.map((index) => {
      const set = this.sets[index];
      const [, effect, asks] = state.sets.find(([one]) => one === index) ?? [index, '' as const, []];
      const decided: DecisionEffect = effect === '' ? (set?.default.effect ?? 'deny') : effect;
      const unknown = set && set.unknown.length > 0 && decided !== 'deny' ? set.unknown : [];
      const approvals = effect === '' ? (set?.default.approval ? [set.default.approval] : []) : asks.flatMap((key) => this.#approvals.get(key) ?? []);
      return { effect: unknown.length > 0 ? ('unknown' as const) : decided, approvals: unknown.length > 0 ? [] : approvals, unknown };
    });
    const strongest = results.length === 0 ? 'deny' : (STRICTNESS.find((effect) => results.some((result) => result.effect === effect)) ?? 'deny');
    const winning = results.filter((result) => result.effect === strongest);
    const approvals = strongest === 'require_approval' ? winning.flatMap((result) => result.approvals) : [];
    if (strongest !== 'allow' && strongest !== 'require_approval') return this.decisions.of(strongest, [], obligations, winning.flatMap((result) => result.unknown));
    const gates = state.gates.flatMap((key) => this.#approvals.get(key) ?? []);
    return this.decisions.of(gates.length > 0 ? 'require_approval' : strongest, [...approvals, ...gates], obligations);
  }
}
