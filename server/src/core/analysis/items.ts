// Which rules of one side are for a context, and what their conditions say there; contexts with the same rules share the answer.
import { type AgentGate } from '../model';
import type { CompiledRule } from '../policy';
import type { Formula } from './formula';
import { spend, type Budget } from './nodes';
import type { Item, PlaceRule } from './rule-index';
import type { Asker, SideView } from './side';
import type { Named, Place } from './space';

/** Who asks for what, and where. */
export interface Context {
  readonly asker: Asker;
  readonly place: Place;
  readonly environment: Named | null;
  /** what the rules say, whatever steps 1 to 3 of a decision say */
  readonly unguarded?: boolean;
}

/** What is to be decided in a context. Contexts in which the same rules decide the same share one object. */
export interface Ruled {
  readonly key: string;
  /** numbers of items in the order of the rules */
  readonly items: readonly number[];
  readonly gates: readonly AgentGate[];
  readonly denied: boolean;
  /** the sets that have a say */
  readonly governing: readonly number[];
  /** the side does not know the agent */
  readonly unknown: boolean;
}

const NOBODY: Ruled = { key: 'unknown', items: [], gates: [], denied: true, governing: [], unknown: true };

/** A list of rules as it is for some who ask. */
interface Fitting {
  readonly rules: readonly PlaceRule[];
  /** what a condition says hangs on who asks, or on the resource */
  readonly personal: boolean;
  readonly local: boolean;
  readonly items: Map<string, Numbers>;
  /** where neither counts: by environment, for what is denied beforehand and for the rest */
  readonly plain: readonly [Map<Named | null, Numbers>, Map<Named | null, Numbers>];
}

/** Items by number; equal lists are one. */
interface Numbers {
  readonly id: number;
  readonly list: readonly number[];
}

/** Who asks for what. */
interface AskedAt {
  readonly given: Asker;
  readonly place: Place;
  /** as the side knows it */
  readonly asker: Asker;
  readonly governing: readonly number[];
  readonly wide: Fitting;
  readonly named: Fitting;
}

export class ItemTable {
  readonly all: Item[] = [];
  readonly #numbers = new Map<CompiledRule, Map<Formula, number>>();
  readonly #askers = new Map<string, Asker>();
  readonly #fitting = new Map<readonly PlaceRule[], { readonly byAsker: Map<Asker, Fitting>; readonly known: Map<string, Fitting> }>();
  #nothing: Fitting | null = null;
  #last: AskedAt | null = null;
  readonly #lists = new Map<string, Numbers>();
  readonly #ruled = new Map<string, Ruled>();

  constructor(
    readonly side: SideView,
    private readonly takes: (rule: CompiledRule) => boolean,
    private readonly budget: Budget,
  ) {}

  ruled({ asker: given, place, environment, unguarded }: Context): Ruled {
    const { side } = this;
    const at = this.#last?.given === given && this.#last.place === place ? this.#last : (this.#last = this.#at(given, place));
    const { asker, governing } = at;
    spend(this.budget, 1);
    if (asker !== 'any' && asker.known === null) return NOBODY;
    const denied = !unguarded && side.denied(asker, place, environment);
    const wide = this.#items(at.wide, asker, place, environment, denied);
    const named = this.#items(at.named, asker, place, environment, denied);
    const gates = denied ? [] : side.gates(asker, place, environment);
    const key = `${denied ? 0 : 1} ${governing.length === 1 ? governing[0] : governing.join()} ${wide.id} ${named.id}${gates.length === 0 || asker === 'any' ? '' : ` ${asker.id} ${gates.map((gate) => gate.index).join()}`}`;
    let ruled = this.#ruled.get(key);
    if (!ruled) {
      const items = wide.list.length === 0 ? named.list : named.list.length === 0 ? wide.list : [...wide.list, ...named.list].sort((a, b) => (this.all[a]?.order ?? 0) - (this.all[b]?.order ?? 0));
      this.#ruled.set(key, (ruled = { key, items, gates, denied, governing, unknown: false }));
    }
    return ruled;
  }

  /** What is the same in all environments, which are asked one after the other. */
  #at(given: Asker, place: Place): AskedAt {
    const { side } = this;
    const asker = this.#asker(given);
    const known = asker === 'any' || asker.known !== null;
    return { given, place, asker, governing: known ? side.setsFor(asker, place) : [], wide: this.#fits(known ? side.wideAt(place) : [], asker), named: this.#fits(known ? side.namedAt(place) : [], asker) };
  }

  /** The asker as this side knows it. */
  #asker(asker: Asker): Asker {
    if (asker === 'any') return asker;
    let mine = this.#askers.get(asker.id);
    if (!mine) this.#askers.set(asker.id, (mine = { id: asker.id, known: this.side.agent(asker.id) }));
    return mine;
  }

  #fits(rules: readonly PlaceRule[], asker: Asker): Fitting {
    if (rules.length === 0) {
      this.#nothing ??= { rules, personal: false, local: false, items: new Map(), plain: [new Map(), new Map()] };
      return this.#nothing;
    }
    let lists = this.#fitting.get(rules);
    if (!lists) this.#fitting.set(rules, (lists = { byAsker: new Map(), known: new Map() }));
    let mine = lists.byAsker.get(asker);
    if (mine) return mine;
    const fitting = rules.filter((one) => this.takes(one.rule) && this.side.fits(one, asker));
    const key = fitting.map((one) => one.order).join();
    mine = lists.known.get(key);
    if (!mine) {
      const reads = fitting.map(({ rule }) => this.side.reads(rule));
      mine = { rules: fitting, personal: asker !== 'any' && reads.some((one) => one.agent), local: fitting.some(({ rule }, index) => rule.where !== null || reads[index]?.resource === true), items: new Map(), plain: [new Map(), new Map()] };
      lists.known.set(key, mine);
    }
    lists.byAsker.set(asker, mine);
    return mine;
  }

  #items(mine: Fitting, asker: Asker, place: Place, environment: Named | null, denied: boolean): Numbers {
    const plain = mine.personal || mine.local ? null : mine.plain[denied ? 0 : 1];
    const known = plain?.get(environment);
    if (known) return known;
    const at = plain ? '' : `${denied} ${environment ? `=${environment.name}` : ''}${mine.personal && asker !== 'any' ? `\0${asker.id}` : ''}${mine.local ? `\0${place.resource}` : ''}`;
    let items = plain ? undefined : mine.items.get(at);
    if (!items) {
      const found: number[] = [];
      spend(this.budget, 1 + (mine.rules.length >> 2));
      for (const one of mine.rules) {
        if ((denied && one.rule.effect !== 'oblige') || !this.side.fitsIn(one, environment)) continue;
        found.push(this.#number(one, this.side.formula(one.rule, asker, place, environment)));
      }
      const key = found.join();
      items = this.#lists.get(key);
      if (!items) this.#lists.set(key, (items = { id: this.#lists.size, list: found }));
      if (plain) plain.set(environment, items);
      else mine.items.set(at, items);
    }
    return items;
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
