// How ready each agent is, by standard, with waivers and owners: the data of `countersign report`. Keys and their order are a contract.
import { STANDARDS, nextLifecycle, missingFor, resultsOfAll, waiverFault, waiversOf, type AgentResults, type RequirementResult, type Severity } from '../core/lint';
import { LineIndex, endOfDate } from '../core/text';
import { ownershipOfAgent, teamDetails, type Queries, type Workspace } from '../core/workspace';

export interface Readiness {
  readonly version: 1;
  /** the day on which the report was made */
  readonly on: string;
  readonly standards: readonly StandardEntry[];
  readonly agents: readonly AgentReadiness[];
  readonly waivers: readonly WaiverEntry[];
  readonly owners: readonly OwnerEntry[];
  /** ids of the agents that belong to nobody */
  readonly unowned: readonly string[];
}

export interface Tally {
  /** how many requirements hold for it: met, waived and unmet together */
  readonly asked: number;
  readonly met: number;
  readonly waived: number;
  readonly unmet: number;
}

export interface StandardEntry extends Tally {
  readonly name: string;
  readonly title: string | null;
  /** null for one that comes with Countersign */
  readonly file: string | null;
  /** how many agents it is on for */
  readonly agents: number;
}

export interface AgentReadiness {
  readonly id: string;
  readonly title: string | null;
  readonly format: string;
  readonly file: string;
  readonly line: number;
  readonly lifecycle: string | null;
  readonly owner: { readonly team: string; readonly source: string } | null;
  readonly accountable: string | null;
  readonly contact: string | null;
  readonly oncall: string | null;
  readonly outputs: string | null;
  /** nothing of severity `error` or `warning` is unmet */
  readonly ready: boolean;
  readonly standards: readonly (Tally & { readonly name: string })[];
  readonly requirements: readonly RequirementEntry[];
  /** the stage that comes next and what is missing for it beyond what is missing now; null where none comes next */
  readonly next: { readonly lifecycle: string; readonly missing: readonly string[] } | null;
}

export interface RequirementEntry {
  /** `standard/<standard>/<requirement>` */
  readonly code: string;
  readonly state: 'met' | 'waived' | 'unmet';
  readonly severity: Severity;
  readonly message: string;
  readonly references: readonly string[];
}

export interface WaiverEntry {
  readonly agent: string;
  readonly file: string;
  readonly line: number;
  readonly requirement: string | null;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly expires: string | null;
  /** days that are left, today included; negative for one that is past; null without a date */
  readonly daysLeft: number | null;
  readonly state: 'in-force' | 'unneeded' | 'unknown-requirement' | 'malformed' | 'expired' | 'unknown-approver' | 'self-approved';
}

export interface OwnerEntry {
  readonly team: string;
  readonly title: string | null;
  readonly contact: string | null;
  readonly oncall: string | null;
  readonly agents: readonly string[];
}

const DAY = 86_400_000;

export function readinessOf(workspace: Workspace): Readiness {
  const queries = workspace.ask();
  const all = resultsOfAll(workspace);
  const agents = all.map((one) => agentReadiness(one, workspace, queries));
  return {
    version: 1, on: new Date(queries.now).toISOString().slice(0, 10),
    standards: standardsOf(all),
    agents,
    waivers: all.flatMap((one) => waiverEntries(one, queries)).sort((a, b) => compare(a.expires ?? '', b.expires ?? '') || compare(a.file, b.file) || a.line - b.line),
    owners: ownersOf(agents, queries),
    unowned: agents.filter(({ owner }) => owner === null).map(({ id }) => id),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function tally(results: readonly RequirementResult[]): Tally {
  const of = (verdict: RequirementResult['verdict']): number => results.filter((result) => result.verdict === verdict).length;
  const [met, waived, unmet] = [of('met'), of('waived'), of('unmet')];
  return { asked: met + waived + unmet, met, waived, unmet };
}

function standardsOf(all: readonly AgentResults[]): StandardEntry[] {
  const found = new Map<string, { results: RequirementResult[]; agents: Set<string> }>();
  for (const { agent, results } of all) {
    for (const result of results) {
      const entry = found.get(result.standard.name) ?? { results: [], agents: new Set() };
      found.set(result.standard.name, entry);
      entry.results.push(result);
      if (result.verdict !== 'not-asked') entry.agents.add(agent.id);
    }
  }
  return [...found].sort(([a], [b]) => compare(a, b)).flatMap(([name, { results, agents }]) => {
    const standard = (results.find((result) => result.standard.path !== null) ?? results[0])?.standard;
    return standard ? [{ name, title: standard.title, file: standard.path, agents: agents.size, ...tally(results) }] : [];
  });
}

function agentReadiness({ agent, results }: AgentResults, workspace: Workspace, queries: Queries): AgentReadiness {
  const owner = ownershipOfAgent(queries, agent);
  const severity = ({ requirement }: RequirementResult): Severity => queries.settings.level(requirement.code, agent.path, requirement.severity) as Severity;
  const requirements = results.flatMap((result): RequirementEntry[] => {
    const { code, message, references } = result.requirement;
    return result.verdict === 'not-asked' ? [] : [{ code, state: result.verdict, severity: severity(result), message: message.trim(), references }];
  });
  const lacking = new Set(requirements.filter(({ state }) => state === 'unmet').map(({ code }) => code));
  const next = nextLifecycle(agent.lifecycle);
  const standards = [...new Set(results.map((result) => result.standard.name))].sort(compare);
  return {
    id: agent.id, title: agent.title, format: agent.format, file: agent.path, line: lineOf(queries, agent.path, agent.span.start), lifecycle: agent.lifecycle,
    owner: owner.team === null ? null : { team: owner.team, source: owner.source ?? '' },
    accountable: owner.accountable, contact: owner.contact, oncall: owner.oncall, outputs: owner.outputs,
    ready: !requirements.some((one) => one.state === 'unmet' && (one.severity === 'error' || one.severity === 'warning')),
    standards: standards.map((name) => ({ name, ...tally(results.filter((result) => result.standard.name === name)) })).filter(({ asked }) => asked > 0),
    requirements,
    next: next === null ? null : { lifecycle: next, missing: missingFor(workspace, agent, next).map(({ requirement }) => requirement.code).filter((code) => !lacking.has(code)) },
  };
}

function waiverEntries({ agent, results }: AgentResults, queries: Queries): WaiverEntry[] {
  const document = agent.format === 'countersign' ? queries.facts(agent.path)?.documents.find(({ index }) => index === agent.document) : undefined;
  if (!document) return [];
  const known = new Set(queries.shared(STANDARDS).all.flatMap((standard) => standard.requirements.map(({ id }) => `${standard.name}/${id}`)));
  return waiversOf(document.value).map((waiver) => {
    const fault = waiverFault(waiver, document.value, queries);
    const used = results.some((result) => result.verdict === 'waived' && result.waiver?.index === waiver.index);
    const end = endOfDate(waiver.expires ?? '');
    const place = document.places.value(`/spec/waivers/${waiver.index}`) ?? document.at;
    return {
      agent: agent.id, file: agent.path, line: lineOf(queries, agent.path, place.start), requirement: waiver.requirement, reason: waiver.reason, approvedBy: waiver.approvedBy, expires: waiver.expires,
      daysLeft: end === null ? null : Math.ceil((end + 1 - queries.now) / DAY), state: fault ?? (waiver.requirement !== null && !known.has(waiver.requirement) ? 'unknown-requirement' : used ? 'in-force' : 'unneeded'),
    };
  });
}

const lineOf = (queries: Queries, path: string, offset: number): number => new LineIndex(queries.text(path) ?? '').position(offset).line;

function ownersOf(agents: readonly AgentReadiness[], queries: Queries): OwnerEntry[] {
  const teams = [...new Set(agents.flatMap(({ owner }) => (owner ? [owner.team] : [])))].sort(compare);
  return teams.map((team) => {
    const { title, contact, oncall } = teamDetails(queries, team);
    return { team, title, contact, oncall, agents: agents.filter(({ owner }) => owner?.team === team).map(({ id }) => id) };
  });
}
