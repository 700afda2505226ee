// Who can do something, and what somebody can do: the requests that are not denied, as regions.
import { askedNames } from './asked-names';
import { Decisions, type DecidedAs } from './decisions';
import { assumptionsOf } from './assumptions';
import { DEFAULT_BUDGET, MAX_PARTS, MAX_REGIONS, findWitness, outcomeOf, ownersOf, refsOf, responsible, shownPlaces, spotsWithin, tooMuch } from './difference';
import { environmentsAt } from './affected';
import { declarersOf } from './declarers';
import { apart, familySteps } from './families';
import { STRICTNESS } from '../model';
import { keyOf } from '../policy';
import { BudgetSpent, FALSE, budgetOf, type Budget, type NodeId } from './nodes';
import { placeSteps, type Clock, type Context, type PlaceAnalysis } from './place';
import { formsOf, knownForms } from './region-form';
import { Parts, appliedIn, type Layer } from './regions';
import { SideView, type Asker } from './side';
import { spaceSteps, type Place, type Space } from './space';
import type { AnalysisOptions, Answer, AnswerRegion, Side, Steps, WhoQuestion } from './types';

/** Which agents can do it, and when. Undefined environment: in any. */
export function who(side: Side, question: WhoQuestion, options: AnalysisOptions): Answer {
  return run(whoSteps(side, question, options));
}

/** All that an agent can do. `agent`: its id. */
export function can(side: Side, agent: string, options: AnalysisOptions): Answer {
  return run(canSteps(side, agent, options));
}

function run<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

export function* whoSteps(side: Side, question: WhoQuestion, options: AnalysisOptions): Steps<Answer> {
  const resource = `${question.resource.type}:${question.resource.id}`;
  return yield* answer(side, options, (space) => {
    const place: Place = space.places.find((one) => one.action === question.action && one.resource === resource) ?? { action: question.action, resource, id: question.resource.id, sample: null };
    const known = question.environment === undefined ? space.environments : space.environments.filter((one) => (one?.name ?? null) === question.environment);
    const environments = known.length > 0 ? known : [{ name: question.environment ?? '', sample: null }];
    // an environment that is asked for is said
    const all = known.length > 0 ? space.environments : [...space.environments, ...environments];
    return { ...space, places: [place], environments: all, only: environments, agents: space.agents };
  });
}

export function* canSteps(side: Side, agent: string, options: AnalysisOptions): Steps<Answer> {
  return yield* answer(side, options, (space) => ({ ...space, only: space.environments, askers: [agent] }));
}

interface Narrowed extends Space {
  readonly only: Space['environments'];
  readonly askers?: readonly string[];
}

function* answer(side: Side, options: AnalysisOptions, narrow: (space: Space) => Narrowed): Steps<Answer> {
  const world = options.world ?? 'closed';
  const untyped = world === 'open';
  const clock: Clock = { now: options.now, at: options.at ?? null };
  const budget: Budget = budgetOf(options.budget ?? DEFAULT_BUDGET);
  const view = new SideView(side, untyped);
  const decisions = new Decisions();
  const reasons: string[] = [];
  const regions: AnswerRegion[] = [];
  let space: Narrowed = { world, agents: null, places: [], wild: new Map(), environments: [null], only: [null] };
  try {
    space = narrow(yield* spaceSteps({ world, sides: [side.world], asked: () => askedNames([view]), budget }));
    const askers: Asker[] = space.agents === null ? ['any'] : [];
    for (const [index, id] of (space.agents === null ? [] : (space.askers ?? space.agents)).entries()) {
      if (index % AGENTS === AGENTS - 1) yield;
      askers.push({ id, known: view.agent(id) });
    }
    const declarers = yield* declarersOf([view], askers);
    const parts = new Parts(space);
    const contextsAt = (place: Place): readonly Context[] => {
      const environments = place.action === 'deploy' ? environmentsAt(place, space).filter((one) => space.only === space.environments || space.only.some((only) => only?.name === one?.name)) : space.only;
      return declarers.at(place).flatMap((number) => {
        const asker = askers[number] as Asker;
        return asker !== 'any' && view.refuses(asker.id, place) ? [] : environments.flatMap((environment): Context[] => (view.denied(asker, place, environment) ? [] : [{ asker, place, environment }]));
      });
    };
    const open = [...(yield* familySteps(space.places, [view], contextsAt))].reverse();
    for (let family = open.pop(); family; family = open.pop()) {
      yield;
      try {
        const analysis = yield* placeSteps({ sides: [view], contexts: family.contexts, clock, untyped, budget, decisions });
        if (!parts.add(analysis, yield* layerSteps(analysis, decisions), (terminal) => terminal !== FALSE && decisions.at(terminal).effect !== 'deny', MAX_PARTS)) {
          reasons.push(`The answer has more than ${MAX_PARTS.toLocaleString('en')} parts; the rest of ${shownPlaces(family)} and what follows were not looked at.`);
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
    const rank = (value: NodeId): number => -STRICTNESS.indexOf(decisions.at(value).effect);
    const known = knownForms();
    for (const piece of parts.pieces(rank)) {
      yield;
      if (regions.length >= MAX_REGIONS) {
        reasons.push(`The answer has more than ${MAX_REGIONS.toLocaleString('en')} parts; the first are listed, what is allowed before what needs approval.`);
        break;
      }
      const decided = decisions.at(piece.value);
      const forms = formsOf(piece, space, known);
      for (const { form, where, environments, places } of forms) {
        const spots = forms.length === 1 ? piece.spots : spotsWithin(piece.spots, places, environments);
        const witness = findWitness(spots, [view], [decided], clock, withoutObligations);
        const applied = spots.flatMap((spot) => appliedIn(spot, 0, (one) => responsible(one, decided, NOTHING)));
        const agents = piece.agents && space.agents ? piece.agents.flatMap((index) => space.agents?.[index] ?? []) : [];
        if (!witness) reasons.push(piece.opaque.length > 0 ? `Whether ${where} can happen hangs on ${piece.opaque.map((text) => `\`${text}\``).join(' and ')}, into which the analysis cannot look.` : `No request could be found for ${where}.`);
        regions.push({ where, region: form, outcome: outcomeOf(decided), witness, rules: refsOf(applied), agents, owners: ownersOf(agents, applied, (id) => view.agent(id)?.agent ?? null), opaque: piece.opaque });
      }
    }
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    reasons.push('The names that the rules can tell apart are too many to be looked at one by one.');
  }
  const laxity = (region: AnswerRegion): number => -STRICTNESS.indexOf(region.outcome.effect);
  return {
    proved: reasons.length === 0, world, reasons: [...new Set(reasons)], assumptions: assumptionsOf(space, [side], clock),
    regions: regions.sort((a, b) => laxity(a) - laxity(b) || (a.where < b.where ? -1 : a.where > b.where ? 1 : 0) || (JSON.stringify(a.region) < JSON.stringify(b.region) ? -1 : 1)),
  };
}

/** Agents looked at in one step. */
const AGENTS = 32;

const NOTHING: ReadonlySet<string> = new Set();

/** Who can do something does not hang on what it obliges to. */
const withoutObligations = (found: DecidedAs, wanted: DecidedAs): boolean => found.effect === wanted.effect && JSON.stringify(found.approvals.map(keyOf)) === JSON.stringify(wanted.approvals.map(keyOf));

function* layerSteps(analysis: PlaceAnalysis, decisions: Decisions): Steps<readonly Layer[]> {
  const { diagrams } = analysis.domain;
  const layers = new Map<number, number[]>();
  for (let context = 0; context < analysis.contexts.length; context++) {
    if (context % 64 === 63) yield;
    const node = diagrams.map('without obligations', analysis.fold(0, context).node, (terminal) => {
      const { effect, approvals, unknown } = decisions.at(terminal);
      return decisions.of(effect, approvals, [], unknown);
    });
    const known = layers.get(node);
    if (known) known.push(context);
    else layers.set(node, [context]);
  }
  return [...layers].map(([node, contexts]) => ({ node: analysis.domain.where(node), contexts }));
}
