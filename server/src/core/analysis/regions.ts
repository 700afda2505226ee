// From the diagrams of all places to regions: boxes over agents, environments, resources and what the requests hold, as few as is cheap.
import type { PlainValue } from '../yaml';
import { boxesOf, meets, mergeBoxes, type Box } from './boxes';
import type { Variable } from './domain';
import { constraintsOf, nameOfVariable, namedConstraints, sampleConstraint, words } from './form';
import { FALSE, TRUE, type NodeId } from './nodes';
import type { Applied, PlaceAnalysis } from './place';
import { productsOf, singly, type Product } from './products';
import { resourceForms, type ResourceForm } from './resources';
import type { Named, Place, Space } from './space';
import type { Constraint, RegionForm } from './types';

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
    for (const { value, constraints, opaque, entries } of [...this.#known.values()].sort((a, b) => rank(a.value) - rank(b.value))) {
      const products = this.#productsOf(entries);
      const inside = products.length > 1 ? this.#numbered(products) : null;
      const spots = products.map((): Spot[] => []);
      for (const { analysis, sets, contexts } of entries) {
        if (!inside) {
          spots[0]?.push({ analysis, sets, contexts });
          continue;
        }
        const mine = new Map<number, number[]>();
        for (const context of contexts) {
          const product = inside.get(this.#cell(...this.#cellOf(analysis, context))) ?? 0;
          const known = mine.get(product);
          if (known) known.push(context);
          else mine.set(product, [context]);
        }
        for (const [product, some] of mine) spots[product]?.push({ analysis, sets, contexts: some });
      }
      for (const [index, { places, agents, environments }] of products.entries()) {
        yield { value, constraints, opaque, places, spots: spots[index] ?? [], agents: agents[0] === -1 ? null : agents, environments: environments.length < this.#everywhere.length ? environments : null };
      }
    }
  }

  /** Of each cell the product that it is of. */
  #numbered(products: readonly Product[]): ReadonlyMap<number, number> {
    const known = new Map<number, number>();
    products.forEach(({ places, agents, environments }, index) => {
      for (const place of places) for (const agent of agents) for (const environment of environments) known.set(this.#cell(place, agent, environment), index);
    });
    return known;
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

  #few(entries: readonly Entry[]): readonly Product[] {
    const [first] = entries;
    if (first && entries.length === 1 && first.rows.every(([place]) => this.space.places[place]?.action !== 'deploy')) return productsOf(first.rows, this.#cost);
    // an agent at a place may stand in several layers, each with other environments
    const rows = new Map<number, Row>();
    for (const entry of entries) for (const row of entry.rows) {
      const key = this.#cell(row[0], row[1], 0);
      const known = rows.get(key);
      rows.set(key, known ? [row[0], row[1], [...known[2], ...row[2]].sort((a, b) => a - b)] : row);
    }
    // of `deploy` the environment is the resource: such places share a product only where environments do not count
    const deploys = (place: number): boolean => this.space.places[place]?.action === 'deploy';
    const all = [...rows.values()];
    const elsewhere = all.filter(([place]) => !deploys(place));
    const products = elsewhere.length > 0 ? [...productsOf(elsewhere, this.#cost)] : [];
    if (elsewhere.length === all.length) return products;
    for (const product of productsOf(all.filter(([place]) => deploys(place)), this.#cost)) {
      const agents = product.agents.join();
      const at = products.findIndex((one) => one.environments.length === this.#everywhere.length && one.agents.join() === agents);
      const other = products[at];
      if (other) products[at] = { ...other, places: [...other.places, ...product.places].sort((a, b) => a - b) };
      else products.push(product);
    }
    return products;
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

/** A box as constraints. */
interface Said {
  readonly constraints: RegionForm;
  readonly text: string;
  readonly sets: ReadonlyMap<string, readonly number[]>;
  readonly opaque: readonly string[];
}

/** With more decisions than these in one diagram, its boxes are made at once. */
const MANY_DECISIONS = 64;
/** With more constraints than these, only one order of variables is tried. */
const MANY_BOXES = 60;

/** The boxes of a diagram, those of one value united. `first`: the variable that is split first; null: as they stand. */
function boxesFor({ domain: { diagrams, masks, sizes, levels } }: PlaceAnalysis, node: NodeId, first: number | null, keep: (terminal: NodeId) => boolean, most: number): { readonly boxes: readonly Box<NodeId>[]; readonly whole: boolean } {
  let whole = true;
  let boxes: Box<NodeId>[] = [];
  if (first === null) ({ boxes, whole } = boxesOf(diagrams, node, masks, keep, most));
  else {
    const groups = new Map<NodeId, number[]>();
    masks[first]?.forEach((there, klass) => {
      if (!there) return;
      const child = diagrams.restrict(node, first, klass);
      const known = groups.get(child);
      if (known) known.push(klass);
      else groups.set(child, [klass]);
    });
    for (const [child, classes] of groups) for (const box of boxesOf(diagrams, child, masks, keep, most).boxes) boxes.push({ ...box, sets: new Map([[String(first), classes], ...box.sets]) });
  }
  return { boxes: mergeBoxes(boxes, levels, String, (one) => one, (level) => sizes[Number(level)] ?? 0), whole };
}

/** Where a condition is true, in as few constraints as some orders of its variables give. */
function fewestOf(analysis: PlaceAnalysis, node: NodeId, most: number, constraints: Constraints): { readonly all: readonly Said[]; readonly whole: boolean } {
  const say = (first: number | null): { readonly boxes: readonly Box<NodeId>[]; readonly whole: boolean; readonly price: number } => {
    const { boxes, whole } = boxesFor(analysis, node, first, (terminal) => terminal === TRUE, most);
    return { boxes, whole, price: boxes.reduce((sum, { sets }) => sum + [...sets].reduce((product, [level, set]) => product * constraints.of(analysis, Number(level), set).length, 1), 0) };
  };
  let best = say(null);
  if (best.boxes.length >= 3 && best.price <= MANY_BOXES) {
    const levels = analysis.domain.diagrams.reach(node).levels;
    for (const level of [...levels].sort((a, b) => a - b).slice(1)) {
      // what is asked only where something else is there comes after it
      if (analysis.domain.parents(level).some((parent) => levels.has(parent))) continue;
      const other = say(level);
      if (other.price < best.price) best = other;
    }
  }
  return { all: best.boxes.flatMap((box) => saidOf(analysis, box, constraints)), whole: best.whole };
}

/** A box that no single constraint can say becomes several. */
function saidOf(analysis: PlaceAnalysis, box: Box<NodeId>, known: Constraints): readonly Said[] {
  let made: { readonly constraints: { [name: string]: Constraint }; readonly sets: ReadonlyMap<string, readonly number[]> }[] = [{ constraints: {}, sets: new Map() }];
  const opaque: string[] = [];
  analysis.domain.variables.forEach((variable, level) => {
    const set = box.sets.get(String(level));
    if (!set) return;
    const name = nameOfVariable(variable);
    if ((variable.kind === 'opaque' || (variable.kind === 'field' && variable.of.derived)) && !opaque.includes(name)) opaque.push(name);
    const parts = known.of(analysis, level, set);
    made = made.flatMap((one) => parts.map(({ constraint, classes }) => {
      const before = Object.hasOwn(one.constraints, name) ? one.constraints[name] : undefined;
      return { constraints: { ...one.constraints, [name]: before ? { all: [before, constraint] } : constraint }, sets: new Map([...one.sets, [String(level), classes]]) };
    }));
  });
  return made.map(({ constraints, sets }) => ({ constraints, sets, opaque, text: JSON.stringify(constraints) }));
}

/** What says sets of classes, each made once. */
class Constraints {
  readonly #known = new Map<Variable, Map<string, readonly { readonly constraint: Constraint; readonly classes: readonly number[] }[]>>();

  of({ domain: { variables } }: PlaceAnalysis, level: number, set: readonly number[]): readonly { readonly constraint: Constraint; readonly classes: readonly number[] }[] {
    const variable = variables[level];
    if (!variable) return [];
    let known = this.#known.get(variable);
    if (!known) this.#known.set(variable, (known = new Map()));
    const key = set.join();
    let made = known.get(key);
    if (!made) {
      const all = constraintsOf(variable, set);
      made = all.map((constraint) => ({ constraint, classes: all.length === 1 ? set : set.filter((index) => constraintsOf(variable, [index]).length > 0 && covers(variable, constraint, index)) }));
      known.set(key, made);
    }
    return made;
  }
}

/** Whether one class lies within a constraint that several classes were split into. */
function covers(variable: PlaceAnalysis['domain']['variables'][number], constraint: Constraint, index: number): boolean {
  if (variable.kind === 'opaque') return 'type' in constraint ? index === 2 : 'is' in constraint && index === (constraint.is ? 1 : 0);
  if (variable.kind === 'entry') return true;
  const one = variable.classes[index];
  if (!one) return false;
  if ('missing' in constraint || one.kind === 'missing') return ('missing' in constraint || ('type' in constraint && constraint.type === 'error')) && one.kind === 'missing';
  if ('all' in constraint) return constraint.all.every((part) => covers(variable, part, index));
  const value: PlainValue | undefined = one.kind === 'value' ? one.value : one.kind === 'numbers' || one.kind === 'texts' || one.kind === 'other' ? one.sample : one.kind === 'list' ? [] : {};
  if ('in' in constraint) return one.kind === 'numbers' ? constraint.in.some((entry) => typeof entry === 'number' && entry > one.low && entry < one.high) : one.kind === 'value' && constraint.in.includes(shown(variable, value));
  if ('notIn' in constraint) return one.kind !== 'value' || !constraint.notIn.includes(shown(variable, value));
  if ('is' in constraint) return value === constraint.is;
  if ('type' in constraint) return constraint.type.startsWith('not ') ? one.kind === 'other' || constraint.type.slice(4) !== typeName(value) : constraint.type === typeName(value);
  if ('matches' in constraint || 'notMatches' in constraint) {
    if (variable.kind !== 'field' || one.kind !== 'texts') return false;
    const wanted = 'matches' in constraint ? constraint.matches : constraint.notMatches;
    return variable.patterns.some((parts, at) => parts.join('*') === wanted && one.matches[at] === 'matches' in constraint);
  }
  const number = typeof value === 'number' ? value : NaN;
  const bound = (limit: number | string | undefined): number | undefined => (typeof limit === 'string' ? Date.parse(limit) : limit);
  const [gt, gte, lt, lte] = [bound(constraint.gt), bound(constraint.gte), bound(constraint.lt), bound(constraint.lte)];
  return (gt === undefined || number > gt) && (gte === undefined || number >= gte) && (lt === undefined || number < lt) && (lte === undefined || number <= lte);
}

const typeName = (value: PlainValue | undefined): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const shown = (variable: { readonly key: string }, value: PlainValue | undefined): PlainValue => (variable.key === 'context.time' && typeof value === 'number' ? new Date(value).toISOString().replace('.000Z', 'Z') : (value ?? null));

/** The machine form of a piece; several where the resource or the environment is a union that no constraint says. */
export function formsOf(piece: Piece, space: Space): readonly { readonly form: RegionForm; readonly where: string; readonly environments: readonly (Named | null)[]; readonly places: readonly Place[] }[] {
  const agents = piece.agents && space.agents && piece.agents.length < space.agents.length ? piece.agents.flatMap((index) => space.agents?.[index] ?? []) : null;
  const environments: readonly (Named | null)[] | null = piece.environments ? piece.environments.map((index) => space.environments[index] ?? null) : null;
  const split: readonly (Constraint | null)[] = environments ? namedConstraints(environments) : [null];
  const resources = resourceForms(piece.places.flatMap((index) => space.places[index] ?? []), space);
  return split.flatMap((environment) => resources.map(({ actions, constraint, action, shown: what, places }: ResourceForm) => {
    const form: { [name: string]: Constraint } = {};
    if (agents) form['agent.id'] = { in: agents };
    form['action.name'] = { in: actions };
    form['resource'] = constraint;
    if (environment) form['context.environment'] = environment;
    Object.assign(form, piece.constraints);
    const at = environment === null ? [] : ['missing' in environment ? 'no environment' : 'in' in environment ? environment.in.slice(0, 4).map(String).join(' or ') + (environment.in.length > 4 ? ` or ${environment.in.length - 4} more` : '') : words('environment', environment)];
    const where = [agentWords(agents, piece, space), action, what, ...at, ...Object.entries(piece.constraints).map(([name, one]) => words(name, one))].join(' · ');
    const here = environments === null ? space.environments : environments.filter((one) => environment === null || ('missing' in environment ? one === null : 'in' in environment ? one !== null && !one.sample : !!one?.sample && JSON.stringify(sampleConstraint(one.sample)) === JSON.stringify(environment)));
    return { form, where, environments: here, places };
  }));
}

const MAX_AGENTS = 4;

/** The role that just these agents have, or their names; of many how many there are. */
function agentWords(agents: readonly string[] | null, piece: Piece, space: Space): string {
  if (!agents) return 'any agent';
  if (agents.length === 1) return agents[0] ?? '';
  const all = space.agents ?? [];
  const mine = new Set(agents);
  const known = piece.spots[0]?.analysis.agentOf;
  for (const role of known?.(agents[0] ?? '')?.roles ?? []) if (all.every((id) => (known?.(id)?.roles.includes(role) ?? false) === mine.has(id))) return `role ${role}`;
  if (agents.length <= MAX_AGENTS) return agents.join(' or ');
  return all.length - agents.length <= 2 ? `any agent but ${all.filter((id) => !mine.has(id)).join(' or ')}` : `${agents.length} agents`;
}

/** The rules of a side that apply somewhere in a spot and `is` takes. */
export function appliedIn(spot: Spot, side: number, is: (one: Applied, context: number) => boolean): readonly Applied[] {
  const found = new Map<string, Applied>();
  const { diagrams, masks } = spot.analysis.domain;
  const seen = new Set<string>();
  for (const context of spot.contexts) {
    const folded = spot.analysis.fold(side, context);
    if (seen.has(folded.key)) continue;
    seen.add(folded.key);
    for (const one of folded.applied) {
      const key = one.rule ? `${one.id} ${one.rule.file} ${one.rule.index}` : one.id;
      if (!found.has(key) && is(one, context) && meets(diagrams, one.node, spot.sets, masks, (terminal) => terminal === TRUE)) found.set(key, one);
    }
  }
  return [...found.values()];
}
