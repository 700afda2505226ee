// Who hands work to whom: agents and their delegates, in manifests and in files of other tools, and the tools at their ends.
import type { Span } from '../core/text';
import type { Agent } from '../core/model';
import { AGENTS, type DocumentFacts, type FileFacts, type Workspace } from '../core/workspace';
import { declarationsOf, nameAt } from './names/at';
import { describe } from './names/describe';
import { matches, mentions } from './names/navigate';
import type { Call, CallItem } from './types';
import { documentAt } from './conditions';

type Key = Pick<CallItem, 'name' | 'kind' | 'path'>;

/** A list that is longer is not read. */
const MAX_CALLS = 500;

/** The agents or tools at the offset; anywhere else in an agent's file the agent itself. */
export function prepareCalls(workspace: Workspace, path: string, offset: number): readonly CallItem[] {
  const name = nameAt(workspace, path, offset);
  if (name && (name.kind === 'agent' || name.kind === 'tool')) {
    const named = name.pattern ? [...new Set(declarationsOf(workspace, name, matches).map((d) => d.name))].slice(0, 20) : [name.name];
    const items = named.flatMap((one) => (name.kind === 'tool' ? (toolItem(workspace, one) ?? []) : agentsNamed(workspace, one).map((agent) => agentItem(workspace, agent))));
    if (items.length > 0) return items;
  }
  const here = workspace.shared(AGENTS).all.filter((agent) => agent.path === path || agent.definition.includes(path));
  const document = documentAt(workspace, path, offset)?.index ?? 0;
  return (here.length > 1 ? here.filter((agent) => agent.path !== path || agent.document === document) : here).map((agent) => agentItem(workspace, agent));
}

/** Who hands work to the agent, or may call the tool. */
export function incomingCalls(workspace: Workspace, item: Key): readonly Call[] {
  const calls: Call[] = [];
  const targets = item.kind === 'agent' ? agentsOf(workspace, item) : [];
  for (const agent of workspace.shared(AGENTS).all) {
    if (calls.length >= MAX_CALLS) break;
    const found = item.kind === 'tool' ? toolBy(agent, item.name) : targets.map((target) => delegateBy(workspace, agent, target)).find((one) => one !== null);
    if (found === null || found === undefined || (item.kind === 'agent' && targets.includes(agent) && found === '*')) continue;
    calls.push({ item: agentItem(workspace, agent, through(found, item.name)), at: placesIn(workspace, agent, item.kind, found) });
  }
  return calls;
}

/** To whom the agent hands work, and which tools it declares; a tool calls nobody. */
export function outgoingCalls(workspace: Workspace, item: Key): readonly Call[] {
  if (item.kind === 'tool') return [];
  const calls: Call[] = [];
  for (const agent of agentsOf(workspace, item)) {
    for (const other of workspace.shared(AGENTS).all) {
      const found = other === agent ? null : delegateBy(workspace, agent, other);
      if (found !== null && calls.length < MAX_CALLS) calls.push({ item: agentItem(workspace, other, through(found, other.name)), at: placesIn(workspace, agent, 'agent', found) });
    }
    const literal = agent.tools.filter(({ pattern }) => !pattern.includes('*')).map(({ pattern }) => pattern);
    for (const tool of [...new Set([...literal, ...workspace.names('tool').keys()])].sort()) {
      const found = calls.length < MAX_CALLS ? toolBy(agent, tool) : null;
      const made = found === null ? null : toolItem(workspace, tool, through(found, tool));
      if (made && found !== null) calls.push({ item: made, at: placesIn(workspace, agent, 'tool', found) });
    }
  }
  return calls;
}

const through = (found: string, name: string): string => (found.includes('*') && found !== name ? `by the pattern ${found}` : '');

const agentsNamed = (workspace: Workspace, name: string): readonly Agent[] => {
  const all = workspace.shared(AGENTS).all;
  const named = all.filter((agent) => agent.name === name);
  // the file that a manifest governs may have a name of its own
  return named.length > 0 ? named : all.filter((agent) => agent.definition.some((file) => workspace.facts(file)?.foreign?.agents.some((one) => one.id === name)));
};

const agentsOf = (workspace: Workspace, { name, path }: Key): readonly Agent[] => {
  const named = workspace.shared(AGENTS).all.filter((agent) => agent.name === name);
  const here = named.filter((agent) => agent.path === path);
  return here.length > 0 ? here : named;
};

/** The entry by which an agent may call a tool, a literal one first; null where it may not. */
function toolBy(agent: Agent, tool: string): string | null {
  if (agent.except.some((entry) => entry === tool || matches(entry, tool))) return null;
  const entries = agent.tools.filter(({ pattern }) => pattern === tool || matches(pattern, tool)).map(({ pattern }) => pattern);
  return entries.find((entry) => entry === tool) ?? entries[0] ?? null;
}

/** The entry by which an agent may hand work to another: its name, the name or the title of its file, or `*`. */
function delegateBy(workspace: Workspace, agent: Agent, target: Agent): string | null {
  if (agent.delegates.length === 0) return null;
  const files = [target.path, ...target.definition].flatMap((file) => workspace.facts(file)?.foreign?.agents ?? []);
  const names = new Set([target.name, ...files.map((file) => file.id)]);
  const titles = new Set(files.flatMap((file) => file.title?.value.toLowerCase() ?? []));
  const entries = agent.delegates.map(({ pattern }) => pattern);
  return entries.find((entry) => names.has(entry) || titles.has(entry.toLowerCase())) ?? (entries.includes('*') ? '*' : null);
}

function agentItem(workspace: Workspace, agent: Agent, by = ''): CallItem {
  const document = documentOf(workspace, agent);
  const detail = [agent.owner?.team ?? 'no owner', agent.lifecycle ?? '', agent.format === 'countersign' ? '' : agent.format, by];
  return { name: agent.name, kind: 'agent', path: agent.path, span: agent.span, whole: document?.span ?? agent.span, detail: detail.filter((one) => one !== '').join(' · ') };
}

function toolItem(workspace: Workspace, name: string, by = ''): CallItem | null {
  const declared = workspace.find('tool', name)[0];
  if (declared) return { name, kind: 'tool', path: declared.path, span: declared.nameSpan, whole: declared.span, detail: [describe(workspace, declared).brief, by].filter((one) => one !== '').join(' · ') };
  for (const [path, [first]] of mentions(workspace, { kind: 'tool', name }, false)) if (first) return { name, kind: 'tool', path, span: first.span, whole: first.span, detail: ['not in the Catalog', by].filter((one) => one !== '').join(' · ') };
  return null;
}

const documentOf = (workspace: Workspace, agent: Agent): DocumentFacts | undefined => workspace.facts(agent.path)?.documents.find(({ index }) => index === agent.document);

/** Where the agent's own file says so; the agent itself where another file of it does. */
function placesIn(workspace: Workspace, agent: Agent, kind: CallItem['kind'], entry: string): readonly Span[] {
  const facts = workspace.facts(agent.path);
  const list = kind === 'agent' ? 'delegates' : 'tools';
  const own = documentOf(workspace, agent)?.references.filter((r) => r.kind === kind && r.path[1] === list && r.name === entry && !r.negated).map((r) => r.nameSpan) ?? [];
  const foreign = facts?.foreign ? inFile(facts, agent, kind, entry) : [];
  const found = [...own, ...foreign];
  return found.length > 0 ? found : [agent.span];
}

const inFile = (facts: FileFacts, agent: Agent, kind: CallItem['kind'], entry: string): readonly Span[] =>
  (facts.foreign?.agents ?? []).filter(({ id }) => id === agent.name).flatMap((one) => (kind === 'agent' ? one.delegates.filter(({ name }) => name === entry) : one.tools.filter(({ pattern }) => pattern === entry)).map(({ span }) => span));
