// From the diagrams of all places to regions: boxes over agents, environments, resources and what the requests hold, as few as is cheap.
import type { ResourceType } from '../documents';
import { RESOURCE_OF_ACTION } from '../model';
import { meets } from './boxes';
import { namedConstraints } from './form';
import { FALSE, TRUE, type NodeId } from './nodes';
import type { Applied, PlaceAnalysis } from './place';
import { productsOf, singly, type Product } from './products';
import { resourceForms } from './resources';
import { Constraints, boxesFor, fewestOf, saidOf, type Said } from './said';
import type { Named, Place, Space } from './space';
import type { RegionForm } from './types';

/** A box in one place, and the contexts that it is about. */
export interface Spot {
  readonly analysis: PlaceAnalysis;
  readonly sets: ReadonlyMap<string, readonly number[]>;
  /** contexts of the place, by their number */
  readonly contexts: readonly number[];
}

/** What regions are made of: everything about them but words. */
export interface Piece {
  readonly value: NodeId;
  readonly spots: readonly Spot[];
  /** of the agents of the space; null for any */
  readonly agents: readonly number[] | null;
  readonly environments: readonly number[] | null;
  readonly places: readonly number[];
  readonly constraints: RegionForm;
  readonly opaque: readonly string[];
}

/** One diagram, and the contexts of a place in which it holds. */
export interface Layer {
  readonly node: NodeId;
  readonly contexts: readonly number[];
}

/** With more decisions than these in one diagram, its boxes are made at once. */
const MANY_DECISIONS = 64;

/** A row of cells: a place, an agent (-1 for any), and in which environments. */
type Row = readonly [place: number, agent: number, environments: readonly number[]];

/** A box of one layer. */
interface Entry extends Spot {
  readonly rows: readonly Row[];
}

/** Boxes of one decision that hold the same, wherever they are. */
interface Part {
  readonly value: NodeId;
  readonly constraints: RegionForm;
  readonly opaque: readonly string[];
  readonly entries: Entry[];
}

/** Which product the cells are of, and, once asked for, the contexts of a layer. */
interface Numbered {
  readonly cells: ReadonlyMap<number, number>;
  readonly contexts: Map<readonly number[], ReadonlyMap<number, readonly number[]>>;
}

/** Collects the boxes of all places, and then says them in as few pieces as is cheap. */
export class Parts {
  readonly #known = new Map<string, Part>();
  readonly #agents: ReadonlyMap<string, number>;
  readonly #places: ReadonlyMap<Place, number>;
  readonly #environments: ReadonlyMap<string | null, number>;
  readonly #everywhere: readonly number[];
  readonly #costs = new Map<string, number>();
  readonly #said = new Map<PlaceAnalysis, Map<NodeId, { readonly all: readonly Said[]; readonly whole: boolean }>>();
  readonly #constraints = new Constraints();
  readonly #products = new Map<readonly Row[], readonly Product[]>();
  readonly #inside = new WeakMap<readonly Product[], Numbered>();

  constructor(private readonly space: Space) {
    this.#agents = new Map(space.agents?.map((id, index) => [id, index]));
    this.#places = new Map(space.places.map((place, index) => [place, index]));
    this.#environments = new Map(space.environments.map((one, index) => [one?.name ?? null, index]));
    this.#everywhere = space.environments.map((_, index) => index);
  }

  /** Kinds of boxes so far: at least so many regions. */
  get size(): number {
    return this.#known.size;
  }

  /** The boxes whose terminals `keep` takes. False where there are more than `most`, and some are left out. */
  add(analysis: PlaceAnalysis, layers: readonly Layer[], keep: (terminal: NodeId) => boolean, most: number): boolean {
    const { diagrams } = analysis.domain;
    let known = this.#said.get(analysis);
    if (!known) this.#said.set(analysis, (known = new Map()));
    for (const layer of layers) {
      const wanted = [...diagrams.reach(layer.node).terminals].filter(keep);
      if (wanted.length === 0) continue;
      const rows = this.#rowsOf(analysis, layer.contexts);
      const push = (value: NodeId, { constraints, sets, opaque, text }: Said): void => {
        const key = `${value} ${text}`;
        let part = this.#known.get(key);
        if (!part) this.#known.set(key, (part = { value, constraints, opaque, entries: [] }));
        part.entries.push({ analysis, sets, contexts: layer.contexts, rows });
      };
      let whole = true;
      if (wanted.length > MANY_DECISIONS) {
        const found = boxesFor(analysis, layer.node, null, keep, most);
        for (const box of found.boxes) for (const said of saidOf(analysis, box, this.#constraints)) push(box.value, said);
        whole = found.whole;
      } else {
        for (const value of wanted) {
          const node = wanted.length === 1 && diagrams.reach(layer.node).terminals.size === 1 ? TRUE : diagrams.map(`is ${value}`, layer.node, (terminal) => (terminal === value ? TRUE : FALSE));
          let said = known.get(node);
          if (!said) known.set(node, (said = fewestOf(analysis, node, most, this.#constraints)));
          for (const one of said.all) push(value, one);
          whole &&= said.whole;
        }
      }
      if (!whole || this.#known.size > most) return false;
    }
    return true;
  }

  /** `rank`: what of the decisions comes first. */
  *pieces(rank: (value: NodeId) => number): Generator<Piece, void, void> {
    const ranked = [...this.#known.values()].map((part) => ({ part, rank: rank(part.value) })).sort((a, b) => a.rank - b.rank);
    for (const { part: { value, constraints, opaque, entries } } of ranked) {
      const products = this.#productsOf(entries);
      const inside = products.length > 1 ? this.#numbered(products) : null;
      const spots = products.map((): Spot[] => []);
      for (const { analysis, sets, contexts } of entries) {
        if (!inside) {
          spots[0]?.push({ analysis, sets, contexts });
          continue;
        }
        let mine = inside.contexts.get(contexts);
        if (!mine) inside.contexts.set(contexts, (mine = this.#sorted(analysis, contexts, inside.cells)));
        for (const [product, some] of mine) spots[product]?.push({ analysis, sets, contexts: some });
      }
      for (const [index, { places, agents, environments }] of products.entries()) {
        yield { value, constraints, opaque, places, spots: spots[index] ?? [], agents: agents[0] === -1 ? null : agents, environments: environments.length < this.#everywhere.length ? environments : null };
      }
    }
  }

  #numbered(products: readonly Product[]): Numbered {
    let known = this.#inside.get(products);
    if (known) return known;
    const cells = new Map<number, number>();
    products.forEach(({ places, agents, environments }, index) => {
      for (const place of places) for (const agent of agents) for (const environment of environments) cells.set(this.#cell(place, agent, environment), index);
    });
    this.#inside.set(products, (known = { cells, contexts: new Map() }));
    return known;
  }

  /** The contexts of each product. */
  #sorted(analysis: PlaceAnalysis, contexts: readonly number[], cells: ReadonlyMap<number, number>): ReadonlyMap<number, readonly number[]> {
    const sorted = new Map<number, number[]>();
    for (const context of contexts) {
      const product = cells.get(this.#cell(...this.#cellOf(analysis, context))) ?? 0;
      const known = sorted.get(product);
      if (known) known.push(context);
      else sorted.set(product, [context]);
    }
    return sorted;
  }

  #cell(place: number, agent: number, environment: number | null): number {
    return (place * ((this.space.agents?.length ?? 0) + 2) + agent + 1) * this.#everywhere.length + (environment ?? 0);
  }

  /** The numbers of the place, the agent (-1 for any) and the environment; null for what is its own environment. */
  #cellOf({ contexts }: PlaceAnalysis, index: number): readonly [number, number, number | null] {
    const context = contexts[index];
    if (!context) return [0, -1, null];
    const { asker, place, environment } = context;
    return [this.#places.get(place) ?? 0, asker === 'any' ? -1 : (this.#agents.get(asker.id) ?? 0), place.action === 'deploy' ? null : (this.#environments.get(environment?.name ?? null) ?? 0)];
  }

  #rowsOf(analysis: PlaceAnalysis, contexts: readonly number[]): readonly Row[] {
    const rows = new Map<number, [number, number, number[]]>();
    for (const context of contexts) {
      const [place, agent, environment] = this.#cellOf(analysis, context);
      const key = this.#cell(place, agent, 0);
      const known = rows.get(key);
      if (environment === null) rows.set(key, [place, agent, [...this.#everywhere]]);
      else if (known) known[2].push(environment);
      else rows.set(key, [place, agent, [environment]]);
    }
    for (const row of rows.values()) row[2].sort((a, b) => a - b);
    return [...rows.values()];
  }

  #productsOf(entries: readonly Entry[]): readonly Product[] {
    const [first] = entries;
    if (!first) return [];
    if (entries.length > 1) return this.#united(entries);
    let known = this.#products.get(first.rows);
    if (!known) this.#products.set(first.rows, (known = this.#united(entries)));
    return known;
  }

  #united(entries: readonly Entry[]): readonly Product[] {
    const products = this.#few(entries);
    return products.every((product) => this.#cost(product) === 1) ? products : singly(products, this.#split, this.#cost);
  }

  /** Parts of which each is one region. */
  readonly #split = (product: Product): readonly Product[] => {
    const { space } = this;
    const one = (index: number): Named | null => space.environments[index] ?? null;
    const { environments } = product;
    const parts = environments.length === this.#everywhere.length ? [environments]
      : [environments.filter((index) => one(index) === null), environments.filter((index) => one(index) !== null && !one(index)?.sample), ...environments.filter((index) => one(index)?.sample).map((index) => [index])].filter((part) => part.length > 0);
    const forms = resourceForms(product.places.flatMap((index) => space.places[index] ?? []), space);
    return parts.flatMap((part) => forms.map(({ places }) => ({ ...product, environments: part, places: places.flatMap((place) => this.#places.get(place) ?? []).sort((a, b) => a - b) })));
  };

  /** A region is of one type of resource, so that what is of several is never one product. */
  #few(entries: readonly Entry[]): readonly Product[] {
    const [first] = entries;
    if (first && entries.length === 1 && first.rows.every(([place]) => this.#typeOf(place) === this.#typeOf(first.rows[0]?.[0] ?? 0))) return productsOf(first.rows, this.#cost);
    // an agent at a place may stand in several layers, each with other environments
    const types = new Map<ResourceType, Map<number, Row>>();
    for (const entry of entries) for (const row of entry.rows) {
      const type = this.#typeOf(row[0]);
      let rows = types.get(type);
      if (!rows) types.set(type, (rows = new Map()));
      const key = this.#cell(row[0], row[1], 0);
      const known = rows.get(key);
      rows.set(key, known ? [row[0], row[1], [...known[2], ...row[2]].sort((a, b) => a - b)] : row);
    }
    return [...types.values()].flatMap((rows) => productsOf([...rows.values()], this.#cost));
  }

  #typeOf(place: number): ResourceType {
    return RESOURCE_OF_ACTION[this.space.places[place]?.action ?? 'call'];
  }

  /** How many regions a product makes. */
  readonly #cost = ({ places, environments }: Product): number => {
    const where = environments.length === this.#everywhere.length ? 1 : namedConstraints(environments.map((index) => this.space.environments[index] ?? null)).length;
    const plain = places.length === 1 || places.every((index) => {
      const place = this.space.places[index];
      return place && !place.sample && place.action !== 'read' && place.action !== 'write' && place.action !== 'delete';
    });
    if (plain) return where;
    const key = places.join();
    let cost = this.#costs.get(key);
    if (cost === undefined) this.#costs.set(key, (cost = resourceForms(places.flatMap((index) => this.space.places[index] ?? []), this.space).length));
    return where * cost;
  };
}

const isTrue = (terminal: NodeId): boolean => terminal === TRUE;

/** The rules of a side that apply somewhere in a spot and `is` takes. */
export function appliedIn(spot: Spot, side: number, is: (one: Applied, context: number) => boolean): readonly Applied[] {
  const found = new Map<object | string, Applied>();
  const { diagrams, masks } = spot.analysis.domain;
  for (const [context, folded] of spot.analysis.folds(side, spot.contexts)) {
    for (const one of folded.applied) {
      const key = one.rule ?? one.id;
      if (is(one, context) && !found.has(key) && (one.node === TRUE || meets(diagrams, one.node, spot.sets, masks, isTrue))) found.set(key, one);
    }
  }
  return [...found.values()];
}
