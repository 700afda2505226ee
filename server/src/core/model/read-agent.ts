// A manifest, or an agent file that nothing governs, as an Agent.
import { ACCESSES, AUTONOMIES, GATES, LIFECYCLES, TRUSTS, stemOfFileName, type Access } from '../documents';
import type { ForeignAgent } from '../formats';
import type { Span } from '../text';
import type { PlainValue } from '../yaml';
import { UNOWNED, type Agent, type AgentGate, type ApprovalRecord, type DataAccess, type ModelUse } from './agent';
import { blocksOf, grants } from './blocks';
import { field, isMap, list, number, oneOf, text, textMap, texts, unique } from './plain';

/** A document as the workspace keeps it. */
export interface ManifestSource {
  readonly path: string;
  readonly index: number;
  readonly name: string | null;
  readonly value: PlainValue;
  readonly at: Span;
  readonly places: { value(pointer: string): Span | null };
}

/** An agent before it is known whether another one has its name. */
export type UnnamedAgent = Omit<Agent, 'id' | 'ambiguous'>;

/** The files that a manifest says really run, as it writes them. */
export const definitionOf = (manifest: ManifestSource): readonly string[] => list(field(field(manifest.value, 'spec'), 'definition')).filter((path): path is string => typeof path === 'string');

/** `definition`: the paths of the governed files; `governed`: the agents that they tell of. A block that the manifest lacks is theirs. */
export function agentOfManifest(manifest: ManifestSource, definition: readonly string[], governed: readonly ForeignAgent[]): UnnamedAgent {
  const spec = field(manifest.value, 'spec');
  const metadata = field(manifest.value, 'metadata');
  const file = blocksOf(governed);
  const named = text(field(field(spec, 'owner'), 'team'));
  const team = named === UNOWNED ? null : named;
  const [tools, delegates] = [field(spec, 'tools'), field(spec, 'delegates')];
  const written = namesIn(tools, 'ref');
  const included = written.filter((entry) => !entry.startsWith('!'));
  return {
    name: manifest.name ?? stemOfFileName(manifest.path),
    format: 'countersign', path: manifest.path, document: manifest.index, span: manifest.at, definition,
    title: text(field(metadata, 'title')),
    purpose: text(field(spec, 'purpose')) ?? file.purpose,
    owner: team === null ? file.owner : { team, teams: [team], source: 'manifest' },
    lifecycle: oneOf(field(spec, 'lifecycle'), LIFECYCLES) ?? 'draft',
    autonomy: oneOf(field(spec, 'autonomy'), AUTONOMIES),
    functions: texts(field(field(spec, 'process'), 'functions')),
    labels: textMap(field(metadata, 'labels')),
    roles: unique(texts(field(spec, 'roles'))),
    tools: tools === null ? file.tools : grants(included.map((pattern) => ({ pattern, assumed: false }))),
    except: tools === null ? file.except : unique(written.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1))),
    data: list(field(spec, 'data')).flatMap(dataAccess),
    delegates: delegates === null ? file.delegates : unique(namesIn(delegates, 'agent')).map((pattern) => ({ pattern, assumed: false })),
    models: modelsOf(field(spec, 'model')) ?? file.models,
    inputs: list(field(spec, 'inputs')).flatMap((entry) => {
      const channel = text(entry) ?? text(field(entry, 'channel'));
      return channel === null ? [] : [{ channel, trust: oneOf(field(entry, 'trust'), TRUSTS) }];
    }),
    outputs: namesIn(field(spec, 'outputs'), 'channel'),
    hosting: field(spec, 'hosting') === null ? null : namesIn(field(spec, 'hosting'), 'environment'),
    gates: list(field(spec, 'approvals')).flatMap((entry, index) => (isMap(entry) ? [gateOf(entry, index, manifest)] : [])),
  };
}

/** An agent file that no manifest governs: an agent of its own, with what its format tells. */
export function agentOfFile(agent: ForeignAgent, format: string, path: string): UnnamedAgent {
  return {
    ...blocksOf([agent]), name: agent.id, format, path, document: 0, span: agent.span, definition: [], lifecycle: null, autonomy: null, functions: [], roles: [], data: [], outputs: [], hosting: null, gates: [],
    inputs: (agent.untrusted ?? []).map((channel) => ({ channel, trust: 'untrusted' as const })),
  };
}

/** Gives each agent its id. Sorted by file; two of one name are told apart by their files. */
export function identify(agents: readonly UnnamedAgent[], memo: WeakMap<UnnamedAgent, Agent> = new WeakMap()): readonly Agent[] {
  const sorted = [...agents].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.document - b.document));
  const names = new Map<string, number>();
  for (const { name } of sorted) names.set(name, (names.get(name) ?? 0) + 1);
  return sorted.map((agent) => {
    const ambiguous = (names.get(agent.name) ?? 0) > 1;
    const known = memo.get(agent);
    if (known?.ambiguous === ambiguous) return known;
    const named = { ...agent, id: ambiguous ? `${agent.name}@${agent.path}` : agent.name, ambiguous };
    memo.set(agent, named);
    return named;
  });
}

/** The names of a list whose entries are a name, or a map with the name under `key`. */
const namesIn = (value: PlainValue, key: string): readonly string[] => list(value).flatMap((entry) => text(entry) ?? text(field(entry, key)) ?? []);

function dataAccess(entry: PlainValue): DataAccess[] {
  const source = text(field(entry, 'source'));
  return source === null ? [] : [{ source, access: list(field(entry, 'access')).flatMap((access): Access[] => oneOf(access, ACCESSES) === null ? [] : [access as Access]) }];
}

function modelsOf(value: PlainValue): readonly ModelUse[] | null {
  const use = (id: string): ModelUse => ({ label: id, id });
  const short = text(value);
  if (short !== null) return [use(short)];
  const [provider, name] = [text(field(value, 'provider')), text(field(value, 'name'))];
  return provider === null || name === null ? null : [use(`${provider}/${name}`), ...texts(field(value, 'fallback')).map(use)];
}

function gateOf(value: PlainValue, index: number, manifest: ManifestSource): AgentGate {
  const pointer = `/spec/approvals/${index}`;
  const span = manifest.places.value(pointer) ?? manifest.at;
  const resources = field(value, 'resources');
  const expires = field(value, 'expires');
  return {
    index, gate: oneOf(field(value, 'gate'), GATES), environment: text(field(value, 'environment')),
    resources: Array.isArray(resources) && resources.length > 0 && resources.every((entry) => typeof entry === 'string') ? texts(resources) : null,
    from: texts(field(value, 'from')), count: countOf(field(value, 'count')),
    expires: expires === null ? null : (text(expires) ?? ''),
    records: list(field(value, 'records')).map((record, at) => recordOf(record, at, manifest.places.value(`${pointer}/records/${at}`) ?? span)),
    span,
  };
}

/** How many people must approve; what is no whole number from 1 on cannot be met. */
function countOf(value: PlainValue): number {
  if (value === null) return 1;
  const count = number(value);
  return count !== null && Number.isInteger(count) && count >= 1 ? count : Infinity;
}

function recordOf(value: PlainValue, index: number, span: Span): ApprovalRecord {
  const expires = field(value, 'expires');
  return { index, by: text(field(value, 'by')), on: text(field(value, 'on')), digest: text(field(value, 'digest')), expires: expires === null ? null : (text(expires) ?? ''), ticket: text(field(value, 'ticket')), span };
}
