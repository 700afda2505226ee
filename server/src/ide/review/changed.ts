// What differs between two states of a workspace, as far as a region rests on it: rules, what their policies say around them, agents, entries of the Catalog; and whose that is.
import type { Region } from '../../core/analysis';
import { variablesReached } from '../../core/conditions';
import type { RuleRef } from '../../core/model';
import { ENGINE, type CompiledPolicy, type CompiledRule } from '../../core/policy';
import { AGENTS, CATALOG, type Workspace } from '../../core/workspace';

export interface Changed {
  /** the rule is not the same on both sides, or what it uses of its policy is not */
  rule(id: string): boolean;
  agent(name: string): boolean;
  /** the owners of all that changed and that the region rests on, sorted */
  ownersOf(region: Region): readonly string[];
}

/** Agents and resources that are looked up one by one; a region that touches more is everybody's. */
const MAX_NAMES = 2_000;

export function changedParts(before: Workspace, after: Workspace, regions: readonly Region[], agents: ReadonlySet<string>): Changed {
  const asked = new Set(regions.flatMap(({ rules }) => [...rules.before, ...rules.after].map((ref) => ref.id)));
  const [old, now] = asked.size === 0 ? [new Map<string, Print>(), new Map<string, Print>()] : [printsOf(before, asked), printsOf(after, asked)];
  const itself = (id: string): boolean => old.get(id)?.itself !== now.get(id)?.itself;
  // a rule that came or went is its own change
  const around = (id: string): boolean => old.has(id) && now.has(id) && old.get(id)?.around !== now.get(id)?.around;
  const ownersOfRules = (refs: readonly RuleRef[], prints: ReadonlyMap<string, Print>): readonly (string | null)[] =>
    refs.flatMap(({ id }) => {
      const print = prints.get(id);
      return print ? [...(itself(id) ? [print.owner ?? print.policy.owner] : []), ...(around(id) ? [print.policy.owner] : [])] : [];
    });
  return {
    rule: (id) => itself(id) || around(id),
    agent: (name) => agents.has(name),
    ownersOf(region) {
      const teams = [before, after].flatMap((side) => region.agents.slice(0, MAX_NAMES).flatMap((name) => {
        const agent = agents.has(name) ? side.shared(AGENTS).find(name) : null;
        return agent === null || agent === 'ambiguous' ? [] : (agent.owner?.teams ?? []);
      }));
      const owners = [...ownersOfRules(region.rules.before, old), ...ownersOfRules(region.rules.after, now), ...teams, ...ownersOfEntries(before, after, region)];
      return [...new Set(owners.filter((owner) => owner !== null))].sort();
    },
  };
}

interface Print {
  readonly owner: string | null;
  readonly policy: CompiledPolicy;
  /** the rule as it is written */
  readonly itself: string;
  /** the scope of its policy and the variables that it uses */
  readonly around: string;
}

function printsOf(workspace: Workspace, asked: ReadonlySet<string>): ReadonlyMap<string, Print> {
  const prints = new Map<string, Print>();
  for (const set of workspace.shared(ENGINE).world.sets) {
    for (const rule of set.rules) {
      if (!asked.has(rule.id)) continue;
      const { policy, owner } = rule;
      const known = prints.get(rule.id);
      const text = workspace.text(rule.file)?.slice(rule.span.start, rule.span.end) ?? '';
      prints.set(rule.id, { owner: known?.owner ?? owner, policy, itself: `${known?.itself ?? ''}${text}\0`, around: `${known?.around ?? ''}${aroundOf(rule)}\0` });
    }
  }
  return prints;
}

function aroundOf({ policy, when, unless }: CompiledRule): string {
  const used = new Set([when, unless].flatMap((check) => (check ? [...variablesReached(check.ast, policy.variables)] : [])));
  const scope = [policy.scope.agents, policy.scope.roles, policy.scope.environments].map((names) => names?.sources ?? null);
  return JSON.stringify([scope, [...policy.variablePlaces].flatMap(([name, place]) => (used.has(name) ? [[name, place.node.text]] : []))]);
}

/** Of what the region names, the entries of the Catalog that are not the same on both sides. */
function ownersOfEntries(before: Workspace, after: Workspace, { region }: Region): readonly (string | null)[] {
  const { resource } = region;
  if (!resource || !('in' in resource)) return [];
  const [old, now] = [before.shared(CATALOG), after.shared(CATALOG)];
  if (old === now) return [];
  return resource.in.slice(0, MAX_NAMES).flatMap((one) => {
    const name = String(one);
    const kind = KINDS[name.slice(0, name.indexOf(':'))];
    if (!kind) return [];
    const id = name.slice(name.indexOf(':') + 1);
    const [was, is] = [old[kind].get(id), now[kind].get(id)];
    return JSON.stringify(was) === JSON.stringify(is) ? [] : [was?.owner ?? null, is?.owner ?? null];
  });
}

const KINDS: Readonly<Record<string, 'tools' | 'data' | 'channels'>> = { tool: 'tools', data: 'data', channel: 'channels' };
