// All decisions of some places (actions on resources) that ask the same of arguments: for each asker and environment a diagram over the rest of the request.
import { gateId, type Agent, type AgentGate } from '../model';
import { isOpen, obligationKey, recordEnd, termsOf, type CompiledRule } from '../policy';
import { parseDate } from '../text';
import { Decisions, States, transition, type Transition } from './decisions';
import { Domain, questionsOf, type Variable } from './domain';
import { attribute, type Atom, type Attribute, type Derived, type Formula } from './formula';
import { ItemTable, type Context, type Ruled } from './items';
import { FALSE, TRUE, type Budget, type NodeId } from './nodes';
import { baseOf, fixedText, type SideView } from './side';
import { compare } from './read-condition';
import { anything, shapeOf, type Shape } from './shape';
import type { Place } from './space';
import type { Steps } from './types';

export type { Context } from './items';

export const TIME = attribute(['context', 'time']);
/** The last millisecond of the year 9999. */
const END_OF_TIME = 253_402_300_799_999;

export interface Clock {
  readonly now: number;
  /** all requests are of this time */
  readonly at: number | null;
}

/** A rule or gate of a context, and where it applies. */
export interface Applied {
  readonly rule: CompiledRule | null;
  readonly gate: AgentGate | null;
  /** of a gate: whose it is */
  readonly of: Agent | null;
  readonly id: string;
  readonly effect: Transition['effect'];
  readonly set: number;
  readonly otherwise: boolean;
  readonly node: NodeId;
  /** what it does where it applies */
  readonly step: Step;
}

interface Step extends Transition {
  readonly number: number;
}

/** What one side decides in a context. */
export interface Folded {
  /** terminals are decisions */
  readonly node: NodeId;
  readonly applied: readonly Applied[];
  readonly denied: boolean;
  /** equal for contexts in which the same rules decide the same */
  readonly key: string;
}

export interface PlaceOptions {
  readonly sides: readonly SideView[];
  /** of one place, or of several where every argument has the same shape */
  readonly contexts: readonly Context[];
  readonly clock: Clock;
  readonly untyped: boolean;
  readonly budget: Budget;
  readonly decisions: Decisions;
  /** the rules looked at; absent: all */
  readonly only?: ReadonlySet<CompiledRule>;
  /** arguments that a tool does not list may be there: that they are not is told elsewhere */
  readonly lenient?: boolean;
  /** questions that are to be variables besides those of the rules */
  readonly also?: readonly Formula[];
}

/** Contexts looked at in one step. */
const CONTEXTS = 64;

/** Finds what decides in each context, some contexts a step. */
export function* placeSteps(options: PlaceOptions): Steps<PlaceAnalysis> {
  const { sides, contexts, clock } = options;
  const base = clock.at ?? clock.now;
  const tables = sides.map((side) => new ItemTable(side, (rule) => rule.expires >= base && (options.only?.has(rule) ?? true), options.budget));
  const ruled: (readonly Ruled[])[] = [];
  for (const context of contexts) {
    if (ruled.push(tables.map((table) => table.ruled(context))) % CONTEXTS === 0) yield;
  }
  return new PlaceAnalysis(options, tables, ruled);
}

export class PlaceAnalysis {
  readonly domain: Domain;
  readonly contexts: readonly Context[];
  readonly #ruled: readonly (readonly Ruled[])[];
  readonly #states: readonly States[];
  readonly #options: PlaceOptions;
  /** sides whose sets decide alike share what was folded */
  readonly #alike: readonly number[];
  readonly #folded: Map<string, NodeId>[];
  readonly #tables: readonly ItemTable[];
  readonly #applied: (Applied | undefined)[][];
  readonly #whole: Map<Ruled, Folded>[];
  readonly #folds = new WeakMap<readonly number[], (Map<number, Folded> | undefined)[]>();
  readonly #steps = new Map<string, Step>();

  /** By `placeSteps`. */
  constructor(options: PlaceOptions, tables: readonly ItemTable[], ruled: readonly (readonly Ruled[])[]) {
    const { sides, contexts, clock } = options;
    const base = clock.at ?? clock.now;
    this.#options = options;
    this.contexts = contexts;
    const kinds = sides.map((side) => JSON.stringify(side.sets.map((set) => [set.order, set.default.effect, set.default.approval, set.unknown])));
    this.#alike = kinds.map((kind) => kinds.indexOf(kind));
    this.#states = sides.map((side) => new States(side.sets, options.decisions));
    this.#folded = sides.map(() => new Map());
    this.#applied = sides.map(() => []);
    this.#whole = sides.map(() => new Map());
    this.#tables = tables;
    this.#ruled = ruled;
    const formulas = new Set<Formula>(options.also ?? []);
    const times = new Map<string, Formula>();
    const cut = (time: number): void => {
      if (Number.isFinite(time) && time > base && time < END_OF_TIME) times.set(String(time), compare(TIME, '<=', time));
    };
    for (const { all } of tables) for (const { formula, rule } of all) {
      formulas.add(formula);
      cut(rule.expires);
    }
    for (const { gates } of new Set(ruled.flat())) {
      for (const gate of gates) for (const record of gate.records) {
        cut(recordEnd(gate, record));
        const on = parseDate(record.on ?? '');
        if (on !== null) cut(on - 1);
      }
    }
    const place = contexts[0]?.place;
    const fixed = (of: Attribute): string | null => (place ? fixedText(of, place, contexts.find(({ environment }) => environment?.sample)?.environment ?? null) : null);
    const shapes = new Map<string, readonly Shape[]>();
    const time: Shape = shapeOf(['number'], { integer: true, missing: false, min: clock.at ?? clock.now, max: clock.at ?? END_OF_TIME });
    this.domain = new Domain({
      atoms: questionsOf([...formulas, ...times.values()]) as ReadonlyMap<string, Atom>,
      shapes: (of) => {
        let known = shapes.get(of.key);
        if (!known) shapes.set(of.key, (known = of.key === TIME.key ? [time] : of.derived ? [derivedShape(of.derived)] : sides.map((side) => this.#shape(side, of, place))));
        return known;
      },
      base: baseOf, fixed, untyped: options.untyped, budget: options.budget,
    });
  }

  /** A field that a tool does not list can be anything where only the rules are in question. */
  #shape(side: SideView, of: Attribute, place: Place | undefined): Shape {
    const shape = place ? side.shape(of, place) : anything();
    return this.#options.lenient && !shape.present ? anything() : shape;
  }

  /** An agent of the space, as the last side that knows it has it. */
  readonly agentOf = (id: string): Agent | null => this.#options.sides.reduce<Agent | null>((found, side) => side.agent(id)?.agent ?? found, null);

  /** The decisions of a side in a context, given by its place in the list; `without`: rules and gates that are left out. */
  fold(side: number, context: number, without: ((one: Applied) => boolean) | null = null): Folded {
    const ruled = this.#ruled[context]?.[side];
    const view = this.#options.sides[side];
    const asker = this.contexts[context]?.asker;
    const { decisions } = this.#options;
    if (!ruled || !view || asker === undefined || ruled.unknown) return { node: decisions.of('deny', [], []), applied: [], denied: true, key: 'unknown' };
    const whole = this.#whole[side] as Map<Ruled, Folded>;
    const known = without ? undefined : whole.get(ruled);
    if (known) return known;
    const agent = asker === 'any' ? null : (view.agent(asker.id)?.agent ?? null);
    const live: Applied[] = [];
    const take = (one: Applied | undefined): void => {
      if (one && one.node !== FALSE && !without?.(one)) live.push(one);
    };
    for (const item of ruled.items) take(this.#item(side, item));
    if (agent) for (const gate of ruled.gates) take({ rule: null, gate, of: agent, id: gateId(agent, gate), effect: 'gate', set: -1, otherwise: false, node: this.#gateNode(side, agent.id, gate), step: this.#step(transition(-1, 'gate', false, termsOf(gate), [])) });
    let decided = `${ruled.denied} ${ruled.governing.join()}`;
    for (const one of live) decided += ` ${one.step.number}:${one.node}`;
    const memo = this.#folded[this.#alike[side] ?? side] as Map<string, NodeId>;
    let node = memo.get(decided);
    if (node === undefined) memo.set(decided, (node = this.#decide(this.#alike[side] ?? side, live, ruled)));
    const folded: Folded = { node, applied: live, denied: ruled.denied, key: ruled.key };
    if (!without) whole.set(ruled, folded);
    return folded;
  }

  /** What is decided in some contexts, each decision once, with the first context of it. */
  folds(side: number, contexts: readonly number[]): ReadonlyMap<number, Folded> {
    let bySide = this.#folds.get(contexts);
    if (!bySide) this.#folds.set(contexts, (bySide = []));
    let known = bySide[side];
    if (!known) {
      const seen = new Set<string>();
      bySide[side] = known = new Map();
      for (const context of contexts) {
        const folded = this.fold(side, context);
        if (seen.has(folded.key)) continue;
        seen.add(folded.key);
        known.set(context, folded);
      }
    }
    return known;
  }

  #step(made: Transition): Step {
    let step = this.#steps.get(made.key);
    if (!step) this.#steps.set(made.key, (step = { ...made, number: this.#steps.size }));
    return step;
  }

  #item(side: number, number: number): Applied | undefined {
    const list = this.#applied[side] as (Applied | undefined)[];
    let one = list[number];
    if (!one) {
      const item = this.#tables[side]?.all[number];
      if (!item) return undefined;
      const { rule, set, otherwise, formula } = item;
      one = { rule, gate: null, of: null, id: rule.id, effect: rule.effect, set, otherwise, node: this.#appliedNode(rule, formula), step: this.#step(transition(set, rule.effect, otherwise, rule.approval, [...rule.obligations].sort((a, b) => (obligationKey(a) < obligationKey(b) ? -1 : 1)))) };
      list[number] = one;
    }
    return one;
  }

  #appliedNode(rule: CompiledRule, formula: Formula): NodeId {
    const { diagrams } = this.domain;
    // an error never widens
    const node = diagrams.settle(this.domain.node(formula), rule.effect === 'allow' ? FALSE : TRUE);
    const until = rule.expires <= END_OF_TIME && this.domain.level(TIME.key) !== undefined ? this.domain.node(compare(TIME, '<=', rule.expires)) : TRUE;
    return diagrams.and(node, until);
  }

  #gateNode(side: number, id: string, gate: AgentGate): NodeId {
    const view = this.#options.sides[side];
    const known = view?.agent(id);
    if (!view || !known || gate.records.length < gate.count) return TRUE;
    const closed = (time: number): NodeId => (isOpen(gate, { agent: known.agent, catalog: view.catalog, time, digest: () => view.engine.digest(known.agent) }) ? FALSE : TRUE);
    const level = this.domain.level(TIME.key);
    const variable: Variable | undefined = level === undefined ? undefined : this.domain.variables[level];
    if (level === undefined || variable?.kind !== 'field') return closed(this.#options.clock.at ?? this.#options.clock.now);
    return this.domain.split(level, variable.classes.map((one, index) => (variable.mask[index] && (one.kind === 'numbers' || one.kind === 'value') ? closed(one.kind === 'numbers' ? one.sample : Number(one.value)) : TRUE)));
  }

  #decide(side: number, applied: readonly Applied[], { governing, denied }: Ruled): NodeId {
    const { diagrams } = this.domain;
    const states = this.#states[side] as States;
    const { sets } = states;
    let acc = states.start();
    const take = (step: Step, nodes: readonly NodeId[]): void => {
      const next = states.stepper(step);
      // what changes nothing need not be known
      if (acc < 0 && next(acc) === acc) return;
      const node = nodes.reduce((a, b) => diagrams.or(a, b));
      acc = diagrams.join(`${side} ${step.number}`, acc, node, (x, y) => {
        if (y === FALSE) return x;
        if (x >= 0) return null;
        const after = next(x);
        return y === TRUE || after === x ? after : null;
      });
    };
    /** Rules that do the same are one. */
    const together = (is: (one: Applied) => boolean): void => {
      const groups = new Map<Step, Set<NodeId>>();
      for (const one of applied) {
        if (!is(one)) continue;
        const group = groups.get(one.step);
        if (group) group.add(one.node);
        else groups.set(one.step, new Set([one.node]));
      }
      for (const [step, nodes] of groups) take(step, nodes.has(TRUE) ? [TRUE] : [...nodes].sort((a, b) => a - b));
    };
    for (const index of governing) {
      const set = sets[index];
      const decides = (one: Applied): boolean => one.set === index && one.effect !== 'oblige' && !one.otherwise;
      if (set?.order.kind === 'strictest') for (const effect of set.order.effects) together((one) => one.effect === effect && decides(one));
      else for (const one of applied) if (decides(one)) take(one.step, [one.node]);
      for (const one of applied) if (one.otherwise && one.set === index && one.effect !== 'oblige') take(one.step, [one.node]);
    }
    together((one) => one.effect === 'oblige');
    together((one) => one.effect === 'gate');
    return diagrams.map(`decide ${side} ${governing.join()} ${denied}`, acc, (terminal) => states.decide(terminal, governing, denied));
  }
}

const derivedShape = ({ range, fails }: Derived): Shape => (range ? shapeOf(['number'], { integer: true, min: range[0], max: range[1], missing: fails }) : { ...anything(), missing: fails });
