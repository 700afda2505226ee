// What became of the agents between two states: added, removed, renamed, moved in lifecycle, given or deprived of something.
import type { Agent } from '../../core/model';
import type { Span } from '../../core/text';
import { AGENTS, type Workspace } from '../../core/workspace';

export interface AgentChange {
  readonly agent: string;
  readonly change: 'added' | 'removed' | 'renamed' | 'changed';
  /** of a renamed one */
  readonly from?: string;
  /** on the side where it is: after, else before */
  readonly file: string;
  readonly span: Span;
  readonly owner: string | null;
  readonly fields: readonly FieldChange[];
}

/** `added` and `removed` of a list; of a single value both, where there was one. */
export interface FieldChange {
  readonly field: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Sorted by name: those that came, went or changed in what decisions rest on. */
export function agentChanges(before: Workspace, after: Workspace): readonly AgentChange[] {
  const [old, now] = [before.shared(AGENTS).all, after.shared(AGENTS).all];
  const oldById = new Map(old.map((agent) => [agent.id, agent]));
  const nowById = new Map(now.map((agent) => [agent.id, agent]));
  const gone = old.filter((agent) => !nowById.has(agent.id));
  const came = now.filter((agent) => !oldById.has(agent.id));
  const renamed = pairs(gone, came);
  const changes: AgentChange[] = [];
  // a file that both sides have from one reading says the same of its agents
  const isShared = (path: string): boolean => before.facts(path) !== null && before.facts(path) === after.facts(path);
  for (const agent of now) {
    const was = oldById.get(agent.id) ?? renamed.get(agent);
    if (was && was.id === agent.id && was.path === agent.path && was.owner?.team === agent.owner?.team && isShared(agent.path) && agent.definition.every((file, index) => was.definition[index] === file && isShared(file))) continue;
    const fields = fieldChanges(was ?? null, agent);
    if (!oldById.has(agent.id)) changes.push(was ? { ...head(agent), change: 'renamed', from: was.id, fields } : { ...head(agent), change: 'added', fields });
    else if (fields.length > 0) changes.push({ ...head(agent), change: 'changed', fields });
  }
  const kept = new Set(renamed.values());
  for (const agent of gone) if (!kept.has(agent)) changes.push({ ...head(agent), change: 'removed', fields: [] });
  return changes.sort((a, b) => (a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0));
}

const head = (agent: Agent): Pick<AgentChange, 'agent' | 'file' | 'span' | 'owner'> => ({ agent: agent.id, file: agent.path, span: agent.span, owner: agent.owner?.team ?? null });

/** The same agent under another name: it stands at the same place, or all else of it is the same and no other fits. */
function pairs(gone: readonly Agent[], came: readonly Agent[]): ReadonlyMap<Agent, Agent> {
  const found = new Map<Agent, Agent>();
  const taken = new Set<Agent>();
  const take = (agent: Agent, fits: readonly Agent[]): void => {
    const [was, other] = fits.filter((one) => !taken.has(one));
    if (!was || other || found.has(agent)) return;
    found.set(agent, was);
    taken.add(was);
  };
  for (const agent of came) take(agent, gone.filter((was) => was.path === agent.path && was.document === agent.document && was.format === agent.format));
  const printOf = (agent: Agent): string => JSON.stringify([agent.purpose, fieldsOf(agent)]);
  const prints = new Map<string, Agent[]>();
  for (const was of gone) prints.set(printOf(was), [...(prints.get(printOf(was)) ?? []), was]);
  // an agent that says nothing of itself is like any other
  for (const agent of came) if (agent.purpose !== null) take(agent, prints.get(printOf(agent)) ?? []);
  return found;
}

type Fields = readonly (readonly [field: string, values: readonly string[]])[];

function fieldsOf(agent: Agent): Fields {
  const one = (value: string | null | undefined): readonly string[] => (value === null || value === undefined ? [] : [value]);
  return [
    ['lifecycle', one(agent.lifecycle)],
    ['autonomy', one(agent.autonomy)],
    ['owner', one(agent.owner?.team)],
    ['roles', agent.roles],
    ['tools', [...agent.tools.map((grant) => grant.pattern), ...agent.except.map((pattern) => `!${pattern}`)]],
    ['data', agent.data.flatMap(({ source, access }) => access.map((kind) => `${kind} ${source}`))],
    ['delegates', agent.delegates.filter((grant) => !grant.assumed).map((grant) => grant.pattern)],
    ['model', agent.models.map((model) => model.label)],
    ['inputs', agent.inputs.map(({ channel, trust }) => (trust === null ? channel : `${channel} (${trust})`))],
    ['outputs', agent.outputs],
    ['hosting', agent.hosting ?? ['anywhere']],
    ['labels', Object.entries(agent.labels).map(([name, value]) => `${name}: ${value}`)],
    ['functions', agent.functions],
    ['approvals', agent.gates.map((gate) => `${gate.gate ?? 'every action'}${gate.environment === null ? '' : ` in ${gate.environment}`}${gate.resources === null ? '' : ` of ${gate.resources.join(', ')}`} from ${gate.count > 1 && Number.isFinite(gate.count) ? `${gate.count} of ` : ''}${gate.from.join(' or ')}`)],
    ['records', agent.gates.flatMap((gate) => gate.records.map((record) => `${record.by ?? 'nobody'} on ${record.on ?? 'no day'}`))],
  ];
}

function fieldChanges(before: Agent | null, after: Agent): readonly FieldChange[] {
  const old = new Map(before ? fieldsOf(before) : []);
  return fieldsOf(after).flatMap(([field, values]) => {
    const was = old.get(field) ?? [];
    const added = [...new Set(values)].filter((value) => !was.includes(value));
    const removed = [...new Set(was)].filter((value) => !values.includes(value));
    // of one that is new, only what it was given is worth a line
    if (added.length === 0 && removed.length === 0) return [];
    return before === null && field === 'hosting' && agentIsAnywhere(after) ? [] : [{ field, added, removed }];
  });
}

const agentIsAnywhere = (agent: Agent): boolean => agent.hosting === null;
