// Which contexts two sides can decide differently: where neither rules nor what the workspace declares differ, nothing need be looked at.
import { print } from '../conditions';
import { fitsAgent, keyOf, obligationKey, type CompiledRule, type NameMatcher } from '../policy';
import type { AnalysisMemo } from './memo';
import type { Asker, SideView } from './side';
import { expand } from './reads';
import type { Context } from './place';
import type { Named, Place, Space } from './space';

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

export function affectedBy(before: SideView, after: SideView, space: Space, texts: AnalysisMemo['texts']): Affected {
  const askers: readonly Asker[] = space.agents === null ? ['any'] : space.agents.map((id) => ({ id, known: after.agent(id) ?? before.agent(id) }));
  const everything = setsText(before, texts) !== setsText(after, texts);
  const changedAgents = new Set(space.agents?.filter((id) => agentText(before, id) !== agentText(after, id)) ?? []);
  const same = before.catalog === after.catalog;
  const nowhere = (side: SideView, name: string): string => JSON.stringify([side.catalog.environments.get(name) ?? null, side.catalog.environments.size > 0 && !side.catalog.environments.has(name)]);
  const changedEnvironments = new Set(same ? [] : space.environments.flatMap((one) => (one && nowhere(before, one.name) !== nowhere(after, one.name) ? [one.name] : [])));
  const changedRules = differing(rulesOf(before), rulesOf(after), texts);
  const facts = (side: SideView, place: Place): string => {
    const key = `${place.action} ${place.resource}`;
    let text = side.known.facts.get(key);
    if (text === undefined) side.known.facts.set(key, (text = JSON.stringify([side.facts(place), place.action === 'call' ? side.catalog.tools.get(place.id)?.input : null])));
    return text;
  };
  return {
    at(place) {
      const environments = environmentsAt(place, space);
      const all = everything || (!same && facts(before, place) !== facts(after, place));
      const rules = all ? [] : changedRules.filter((rule) => (rule.actions === null || rule.actions.matches(place.action)) && (rule.resources === null || rule.resources.matches(place.resource)));
      if (!all && rules.length === 0 && changedAgents.size === 0 && changedEnvironments.size === 0) return [];
      // what is denied on both sides before any rule is asked can differ in obligations only
      const sides = [before, after];
      const obliging = sides.some((side) => side.obliges(place));
      const contexts: Context[] = [];
      for (const asker of askers) {
        const refused = asker !== 'any' && sides.every((side) => side.refuses(asker.id, place));
        if (refused && !obliging) continue;
        const agentChanged = asker !== 'any' && changedAgents.has(asker.id);
        const mine = all || agentChanged ? [] : rules.filter((rule) => sides.some((side) => fitsAsker(rule, side, asker)));
        if (!all && !agentChanged && mine.length === 0 && changedEnvironments.size === 0) continue;
        for (const environment of environments) {
          const denied = refused || (asker !== 'any' && sides.every((side) => side.denied(side.asker(asker.id), place, environment)));
          if (denied && !obliging) continue;
          if (all || agentChanged || (environment !== null && changedEnvironments.has(environment.name)) || mine.some((rule) => (!denied || rule.effect === 'oblige') && sides.some((side) => side.fitsEnvironment(rule, place, environment)))) contexts.push({ asker, place, environment });
        }
      }
      return contexts;
    },
  };
}

/** Of `deploy` the environment is the resource. */
export const environmentsAt = (place: Place, space: Space): readonly (Named | null)[] => (place.action === 'deploy' ? [{ name: place.id, sample: place.sample }] : space.environments);

function fitsAsker(rule: CompiledRule, side: SideView, asker: Asker): boolean {
  if (asker === 'any') return true;
  const subject = side.agent(asker.id)?.subject;
  return subject !== undefined && fitsAgent(rule, subject.name, subject.roles);
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

/** What of the sets is not a question of single rules; where the first rule decides, their order too. */
const setsText = (side: SideView, texts: AnalysisMemo['texts']): string =>
  JSON.stringify(side.sets.map((set) => [set.id, set.order, set.default.effect, set.default.approval && keyOf(set.default.approval), set.unknown, set.covers?.sources ?? null, set.otherwise.map((rule) => ruleText(rule, texts)), set.order.kind === 'first' ? set.rules.map((rule) => ruleText(rule, texts)) : null]));

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
