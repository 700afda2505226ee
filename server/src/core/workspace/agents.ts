// All agents of a workspace: manifests joined with the files that they govern, and agent files that nothing governs. The one notion of an agent.
import { agentOfFile, agentOfManifest, definitionOf, identify, type Agent, type Handles, type UnnamedAgent } from '../model';
import type { ForeignAgent } from '../formats';
import type { DocumentFacts } from './facts';
import { PERMISSIONS, implicitAgent } from './permissions';
import { HANDLES, withOwner } from './owner-join';
import { resolvePath } from './paths';
import type { Shared } from './shared';
import type { Workspace } from './workspace';

export interface Agents {
  /** sorted by file */
  readonly all: readonly Agent[];
  /** by name, or by `name@path` where two have the name */
  find(name: string): Agent | 'ambiguous' | null;
  /** the agent of a manifest */
  ofDocument(path: string, document: number): Agent | null;
  readonly memo: Memo;
}

/** Manifests as they were read, so that an edit costs its own agent only. */
type Memo = WeakMap<object, { readonly governed: readonly ForeignAgent[]; readonly agent: UnnamedAgent }>;

export const AGENTS: Shared<Agents> = {
  id: 'agents',
  kinds: ['Agent', 'files', 'owners'],
  make: (workspace, before) => readAgents(workspace, before?.memo ?? new WeakMap()),
};

function readAgents(workspace: Workspace, memo: Memo): Agents {
  const found: UnnamedAgent[] = [];
  const governed = new Set<string>();
  for (const path of workspace.filesOf('Agent')) {
    for (const document of workspace.facts(path)?.documents ?? []) {
      if (document.kind !== 'Agent') continue;
      const agent = manifestAgent(workspace, path, document, memo);
      for (const file of agent.definition) governed.add(file);
      found.push(agent);
    }
  }
  for (const path of workspace.filesOf('files')) {
    const facts = workspace.facts(path);
    if (facts?.foreign && !governed.has(path)) for (const agent of facts.foreign.agents) found.push(agentOfFile(agent, facts.format ?? '', path));
  }
  for (const { implicit } of workspace.shared(PERMISSIONS).sets) {
    // a manifest of the tool's name, or one that governs the file, is that agent
    if (!implicit || governed.has(implicit.path) || found.some((agent) => agent.name === implicit.name && agent.format === 'countersign')) continue;
    found.push(agentOfFile(implicitAgent(implicit), implicit.format, implicit.path));
  }
  const handles = (): Handles => workspace.shared(HANDLES);
  const all = identify(found.map((agent) => withOwner(agent, handles, (path) => workspace.owners(path))));
  const byName = new Map<string, Agent | 'ambiguous'>();
  for (const agent of all) byName.set(agent.name, agent.ambiguous ? 'ambiguous' : agent);
  const byId = new Map(all.filter((agent) => agent.ambiguous).map((agent) => [agent.id, agent]));
  const byDocument = new Map(all.map((agent) => [`${agent.document} ${agent.path}`, agent]));
  return {
    all, memo,
    find: (name) => byName.get(name) ?? byId.get(name) ?? null,
    ofDocument: (path, document) => byDocument.get(`${document} ${path}`) ?? null,
  };
}

function manifestAgent(workspace: Workspace, path: string, document: DocumentFacts, memo: Memo): UnnamedAgent {
  const source = { path, index: document.index, name: document.name, value: document.value, at: document.at, places: document.places };
  const definition = definitionOf(source).map((written) => resolvePath(path, written, false) ?? written);
  const governed = definition.flatMap((file) => workspace.facts(file)?.foreign?.agents ?? []);
  const known = memo.get(document);
  if (known && known.governed.length === governed.length && known.governed.every((agent, index) => agent === governed[index])) return known.agent;
  const agent = agentOfManifest(source, definition, governed);
  memo.set(document, { governed, agent });
  return agent;
}
