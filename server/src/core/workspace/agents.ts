// All agents of a workspace: manifests joined with the files that they govern, and agent files that nothing governs. The one notion of an agent.
import { agentOfFile, agentOfManifest, definitionOf, identify, type Agent, type Handles, type ManifestSource, type UnnamedAgent } from '../model';
import type { ForeignAgent } from '../formats';
import type { DocumentFacts } from './facts';
import { PERMISSIONS, implicitAgent, type Permissions } from './permissions';
import { HANDLES, withOwner } from './owner-join';
import { wholeFile } from './joined';
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

/** Agents as they were read, so that an edit costs its own only, and all others stay the objects that they were. */
interface Memo {
  readonly manifests: WeakMap<DocumentFacts, { readonly definition: readonly string[]; readonly governed: readonly ForeignAgent[]; readonly agent: UnnamedAgent }>;
  readonly files: WeakMap<ForeignAgent, UnnamedAgent>;
  readonly named: WeakMap<UnnamedAgent, Agent>;
  /** what the last agents were made of */
  readonly from: Sources;
  readonly places: Places;
}

interface Sources {
  readonly manifests: readonly string[];
  readonly files: readonly string[];
  /** the versions of these two kinds */
  readonly manifestsAt: number;
  readonly filesAt: number;
  readonly permissions: Permissions;
  readonly handles: Handles;
}

/** Where agents stand in the list of all. */
interface Places {
  /** null for a name that two have */
  readonly byName: ReadonlyMap<string, number | null>;
  readonly byId: ReadonlyMap<string, number>;
  readonly byPath: ReadonlyMap<string, readonly number[]>;
}

export const AGENTS: Shared<Agents> = {
  id: 'agents',
  kinds: ['Agent', 'files', 'owners'],
  make(workspace, before) {
    const from = sourcesOf(workspace);
    return (before && edited(workspace, before, from)) ?? readAgents(workspace, from, before?.memo ?? null);
  },
};

function sourcesOf(workspace: Workspace): Sources {
  return {
    manifests: workspace.filesOf('Agent'), files: workspace.filesOf('files'), manifestsAt: workspace.versionOf('Agent'), filesAt: workspace.versionOf('files'),
    permissions: workspace.shared(PERMISSIONS), handles: workspace.shared(HANDLES),
  };
}

/** more manifests than this changed at once are read with all the others */
const FEW = 8;

/** The agents after an edit of a few manifests that left every name and every governed file what it was; null where more has changed. */
function edited(workspace: Workspace, before: Agents, from: Sources): Agents | null {
  const { memo } = before;
  const old = memo.from;
  if (old.manifests !== from.manifests || old.files !== from.files || old.filesAt !== from.filesAt || old.permissions !== from.permissions || old.handles !== from.handles) return null;
  const changed = workspace.changedSince('Agent', old.manifestsAt);
  if (!changed || changed.length > FEW) return null;
  const all = [...before.all];
  for (const path of changed) {
    const places = memo.places.byPath.get(path) ?? [];
    const agents = manifestAgents(workspace, path, memo);
    if (places.length !== agents.length) return null;
    for (const [index, place] of places.entries()) {
      const [was, is] = [all[place], agents[index]];
      if (!was || !is || was.name !== is.name || was.document !== is.document || was.definition.join('\n') !== is.definition.join('\n')) return null;
      all[place] = { ...owned(workspace, is, from.handles), id: was.id, ambiguous: was.ambiguous };
    }
  }
  return agentsOf(all, { ...memo, from });
}

const owned = (workspace: Workspace, agent: UnnamedAgent, handles: Handles): UnnamedAgent => withOwner(agent, () => handles, (path) => workspace.owners(path));

const manifestAgents = (workspace: Workspace, path: string, memo: Pick<Memo, 'manifests'>): UnnamedAgent[] =>
  (workspace.facts(path)?.documents ?? []).flatMap((document) => (document.kind === 'Agent' ? [manifestAgent(workspace, path, document, memo)] : []));

function readAgents(workspace: Workspace, from: Sources, kept: Memo | null): Agents {
  const memo = kept ?? { manifests: new WeakMap(), files: new WeakMap(), named: new WeakMap() };
  const found: UnnamedAgent[] = [];
  const governed = new Set<string>();
  for (const path of from.manifests) {
    for (const agent of manifestAgents(workspace, path, memo)) {
      for (const file of agent.definition) governed.add(file);
      found.push(agent);
    }
  }
  for (const path of from.files) {
    const facts = workspace.facts(path);
    if (facts?.foreign && !governed.has(facts.path)) for (const agent of wholeFile(workspace, path)?.agents ?? []) found.push(fileAgent(agent, facts.format ?? '', facts.path, memo));
  }
  for (const { implicit } of from.permissions.sets) {
    // a manifest of the tool's name, or one that governs the file, is that agent
    if (!implicit || governed.has(implicit.path) || found.some((agent) => agent.name === implicit.name && agent.format === 'countersign')) continue;
    found.push(agentOfFile(implicitAgent(implicit), implicit.format, implicit.path));
  }
  const all = identify(found.map((agent) => owned(workspace, agent, from.handles)), memo.named);
  return agentsOf(all, { ...memo, from, places: placesOf(all) });
}

function placesOf(all: readonly Agent[]): Places {
  const byName = new Map<string, number | null>();
  const byId = new Map<string, number>();
  const byPath = new Map<string, number[]>();
  for (const [place, { name, id, ambiguous, path }] of all.entries()) {
    byName.set(name, ambiguous ? null : place);
    if (ambiguous) byId.set(id, place);
    const there = byPath.get(path);
    if (there) there.push(place);
    else byPath.set(path, [place]);
  }
  return { byName, byId, byPath };
}

function agentsOf(all: readonly Agent[], memo: Memo): Agents {
  const { byName, byId, byPath } = memo.places;
  return {
    all, memo,
    find(name) {
      const place = byName.get(name);
      return place === null ? 'ambiguous' : (all[place ?? byId.get(name) ?? -1] ?? null);
    },
    ofDocument: (path, document) => byPath.get(path)?.map((place) => all[place]).findLast((agent) => agent?.document === document) ?? null,
  };
}

function manifestAgent(workspace: Workspace, path: string, document: DocumentFacts, memo: Pick<Memo, 'manifests'>): UnnamedAgent {
  const known = memo.manifests.get(document);
  const source = (): ManifestSource => ({ path, index: document.index, name: document.name, value: document.value, at: document.at, places: document.places });
  const definition = known?.definition ?? definitionOf(source()).map((written) => resolvePath(path, written, false) ?? written);
  const governed = definition.flatMap((file) => wholeFile(workspace, file)?.agents ?? []);
  if (known && known.governed.length === governed.length && known.governed.every((agent, index) => agent === governed[index])) return known.agent;
  const agent = agentOfManifest(source(), definition, governed);
  memo.manifests.set(document, { definition, governed, agent });
  return agent;
}

function fileAgent(foreign: ForeignAgent, format: string, path: string, memo: Pick<Memo, 'files'>): UnnamedAgent {
  let agent = memo.files.get(foreign);
  if (!agent) memo.files.set(foreign, (agent = agentOfFile(foreign, format, path)));
  return agent;
}
