// Cells of (place, agent, environment) as few disjoint products of sets: what differs in one of the three becomes one. Several orders are tried, and the best is taken.

/** All cells of some places, agents and environments; each set sorted. */
export interface Product {
  readonly places: readonly number[];
  readonly agents: readonly number[];
  readonly environments: readonly number[];
}

/** Equal sets have one number. */
class Sets {
  readonly #known = new Map<string, number>();
  readonly all: (readonly number[])[] = [];

  of(set: readonly number[]): number {
    const key = set.length === 1 ? String(set[0]) : set.join();
    let id = this.#known.get(key);
    if (id === undefined) {
      id = this.all.push(set) - 1;
      this.#known.set(key, id);
    }
    return id;
  }
}

type Axis = 0 | 1 | 2;
/** Numbers of sets: places, agents, environments. */
type Triple = readonly [number, number, number];

const PLACES: Axis = 0;
const AGENTS: Axis = 1;
const ENVIRONMENTS: Axis = 2;

const SHORT: readonly (readonly Axis[])[] = [[AGENTS, PLACES], [PLACES, AGENTS]];
const LONG: readonly (readonly Axis[])[] = [...SHORT, [AGENTS, PLACES, ENVIRONMENTS], [PLACES, AGENTS, ENVIRONMENTS], [PLACES, ENVIRONMENTS, AGENTS], [AGENTS, ENVIRONMENTS, PLACES]];
/** Past these only the two cheapest orders are tried. */
const MANY = 20_000;

/** `rows`: of each place and agent the environments, sorted. `cost`: how many regions a product makes. */
export function productsOf(rows: readonly (readonly [place: number, agent: number, environments: readonly number[]])[], cost: (product: Product) => number): readonly Product[] {
  const [first] = rows;
  if (rows.length === 1 && first) return [{ places: [first[0]], agents: [first[1]], environments: first[2] }];
  // at one place, in the same environments: one product
  if (first && rows.every(([place, , environments]) => place === first[0] && same(environments, first[2]))) return [{ places: [first[0]], agents: rows.map(([, agent]) => agent).sort((a, b) => a - b), environments: first[2] }];
  const sets = new Sets();
  const whole = rows.map(([place, agent, environments]): Triple => [sets.of([place]), sets.of([agent]), sets.of(environments)]);
  const mixed = rows.length < MANY && new Set(whole.map((row) => row[ENVIRONMENTS])).size > 1;
  let single: readonly Triple[] | null = null;
  let best: readonly Product[] = [];
  let least = Infinity;
  for (const order of mixed ? LONG : SHORT) {
    const start = order.length === 2 ? whole : (single ??= rows.flatMap(([place, agent, environments]) => environments.map((one): Triple => [sets.of([place]), sets.of([agent]), sets.of([one])])));
    const products = settle(order.reduce((triples, axis) => unite(triples, axis, sets), start), sets).map(([places, agents, environments]): Product => ({ places: sets.all[places] ?? [], agents: sets.all[agents] ?? [], environments: sets.all[environments] ?? [] }));
    const price = products.reduce((sum, product) => sum + cost(product), 0);
    if (price < least) [best, least] = [products, price];
    if (products.length === 1) break;
  }
  return best;
}

/** Products of which each is one region: those that are several are split, and parts that differ on one axis only become one where that is one region still. */
export function singly(products: readonly Product[], split: (product: Product) => readonly Product[], cost: (product: Product) => number): readonly Product[] {
  const sets = new Sets();
  const productOf = ([places, agents, environments]: Triple): Product => ({ places: sets.all[places] ?? [], agents: sets.all[agents] ?? [], environments: sets.all[environments] ?? [] });
  const single = (triple: Triple): boolean => cost(productOf(triple)) === 1;
  let current: readonly Triple[] = products.flatMap(split).map(({ places, agents, environments }): Triple => [sets.of(places), sets.of(agents), sets.of(environments)]);
  for (let size = Infinity; current.length < size; ) {
    size = current.length;
    for (const axis of [AGENTS, PLACES, ENVIRONMENTS] as const) current = unite(current, axis, sets, single);
  }
  return current.map(productOf);
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((one, index) => one === b[index]);

function settle(triples: readonly Triple[], sets: Sets): readonly Triple[] {
  for (let current = triples; ; ) {
    const next = ([ENVIRONMENTS, AGENTS, PLACES] as const).reduce((all, axis) => unite(all, axis, sets), current);
    if (next.length === current.length) return next;
    current = next;
  }
}

/** Triples that differ on one axis only become one. */
function unite(triples: readonly Triple[], axis: Axis, sets: Sets, fits: (triple: Triple) => boolean = () => true): readonly Triple[] {
  if (triples.length < 2) return triples;
  const [x, y] = [axis === 0 ? 1 : 0, axis === 2 ? 1 : 2] as const;
  const groups = new Map<number, number[]>();
  const keys: Triple[] = [];
  for (const triple of triples) {
    const key = triple[x] * 0x4000000 + triple[y];
    const group = groups.get(key);
    if (group) group.push(triple[axis]);
    else {
      groups.set(key, [triple[axis]]);
      keys.push(triple);
    }
  }
  if (keys.length === triples.length) return triples;
  let at = 0;
  return [...groups.values()].flatMap((group): readonly Triple[] => {
    const triple = keys[at++] as Triple;
    if (group.length === 1) return [triple];
    const of = (ids: readonly number[]): Triple => {
      const united = [...triple] as [number, number, number];
      united[axis] = sets.of([...new Set(ids.flatMap((id) => sets.all[id] ?? []))].sort((a, b) => a - b));
      return united;
    };
    const all = of(group);
    if (fits(all)) return [all];
    const found: Triple[] = [];
    for (const id of group) {
      const index = found.findIndex((one) => fits(of([one[axis], id])));
      const other = found[index];
      if (other) found[index] = of([other[axis], id]);
      else found.push(of([id]));
    }
    return found;
  });
}
