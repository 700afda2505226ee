// Whose something is: team, accountable person, contact, on-call, who answers for its outputs, and where that was learned.
import type { NameKind } from '../documents';
import { entityRef } from '../formats';
import { type Agent, type AgentOwner } from '../model';
import type { Span } from '../text';
import type { PlainValue } from '../yaml';
import type { Queries } from './derived';
import type { DocumentFacts } from './facts';
import type { Declared } from './names';
import type { PathOwners } from './owner-files';
import { namedBy, ownerByClaims, pathsOf } from './owner-join';

/** Strongest first. `catalog`: the entry of a tool, a data source and the like. */
export type OwnerSource = AgentOwner['source'] | 'catalog';

export interface Learned {
  readonly path: string;
  readonly span: Span;
}

export interface Ownership {
  /** null where nothing says it */
  readonly team: string | null;
  readonly teams: readonly string[];
  readonly source: OwnerSource | null;
  readonly title: string | null;
  readonly accountable: string | null;
  readonly contact: string | null;
  readonly oncall: string | null;
  /** the team that answers for what it says and decides; of agents only */
  readonly outputs: string | null;
  readonly learned: Learned | null;
}

const NOBODY: Ownership = { team: null, teams: [], source: null, title: null, accountable: null, contact: null, oncall: null, outputs: null, learned: null };

/** How a team is reached: by the Catalog, else by Backstage's group. */
export function teamDetails(queries: Queries, team: string): Pick<Ownership, 'title' | 'contact' | 'oncall'> {
  const value = queries.find('team', team)[0]?.value;
  if (value !== undefined) return { title: text(value, 'title'), contact: text(value, 'contact'), oncall: text(value, 'oncall') };
  const group = /^[a-z]+:/.test(team) ? queries.entities().find((entity) => entityRef(`${entity.kind}:${entity.namespace}/${entity.name}`) === team) : undefined;
  return { title: group?.title ?? null, contact: group?.email ?? null, oncall: null };
}

/** The owner of an agent. */
export function ownershipOfAgent(queries: Queries, agent: Agent): Ownership {
  const { owner } = agent;
  const document = agent.format === 'countersign' ? documentAt(queries, agent.path, agent.document) : null;
  const accountable = text(document?.value, 'spec', 'owner', 'accountable');
  const outputs = text(document?.value, 'spec', 'owner', 'outputs');
  if (!owner) return { ...NOBODY, accountable, outputs };
  const found = owner.source === 'backstage' || owner.source === 'codeowners' ? claimOf(queries, agent, owner.source) : null;
  const learned = found?.learned ?? (owner.source === 'manifest' ? placeIn(document, agent.path, '/spec/owner/team', agent.span) : metadataPlace(queries, agent));
  return { ...owner, ...teamDetails(queries, owner.team), accountable: accountable ?? found?.person ?? null, outputs, learned };
}

function claimOf(queries: Queries, agent: Agent, source: OwnerSource): { learned: Learned; person: string | null } | null {
  for (const path of pathsOf(agent)) {
    const claim = queries.owners(path).find((one) => one.source === source && one.owners.length > 0);
    if (claim) return { learned: { path: claim.path, span: claim.span }, person: namedBy(claim, queries.handles()).find(({ person }) => person !== null)?.person ?? null };
  }
  return null;
}

/** Where an agent file names its owner itself: the file, or one that the manifest governs. */
function metadataPlace(queries: Queries, agent: Agent): Learned | null {
  for (const path of pathsOf(agent)) {
    const agents = (queries.facts(path)?.foreign?.agents ?? []).filter((one) => one.owner !== null);
    const owner = (agents.find((one) => one.id === agent.name) ?? agents[0])?.owner;
    if (owner) return { path, span: owner.span };
  }
  return null;
}

/** The owner of a document that is no agent: by its metadata, else by where it lies. */
export function ownershipOfDocument(queries: Queries, path: string, index: number): Ownership {
  const document = documentAt(queries, path, index);
  const team = text(document?.value, 'metadata', 'owner');
  if (team === null) return ownershipOfPath(queries, path);
  return { ...NOBODY, team, teams: [team], source: 'metadata', ...teamDetails(queries, team), learned: placeIn(document, path, '/metadata/owner', document?.at ?? { start: 0, end: 0 }) };
}

/** The owner of a file by where it lies. */
export function ownershipOfPath(queries: Queries, path: string): Ownership {
  const claims: PathOwners = queries.owners(path);
  const owner = claims.length > 0 ? ownerByClaims(claims, queries.handles()) : null;
  const claim = claims.find((one) => one.source === owner?.source);
  if (!owner || !claim) return NOBODY;
  const person = namedBy(claim, queries.handles()).find((named) => named.person !== null)?.person ?? null;
  return { ...NOBODY, ...owner, ...teamDetails(queries, owner.team), accountable: person, learned: { path: claim.path, span: claim.span } };
}

/** The owner of something that has a name: what the Catalog says of it, of a rule its policy's, of a document its own. */
export function ownershipOfName(queries: Queries, kind: NameKind, name: string): Ownership {
  const declared = [...queries.places(kind, name)].sort((a, b) => Number(b.ours) - Number(a.ours))[0];
  if (kind === 'agent') {
    const agent = queries.agent(name);
    return agent && agent !== 'ambiguous' ? ownershipOfAgent(queries, agent) : NOBODY;
  }
  if (kind === 'team') return { ...NOBODY, team: name, teams: [name], ...teamDetails(queries, name) };
  if (kind === 'tool') return catalogOwner(queries, declared, '/spec/tools/') ?? catalogOwner(queries, queries.places('server', name.split('/')[0] ?? '').find((one) => one.ours), '/spec/servers/') ?? NOBODY;
  if (!declared) return NOBODY;
  if (kind === 'rule' || kind === 'requirement' || kind === 'variable') return catalogOwner(queries, declared, null) ?? ownershipOfDocument(queries, declared.path, declared.document);
  if (SECTIONS[kind] !== undefined) return declared.ours ? (catalogOwner(queries, declared, `/spec/${SECTIONS[kind]}/`) ?? NOBODY) : ownershipOfPath(queries, declared.path);
  return declared.ours && DOCUMENTS.has(kind) ? ownershipOfDocument(queries, declared.path, declared.document) : NOBODY;
}

const SECTIONS: Readonly<Partial<Record<NameKind, string>>> = { server: 'servers', data: 'data', channel: 'channels', integration: 'integrations' };
const DOCUMENTS: ReadonlySet<NameKind> = new Set<NameKind>(['policy', 'standard', 'policytest', 'library', 'catalog']);

/** The `owner` of an entry. `section`: pointer of the map that holds it; null where the place that declares it must do. */
function catalogOwner(queries: Queries, declared: Declared | undefined, section: string | null): Ownership | null {
  const team = declared ? text(declared.value, 'owner') : null;
  if (!declared || team === null) return null;
  const pointer = section === null ? null : `${section}${declared.name.replaceAll('~', '~0').replaceAll('/', '~1')}/owner`;
  const document = documentAt(queries, declared.path, declared.document);
  return { ...NOBODY, team, teams: [team], source: section === null ? 'metadata' : 'catalog', ...teamDetails(queries, team), learned: pointer === null ? { path: declared.path, span: declared.span } : placeIn(document, declared.path, pointer, declared.span) };
}

const documentAt = (queries: Queries, path: string, index: number): DocumentFacts | null => queries.facts(path)?.documents.find((one) => one.index === index) ?? null;

const placeIn = (document: DocumentFacts | null, path: string, pointer: string, otherwise: Span): Learned => ({ path, span: document?.places.value(pointer) ?? otherwise });

function text(value: PlainValue | undefined, ...path: string[]): string | null {
  let here = value;
  for (const key of path) here = typeof here === 'object' && here !== null && !Array.isArray(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return typeof here === 'string' && here !== '' ? here : null;
}
