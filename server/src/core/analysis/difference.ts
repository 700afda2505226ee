// The difference of two states: which requests are decided differently, how, and by which rules.
import type { Agent, RuleRef } from '../model';
import { affectedSteps, unaskedChanged } from './affected';
import { askedNames } from './asked-names';
import { apart, familySteps, type Family } from './families';
import { createAnalysisMemo, type AnalysisMemo } from './memo';
import { Decisions, Terminals, type DecidedAs } from './decisions';
import { changeKind } from './kinds';
import { BudgetSpent, FALSE, budgetOf, type Budget, type NodeId } from './nodes';
import { placeSteps, type Applied, type Clock, type PlaceAnalysis } from './place';
import { requiredArguments } from './required';
import { formsOf, knownForms, type KnownForms } from './region-form';
import { Parts, appliedIn, type Layer, type Piece, type Spot } from './regions';
import { SideView, sharedReading } from './side';
import { spaceSteps, type Named, type Place, type Space } from './space';
import { CHANGE_KINDS, type AnalysisOptions, type AnalysisWorld, type ChangeKind, type Difference, type Outcome, type Region, type ShortRequest, type Side, type Steps } from './types';
import { decidedAs, parsedShort } from './short-request';
import { witnessOf } from './witness';
import { assumptionsOf } from './assumptions';

/** Most nodes of one answer, unless told otherwise. */
export const DEFAULT_BUDGET = 1_000_000;

/** Most kinds of boxes: a change of thousands of kinds is read by nobody, and each costs a witness. */
export const MAX_PARTS = 3_000;
/** Most regions of an answer. */
export const MAX_REGIONS = 2_000;

/** The difference at once. */
export function differenceOf(before: Side, after: Side, options: AnalysisOptions, memo: AnalysisMemo = createAnalysisMemo()): Difference {
  const steps = differenceSteps(before, after, options, memo);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Two decisions of a request, as one terminal. */
interface Pair {
  readonly before: NodeId;
  readonly after: NodeId;
  /** what the change is, once it was asked for */
  told?: Told;
}

interface Told {
  readonly kind: ChangeKind;
  /** names of the obligations that one side has and the other has not */
  readonly differs: ReadonlySet<string>;
}

/** The difference in steps of a place each. */
export function* differenceSteps(before: Side, after: Side, options: AnalysisOptions, memo: AnalysisMemo = createAnalysisMemo()): Steps<Difference> {
  const world = options.world ?? 'closed';
  const untyped = world === 'open';
  const clock: Clock = { now: options.now, at: options.at ?? null };
  const budget: Budget = budgetOf(options.budget ?? DEFAULT_BUDGET);
  const reading = sharedReading();
  const sides = [new SideView(before, untyped, memo, reading), new SideView(after, untyped, memo, reading)] as const;
  const decisions = new Decisions();
  const pairs = new Terminals<Pair>();
  const reasons: string[] = [];
  let parts: Parts | null = null;
  let space: Space = { world, agents: null, places: [], wild: new Map(), environments: [null] };
  try {
    space = yield* knownSpace(world, sides, memo, budget);
    const unasked = unaskedChanged(sides[0], sides[1], space, memo);
    if (unasked.length > 0) reasons.push(unaskedReason(unasked, world));
    const affected = yield* affectedSteps(sides[0], sides[1], space, memo);
    parts = new Parts(space);
    const open = [...(yield* familySteps(space.places, sides, (place) => affected.at(place)))].reverse();
    for (let family = open.pop(); family; family = open.pop()) {
      yield;
      try {
        const analysis = yield* placeSteps({ sides, contexts: family.contexts, clock, untyped, budget, decisions });
        if (!parts.add(analysis, yield* layerSteps(analysis, pairs), (terminal) => terminal !== FALSE, MAX_PARTS)) {
          reasons.push(`The change has more than ${MAX_PARTS.toLocaleString('en')} parts; the rest of ${shownPlaces(family)} and what follows were not looked at.`);
          break;
        }
      } catch (error) {
        if (!(error instanceof BudgetSpent)) throw error;
        const spent = budget.left < 0 || budget.work < 0;
        if (spent || family.places.length === 1) reasons.push(tooMuch(family));
        else open.push(...[...apart(family)].reverse());
        if (spent) break;
      }
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    reasons.push('The names that the rules can tell apart are too many to be looked at one by one.');
  }
  // so far only what was not looked at has a reason
  let gaveUp = reasons.length > 0;
  const regions: Region[] = [];
  const known = knownForms();
  const told = (value: NodeId): Told => {
    const pair = pairs.at(value);
    if (pair.told) return pair.told;
    const [before, after] = [decisions.at(pair.before), decisions.at(pair.after)];
    return (pair.told = { kind: changeKind(before, after, sides.map((side) => side.catalog)), differs: differingObligations(before, after) });
  };
  // widenings first: they stay where the list is cut
  for (const piece of parts?.pieces((value) => CHANGE_KINDS.indexOf(told(value).kind)) ?? []) {
    yield;
    if (regions.length >= MAX_REGIONS) {
      reasons.push(`The change has more than ${MAX_REGIONS.toLocaleString('en')} parts; the first are listed, widenings before all else.`);
      gaveUp ||= told(piece.value).kind === 'widened';
      break;
    }
    regions.push(...regionsOf(piece, told(piece.value), space, known, sides, decisions, pairs, clock));
  }
  for (const region of regions) if (region.change === 'unknown') reasons.push(unknownReason(region));
  const changed = regions.some((region) => region.change !== 'unknown');
  return {
    verdict: changed ? 'changed' : reasons.length > 0 ? 'unknown' : 'equal', proved: reasons.length === 0, world, reasons: [...new Set(reasons)], gaveUp,
    assumptions: assumptionsOf(space, [before, after], clock), regions: regions.sort(byWeight),
  };
}

/** The space of the last answer, where it was enumerated from the same agents and Catalogs. */
function* knownSpace(world: AnalysisWorld, sides: readonly [SideView, SideView], memo: AnalysisMemo, budget: Budget): Steps<Space> {
  const worlds = sides.map((side) => side.engine.world);
  const of = worlds.flatMap(({ agents, catalog }) => [agents, catalog]);
  if (memo.space && memo.space.space.world === world && memo.space.of.every((one, index) => one === of[index])) return memo.space.space;
  let rules = false;
  const space = yield* spaceSteps({
    world, sides: worlds, budget,
    asked: () => {
      rules = true;
      return askedNames(sides);
    },
  });
  // what the rules say took part
  memo.space = rules ? null : { of, space };
  return space;
}

export const shownPlaces = ({ places }: Family): string => `${places.slice(0, 2).map((place) => `\`${place.action}\` on \`${place.resource}\``).join(', ')}${places.length > 2 ? ` and ${places.length - 2} more like it` : ''}`;
export const tooMuch = (family: Family): string => `${shownPlaces(family)}: more combinations of conditions decide than the analysis looks at.`;

const unaskedReason = (sets: readonly string[], world: AnalysisWorld): string => {
  const names = `${sets.slice(0, 3).join(', ')}${sets.length > 3 ? ` and ${sets.length - 3} more` : ''}`;
  return world === 'open' ? `What other tools permit holds for their own agents only, and was changed (${names}): the open world does not look at it; the closed one does.`
    : `What other tools permit was changed (${names}), and no agent of the workspace is one that it holds for.`;
};

const unknownReason = ({ opaque, where }: Region): string => (opaque.length > 0 ? `Whether decisions differ for ${where} hangs on ${opaque.map((text) => `\`${text}\``).join(' and ')}, into which the analysis cannot look.` : `No request could be found for ${where}.`);

/** Contexts with the same two diagrams are one. */
function* layerSteps(analysis: PlaceAnalysis, pairs: Terminals<Pair>): Steps<readonly Layer[]> {
  const { diagrams } = analysis.domain;
  const layers = new Map<string, { readonly node: NodeId; readonly contexts: number[] }>();
  for (let context = 0; context < analysis.contexts.length; context++) {
    if (context % 64 === 63) yield;
    const [x, y] = [analysis.fold(0, context).node, analysis.fold(1, context).node];
    if (x === y) continue;
    const key = `${x} ${y}`;
    let layer = layers.get(key);
    if (!layer) {
      const all = diagrams.join('differ', x, y, (a, b) => (a === b ? FALSE : a < 0 && b < 0 ? pairs.of(`${a} ${b}`, () => ({ before: a, after: b })) : null));
      layers.set(key, (layer = { node: analysis.domain.where(all), contexts: [] }));
    }
    layer.contexts.push(context);
  }
  return [...layers.values()].filter((layer) => layer.node !== FALSE);
}

function regionsOf(piece: Piece, { kind, differs }: Told, space: Space, known: KnownForms, sides: readonly [SideView, SideView], decisions: Decisions, pairs: Terminals<Pair>, clock: Clock): readonly Region[] {
  const pair = pairs.at(piece.value);
  const [before, after] = [decisions.at(pair.before), decisions.at(pair.after)];
  const forms = formsOf(piece, space, known);
  return forms.map(({ form, where, environments, places }): Region => {
    const spots = forms.length === 1 ? piece.spots : spotsWithin(piece.spots, places, environments);
    const witness = findWitness(spots, sides, [before, after], clock);
    const applied = sides.map((_, side) => spots.flatMap((spot) => appliedIn(spot, side, (one) => responsible(one, side === 0 ? before : after, differs))));
    const agents = piece.agents && space.agents ? piece.agents.flatMap((index) => space.agents?.[index] ?? []) : [];
    return {
      change: witness ? kind : 'unknown', where, region: form, before: outcomeOf(before), after: outcomeOf(after), witness,
      rules: { before: refsOf(applied[0] ?? []), after: refsOf(applied[1] ?? []) },
      agents, owners: ownersOf(agents, applied.flat(), (id) => sides[1].agent(id)?.agent ?? sides[0].agent(id)?.agent ?? null), opaque: piece.opaque,
    };
  });
}

/** The part of the spots that one form speaks of. */
export function spotsWithin(spots: readonly Spot[], places: readonly Place[], environments: readonly (Named | null)[]): readonly Spot[] {
  const names = new Set(environments.map((one) => one?.name ?? null));
  const mine = new Set(places);
  return spots.flatMap((spot) => {
    const contexts = spot.contexts.filter((index) => {
      const context = spot.analysis.contexts[index];
      return context !== undefined && mine.has(context.place) && (context.place.action === 'deploy' || names.has(context.environment?.name ?? null));
    });
    return contexts.length > 0 ? [contexts.length === spot.contexts.length ? spot : { ...spot, contexts }] : [];
  });
}

const equalDecisions = (found: DecidedAs, wanted: DecidedAs): boolean => found.key === wanted.key;

/** Contexts in which a witness is sought before it is given up. */
const MAX_CONTEXTS = 8;

export function findWitness(spots: readonly Spot[], sides: readonly SideView[], wanted: readonly DecidedAs[], clock: Clock, same: (found: DecidedAs, wanted: DecidedAs) => boolean = equalDecisions): ShortRequest | null {
  let tries = 0;
  for (const spot of spots) {
    const { analysis } = spot;
    // a request in an environment that somebody named is the better example, one in an environment made up for it the worst
    const rank = (index: number): number => { const at = analysis.contexts[index]?.environment; return at ? (at.sample ? 2 : 0) : 1; };
    const tried = spot.contexts.filter((index) => rank(index) === 0).slice(0, MAX_CONTEXTS);
    for (const index of tried.length < MAX_CONTEXTS ? [...tried, ...spot.contexts.filter((one) => rank(one) === 1), ...spot.contexts.filter((one) => rank(one) === 2)] : tried) {
      const context = analysis.contexts[index];
      if (!context || tries++ >= MAX_CONTEXTS) break;
      const last = sides.findLast((side) => context.asker === 'any' || side.agent(context.asker.id)) ?? sides[0];
      const witness = witnessOf({
        analysis, clock, place: context.place, sets: spot.sets, environment: context.environment, agent: context.asker === 'any' ? null : context.asker.id,
        shapes: (of) => sides.map((side) => side.shape(of, context.place)),
        required: () => requiredArguments(last?.schema(context.place)),
        input: () => (last ? last.input(context.asker === 'any' ? 'any' : { id: context.asker.id, known: last.agent(context.asker.id) }, context.place, context.environment) : {}),
        confirms: (request) => {
          const asked = parsedShort(request);
          return asked !== null && sides.every((side, number) => {
            const must = wanted[number];
            return must !== undefined && same(decidedAs(side.engine, asked, clock), must);
          });
        },
      });
      if (witness) return witness;
    }
  }
  return null;
}

const differingObligations = (before: DecidedAs, after: DecidedAs): ReadonlySet<string> => {
  const [a, b] = [before.obligations.map((one) => JSON.stringify(one)), after.obligations.map((one) => JSON.stringify(one))];
  return new Set([...before.obligations, ...after.obligations].filter((one) => !a.includes(JSON.stringify(one)) || !b.includes(JSON.stringify(one))).map((one) => one.name));
};

/** A rule answers for a decision where its effect is the decision's, or where it brings an obligation that only one side has. Of what is denied beforehand only rules that oblige apply. */
export function responsible(one: Applied, decided: DecidedAs, differs: ReadonlySet<string>): boolean {
  if (differs.size > 0 && one.rule?.obligations.some((obligation) => differs.has(obligation.name))) return true;
  if (one.effect === 'oblige') return false;
  return one.effect === 'gate' ? decided.effect === 'require_approval' : one.effect === decided.effect;
}

export const outcomeOf = ({ effect, approvals, obligations }: DecidedAs): Outcome => ({ effect, approvals, obligations });

export function refsOf(applied: readonly Applied[]): readonly RuleRef[] {
  const [only] = applied;
  if (applied.length < 2 && !only?.gate) return only?.rule ? [{ id: only.id, file: only.rule.file, span: only.rule.span }] : [];
  const refs = new Map<string, RuleRef>();
  for (const { rule, gate, of, id } of applied) {
    if (rule) refs.set(`${id} ${rule.file} ${rule.index}`, { id, file: rule.file, span: rule.span });
    else if (gate && of) refs.set(`${id} ${of.path}`, { id, file: of.path, span: gate.span });
  }
  return [...refs.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start));
}

export function ownersOf(agents: readonly string[], applied: readonly Applied[], agentOf: (id: string) => Agent | null): readonly string[] {
  const owners = new Set<string>();
  for (const id of agents) for (const team of agentOf(id)?.owner?.teams ?? []) owners.add(team);
  for (const { rule } of applied) {
    const owner = rule?.owner ?? rule?.policy.owner;
    if (owner) owners.add(owner);
  }
  return [...owners].sort();
}

const byWeight = (a: Region, b: Region): number => CHANGE_KINDS.indexOf(a.change) - CHANGE_KINDS.indexOf(b.change) || (a.where < b.where ? -1 : a.where > b.where ? 1 : 0) || (JSON.stringify(a.region) < JSON.stringify(b.region) ? -1 : 1);
