// What the analysis finds in one state: rules that can never matter, capabilities that can never be used, ways around a denial.
import type { Agent, Catalog } from '../model';
import { builtInCapabilities, builtInSample, declaresOf, parseRequest } from '../model';
import type { CompiledRule } from '../policy';
import { pattern } from '../text';
import { askedNames } from './asked-names';
import { assumptionsOf } from './assumptions';
import { BudgetSpent, budgetOf, type Budget } from './nodes';
import type { Clock } from './place';
import { indexUsable, legsOf, type TwoLegs } from './rule-of-two';
import { unsatisfiableSteps } from './satisfiable';
import { SideView } from './side';
import { spaceSteps } from './space';
import { surveySteps, type Escalation, type Meeting, type Survey, type Usable } from './survey';
import type { AnalysisOptions, ShortRequest, Side, Steps } from './types';

/** The findings follow every edit, so they may cost less than an answer that somebody asked for. */
const FINDINGS_BUDGET = 300_000;

export type AnalysisFinding =
  | { readonly code: 'policy/unsatisfiable-rule'; readonly rule: CompiledRule }
  | { readonly code: 'policy/shadowed-rule'; readonly rule: CompiledRule; readonly before: readonly CompiledRule[]; readonly witness: ShortRequest | null }
  | { readonly code: 'policy/redundant-rule'; readonly rule: CompiledRule; readonly covering: readonly CompiledRule[]; readonly witness: ShortRequest | null }
  | { readonly code: 'policy/conflict'; readonly rule: CompiledRule; readonly meetings: readonly Meeting[] }
  | { readonly code: 'policy/dead-grant'; readonly rule: CompiledRule }
  | { readonly code: 'policy/dead-capability'; readonly agent: Agent; readonly tool: string; readonly witness: ShortRequest | null }
  | { readonly code: 'policy/uncovered'; readonly rule: CompiledRule; readonly witness: ShortRequest }
  | ({ readonly code: 'capability/delegation-escalation' } & Escalation)
  | ({ readonly code: 'capability/rule-of-two'; readonly agent: Agent } & TwoLegs);

export interface AnalysisFindings {
  readonly findings: readonly AnalysisFinding[];
  /** false where something was too much to be looked at */
  readonly complete: boolean;
  readonly assumptions: readonly string[];
}

export function* findingSteps(side: Side, options: AnalysisOptions): Steps<AnalysisFindings> {
  const clock: Clock = { now: options.now, at: options.at ?? null };
  const budget: Budget = budgetOf(options.budget ?? FINDINGS_BUDGET);
  const nothing: AnalysisFindings = { findings: [], complete: false, assumptions: [] };
  const { world } = side;
  // what cannot be read whole may hold the rules that are missing
  if (world.sets.length === 0 || world.broken) return { ...nothing, complete: world.sets.length === 0 };
  const view = new SideView(side, false);
  try {
    const asked = (): ReturnType<typeof askedNames> => askedNames([view]);
    const space = yield* spaceSteps({ world: 'closed', sides: [world], asked, budget });
    const survey = yield* surveySteps({ view, space: space.agents === null ? { ...space, agents: [] } : space, clock, budget });
    const findings: AnalysisFinding[] = [];
    const rules = world.sets.flatMap((set) => [...set.rules, ...set.otherwise]);
    const idle = rules.filter((rule) => !survey.rules.has(rule) && !rule.never && rule.malformed === null && rule.expires >= clock.now);
    yield;
    let never: readonly CompiledRule[] = [];
    try {
      // what no agent here can do, another might: only what nobody could ever match is wrong
      if (idle.length > 0) never = yield* unsatisfiableSteps(idle, view, yield* spaceSteps({ world: 'open', sides: [world], asked, budget }), clock, budget);
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
    for (const rule of never) findings.push({ code: 'policy/unsatisfiable-rule', rule });
    yield;
    findings.push(...aboutRules(survey));
    if (space.agents !== null && survey.complete) {
      findings.push(...deadGrants(idle.filter((rule) => rule.where === null && world.policies.includes(rule.policy)), never, world.agents.all));
      yield;
      findings.push(...(yield* deadCapabilities(survey.usable, world.catalog, (agent, resource) => world.sets.some((set) => set.governs(agent) && (resource === null || (set.covers?.matches(resource) ?? true))))));
    }
    findings.push(...survey.escalations.map((one) => ({ code: 'capability/delegation-escalation' as const, ...one })));
    yield;
    const usable = yield* indexUsable(survey.usable);
    const anything = anyCall(side, clock.at ?? clock.now);
    for (const agent of world.agents.all) {
      yield;
      const legs = legsOf(agent, world.catalog, usable, anything);
      if (legs) findings.push({ code: 'capability/rule-of-two', agent, ...legs });
    }
    // what other tools' files hold is checked in their own terms
    const ours = new Set(world.policies);
    return { findings: findings.filter((finding) => !('rule' in finding) || ours.has(finding.rule.policy)), complete: survey.complete, assumptions: assumptionsOf(space, [side], clock) };
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    return nothing;
  }
}

export function findingsOf(side: Side, options: AnalysisOptions): AnalysisFindings {
  const steps = findingSteps(side, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Whether a tool that comes with an agent's program may be called about anyhow: a call as good as any is decided. */
function anyCall(engine: Side, at: number): (one: Usable) => boolean {
  return ({ agent, place, environment }) => {
    if (builtInCapabilities(place.id) === null) return false;
    const request = { agent: agent.id, action: 'call', resource: place.resource, args: builtInSample(place.id), ...(environment ? { environment: environment.name } : {}) };
    const parsed = parseRequest(request);
    return 'request' in parsed && engine.effect(engine.prepare(parsed.request, { at })) === 'allow';
  };
}

function aboutRules(survey: Survey): readonly AnalysisFinding[] {
  const findings: AnalysisFinding[] = [];
  if (survey.complete) {
    for (const { rule, matters, covered, before, witness } of survey.rules.values()) {
      if (rule.malformed !== null) continue;
      if (covered !== null && covered.size > 0) findings.push({ code: 'policy/redundant-rule', rule, covering: [...covered].sort(byPlace), witness });
      // of two rules that oblige to the same it is enough that the one covers the other
      if (!matters && before.size > 0 && (rule.effect !== 'oblige' || covered === null || covered.size === 0)) findings.push({ code: 'policy/shadowed-rule', rule, before: [...before].sort(byPlace), witness });
    }
  }
  for (const [rule, witness] of survey.gaps) findings.push({ code: 'policy/uncovered', rule, witness });
  const met = new Map<CompiledRule, Meeting[]>();
  for (const meeting of survey.meetings) {
    // a denial that says why is meant to cut into what is allowed
    if (meeting.deny.reason !== null) continue;
    const known = met.get(meeting.allow);
    if (known) known.push(meeting);
    else met.set(meeting.allow, [meeting]);
  }
  for (const [rule, meetings] of met) findings.push({ code: 'policy/conflict', rule, meetings: meetings.sort((a, b) => byPlace(a.deny, b.deny)) });
  return findings;
}

const byPlace = (a: CompiledRule, b: CompiledRule): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.policy.document - b.policy.document || a.index - b.index);

/** Allows that could match, but nothing that any agent here may ask for. */
const deadGrants = (idle: readonly CompiledRule[], never: readonly CompiledRule[], agents: readonly Agent[]): readonly AnalysisFinding[] =>
  agents.length === 0 ? [] : idle.filter((rule) => rule.effect === 'allow' && !never.includes(rule)).map((rule) => ({ code: 'policy/dead-grant' as const, rule }));

/** Tools that a manifest names and that are denied whatever is asked; not where the agent as a whole is stopped. */
function* deadCapabilities(usable: readonly Usable[], catalog: Catalog, isGoverned: (agent: Agent, resource: string | null) => boolean): Steps<readonly AnalysisFinding[]> {
  const byAgent = new Map<Agent, Usable[]>();
  for (const [index, one] of usable.entries()) {
    if (index % 2_000 === 1_999) yield;
    if (one.place.action !== 'call') continue;
    const known = byAgent.get(one.agent);
    if (known) known.push(one);
    else byAgent.set(one.agent, [one]);
  }
  const findings: AnalysisFinding[] = [];
  for (const [agent, all] of byAgent) {
    yield;
    // where nothing speaks of the agent at all, it is not one tool that is missing
    if (agent.format !== 'countersign' || agent.ambiguous || !isGoverned(agent, null)) continue;
    const declares = declaresOf(agent);
    for (const { pattern: tool } of agent.tools) {
      // that the Catalog does not know it is told elsewhere
      if (!tool.includes('*') && catalog.tools.size > 0 && !catalog.tools.has(tool)) continue;
      const matcher = pattern(tool);
      const mine = all.filter((one) => matcher.matches(one.place.id) && declares('call', one.place.id) && !one.denied);
      // nor one of which no permissions speak
      if (!mine.every((one) => isGoverned(agent, one.place.resource))) continue;
      if (mine.length > 0 && mine.every((one) => !one.possible)) findings.push({ code: 'policy/dead-capability', agent, tool, witness: (mine.find((one) => one.environment !== null) ?? mine[0])?.asked() ?? null });
    }
  }
  return findings;
}
