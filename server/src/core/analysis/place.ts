// All decisions of one place (an action on a resource): for each asker and environment a diagram over the rest of the request.
import { gateId, type Agent, type AgentGate } from '../model';
import { isOpen, obligationKey, recordEnd, termsOf, type CompiledRule } from '../policy';
import { parseDate } from '../text';
import { Decisions, States, transition, type Transition } from './decisions';
import { Domain, questionsOf, type Variable } from './domain';
import { attribute, type Atom, type Attribute, type Derived, type Formula } from './formula';
import { FALSE, TRUE, spend, type Budget, type NodeId } from './nodes';
import { baseOf, fixedText, type Asker, type Item, type PlaceRule, type SideView } from './side';
import { compare } from './read-condition';
import { anything, shapeOf, type Shape } from './shape';
import type { Named, Place } from './space';

export const TIME = attribute(['context', 'time']);
/** The last millisecond of the year 9999. */
const END_OF_TIME = 253_402_300_799_999;

export interface Clock {
  readonly now: number;
  /** all requests are of this time */
  readonly at: number | null;
}

/** Who asks, and where. */
export interface Context {
  readonly asker: Asker;
  readonly environment: Named | null;
  /** what the rules say, whatever steps 1 to 3 of a decision say */
  readonly unguarded?: boolean;
}

/** A rule or gate of a context, and where it applies. */
export interface Applied {
  readonly rule: CompiledRule | null;
  readonly gate: AgentGate | null;
  readonly id: string;
  readonly effect: Transition['effect'];
  readonly set: number;
  readonly otherwise: boolean;
  readonly node: NodeId;
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
  readonly place: Place;
  readonly sides: readonly SideView[];
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

interface Raw {
  /** places in the table of the side */
  readonly items: readonly number[];
  readonly gates: readonly AgentGate[];
  readonly denied: boolean;
  readonly governing: readonly number[];
  readonly unknown: boolean;
}

const NOBODY: Raw = { items: [], gates: [], denied: true, governing: [], unknown: true };

/** The rules of one side at a place, each once for everything that its condition can say there. */
class ItemTable {
  readonly all: Item[] = [];
  readonly #numbers = new Map<CompiledRule, Map<Formula, number>>();
  readonly #askers = new Map<string, Asker>();
  readonly #governing = new Map<Asker, readonly number[]>();
  readonly #forAsker = new Map<Asker, readonly number[]>();
  readonly #inEnvironment = new Map<Named | null, readonly boolean[]>();

  constructor(
    readonly side: SideView,
    private readonly place: Place,
    private readonly rules: readonly PlaceRule[],
    private readonly budget: Budget,
  ) {}

  /** The asker as this side knows it. */
  asker(asker: Asker): Asker {
    if (asker === 'any') return asker;
    let mine = this.#askers.get(asker.id);
    if (!mine) this.#askers.set(asker.id, (mine = { id: asker.id, known: this.side.agent(asker.id) }));
    return mine;
  }

  governing(asker: Asker): readonly number[] {
    let sets = this.#governing.get(asker);
    if (!sets) this.#governing.set(asker, (sets = this.side.setsFor(asker, this.place)));
    return sets;
  }

  items(asker: Asker, environment: Named | null, denied: boolean): readonly number[] {
    let mine = this.#forAsker.get(asker);
    if (!mine) {
      const governing = this.governing(asker);
      this.#forAsker.set(asker, (mine = this.rules.flatMap((one, index) => (governing.includes(one.set) && this.side.fits(one.rule, asker) ? [index] : []))));
    }
    let here = this.#inEnvironment.get(environment);
    if (!here) this.#inEnvironment.set(environment, (here = this.rules.map((one) => this.side.fitsEnvironment(one.rule, this.place, environment))));
    const found: number[] = [];
    spend(this.budget, 1 + (mine.length >> 2));
    for (const index of mine) {
      const one = this.rules[index] as PlaceRule;
      if (!here[index] || (denied && one.rule.effect !== 'oblige')) continue;
      found.push(this.#number(one, this.side.formula(one.rule, asker, this.place, environment)));
    }
    return found;
  }

  #number(one: PlaceRule, formula: Formula): number {
    let known = this.#numbers.get(one.rule);
    if (!known) this.#numbers.set(one.rule, (known = new Map()));
    let number = known.get(formula);
    if (number === undefined) {
      number = this.all.push({ ...one, formula }) - 1;
      known.set(formula, number);
    }
    return number;
  }
}

export class PlaceAnalysis {
  readonly domain: Domain;
  readonly place: Place;
  readonly contexts: readonly Context[];
  readonly #raw: readonly (readonly Raw[])[];
  readonly #states: readonly States[];
  readonly #options: PlaceOptions;
  readonly #folded: Map<string, NodeId>[];
  readonly #tables: readonly ItemTable[];
  readonly #applied: (Applied | undefined)[][];
  readonly #whole: Map<string, Folded>[];

  constructor(options: PlaceOptions) {
    const { place, sides, contexts, clock } = options;
    const base = clock.at ?? clock.now;
    this.#options = options;
    this.place = place;
    this.contexts = contexts;
    this.#states = sides.map((side) => new States(side.sets, options.decisions));
    this.#folded = sides.map(() => new Map());
    this.#applied = sides.map(() => []);
    this.#whole = sides.map(() => new Map());
    const tables = sides.map((side) => new ItemTable(side, place, side.rulesAt(place).filter(({ rule }) => rule.expires >= base && (options.only?.has(rule) ?? true)), options.budget));
    this.#tables = tables;
    this.#raw = contexts.map(({ asker, environment, unguarded }) => tables.map((table): Raw => {
      const { side } = table;
      const mine = table.asker(asker);
      spend(options.budget, 1);
      if (mine !== 'any' && mine.known === null) return NOBODY;
      const denied = !unguarded && side.denied(mine, place, environment);
      const governing = table.governing(mine);
      return { items: table.items(mine, environment, denied), gates: denied ? [] : side.gates(mine, place, environment), denied, governing, unknown: false };
    }));
    const formulas = new Set<Formula>(options.also ?? []);
    const times = new Map<string, Formula>();
    const cut = (time: number): void => {
      if (Number.isFinite(time) && time > base && time < END_OF_TIME) times.set(String(time), compare(TIME, '<=', time));
    };
    for (const { all } of tables) for (const { formula, rule } of all) {
      formulas.add(formula);
      cut(rule.expires);
    }
    for (const raw of this.#raw.flat()) {
      for (const gate of raw.gates) for (const record of gate.records) {
        cut(recordEnd(gate, record));
        const on = parseDate(record.on ?? '');
        if (on !== null) cut(on - 1);
      }
    }
    const fixed = (of: { readonly key: string; readonly names: readonly string[] }): string | null => fixedText(of, place, contexts.find(({ environment }) => environment?.sample)?.environment ?? null);
    const time: Shape = shapeOf(['number'], { integer: true, missing: false, min: clock.at ?? clock.now, max: clock.at ?? END_OF_TIME });
    this.domain = new Domain({
      atoms: questionsOf([...formulas, ...times.values()]) as ReadonlyMap<string, Atom>,
      shapes: (of) => (of.key === TIME.key ? [time] : of.derived ? [derivedShape(of.derived)] : sides.map((side) => this.#shape(side, of))),
      base: baseOf, fixed, untyped: options.untyped, budget: options.budget,
    });
  }

  /** A field that a tool does not list can be anything where only the rules are in question. */
  #shape(side: SideView, of: Attribute): Shape {
    const shape = side.shape(of, this.place);
    return this.#options.lenient && !shape.present ? anything() : shape;
  }

  /** An agent of the space, as the last side that knows it has it. */
  readonly agentOf = (id: string): Agent | null => this.#options.sides.reduce<Agent | null>((found, side) => side.agent(id)?.agent ?? found, null);

  /** The decisions of a side in a context, given by its place in the list; `without`: rules and gates that are left out. */
  fold(side: number, context: number, without: ((one: Applied) => boolean) | null = null): Folded {
    const raw = this.#raw[context]?.[side];
    const view = this.#options.sides[side];
    const asker = this.contexts[context]?.asker;
    const { decisions } = this.#options;
    if (!raw || !view || asker === undefined || raw.unknown) return { node: decisions.of('deny', [], []), applied: [], denied: true, key: 'unknown' };
    const agent = asker === 'any' ? null : (view.agent(asker.id)?.agent ?? null);
    const gated = agent !== null && raw.gates.length > 0 ? agent.id : '';
    const key = `${raw.denied} ${raw.governing.join(',')} ${raw.items.join(' ')} ${gated} ${gated === '' ? '' : raw.gates.map((gate) => gate.index).join(',')}`;
    const whole = this.#whole[side] as Map<string, Folded>;
    const known = without ? undefined : whole.get(key);
    if (known) return known;
    const applied: Applied[] = raw.items.flatMap((item) => this.#item(side, item) ?? []);
    if (agent) for (const gate of raw.gates) applied.push({ rule: null, gate, id: gateId(agent, gate), effect: 'gate', set: -1, otherwise: false, node: this.#gateNode(side, agent.id, gate) });
    const live = applied.filter((one) => one.node !== FALSE && !without?.(one));
    const decided = `${raw.denied} ${raw.governing.join(',')} ${live.map((one) => `${stepOf(one).key} ${one.node}`).join(' ')}`;
    const memo = this.#folded[side] as Map<string, NodeId>;
    let node = memo.get(decided);
    if (node === undefined) memo.set(decided, (node = this.#decide(side, live, raw)));
    const folded: Folded = { node, applied: live, denied: raw.denied, key };
    if (!without) whole.set(key, folded);
    return folded;
  }

  #item(side: number, number: number): Applied | undefined {
    const list = this.#applied[side] as (Applied | undefined)[];
    let one = list[number];
    if (!one) {
      const item = this.#tables[side]?.all[number];
      if (!item) return undefined;
      const { rule, set, otherwise, formula } = item;
      one = { rule, gate: null, id: rule.id, effect: rule.effect, set, otherwise, node: this.#appliedNode(rule, formula) };
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
    return this.domain.diagrams.make(level, variable.classes.map((one, index) => (variable.mask[index] && (one.kind === 'numbers' || one.kind === 'value') ? closed(one.kind === 'numbers' ? one.sample : Number(one.value)) : TRUE)));
  }

  #decide(side: number, applied: readonly Applied[], raw: Raw): NodeId {
    const { diagrams } = this.domain;
    const states = this.#states[side] as States;
    const { sets } = states;
    let acc = states.start();
    const take = (step: Transition, node: NodeId): void => {
      const next = states.stepper(step);
      acc = diagrams.join(`${side} ${step.key}`, acc, node, (x, y) => {
        if (y === FALSE) return x;
        if (x >= 0) return null;
        const after = next(x);
        return y === TRUE || after === x ? after : null;
      });
    };
    /** Rules that do the same are one. */
    const together = (list: readonly Applied[]): void => {
      const groups = new Map<string, { readonly step: Transition; readonly nodes: NodeId[] }>();
      for (const one of list) {
        const step = stepOf(one);
        const group = groups.get(step.key);
        if (group) group.nodes.push(one.node);
        else groups.set(step.key, { step, nodes: [one.node] });
      }
      for (const { step, nodes } of groups.values()) take(step, [...new Set(nodes)].sort((a, b) => a - b).reduce((a, b) => diagrams.or(a, b)));
    };
    for (const index of raw.governing) {
      const set = sets[index];
      const mine = applied.filter((one) => one.set === index && one.effect !== 'oblige');
      const rules = mine.filter((one) => !one.otherwise);
      if (set?.order.kind === 'strictest') for (const effect of set.order.effects) together(rules.filter((one) => one.effect === effect));
      else for (const one of rules) take(stepOf(one), one.node);
      for (const one of mine) if (one.otherwise) take(stepOf(one), one.node);
    }
    together(applied.filter((one) => one.effect === 'oblige'));
    together(applied.filter((one) => one.effect === 'gate'));
    return diagrams.map(`decide ${side} ${raw.governing.join(',')} ${raw.denied}`, acc, (terminal) => states.decide(terminal, raw.governing, raw.denied));
  }
}

const derivedShape = ({ range, fails }: Derived): Shape => (range ? shapeOf(['number'], { integer: true, min: range[0], max: range[1], missing: fails }) : { ...anything(), missing: fails });

const STEPS = Symbol('step');

function stepOf(one: Applied & { [STEPS]?: Transition }): Transition {
  if (one[STEPS]) return one[STEPS];
  const rule = one.rule;
  const step = rule ? transition(one.set, rule.effect, one.otherwise, rule.approval, [...rule.obligations].sort((a, b) => (obligationKey(a) < obligationKey(b) ? -1 : 1))) : transition(-1, 'gate', false, one.gate ? termsOf(one.gate) : null, []);
  return (one[STEPS] = step);
}

