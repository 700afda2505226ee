// What the Standards say of an agent: every requirement that is asked, met, not met, or waived.
import { Evaluation } from '../../conditions';
import type { Lifecycle } from '../../documents';
import type { Agent } from '../../model';
import type { Queries, Workspace } from '../../workspace';
import { ALWAYS_ON } from '../shipped';
import { list, specOf, table, text } from '../rules/values';
import { STANDARDS, type ReadyStandard } from './all';
import { RequirementError } from './compile';
import { inputOf, subjectsOf, type Subject } from './subject';
import type { Requirement, Standard } from './types';
import { waiverFault, waiversOf, type Waiver } from './waivers';

export interface RequirementResult {
  readonly standard: Standard;
  readonly requirement: Requirement;
  readonly verdict: 'met' | 'unmet' | 'waived' | 'not-asked';
  /** the waiver that counts; also where nothing has to be waived */
  readonly waiver: Waiver | null;
  /** a condition that could not be evaluated; the verdict is then `not-asked` */
  readonly error: RequirementError | null;
}

/** All results of one agent, by standard. `lifecycle`: as if the agent were in that stage. */
export function resultsOf(subject: Subject, queries: Queries, lifecycle: Lifecycle | null = null): readonly RequirementResult[] {
  const standards = queries.shared(STANDARDS).all.map((standard) => ({ standard, ready: isOn(standard, subject, queries) ? standard.ready : standard.ready.filter(({ requirement }) => keptByLock(standard, requirement, subject, queries)) })).filter(({ ready }) => ready.length > 0);
  if (standards.length === 0) return [];
  const evaluation = new Evaluation(inputOf(subject, queries, lifecycle));
  const waivers = subject.document ? waiversOf(subject.document.value) : [];
  return standards.flatMap(({ standard, ready }) => ready.map(({ requirement, ask }): RequirementResult => {
    const verdict = ask(evaluation);
    const named = waivers.find((waiver) => waiver.requirement === `${requirement.standard}/${requirement.id}` && subject.document && waiverFault(waiver, subject.document.value, queries) === null);
    const waiver = named ?? null;
    if (verdict instanceof RequirementError) return { standard, requirement, verdict: 'not-asked', waiver, error: verdict };
    return { standard, requirement, verdict: verdict === 'unmet' && waiver ? 'waived' : verdict, waiver, error: null };
  }));
}

/** Settings first; else a shipped standard is on for everybody or for who names it as a framework, and one of the workspace's own always. */
export function isOn(standard: Pick<ReadyStandard, 'name' | 'path'>, { path, document }: Pick<Subject, 'path' | 'document'>, queries: Queries): boolean {
  const said = queries.settings.standard(standard.name, path);
  return said === null ? isUsual(standard, document) : said === 'on';
}

/** A locked requirement of a Standard that somebody switched off who must not loosen it. */
function keptByLock(standard: ReadyStandard, { code }: Requirement, { path, document }: Subject, { settings }: Queries): boolean {
  if (!settings.locked(code) || settings.standard(standard.name, path) !== 'off') return false;
  const said = settings.standard(standard.name, path, code);
  return said === null ? isUsual(standard, document) : said === 'on';
}

function isUsual(standard: Pick<ReadyStandard, 'name' | 'path'>, document: Subject['document']): boolean {
  if (standard.path !== null || ALWAYS_ON.has(standard.name)) return true;
  return document !== null && list(specOf(document.value).compliance).some((entry) => text(table(entry).framework) === standard.name);
}

/** The agent that stands for a name, with its file. */
export interface AgentResults {
  readonly agent: Agent;
  readonly results: readonly RequirementResult[];
}

/** Every agent of the workspace with all its results, by file. */
export function resultsOfAll(workspace: Workspace): readonly AgentResults[] {
  const queries = workspace.ask();
  return workspace.paths().flatMap((path) => subjectsOf(path, queries).map((subject) => ({ agent: subject.agent, results: asSet(resultsOf(subject, queries), path, queries) })));
}

/** What is missing for a stage: the requirements that would not be met, and are not waived, if the agent were in it. None that settings switch off. */
export function missingFor(workspace: Workspace, agent: Agent, lifecycle: Lifecycle): readonly RequirementResult[] {
  const queries = workspace.ask();
  const subject = subjectsOf(agent.path, queries).find((one) => one.agent.id === agent.id);
  return subject ? asSet(resultsOf(subject, queries, lifecycle), agent.path, queries).filter(({ verdict }) => verdict === 'unmet') : [];
}

const asSet = (results: readonly RequirementResult[], path: string, { settings }: Queries): readonly RequirementResult[] => results.filter(({ requirement }) => settings.level(requirement.code, path, requirement.severity) !== 'off');

/** The stage that usually comes next; null where none does. */
export const nextLifecycle = (lifecycle: Lifecycle | null): Lifecycle | null => (lifecycle === 'draft' ? 'pilot' : lifecycle === 'pilot' ? 'production' : null);
