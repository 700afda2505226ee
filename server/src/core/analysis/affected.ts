// Which contexts two sides can decide differently: where neither rules nor what the workspace declares differ, nothing need be looked at.
import { print } from '../conditions';
import type { Tool } from '../model';
import { fitsAgent, keyOf, obligationKey, type CompiledPolicy, type CompiledRule, type NameMatcher, type PolicySet } from '../policy';
import { declarersOf } from './declarers';
import type { AnalysisMemo } from './memo';
import type { Asker, SideView } from './side';
import { expand } from './reads';
import type { Context } from './place';
import type { Named, Place, Space } from './space';
import type { Steps } from './types';

/** Equal for rules that decide alike. */
export function ruleText(rule: CompiledRule, texts: AnalysisMemo['texts']): string {
  let text = texts.get(rule);
  if (text === undefined) {
    const { scope, variables } = rule.policy;
    const names = (matcher: NameMatcher | null): unknown => matcher?.sources ?? null;
    const conditions = [rule.when, rule.unless].map((check) => {
      if (!check) return null;
      const whole = expand(check.ast, variables);
      // too long to be written out: all variables count
      const broken = whole === check.ast && check.place.node.text.includes('variables');
      return [print(whole), broken ? [...variables].map(([name, ast]) => [name, ast ? print(ast) : null]) : null];
    });
    text = JSON.stringify([
      rule.effect, rule.never, names(scope.agents), names(scope.roles), names(scope.environments), names(rule.agents), names(rule.roles), names(rule.actions), names(rule.resources), names(rule.environments),
      conditions, rule.where?.key ?? null, rule.expires, rule.approval ? keyOf(rule.approval) : null, rule.obligations.map(obligationKey),
    ]);
    texts.set(rule, text);
  }
  return text;
}

export interface Affected {
  /** the contexts of a place that must be looked at */
  at(place: Place): readonly Context[];
}

/** Agents looked at in one step. */
const AGENTS = 32;

export function* affectedSteps(before: SideView, after: SideView, space: Space, memo: AnalysisMemo): Steps<Affected> {
  const { texts } = memo;
  const askers: Asker[] = space.agents === null ? ['any'] : [];
  const changedAgents = new Set<string>();
  const changedNumbers: number[] = [];
  for (const [index, id] of (space.agents ?? []).entries()) {
    if (index % AGENTS === AGENTS - 1) yield;
    askers.push({ id, known: after.agent(id) ?? before.agent(id) });
    if (agentText(before, id) === agentText(after, id)) continue;
    changedAgents.add(id);
    changedNumbers.push(askers.length - 1);
  }
  yield;
  const everything = setsText(before, texts) !== setsText(after, texts);
  const same = before.catalog === after.catalog;
  const nowhere = (side: SideView, name: string): string => JSON.stringify([side.catalog.environments.get(name) ?? null, side.catalog.environments.size > 0 && !side.catalog.environments.has(name)]);
  const changedEnvironments = new Set(same ? [] : space.environments.flatMap((one) => (one && nowhere(before, one.name) !== nowhere(after, one.name) ? [one.name] : [])));
  const declarers = yield* declarersOf([before, after], askers);
  const changedRules = byResource(changedBetween(before, after, memo));
  const known = before.known.alike.get(after.catalog) ?? new Map<string, boolean>();
  before.known.alike.set(after.catalog, known);
  const alike = (place: Place): boolean => {
    if (same) return true;
    const key = `${place.action} ${place.resource}`;
    let is = known.get(key);
    if (is === undefined) known.set(key, (is = place.action === 'call' ? sameTool(before.catalog.tools.get(place.id), after.catalog.tools.get(place.id)) : sameText(before.facts(place), after.facts(place))));
    return is;
  };
  return {
    at(place) {
      const environments = environmentsAt(place, space);
      const all = everything || !alike(place);
      const rules = all ? [] : changedRules(place.resource).filter((rule) => (rule.actions === null || rule.actions.matches(place.action)) && (rule.resources === null || rule.resources.matches(place.resource)));
      if (!all && rules.length === 0 && changedAgents.size === 0 && changedEnvironments.size === 0) return [];
      // what is denied on both sides before any rule is asked can differ in obligations only
      const sides = [before, after];
      const obliging = sides.some((side) => side.obliges(place));
      const contexts: Context[] = [];
      // of those who are refused, only changed obligations are of interest
      const within = new Map<Named | null, readonly CompiledRule[]>(environments.map((environment) => [environment, all ? [] : rules.filter((rule) => sides.some((side) => side.fitsEnvironment(rule, environment)))]));
      const everyone = obliging && (all || changedEnvironments.size > 0 || rules.some((rule) => rule.effect === 'oblige'));
      const some = everyone ? null : new Set(declarers.at(place));
      if (obliging) for (const number of everyone ? [] : changedNumbers) some?.add(number);
      for (const number of some ? [...some].sort((a, b) => a - b) : askers.keys()) {
        const asker = askers[number] as Asker;
        const refused = asker !== 'any' && sides.every((side) => side.refuses(asker.id, place));
        if (refused && !obliging) continue;
        const agentChanged = asker !== 'any' && changedAgents.has(asker.id);
        const mine = all || agentChanged ? [] : rules.filter((rule) => sides.some((side) => fitsAsker(rule, side, asker)));
        if (!all && !agentChanged && mine.length === 0 && changedEnvironments.size === 0) continue;
        for (const environment of environments) {
          const looked = all || agentChanged || (environment !== null && changedEnvironments.has(environment.name));
          const asked = looked ? [] : mine.filter((rule) => within.get(environment)?.includes(rule));
          if (!looked && asked.length === 0) continue;
          const denied = refused || (asker !== 'any' && sides.every((side) => side.denied(side.asker(asker.id), place, environment)));
          if (denied && !obliging) continue;
          if (looked || !denied || asked.some((rule) => rule.effect === 'oblige')) contexts.push({ asker, place, environment });
        }
      }
      return contexts;
    },
  };
}

/** Of many rules those that may be for a resource. */
function byResource(rules: readonly CompiledRule[]): (resource: string) => readonly CompiledRule[] {
  const named = new Map<string, CompiledRule[]>();
  const wide: CompiledRule[] = [];
  for (const rule of rules) {
    const names = rule.resources?.literals;
    if (!names) wide.push(rule);
    else for (const name of new Set(names)) named.set(name, [...(named.get(name) ?? []), rule]);
  }
  return (resource) => {
    const mine = named.get(resource);
    return mine ? [...wide, ...mine] : wide;
  };
}

/** Whether two values are written alike, the order of keys counting. */
function sameFacts(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [mine, theirs] = [Object.keys(a), Object.keys(b)];
  return mine.length === theirs.length && mine.every((key, index) => key === theirs[index] && sameFacts((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** All that decisions see of a tool. */
const sameTool = (a: Tool | undefined, b: Tool | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.owner === b.owner && sameFacts(a.labels, b.labels) && sameFacts(a.capabilities, b.capabilities) && sameText(a.input, b.input));

/** The same, by way of their texts, in which `null` may stand for more than itself. */
function sameText(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  const text = JSON.stringify(a);
  return text === JSON.stringify(b) && (!text.includes('null') || sameFacts(a, b));
}

/** Of `deploy` the environment is the resource. */
export const environmentsAt = (place: Place, space: Space): readonly (Named | null)[] => (place.action === 'deploy' ? [{ name: place.id, sample: place.sample }] : space.environments);

function fitsAsker(rule: CompiledRule, side: SideView, asker: Asker): boolean {
  if (asker === 'any') return true;
  const subject = side.agent(asker.id)?.subject;
  return subject !== undefined && fitsAgent(rule, subject.name, subject.roles);
}

function sameNames(a: NameMatcher | null, b: NameMatcher | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.sources.length !== b.sources.length) return false;
  for (let index = 0; index < a.sources.length; index++) if (a.sources[index] !== b.sources[index]) return false;
  return true;
}
const sameCheck = (a: CompiledRule['when'], b: CompiledRule['when']): boolean => a === b || (a !== null && b !== null && a.place.node.text === b.place.node.text);

/** What of a policy bears on all its rules is written alike. */
function createSamePolicy(): (a: CompiledPolicy, b: CompiledPolicy) => boolean {
  const texts = new Map<CompiledPolicy, string>();
  const text = (policy: CompiledPolicy): string => {
    let known = texts.get(policy);
    if (known === undefined) {
      const { scope, variables, variablePlaces } = policy;
      texts.set(policy, (known = JSON.stringify([[scope.agents, scope.roles, scope.environments].map((matcher) => matcher?.sources ?? null), [...variables].map(([name, ast]) => [name, ast === null, variablePlaces.get(name)?.node.text ?? null])])));
    }
    return known;
  };
  return (a, b) => a === b || text(a) === text(b);
}

/** Whether two rules are written alike; those that are not may still mean the same. */
const sameRule = (a: CompiledRule, b: CompiledRule): boolean =>
  a.effect === b.effect && a.never === b.never && a.expires === b.expires && sameNames(a.agents, b.agents) && sameNames(a.roles, b.roles) && sameNames(a.actions, b.actions) && sameNames(a.resources, b.resources)
  && sameNames(a.environments, b.environments) && sameCheck(a.when, b.when) && sameCheck(a.unless, b.unless) && a.where?.key === b.where?.key && a.where?.together?.key === b.where?.together?.key
  && sameFacts(a.approval, b.approval) && sameFacts(a.obligations, b.obligations);

/** The rules that one side has and the other has not; most have the same id and are written alike. */
function changedBetween(before: SideView, after: SideView, { texts, twins }: AnalysisMemo): readonly CompiledRule[] {
  const is = rulesOf(after);
  const kept = new Set(is);
  const gone = new Map<string, CompiledRule[]>();
  const known = new Set<CompiledRule>();
  for (const rule of rulesOf(before)) {
    known.add(rule);
    if (kept.has(rule)) continue;
    const list = gone.get(rule.id);
    if (list) list.push(rule);
    else gone.set(rule.id, [rule]);
  }
  const samePolicy = createSamePolicy();
  const come = is.filter((rule) => {
    if (known.has(rule)) return false;
    const list = gone.get(rule.id);
    if (!list) return true;
    const twin = twins.get(rule);
    for (let at = 0; at < list.length; at++) {
      const one = list[at] as CompiledRule;
      if (one !== twin && !(sameRule(one, rule) && samePolicy(one.policy, rule.policy))) continue;
      if (one !== twin) twins.set(rule, one);
      list.splice(at, 1);
      return false;
    }
    return true;
  });
  return differing([...gone.values()].flat(), come, texts);
}

const rulesOf = (side: SideView): readonly CompiledRule[] => side.sets.flatMap((set) => set.rules);

/** The rules that one side has and the other has not, equal ones counted. */
function differing(before: readonly CompiledRule[], after: readonly CompiledRule[], texts: AnalysisMemo['texts']): readonly CompiledRule[] {
  const kept = new Set(after);
  const gone = before.filter((rule) => !kept.has(rule));
  const known = new Set(before);
  const counts = new Map<string, CompiledRule[]>();
  for (const rule of after) {
    if (known.has(rule)) continue;
    const text = ruleText(rule, texts);
    const list = counts.get(text);
    if (list) list.push(rule);
    else counts.set(text, [rule]);
  }
  const changed: CompiledRule[] = [];
  for (const rule of gone) if (!counts.get(ruleText(rule, texts))?.pop()) changed.push(rule);
  return [...changed, ...[...counts.values()].flat()];
}

/** What of a set is not a question of single rules; where the first rule decides, their order too. */
const setText = (set: PolicySet, texts: AnalysisMemo['texts']): readonly unknown[] =>
  [set.id, set.order, set.default.effect, set.default.approval && keyOf(set.default.approval), set.unknown, set.covers?.sources ?? null, set.otherwise.map((rule) => ruleText(rule, texts)), set.order.kind === 'first' ? set.rules.map((rule) => ruleText(rule, texts)) : null];
const setsText = (side: SideView, texts: AnalysisMemo['texts']): string => JSON.stringify(side.sets.map((set) => setText(set, texts)));

/** The sets that hold for nobody who asks, and of which both sides do not have the same, by their ids: agents of other tools where any agent is meant. */
export function unaskedChanged(before: SideView, after: SideView, space: Space, { texts }: AnalysisMemo): readonly string[] {
  const unasked = (side: SideView): ReadonlyMap<string, string> => {
    const agents = space.agents === null ? [null] : side.engine.world.agents.all;
    return new Map(side.sets.flatMap((set) => (agents.some((agent) => set.governs(agent)) ? [] : [[set.id, JSON.stringify([setText(set, texts), set.rules.map((rule) => ruleText(rule, texts)).sort()])] as const])));
  };
  const [was, is] = [unasked(before), unasked(after)];
  const all = new Map([...before.sets, ...after.sets].map((set) => [set.id, set]));
  // where one side asks it the other is looked at, too
  return [...all.keys()].filter((id) => (was.has(id) || !before.sets.some((set) => set.id === id)) && (is.has(id) || !after.sets.some((set) => set.id === id)) && was.get(id) !== is.get(id)).sort();
}

/** What decisions see of an agent; a record may open a gate on one side only, so that an agent with records always counts as changed. */
function agentText(side: SideView, id: string): string {
  const known = side.agent(id);
  if (!known) return 'unknown';
  const { agent, subject } = known;
  const governed = side.sets.flatMap((set) => (set.governs(agent) ? [set.id] : [])).join(' ');
  let text = side.known.agentTexts.get(agent);
  const recorded = agent.gates.some((gate) => gate.records.length > 0) ? side : null;
  if (text === undefined) side.known.agentTexts.set(agent, (text = JSON.stringify([
    agent.name, subject.roles, subject.attributes, subject.teams, agent.lifecycle, agent.tools, agent.except, agent.data, agent.delegates, agent.models, agent.outputs, agent.hosting,
    agent.gates.map(({ gate, environment, resources, from, count }) => [gate, environment, resources, from, String(count)]),
  ])));
  return `${text} ${governed}${recorded ? ` ${side.engine.digest(agent)}` : ''}`;
}
