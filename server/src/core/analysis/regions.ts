// From the diagrams of all places to regions: boxes over agents, environments, resources and what the requests hold, united where they differ in one of these.
import type { PlainValue } from '../yaml';
import type { Box } from './boxes';
import { boxesOf, meets, mergeBoxes } from './boxes';
import { constraintsOf, nameOfVariable, namedConstraints, sampleConstraint, words } from './form';
import type { NodeId } from './nodes';
import type { Applied, PlaceAnalysis } from './place';
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

/** Boxes of one place. `numbers`: of each context its agent and environment in the space. */
export function piecesAt(analysis: PlaceAnalysis, place: number, layers: readonly Layer[], numbers: (context: number) => { readonly agent: number | null; readonly environment: number }, space: Space, keep: (terminal: NodeId) => boolean): readonly Piece[] {
  const { domain } = analysis;
  const masks = domain.variables.map((variable) => variable.mask);
  const boxes: Box<{ readonly value: NodeId; readonly contexts: readonly number[] }>[] = [];
  for (const { node, contexts } of layers) {
    const inside = boxesOf(domain.diagrams, node, masks, keep);
    if (inside.length === 0) continue;
    // agents with the same environments are one
    const byAgent = new Map<number | null, number[]>();
    const of = new Map<string, number>();
    for (const context of contexts) {
      const { agent, environment } = numbers(context);
      of.set(`${agent} ${environment}`, context);
      const known = byAgent.get(agent);
      if (known) known.push(environment);
      else byAgent.set(agent, [environment]);
    }
    const groups = new Map<string, { readonly agents: (number | null)[]; readonly environments: readonly number[] }>();
    for (const [agent, environments] of byAgent) {
      const sorted = [...environments].sort((a, b) => a - b);
      const group = groups.get(sorted.join());
      if (group) group.agents.push(agent);
      else groups.set(sorted.join(), { agents: [agent], environments: sorted });
    }
    for (const { agents, environments } of groups.values()) {
      const mine = agents.flatMap((agent) => environments.flatMap((environment) => of.get(`${agent} ${environment}`) ?? []));
      for (const box of inside) {
        const sets = new Map(box.sets);
        if (agents[0] !== null) sets.set('agents', agents.filter((agent): agent is number => agent !== null).sort((a, b) => a - b));
        if (analysis.place.action !== 'deploy' && environments.length < space.environments.length) sets.set('environments', environments);
        boxes.push({ sets, value: { value: box.value, contexts: mine } });
      }
    }
  }
  const dimensions = [...domain.variables.map((_, level) => String(level)).reverse(), 'environments', 'agents'];
  const size = (dimension: string): number => (dimension === 'agents' ? Infinity : dimension === 'environments' ? space.environments.length : (masks[Number(dimension)] ?? []).filter(Boolean).length);
  const merged = mergeBoxes(boxes, dimensions, ({ value }) => String(value), (a, b) => ({ value: a.value, contexts: [...new Set([...a.contexts, ...b.contexts])] }), size);
  return merged.flatMap((box) => piecesOf(analysis, place, box));
}

/** A box as constraints; one that no single constraint can say becomes several. */
function piecesOf(analysis: PlaceAnalysis, place: number, box: Box<{ readonly value: NodeId; readonly contexts: readonly number[] }>): readonly Piece[] {
  const { variables } = analysis.domain;
  let made: { readonly constraints: { [name: string]: Constraint }; readonly sets: ReadonlyMap<string, readonly number[]> }[] = [{ constraints: {}, sets: new Map() }];
  const opaque = new Set<string>();
  variables.forEach((variable, level) => {
    const set = box.sets.get(String(level));
    if (!set) return;
    const name = nameOfVariable(variable);
    if (variable.kind === 'opaque' || (variable.kind === 'field' && variable.of.derived)) opaque.add(name);
    const constraints = constraintsOf(variable, set);
    made = made.flatMap((one) => constraints.map((constraint) => {
      const before = Object.hasOwn(one.constraints, name) ? one.constraints[name] : undefined;
      const narrowed = constraints.length === 1 ? set : set.filter((index) => constraintsOf(variable, [index]).length > 0 && covers(variable, constraint, index));
      return { constraints: { ...one.constraints, [name]: before ? { all: [before, constraint] } : constraint }, sets: new Map([...one.sets, [String(level), narrowed]]) };
    }));
  });
  return made.map(({ constraints, sets }): Piece => ({
    value: box.value.value, constraints, opaque: [...opaque], places: [place],
    agents: box.sets.get('agents') ?? null, environments: box.sets.get('environments') ?? null,
    spots: [{ analysis, sets, contexts: box.value.contexts }],
  }));
}

/** Whether one class lies within a constraint that several classes were split into. */
function covers(variable: PlaceAnalysis['domain']['variables'][number], constraint: Constraint, index: number): boolean {
  if (variable.kind === 'opaque') return 'type' in constraint ? index === 2 : 'is' in constraint && index === (constraint.is ? 1 : 0);
  if (variable.kind === 'entry') return true;
  const one = variable.classes[index];
  if (!one) return false;
  if ('missing' in constraint || one.kind === 'missing') return ('missing' in constraint || ('type' in constraint && constraint.type === 'error')) && one.kind === 'missing';
  if ('all' in constraint) return one.kind === 'other' || constraint.all.every((part) => covers(variable, part, index));
  const value: PlainValue | undefined = one.kind === 'value' ? one.value : one.kind === 'numbers' || one.kind === 'texts' || one.kind === 'other' ? one.sample : one.kind === 'list' ? [] : {};
  if ('in' in constraint) return one.kind === 'value' && constraint.in.includes(shown(variable, value));
  if ('notIn' in constraint) return one.kind !== 'value' || !constraint.notIn.includes(shown(variable, value));
  if ('is' in constraint) return value === constraint.is;
  if ('type' in constraint) return constraint.type.startsWith('not ') || constraint.type === typeName(value);
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

/** Unites pieces of different places that say the same of all else. */
export function mergePieces(pieces: readonly Piece[], space: Space): readonly Piece[] {
  const boxes: Box<Piece>[] = pieces.map((piece) => {
    const sets = new Map<string, readonly number[]>([['places', piece.places]]);
    if (piece.agents) sets.set('agents', piece.agents);
    if (piece.environments) sets.set('environments', piece.environments);
    return { sets, value: piece };
  });
  const action = (piece: Piece): string => space.places[piece.places[0] ?? 0]?.action ?? '';
  const merged = mergeBoxes(boxes, ['places', 'environments', 'agents'], (piece) => JSON.stringify([piece.value, action(piece), canonical(piece.constraints)]), (a, b) => ({ ...a, spots: [...a.spots, ...b.spots] }), (dimension) => (dimension === 'environments' ? space.environments.length : Infinity));
  return merged.map(({ sets, value }) => ({ ...value, places: sets.get('places') ?? [], agents: sets.get('agents') ?? null, environments: sets.get('environments') ?? null }));
}

const canonical = (form: RegionForm): unknown => Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1));

/** The machine form of a piece; several where the environment is a union that no constraint says. */
export function formsOf(piece: Piece, space: Space): readonly { readonly form: RegionForm; readonly where: string; readonly environments: readonly (Named | null)[]; readonly places: readonly Place[] }[] {
  const agents = piece.agents && space.agents && piece.agents.length < space.agents.length ? piece.agents.flatMap((index) => space.agents?.[index] ?? []) : null;
  const places = piece.places.flatMap((index) => space.places[index] ?? []);
  const action = places[0]?.action ?? 'call';
  const environments: readonly (Named | null)[] | null = piece.environments ? piece.environments.map((index) => space.environments[index] ?? null) : null;
  const resources = resourceConstraints(places);
  const split: readonly (Constraint | null)[] = environments ? namedConstraints(environments) : [null];
  return split.flatMap((environment) => resources.map(({ constraint, shown: what, places: mine }) => {
    const form: { [name: string]: Constraint } = {};
    if (agents) form['agent.id'] = { in: agents };
    form['action.name'] = { in: [action] };
    form['resource'] = constraint;
    if (environment) form['context.environment'] = environment;
    Object.assign(form, piece.constraints);
    const at = environment === null ? [] : ['missing' in environment ? 'no environment' : 'in' in environment ? environment.in.slice(0, 4).map(String).join(' or ') + (environment.in.length > 4 ? ` or ${environment.in.length - 4} more` : '') : words('environment', environment)];
    const where = [agentWords(agents, piece, space), action, what, ...at, ...Object.entries(piece.constraints).map(([name, one]) => words(name, one))].join(' · ');
    const here = environments === null ? space.environments : environments.filter((one) => environment === null || ('missing' in environment ? one === null : 'in' in environment ? one !== null && !one.sample : one?.sample !== undefined && one.sample !== null));
    return { form, where, environments: here, places: mine };
  }));
}

function resourceConstraints(places: readonly Place[]): readonly { readonly constraint: Constraint; readonly shown: string; readonly places: readonly Place[] }[] {
  const named = places.filter((place) => !place.sample);
  const plain = named.map((place) => place.resource);
  const found: { constraint: Constraint; shown: string; places: readonly Place[] }[] = [];
  if (plain.length > 0) found.push({ constraint: { in: plain }, shown: plain.slice(0, 4).join(' or ') + (plain.length > 4 ? ` or ${plain.length - 4} more` : ''), places: named });
  for (const place of places) if (place.sample) found.push({ constraint: sampleConstraint(place.sample), shown: `other ${place.resource.slice(0, place.resource.indexOf(':'))}s (${words('resource', sampleConstraint(place.sample))})`, places: [place] });
  return found;
}

/** The role that just these agents have, or their names. */
function agentWords(agents: readonly string[] | null, piece: Piece, space: Space): string {
  if (!agents) return 'any agent';
  if (agents.length === 1) return agents[0] ?? '';
  const known = piece.spots[0]?.analysis.agentOf;
  if (known) {
    const roles = known(agents[0] ?? '')?.roles ?? [];
    for (const role of roles) if ((space.agents ?? []).every((id) => (known(id)?.roles.includes(role) ?? false) === agents.includes(id))) return `role ${role}`;
  }
  return agents.slice(0, 5).join(' or ') + (agents.length > 5 ? ` or ${agents.length - 5} more` : '');
}

/** The rules of a side that apply somewhere in a spot and `is` takes. */
export function appliedIn(spot: Spot, side: number, is: (one: Applied, context: number) => boolean): readonly Applied[] {
  const found = new Map<string, Applied>();
  const masks = spot.analysis.domain.variables.map((variable) => variable.mask);
  const seen = new Set<string>();
  for (const context of spot.contexts) {
    const folded = spot.analysis.fold(side, context);
    if (seen.has(folded.key)) continue;
    seen.add(folded.key);
    for (const one of folded.applied) {
      const key = one.rule ? `${one.id} ${one.rule.file} ${one.rule.index}` : one.id;
      if (!found.has(key) && is(one, context) && meets(spot.analysis.domain.diagrams, one.node, spot.sets, masks, (terminal) => terminal === -2)) found.set(key, one);
    }
  }
  return [...found.values()];
}
