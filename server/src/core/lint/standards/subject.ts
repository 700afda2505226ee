// An agent as the conditions of Standards see it: `manifest`, `agent`, `catalog`. What a condition reads of the Catalog is what it depends on.
import { PartialList, type ConditionInput, type MapValue, type Value } from '../../conditions';
import { normalisedManifest, stemOfFileName, type Lifecycle, type NameKind } from '../../documents';
import type { ForeignAgent } from '../../formats';
import { capabilitiesOf, type Agent } from '../../model';
import { isPattern, patternList } from '../../text';
import { CATALOG, type DocumentFacts, type Queries } from '../../workspace';
import { table, type Table } from '../rules/values';
import type { PlainValue } from '../../yaml';

/** One agent with what its file says of it. */
export interface Subject {
  readonly agent: Agent;
  readonly path: string;
  /** its manifest; null for an agent of another tool's file */
  readonly document: DocumentFacts | null;
  readonly foreign: ForeignAgent | null;
}

/** The agents of a file, those of files that a manifest governs left out: the manifest stands for them. */
export function subjectsOf(path: string, queries: Queries): readonly Subject[] {
  const facts = queries.facts(path);
  if (!facts) return [];
  const manifests = facts.documents.flatMap((document): Subject[] => {
    if (document.kind !== 'Agent') return [];
    const agent = agentAt(queries, document.name ?? stemOfFileName(path), path, document.index, true);
    return agent ? [{ agent, path, document, foreign: null }] : [];
  });
  const loose = facts.foreign && facts.foreign.agents.length > 0 && queries.governors(path).length === 0 ? facts.foreign.agents : [];
  return [...manifests, ...loose.flatMap((foreign): Subject[] => {
    const agent = agentAt(queries, foreign.id, path, 0, false);
    return agent ? [{ agent, path, document: null, foreign }] : [];
  })];
}

function agentAt(queries: Queries, name: string, path: string, document: number, ours: boolean): Agent | null {
  const found = queries.agent(name);
  if (found !== null && found !== 'ambiguous' && found.path === path && found.document === document) return found;
  // of two of the name, and of one whose name is the file's, the one that stands here
  const all = queries.agents();
  return ours ? all.ofDocument(path, document) : (all.all.find((agent) => agent.path === path && agent.name === name) ?? null);
}

/** The roots of conditions. `lifecycle`: as if the agent were in that stage. */
export function inputOf(subject: Subject, queries: Queries, lifecycle: Lifecycle | null = null): ConditionInput {
  const manifest = subject.document ? manifestOf(subject.document, subject.agent) : foreignManifest(subject.agent);
  const spec = table(manifest.spec);
  return {
    manifest: (lifecycle === null ? manifest : { ...manifest, spec: { ...spec, lifecycle } }) as MapValue,
    agent: attributesOf(subject.agent, queries, lifecycle),
    catalog: catalogOf(queries),
  };
}

/** The manifest, written out; blocks that it lacks are those of the files that it governs. */
function manifestOf(document: DocumentFacts, agent: Agent): Table {
  const whole = table(normalisedManifest({ value: document.value }));
  const spec = table(whole.spec);
  const blocks = blocksOf(agent);
  const lacking = Object.fromEntries(Object.entries(blocks).filter(([key]) => !Object.hasOwn(spec, key)));
  return { ...whole, spec: { lifecycle: 'draft', ...spec, ...lacking } };
}

/** What an agent file of another tool tells, in the shape of a manifest; what its format only assumes is not told. */
const foreignManifest = (agent: Agent): Table => ({
  kind: 'Agent',
  metadata: { name: agent.name, ...(agent.title === null ? {} : { title: agent.title }), labels: { ...agent.labels } },
  spec: {
    definition: [agent.path],
    ...blocksOf(agent),
    ...(agent.owner ? { owner: { team: agent.owner.team } } : {}),
    ...(agent.hosting === null ? {} : { hosting: agent.hosting.map((environment) => ({ environment })) }),
  },
});

function blocksOf(agent: Agent): Table {
  const tools = [...agent.tools.filter((grant) => !grant.assumed).map((grant) => grant.pattern), ...agent.except.map((entry) => `!${entry}`)];
  const delegates = agent.delegates.filter((grant) => !grant.assumed);
  const [model] = agent.models;
  const slash = model?.id.indexOf('/') ?? -1;
  return {
    ...(agent.purpose === null ? {} : { purpose: agent.purpose }),
    ...(tools.length > 0 ? { tools: tools.map((ref) => ({ ref })) } : {}),
    ...(delegates.length > 0 ? { delegates: delegates.map((grant) => ({ agent: grant.pattern })) } : {}),
    ...(model ? { model: slash < 0 ? { name: model.id } : { provider: model.id.slice(0, slash), name: model.id.slice(slash + 1) } } : {}),
  };
}

function attributesOf(agent: Agent, queries: Queries, lifecycle: Lifecycle | null): MapValue {
  const stage = lifecycle ?? agent.lifecycle;
  return {
    id: agent.name, roles: agent.roles, labels: agent.labels, functions: agent.functions,
    ...(agent.owner ? { team: agent.owner.team } : {}), ...(stage === null ? {} : { lifecycle: stage }), ...(agent.autonomy === null ? {} : { autonomy: agent.autonomy }),
    get capabilities() {
      return capabilities(agent, queries);
    },
  };
}

/** Looked up when a condition asks: it depends on what the Catalog says of the agent's own tools, data and channels. */
function capabilities(agent: Agent, queries: Queries): Value {
  const patterns = agent.tools.map((grant) => grant.pattern);
  for (const entry of patterns.filter((one) => !isPattern(one))) queries.find('tool', entry);
  if (patterns.some(isPattern)) {
    const uses = patternList(patterns);
    for (const name of queries.names('tool')) if (uses.matches(name)) queries.find('tool', name);
  }
  for (const { source } of agent.data) queries.find('data', source);
  for (const channel of [...agent.inputs.map((input) => input.channel), ...agent.outputs]) queries.find('channel', channel);
  const { known, unknown } = capabilitiesOf(agent, queries.shared(CATALOG, []));
  return unknown.length === 0 ? known : new PartialList(known);
}

const SECTIONS: ReadonlyMap<string, NameKind> = new Map([
  ['teams', 'team'], ['people', 'person'], ['roles', 'role'], ['environments', 'environment'], ['regions', 'region'], ['servers', 'server'],
  ['tools', 'tool'], ['data', 'data'], ['models', 'model'], ['channels', 'channel'], ['systems', 'system'], ['integrations', 'integration'],
]);

/** The merged Catalogs as a map of maps. Each entry is looked up when it is read, so that only its readers depend on it. */
function catalogOf(queries: Queries): MapValue {
  const entry = (kind: NameKind, name: string): PlainValue | undefined => queries.find(kind, name).find((declared) => declared.ours)?.value;
  const section = (kind: NameKind): MapValue => lazyMap(() => queries.names(kind).filter((name) => queries.find(kind, name).some((declared) => declared.ours)), (name) => entry(kind, name) as Value | undefined);
  return lazyMap(
    () => [...SECTIONS].filter(([, kind]) => queries.declares(kind)).map(([name]) => name),
    (name) => {
      const kind = SECTIONS.get(name);
      return kind !== undefined && queries.declares(kind) ? section(kind) : undefined;
    },
  );
}

/** A map whose entries are made when they are read. */
function lazyMap(names: () => readonly string[], read: (name: string) => Value | undefined): MapValue {
  const at = (key: string | symbol): Value | undefined => (typeof key === 'string' ? read(key) : undefined);
  return new Proxy<Record<string, Value | undefined>>({}, {
    get: (_, key) => at(key),
    has: (_, key) => at(key) !== undefined,
    ownKeys: () => [...new Set(names())],
    getOwnPropertyDescriptor(_, key) {
      const value = at(key);
      return value === undefined ? undefined : { value, enumerable: true, configurable: true };
    },
  });
}
