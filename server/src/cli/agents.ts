// The agents of a workspace as one list: a manifest joined with the files that it governs, and agent files that nothing governs.
import { stemOfFileName } from '../core/documents';
import type { NameKind } from '../core/documents';
import type { ForeignAgent } from '../core/formats';
import { patternList } from '../core/text';
import type { FileFacts, Workspace } from '../core/workspace';
import type { PlainValue } from '../core/yaml';
import { workspacePath } from './workspace-path';

export interface AgentEntry {
  readonly id: string;
  /** `countersign` for a manifest, else the agent file's format */
  readonly format: string;
  readonly file: string;
  /** the files that really run, from the workspace folder */
  readonly definition: readonly string[];
  readonly owner: AgentOwner | null;
  readonly lifecycle: string | null;
  /** patterns over `server/tool`; `*` alone for all */
  readonly tools: readonly string[];
  readonly except: readonly string[];
  readonly delegates: readonly string[];
  readonly model: string | null;
  /** what the Catalog says of its tools, data and channels */
  readonly capabilities: readonly string[];
}

export interface AgentOwner {
  readonly team: string;
  readonly teams: readonly string[];
  readonly source: 'manifest' | 'metadata' | 'backstage' | 'codeowners';
}

/** Sorted by file; two of one id are told apart by their files. */
export function listAgents(workspace: Workspace): readonly AgentEntry[] {
  const files = workspace.paths().flatMap((path) => workspace.facts(path) ?? []);
  const manifests = files.flatMap((facts) => manifestsOf(workspace, facts));
  const governed = new Set(manifests.flatMap((entry) => entry.definition));
  const others = files
    .filter((facts) => !governed.has(facts.path))
    .flatMap((facts) => (facts.foreign?.agents ?? []).map((agent) => entryOf(workspace, { ...blocksOf([agent]), id: agent.id, format: facts.format ?? '', file: facts.path, definition: [], lifecycle: null })));
  const all = [...manifests, ...others].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const ids = new Map<string, number>();
  for (const { id } of all) ids.set(id, (ids.get(id) ?? 0) + 1);
  const named = (entry: AgentEntry): AgentEntry => ({ ...entry, id: `${entry.id}@${entry.file}` });
  return all.map((entry) => ((ids.get(entry.id) ?? 0) > 1 ? named(entry) : entry));
}

/** What an agent declares, from a manifest or from agent files; null where nothing is said. */
interface Blocks {
  readonly owner: AgentOwner | null;
  readonly tools: readonly string[] | null;
  readonly except: readonly string[];
  readonly delegates: readonly string[] | null;
  readonly model: string | null;
  /** names of data sources and channels */
  readonly data: readonly string[];
  readonly channels: readonly string[];
}

type Described = Blocks & Pick<AgentEntry, 'id' | 'format' | 'file' | 'definition' | 'lifecycle'>;

function manifestsOf(workspace: Workspace, facts: FileFacts): readonly AgentEntry[] {
  return facts.documents.filter((document) => document.kind === 'Agent').map((document) => {
    const spec = field(document.value, 'spec');
    const definition = list(field(spec, 'definition')).flatMap((path) => (typeof path === 'string' ? [workspacePath('', path) ?? path] : []));
    const governed = blocksOf(definition.flatMap((path) => workspace.facts(path)?.foreign?.agents ?? []));
    const team = text(field(field(spec, 'owner'), 'team'));
    const tools = field(spec, 'tools');
    const written = list(tools).flatMap((entry) => text(entry) ?? text(field(entry, 'ref')) ?? []);
    const delegates = field(spec, 'delegates');
    return entryOf(workspace, {
      id: document.name ?? stemOfFileName(facts.path),
      format: 'countersign',
      file: facts.path,
      definition,
      owner: team === null ? governed.owner : { team, teams: [team], source: 'manifest' },
      lifecycle: text(field(spec, 'lifecycle')) ?? 'draft',
      tools: tools === null ? governed.tools : written.filter((entry) => !entry.startsWith('!')),
      except: tools === null ? governed.except : written.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1)),
      delegates: delegates === null ? governed.delegates : list(delegates).flatMap((entry) => text(entry) ?? text(field(entry, 'agent')) ?? []),
      model: modelOf(field(spec, 'model')) ?? governed.model,
      data: list(field(spec, 'data')).flatMap((entry) => text(field(entry, 'source')) ?? []),
      channels: ['inputs', 'outputs'].flatMap((key) => list(field(spec, key))).flatMap((entry) => text(entry) ?? text(field(entry, 'channel')) ?? []),
    });
  });
}

/** What agent files tell together. */
function blocksOf(agents: readonly ForeignAgent[]): Blocks {
  const owner = agents.find((agent) => agent.owner)?.owner?.value;
  const some = agents.length > 0;
  return {
    owner: owner === undefined ? null : { team: owner, teams: [owner], source: 'metadata' },
    tools: some ? agents.flatMap((agent) => agent.tools.map((tool) => tool.pattern)) : null,
    except: agents.flatMap((agent) => agent.except.map((tool) => tool.pattern)),
    // that a file which names nobody may still hand work to anybody is its tool's default, not what it declares
    delegates: some ? agents.flatMap((agent) => [...agent.delegates.map((delegate) => delegate.name), ...(agent.delegatesToAny && agent.fields.has('agents') ? ['*'] : [])]) : null,
    model: agents.find((agent) => agent.models.length > 0)?.models[0]?.value ?? null,
    data: [],
    channels: [],
  };
}

function entryOf(workspace: Workspace, from: Described): AgentEntry {
  const tools = from.tools?.includes('*') ? ['*'] : unique(from.tools ?? []);
  const except = unique(from.except);
  const uses = patternList([...tools, ...except.map((entry) => `!${entry}`)]);
  const capabilities = [
    ...(tools.length > 0 ? declaredCapabilities(workspace, 'tool', (name) => uses.matches(name)) : []),
    ...declaredCapabilities(workspace, 'data', (name) => from.data.includes(name)),
    ...declaredCapabilities(workspace, 'channel', (name) => from.channels.includes(name)),
  ];
  const { id, format, file, definition, owner, lifecycle, model } = from;
  return { id, format, file, definition, owner, lifecycle, tools, except, delegates: unique(from.delegates ?? []), model, capabilities: unique(capabilities).sort() };
}

function declaredCapabilities(workspace: Workspace, kind: NameKind, used: (name: string) => boolean): readonly string[] {
  return [...workspace.names(kind)]
    .filter(([name]) => used(name))
    .flatMap(([, declared]) => declared.flatMap((d) => list(field(d.value, 'capabilities')).flatMap((c) => text(c) ?? [])));
}

function modelOf(value: PlainValue): string | null {
  const [provider, name] = [text(field(value, 'provider')), text(field(value, 'name'))];
  return text(value) ?? (provider !== null && name !== null ? `${provider}/${name}` : null);
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
const text = (value: PlainValue): string | null => (typeof value === 'string' && value !== '' ? value : null);
const list = (value: PlainValue): readonly PlainValue[] => (Array.isArray(value) ? value : value === null ? [] : [value]);
const field = (value: PlainValue, key: string): PlainValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key) ? value[key] ?? null : null;
