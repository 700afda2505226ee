// The agents of a folder as a tree shows them: a line each, and what one of them may use.
import type { DataAccess, Agent, Catalog } from '../core/model';
import { AGENTS, CATALOG, type Shared, type Workspace } from '../core/workspace';
import type { Span } from '../core/text';
import type { AgentMissing, AgentPart, AgentPartKind, AgentRow } from '../protocol';
import { missingFor, nextLifecycle, placeOf, subjectsOf } from '../core/lint';
import { sourceWords } from './ownership/words';
import type { Place } from './types';

/** More than this no tree shows. */
const MAX_AGENTS = 5000;
const MAX_PARTS = 2000;

export type AgentSummary = Pick<AgentRow, 'id' | 'name' | 'path' | 'title' | 'purpose' | 'owner' | 'ownerSource' | 'lifecycle' | 'parts' | 'next'> & {
  readonly span: Span;
  /** the manifest and the files that really run, each once */
  readonly files: readonly string[];
};

/** The agents of a folder by name. */
export const agentSummaries = (workspace: Workspace): readonly AgentSummary[] => workspace.shared(SUMMARIES);

const SUMMARIES: Shared<readonly AgentSummary[]> = {
  id: 'agent-summaries',
  kinds: AGENTS.kinds,
  make: (workspace) => [...workspace.shared(AGENTS).all].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, MAX_AGENTS).map(summaryOf),
};

const summaryOf = (agent: Agent): AgentSummary => ({
  id: agent.id, name: agent.name, path: agent.path, span: agent.span, title: agent.title, purpose: agent.purpose, owner: agent.owner?.team ?? null, ownerSource: agent.owner ? sourceWords(agent.owner.source) : null, lifecycle: agent.lifecycle,
  files: [...new Set([agent.path, ...agent.definition])],
  parts: { tools: agent.tools.length, data: agent.data.length, delegates: agent.delegates.length, channels: channelsOf(agent).length },
  next: nextLifecycle(agent.lifecycle),
});

export type AgentParts = Readonly<Record<AgentPartKind, readonly (Omit<AgentPart, 'place'> & { readonly place: Place | null })[]>>;
type PartKind = 'tool' | 'data' | 'agent' | 'channel';
type Part = AgentParts['tools'][number];

/** What an agent may use, in the order of its manifest; null where the folder has no such agent. */
export function agentParts(workspace: Workspace, id: string): AgentParts | null {
  const agent = workspace.shared(AGENTS).find(id);
  if (agent === null || agent === 'ambiguous') return null;
  const catalog = workspace.shared(CATALOG);
  const written = writtenPlaces(workspace, agent);
  const other = (name: string): Agent | null => {
    const found = workspace.shared(AGENTS).find(name);
    return found === 'ambiguous' ? null : found;
  };
  const declared = (kind: PartKind, name: string): Place | null => {
    const found = kind === 'agent' ? other(name) : name.includes('*') ? null : workspace.find(kind, name)[0];
    return found ? { path: found.path, span: 'nameSpan' in found ? found.nameSpan : found.span } : null;
  };
  const part = (kind: PartKind, name: string, words: readonly (string | null | undefined)[]): Part => {
    return { name, detail: words.filter(Boolean).join(' · '), place: declared(kind, name) ?? written(kind, name) };
  };
  return {
    tools: [
      ...agent.tools.map(({ pattern, assumed }) => part('tool', pattern, [catalog.tools.get(pattern)?.owner, assumed ? 'by default' : null])),
      ...agent.except.map((pattern) => part('tool', pattern, ['excepted'])),
    ].slice(0, MAX_PARTS),
    data: agent.data.map((use) => part('data', use.source, dataWords(catalog, use))).slice(0, MAX_PARTS),
    delegates: agent.delegates.map(({ pattern, assumed }) => part('agent', pattern, [other(pattern)?.owner?.team, assumed ? 'by default' : null])).slice(0, MAX_PARTS),
    channels: channelsOf(agent).map(({ name, words }) => part('channel', name, [catalog.channels.get(name)?.owner, words])).slice(0, MAX_PARTS),
  };
}

export interface NextStage {
  readonly stage: string;
  /** what no waiver covers, the worst first */
  readonly missing: readonly (Omit<AgentMissing, 'place'> & { readonly place: Place })[];
}

const SEVERITIES: readonly string[] = ['error', 'warning', 'information', 'hint'];

/** What Standards ask before the agent can go on to the next stage of its lifecycle; null where the folder has no such agent, or no stage comes next. */
export function nextStage(workspace: Workspace, id: string): NextStage | null {
  const agent = workspace.shared(AGENTS).find(id);
  if (agent === null || agent === 'ambiguous') return null;
  const stage = nextLifecycle(agent.lifecycle);
  if (stage === null) return null;
  const subject = subjectsOf(agent.path, workspace.ask()).find((one) => one.agent.id === agent.id);
  const missing = missingFor(workspace, agent, stage).map(({ requirement }) => ({
    requirement: `${requirement.standard}/${requirement.id}`, message: requirement.message, severity: requirement.severity,
    place: { path: agent.path, span: subject ? placeOf(subject, requirement.at) : agent.span },
  }));
  return { stage, missing: missing.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)) };
}

function dataWords(catalog: Catalog, { source, access }: DataAccess): readonly (string | null | undefined)[] {
  const data = catalog.data.get(source);
  return [data?.owner, data?.classification, access.join(', ')];
}

/** Each channel once, with the ways that it is used. */
function channelsOf(agent: Agent): readonly { readonly name: string; readonly words: string }[] {
  const inputs = new Set(agent.inputs.map((input) => input.channel));
  const outputs = new Set(agent.outputs);
  return [...new Set([...inputs, ...outputs])].map((name) => ({ name, words: [inputs.has(name) ? 'in' : '', outputs.has(name) ? 'out' : ''].filter(Boolean).join(', ') }));
}

const BLOCKS: ReadonlySet<unknown> = new Set(['tools', 'data', 'delegates', 'inputs', 'outputs']);

/** Where the manifest names something, else the place that stands for the agent. */
function writtenPlaces(workspace: Workspace, agent: Agent): (kind: string, name: string) => Place {
  const places = new Map<string, Span>();
  for (const { kind, name, nameSpan, path } of workspace.facts(agent.path)?.documents.find((one) => one.index === agent.document)?.references ?? []) {
    const key = `${kind} ${name}`;
    if (path[0] === 'spec' && BLOCKS.has(path[1]) && !places.has(key)) places.set(key, nameSpan);
  }
  return (kind, name) => ({ path: agent.path, span: places.get(`${kind} ${name}`) ?? agent.span });
}
