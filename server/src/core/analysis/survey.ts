// One walk over all places of a state: what each rule does anywhere, and what each agent can do, as far as the findings need it.
import type { Agent } from '../model';
import type { CompiledRule } from '../policy';
import { environmentsAt } from './affected';
import { declarersOf } from './declarers';
import { boxesOf, meets } from './boxes';
import { Decisions, type DecidedAs } from './decisions';
import { findWitness } from './difference';
import { handOn, type Hand } from './hands';
import { BudgetSpent, FALSE, TRUE, spend, type Budget, type NodeId } from './nodes';
import { placeSteps, type Applied, type Clock, type Context, type PlaceAnalysis } from './place';
import type { KnownAgent, SideView } from './side';
import type { Named, Place, Space } from './space';
import type { ShortRequest, Steps } from './types';

/** What a rule that matches something does over all contexts. */
export interface RuleUse {
  readonly rule: CompiledRule;
  /** it is among those that decide somewhere, or brings an obligation that no other does */
  readonly matters: boolean;
  /** where it does not matter: the rules that apply before it */
  readonly before: ReadonlySet<CompiledRule>;
  /** rules of the same effect, approvals and obligations that together cover it; null where something is left over */
  readonly covered: ReadonlySet<CompiledRule> | null;
  /** where it does not matter or is covered: a request that it matches */
  readonly witness: ShortRequest | null;
}

/** An allow and a deny that meet, neither within the other. */
export interface Meeting {
  readonly allow: CompiledRule;
  readonly deny: CompiledRule;
  readonly witness: ShortRequest;
}

/** The rules of a context, looked at once for all contexts with the same rules. */
interface Entry {
  readonly analysis: PlaceAnalysis;
  readonly context: number;
  readonly list: readonly (Applied & { readonly rule: CompiledRule })[];
  readonly denied: boolean;
  /** the decisions without gates */
  readonly ungated: NodeId;
  example(node: NodeId): ShortRequest | null;
}

/** A rule in one of these contexts, and where it applies there. */
interface Used {
  readonly entry: Entry;
  readonly one: Applied;
  readonly here: NodeId;
}

/** What an agent can do at a place, in one environment. */
export interface Usable {
  readonly agent: Agent;
  readonly place: Place;
  readonly environment: Named | null;
  /** steps 1 to 3 deny */
  readonly denied: boolean;
  /** some request may be allowed or need approval, as far as can be told */
  readonly possible: boolean;
  /** a request that is allowed */
  allowed(): ShortRequest | null;
  /** any request, allowed or not */
  asked(): ShortRequest | null;
}

export interface Escalation {
  readonly agent: Agent;
  readonly delegate: Agent;
  /** the agents between the two, where the work is handed on */
  readonly over: readonly Agent[];
  readonly rules: readonly CompiledRule[];
  /** what the delegate does */
  readonly witness: ShortRequest;
  readonly delegation: ShortRequest;
}

export interface Survey {
  readonly rules: ReadonlyMap<CompiledRule, RuleUse>;
  readonly meetings: readonly Meeting[];
  readonly usable: readonly Usable[];
  readonly escalations: readonly Escalation[];
  /** by a rule that speaks of some requests of a context: one of which no rule speaks */
  readonly gaps: ReadonlyMap<CompiledRule, ShortRequest>;
  /** places that could not be looked at: nothing is said of what happens nowhere */
  readonly complete: boolean;
}

interface Options {
  readonly view: SideView;
  readonly space: Space;
  readonly clock: Clock;
  readonly budget: Budget;
}

/** Agents, contexts or rules looked at in one step. */
const STEP = 64;
/** Searches for an example that may come to nothing, where conditions that cannot be looked into have a say: hundreds of rules over commands and paths meet in as many squared. A meeting without an example is not told, others are told without one. */
const MAX_FRUITLESS = 8;

export function* surveySteps({ view, space, clock, budget }: Options): Steps<Survey> {
  const decisions = new Decisions();
  const entries: Entry[] = [];
  const usable: Usable[] = [];
  const escalations: Escalation[] = [];
  // the later of two equals is the one that is not needed
  const ordered = view.sets.flatMap((set) => [...set.rules, ...set.otherwise]).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.policy.document - b.policy.document || a.index - b.index));
  let complete = true;
  /** searches that found no example: of what meets, and of what changes nothing */
  let fruitless = 0;
  let unshown = 0;
  const askers: { readonly id: string; readonly known: KnownAgent }[] = [];
  for (const [index, id] of (space.agents ?? []).entries()) {
    if (index % STEP === STEP - 1) yield;
    const known = view.agent(id);
    if (known) askers.push({ id: known.agent.id, known });
  }
  const declarers = yield* declarersOf([view], askers);
  // delegation first: what it opens is asked of all other places
  const places = [...space.places].sort((a, b) => Number(b.action === 'delegate') - Number(a.action === 'delegate'));
  const hands = new Map<Agent, readonly Hand[]>();
  const escalated = new Set<string>();
  let closed = false;
  for (const place of places) {
    yield;
    if (!closed && place.action !== 'delegate') {
      closed = true;
      handOn(hands, budget);
    }
    // a request with an environment is the better example
    const environments = [...environmentsAt(place, space)].sort((a, b) => Number(a === null) - Number(b === null));
    if (budget.work < 0) {
      complete = false;
      break;
    }
    try {
      const obliging = view.obliges(place);
      const contexts: Context[] = [];
      for (const index of obliging ? askers.keys() : declarers.at(place)) {
        if (index % STEP === STEP - 1) yield;
        const asker = askers[index];
        if (!asker || (!obliging && view.refuses(asker.id, place))) continue;
        spend(budget, environments.length >> 1);
        for (const environment of environments) if (obliging || !view.denied(asker, place, environment)) contexts.push({ asker, place, environment });
      }
      const guarded = contexts.length;
      if (place.action !== 'delegate') for (const agent of hands.keys()) for (const environment of environments) contexts.push({ asker: { id: agent.id, known: view.agent(agent.id) }, place, environment, unguarded: true });
      const analysis = yield* placeSteps({ sides: [view], contexts, clock, untyped: false, budget, decisions });
      yield* look(place, analysis, guarded);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
      complete = false;
      if (budget.left < 0 || budget.work < 0) break;
    }
  }
  const byRule = new Map<CompiledRule, { readonly entry: Entry; readonly one: Applied; readonly here: NodeId }[]>();
  for (const [index, entry] of entries.entries()) {
    if (index % STEP === STEP - 1) yield;
    for (const one of entry.list) {
      const here = entry.analysis.domain.diagrams.and(one.node, entry.analysis.domain.valid);
      if (here === FALSE) continue;
      const known = byRule.get(one.rule);
      if (known) known.push({ entry, one, here });
      else byRule.set(one.rule, [{ entry, one, here }]);
    }
  }
  const rules = new Map<CompiledRule, RuleUse>();
  const yielding = new Set<CompiledRule>();
  const kinds = new Map<string, number>();
  for (const uses of byRule.values()) for (const key of new Set(uses.map(({ one }) => sameAs(one)))) kinds.set(key, (kinds.get(key) ?? 0) + 1);
  for (const rule of [...ordered].reverse()) {
    const uses = byRule.get(rule);
    if (!uses) continue;
    yield;
    const covered = coveredBy(rule, uses, kinds, yielding);
    if (covered) yielding.add(rule);
    const use = matters(rule, uses, yielding);
    // what adds nothing beside the others adds nothing to what they leave over
    if (rule.effect === 'oblige' && !use.matters) yielding.add(rule);
    rules.set(rule, { rule, covered, ...use });
  }
  const meetings: Meeting[] = [];
  for (const [allow, uses] of byRule) if (allow.effect === 'allow') {
    meetings.push(...(yield* meetingsOf(allow, uses)));
  }
  const gaps = new Map<CompiledRule, ShortRequest>();
  for (const entry of entries) {
    yield;
    const found = gapIn(entry);
    if (found && !gaps.has(found.rule)) gaps.set(found.rule, found.witness);
  }
  return { rules, meetings, usable, escalations, gaps, complete };

  function* look(place: Place, analysis: PlaceAnalysis, guarded: number): Steps<void> {
    const { diagrams, valid, variables } = analysis.domain;
    const masks = variables.map((variable) => variable.mask);
    const real = (node: NodeId): NodeId => diagrams.and(node, valid);
    const somewhere = (node: NodeId, is: (terminal: NodeId) => boolean = (terminal) => terminal === TRUE): boolean => meets(diagrams, node, new Map(), masks, is);
    /** A request of the context on which the engine says what the diagram says. */
    const example = (node: NodeId, context: number): ShortRequest | null => {
      for (const box of boxesOf(diagrams, node, masks, (terminal) => terminal === TRUE, 6).boxes) {
        const within = boxesOf(diagrams, diagrams.join('decided where', analysis.fold(0, context).node, node, (x, y) => (y === FALSE ? FALSE : y === TRUE && x < 0 ? x : null)), masks, (terminal) => terminal < -8, 6);
        for (const one of within.boxes) {
          const found = findWitness([{ analysis, sets: one.sets, contexts: [context] }], [view], [decisions.at(one.value)], clock);
          if (found) return found;
        }
        if (box.sets.size === 0) break;
      }
      return null;
    };
    const seen = new Map<string, Usable>();
    const looked = new Set<string>();
    for (let context = 0; context < guarded; context++) {
      if (context % STEP === STEP - 1) yield;
      const { asker, environment } = analysis.contexts[context] as Context;
      if (asker === 'any' || !asker.known) continue;
      const folded = analysis.fold(0, context);
      const { agent } = asker.known;
      let found = environment === null ? undefined : seen.get(folded.key);
      if (!found) {
        const lazy = (make: () => ShortRequest | null): (() => ShortRequest | null) => {
          let made: ShortRequest | null | undefined;
          return () => (made === undefined ? (made = folded.denied ? null : make()) : made);
        };
        found = {
          agent, place, environment, denied: folded.denied, possible: !folded.denied && somewhere(decidedAs(analysis, folded.node, 'not denied')),
          allowed: lazy(() => allowedExample(analysis, folded.node, context, example)), asked: lazy(() => example(valid, context)),
        };
        // with no environment a request has another form
        if (environment !== null) seen.set(folded.key, found);
      }
      const { allowed, asked } = found;
      const mine = (request: ShortRequest | null): ShortRequest | null => request && { ...request, agent: agent.id, ...(environment && place.action !== 'deploy' ? { environment: environment.name } : {}) };
      const use: Usable = { ...found, agent, environment, allowed: () => mine(allowed()), asked: () => mine(asked()) };
      if (!folded.denied) usable.push(use);
      const to = place.action === 'delegate' && use.possible ? view.agent(place.id)?.agent : undefined;
      const request = to && to.id !== agent.id ? use.allowed() : null;
      // what a format's default gives and nobody wrote is not held against anybody
      if (to && request && agent.delegates.some((grant) => grant.pattern === to.name && !grant.assumed)) hands.set(agent, [...(hands.get(agent) ?? []), { to, over: [], environment: environment?.name ?? null, request }]);
      if (looked.has(folded.key)) continue;
      looked.add(folded.key);
      const list = folded.applied.filter((one): one is Applied & { readonly rule: CompiledRule } => one.rule !== null);
      if (list.length === 0) continue;
      entries.push({
        analysis, context, list, denied: folded.denied, example: (node) => example(node, context),
        ungated: list.length === folded.applied.length ? folded.node : analysis.fold(0, context, (one) => one.gate !== null).node,
      });
    }
    for (let context = guarded; context < analysis.contexts.length; context++) escalation(analysis, context, guarded, example, real);
  }

  function matters(rule: CompiledRule, uses: readonly Used[], yielding: ReadonlySet<CompiledRule>): Pick<RuleUse, 'matters' | 'before' | 'witness'> {
    const before = new Set<CompiledRule>();
    let witness: ShortRequest | null = null;
    let needed = false;
    for (const { entry, one, here } of uses) {
      const { analysis, list, ungated, context } = entry;
      const { diagrams } = analysis.domain;
      const first = view.sets[one.set]?.order.kind === 'first';
      const gone = (other: Applied): boolean => other.gate !== null || (one.effect === 'oblige' && other.rule !== null && other.rule !== rule && other.effect === 'oblige' && yielding.has(other.rule));
      const decides = one.effect !== 'oblige' && !first && decidesIn(analysis, here, ungated, one.effect);
      const adds = !decides && (one.effect === 'oblige' || first || rule.obligations.length > 0) && differs(analysis, list.some(gone) ? analysis.fold(0, context, gone).node : ungated, analysis.fold(0, context, (other) => gone(other) || other.rule === rule).node);
      needed ||= decides || adds;
      // where it is covered, too, an example tells more than the names
      if (needed && !yielding.has(rule)) return { matters: true, before: new Set(), witness: null };
      if (!witness && unshown < MAX_FRUITLESS && !(witness = entry.example(here))) unshown++;
      if (needed && witness) break;
      for (const other of list) if (other.rule !== rule && !gone(other) && (one.effect === 'oblige' ? other.rule.obligations.length > 0 : first || strength(other) < strength(one)) && diagrams.and(here, other.node) !== FALSE) before.add(other.rule);
    }
    return { matters: needed, before: needed ? new Set() : before, witness };
  }

  /** The rules that cover it everywhere, without those that yield themselves. */
  function coveredBy(rule: CompiledRule, uses: readonly Used[], kinds: ReadonlyMap<string, number>, yielding: ReadonlySet<CompiledRule>): ReadonlySet<CompiledRule> | null {
    const covering = new Set<CompiledRule>();
    for (const { entry, one, here } of uses) {
      const key = sameAs(one);
      if ((kinds.get(key) ?? 0) < 2 || view.sets[one.set]?.order.kind === 'first' || one.otherwise) return null;
      const { diagrams } = entry.analysis.domain;
      const twins = entry.list.filter((other) => other.rule !== rule && !yielding.has(other.rule) && other.set === one.set && !other.otherwise && sameAs(other) === key);
      if (!diagrams.within(here, twins.reduce<NodeId>((sum, other) => diagrams.or(sum, other.node), FALSE))) return null;
      for (const other of twins) if (diagrams.and(here, other.node) !== FALSE) covering.add(other.rule);
    }
    return covering;
  }

  function* meetingsOf(allow: CompiledRule, uses: readonly Used[]): Steps<readonly Meeting[]> {
    yield;
    const found = new Map<CompiledRule, ShortRequest | null>();
    for (const { entry, here, one } of uses) {
      if (entry.denied) continue;
      for (const other of entry.list) {
        if (other.effect !== 'deny' || other.set !== one.set || found.get(other.rule)) continue;
        const both = entry.analysis.domain.diagrams.and(here, other.node);
        if (both === FALSE) continue;
        // two that lie within one another do not meet; that is asked first, since an example may take long to find
        const meet = found.has(other.rule) || (sticksOut(allow, uses, other.rule) && sticksOut(other.rule, byRule.get(other.rule) ?? [], allow));
        if (!meet || (fruitless >= MAX_FRUITLESS && !isPlain(entry.analysis, both))) continue;
        const witness = entry.example(both);
        found.set(other.rule, witness);
        if (!witness) fruitless++;
        yield;
      }
    }
    return [...found].flatMap(([deny, witness]): Meeting[] => (witness ? [{ allow, deny, witness }] : []));
  }

  /** True where the rule applies somewhere and the other does not. */
  function sticksOut(rule: CompiledRule, uses: readonly Used[], other: CompiledRule): boolean {
    return uses.some(({ entry, here }) => {
      const there = entry.list.find((one) => one.rule === other);
      return !entry.denied && (there ? entry.analysis.domain.diagrams.minus(here, there.node) : here) !== FALSE && rule !== other;
    });
  }

  function decidesIn(analysis: PlaceAnalysis, here: NodeId, node: NodeId, effect: string): boolean {
    const { diagrams } = analysis.domain;
    return diagrams.join(`decides ${effect}`, here, node, (x, y) => (x === FALSE ? FALSE : x === TRUE && y < 0 ? (decisions.at(y).effect === effect ? TRUE : FALSE) : null)) !== FALSE;
  }

  function differs(analysis: PlaceAnalysis, a: NodeId, b: NodeId): boolean {
    if (a === b) return false;
    const { diagrams, valid } = analysis.domain;
    return diagrams.and(diagrams.join('unlike', a, b, (x, y) => (x === y ? FALSE : x < 0 && y < 0 ? TRUE : null)), valid) !== FALSE;
  }

  function decidedAs(analysis: PlaceAnalysis, node: NodeId, how: 'allowed' | 'not denied'): NodeId {
    const { diagrams, valid } = analysis.domain;
    const is = ({ effect }: DecidedAs): boolean => (how === 'allowed' ? effect === 'allow' : effect !== 'deny');
    return diagrams.and(diagrams.map(how, node, (terminal) => (is(decisions.at(terminal)) ? TRUE : FALSE)), valid);
  }

  function allowedExample(analysis: PlaceAnalysis, node: NodeId, context: number, example: (node: NodeId, context: number) => ShortRequest | null): ShortRequest | null {
    const allowed = decidedAs(analysis, node, 'allowed');
    return allowed === FALSE ? null : example(allowed, context);
  }

  /** Where rules of different effects share the requests of a context between them and leave some over. */
  function gapIn({ analysis, context, list, denied, example }: Entry): { readonly rule: CompiledRule; readonly witness: ShortRequest } | null {
    const speaking = list.filter((one) => one.effect !== 'oblige' && !one.otherwise && view.sets[one.set]?.default.effect === 'deny');
    const granting = speaking.filter((one) => one.effect !== 'deny');
    // without an environment what allows is silent on purpose
    const nowhere = view.catalog.environments.size > 0 && analysis.contexts[context]?.environment === null;
    if (denied || nowhere || granting.length === 0 || new Set(speaking.map((one) => one.effect)).size < 2) return null;
    const { diagrams, valid } = analysis.domain;
    const silent = diagrams.and(diagrams.not(speaking.reduce<NodeId>((sum, one) => diagrams.or(sum, one.node), FALSE)), valid);
    // arguments that are left over whoever asks for whom, and whatever cannot be looked into
    const { variables } = analysis.domain;
    const left = boxesOf(diagrams, silent, variables.map((variable) => variable.mask), (terminal) => terminal === TRUE).boxes.some(({ sets }) => [...sets.keys()].every((level) => {
      const variable = variables[Number(level)];
      return variable?.kind === 'field' && variable.of.names[0] === 'args';
    }));
    const witness = left ? example(silent) : null;
    const rule = granting.map((one) => one.rule).sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.policy.document - b.policy.document || a.index - b.index))[0];
    return witness && rule ? { rule, witness } : null;
  }

  /** What the rules deny one agent, or let it do with approval alone, and one that it hands work to may do. */
  function escalation(analysis: PlaceAnalysis, context: number, guarded: number, example: (node: NodeId, context: number) => ShortRequest | null, real: (node: NodeId) => NodeId): void {
    const { diagrams } = analysis.domain;
    const mine = analysis.contexts[context] as Context;
    if (mine.asker === 'any' || !mine.asker.known) return;
    const from = mine.asker.known.agent;
    const against = analysis.fold(0, context).applied.filter((one) => one.effect === 'deny' || one.effect === 'require_approval');
    if (against.length === 0) return;
    const forbidden = against.reduce<NodeId>((sum, one) => diagrams.or(sum, one.node), FALSE);
    for (const hand of hands.get(from) ?? []) {
      if (escalated.has(`${from.id} ${hand.to.id}`) || hand.environment !== (mine.environment?.name ?? null)) continue;
      spend(budget, guarded >> 3);
      for (let other = 0; other < guarded; other++) {
        const theirs = analysis.contexts[other] as Context;
        if (theirs.asker === 'any' || theirs.asker.id !== hand.to.id || (theirs.environment?.name ?? null) !== (mine.environment?.name ?? null)) continue;
        const folded = analysis.fold(0, other);
        if (folded.denied) continue;
        const both = real(diagrams.and(forbidden, decidedAs(analysis, folded.node, 'allowed')));
        const witness = both === FALSE ? null : example(both, other);
        if (!witness) continue;
        escalated.add(`${from.id} ${hand.to.id}`);
        escalations.push({ agent: from, delegate: hand.to, over: hand.over, witness, delegation: hand.request, rules: against.flatMap((one) => (one.rule && diagrams.and(both, one.node) !== FALSE ? [one.rule] : [])) });
      }
    }
  }
}

/** An example of it is built, and not searched for. */
const isPlain = ({ domain: { diagrams, variables } }: PlaceAnalysis, node: NodeId): boolean =>
  [...diagrams.reach(node).levels].every((level) => {
    const variable = variables[level];
    return variable !== undefined && variable.kind !== 'opaque' && !(variable.kind === 'field' && variable.of.derived);
  });

const STRENGTH: Readonly<Record<string, number>> = { deny: 0, require_approval: 1, allow: 2, oblige: 3, gate: 4 };
const strength = (one: Applied): number => STRENGTH[one.effect] ?? 5;
/** Equal for rules of one set that do the same. */
const sameAs = ({ step }: Applied): string => step.key;
