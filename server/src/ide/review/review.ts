// The difference of two states as it is reviewed: what is accepted already, whose agents it touches, who must approve it, where it stands.
import type { ChangeKind, Difference, Region } from '../../core/analysis';
import type { RuleRef } from '../../core/model';
import { ENGINE, POLICIES, type CompiledRule } from '../../core/policy';
import { ACCEPTED_FILE, AGENTS, changeApprovers, type Workspace } from '../../core/workspace';
import type { Place } from '../types';
import { accepts, keyOfRegion, readAccepted, type AcceptedEntry, type AcceptedFile } from './accepted';
import { agentChanges, type AgentChange } from './agent-changes';
import { changedParts, type Changed } from './changed';

export interface ReviewItem {
  /** names the region as long as it stays the same */
  readonly key: string;
  readonly region: Region;
  readonly accepted: AcceptedEntry | null;
  /** the teams whose agents are touched */
  readonly teams: readonly string[];
  /** who must approve: the owners of what changed first, then whoever the repository asks for the file where it stands, then the owners of all other rules responsible */
  readonly approvers: readonly string[];
  /** the rules responsible, on each side */
  readonly placesBefore: readonly RulePlace[];
  readonly placesAfter: readonly RulePlace[];
  /** where the change stands in the state after: the rule that was changed, else its policy, the agent, or what decides now */
  readonly place: RulePlace | null;
}

export interface RulePlace extends Place {
  readonly id: string;
}

export interface AcceptedNote {
  readonly entry: AcceptedEntry;
  /** how many regions it speaks of */
  readonly matches: number;
  /** it came in the compared range */
  readonly added: boolean;
}

export interface Review {
  readonly difference: Difference;
  readonly items: readonly ReviewItem[];
  readonly agents: readonly AgentChange[];
  readonly accepted: readonly AcceptedNote[];
  /** why the file of accepted changes cannot be read, or null */
  readonly acceptedFault: string | null;
}

export function reviewOf(before: Workspace, after: Workspace, difference: Difference): Review {
  const file = readAccepted(after.text(ACCEPTED_FILE));
  const known = readAccepted(before.text(ACCEPTED_FILE));
  const sides = { before: sideOf(before), after: sideOf(after) };
  const agents = agentChanges(before, after);
  const changed = changedParts(before, after, difference.regions, new Set(agents.map((change) => change.agent)));
  const items = difference.regions.map((region): ReviewItem => {
    const touched = [...sides.after.teamsOf(region.agents), ...sides.before.teamsOf(region.agents)];
    const place = placeOf(region, sides, changed);
    const owners = [...sides.before.ownersOf(region.rules.before), ...sides.after.ownersOf(region.rules.after)];
    // whoever owns what was changed comes first
    const approvers = [...changed.ownersOf(region), ...(place ? sides.after.asked(place.path) : []), ...unique(owners.length > 0 ? owners : touched)];
    return {
      key: `${region.change} ${keyOfRegion(region)}`, region,
      accepted: file.entries.find((entry) => accepts(entry, region)) ?? null,
      teams: unique(touched), approvers: [...new Set(approvers)],
      placesBefore: sides.before.placesOf(region.rules.before), placesAfter: sides.after.placesOf(region.rules.after),
      place,
    };
  });
  return { difference, items, agents, accepted: notesOf(file, known, items), acceptedFault: file.fault };
}

/** The regions of each kind that nobody accepted. */
export function openCounts(review: Review): Readonly<Record<ChangeKind, number>> {
  const counts = { widened: 0, narrowed: 0, 'approval-changed': 0, 'obligations-changed': 0, unknown: 0 };
  for (const { region, accepted } of review.items) if (!accepted) counts[region.change]++;
  return counts;
}

function notesOf(file: AcceptedFile, known: AcceptedFile, items: readonly ReviewItem[]): readonly AcceptedNote[] {
  const old = new Set(known.entries.map(({ value }) => JSON.stringify(value)));
  return file.entries.map((entry) => ({
    entry, added: !old.has(JSON.stringify(entry.value)),
    matches: items.filter(({ region }) => accepts(entry, region)).length,
  }));
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

function placeOf(region: Region, sides: { readonly before: Side; readonly after: Side }, changed: Changed): RulePlace | null {
  const edited = region.rules.after.find((ref) => changed.rule(ref.id));
  if (edited) return sides.after.placesOf([edited])[0] ?? null;
  const removed = region.rules.before.find((ref) => changed.rule(ref.id));
  if (removed) {
    // it stands there still and decides no longer, or it is gone and its policy stands for it
    const there = sides.after.placeOfRule(removed.id) ?? sides.after.placeOfPolicy(removed.id);
    if (there) return there;
  }
  const agent = region.agents.find((name) => changed.agent(name));
  return (agent === undefined ? null : sides.after.placeOfAgent(agent)) ?? sides.after.placesOf(region.rules.after)[0] ?? (region.agents[0] === undefined ? null : sides.after.placeOfAgent(region.agents[0]));
}

interface Side {
  placeOfRule(id: string): RulePlace | null;
  placeOfPolicy(rule: string): RulePlace | null;
  placeOfAgent(name: string): RulePlace | null;
  teamsOf(agents: readonly string[]): readonly string[];
  ownersOf(rules: readonly RuleRef[]): readonly string[];
  placesOf(rules: readonly RuleRef[]): readonly RulePlace[];
  /** whom CODEOWNERS asks for a file, each list of which any may answer as one */
  asked(path: string): readonly string[];
}

/** Agents whose owners are looked up one by one; a region that touches more is everybody's. */
const MAX_AGENTS = 2_000;
const MAX_PLACES = 20;

function sideOf(workspace: Workspace): Side {
  const agents = workspace.shared(AGENTS);
  const rules = new Map<string, CompiledRule>();
  for (const set of workspace.shared(ENGINE).world.sets) for (const rule of set.rules) rules.set(`${rule.file} ${rule.span.start}`, rule);
  const compiled = (ref: RuleRef): CompiledRule | undefined => rules.get(`${ref.file} ${ref.span.start}`);
  const agentOf = (name: string) => {
    const found = agents.find(name);
    return found === 'ambiguous' ? null : found;
  };
  const byPath = new Map<string, readonly string[]>();
  const placeOfAgent = (name: string): RulePlace | null => {
    const agent = agentOf(name);
    return agent ? { id: name, path: agent.path, span: agent.span } : null;
  };
  return {
    placeOfAgent,
    asked(path) {
      let known = byPath.get(path);
      if (!known) byPath.set(path, (known = changeApprovers(workspace.ask(), path).flatMap(({ because, optional, from, count }) => (because !== 'codeowners' || optional || from.length === 0 ? [] : [`${count > 1 ? `${count} of ` : ''}${from.join(' or ')}`]))));
      return known;
    },
    placeOfRule(id) {
      for (const rule of rules.values()) if (rule.id === id) return { id, path: rule.file, span: rule.idSpan };
      return null;
    },
    placeOfPolicy(rule) {
      const policy = workspace.shared(POLICIES).all.find(({ name }) => rule.startsWith(`${name}/`));
      const document = policy && workspace.facts(policy.path)?.documents[policy.document];
      return policy && document ? { id: rule, path: policy.path, span: document.at } : null;
    },
    teamsOf: (names) => names.slice(0, MAX_AGENTS).flatMap((name) => agentOf(name)?.owner?.teams ?? []),
    ownersOf: (refs) => refs.flatMap((ref) => {
      const rule = compiled(ref);
      if (rule) return rule.owner ?? rule.policy.owner ?? [];
      // a gate of a manifest: those who sign it
      const gate = agents.all.find((agent) => agent.path === ref.file && ref.id.startsWith(`${agent.name}#`))?.gates.find((one) => one.span.start === ref.span.start);
      return gate?.from ?? [];
    }),
    placesOf: (refs) => refs.slice(0, MAX_PLACES).map((ref) => ({ id: ref.id, path: ref.file, span: compiled(ref)?.idSpan ?? ref.span })),
  };
}
