// From a name to where it is declared, to every place that uses it, and to its places in one file.
import { contains, pattern, type Span } from '../../core/text';
import { resolvePath, type Declared, type Workspace } from '../../core/workspace';
import type { Definition, Highlight, Place } from '../types';
import { declarationsOf, nameAt, namesIn, type NameAt } from './at';
import { mayName } from './names-in';
import { fileLinkAt } from '../links';

export const matches = (source: string, text: string): boolean => source.includes('*') && pattern(source).matches(text);

const toPlace = (d: Declared): Place => ({ path: d.path, span: d.nameSpan });
const leadsTo = (origin: Span, targets: readonly Place[]): Definition | null => (targets.length > 0 ? { origin, targets } : null);

/** Where the name at the offset is declared; of a path the file. */
export function definition(workspace: Workspace, path: string, offset: number): Definition | null {
  const link = fileLinkAt(workspace, path, offset);
  if (link) return { origin: link.span, targets: [{ path: link.path, span: { start: 0, end: 0 } }] };
  const name = nameAt(workspace, path, offset);
  return name && leadsTo(name.span, declarationsOf(workspace, name, matches).map(toPlace));
}

/** Where our own documents declare the name: the manifest and not the agent file, the Catalog and not the server's configuration. */
export function declaration(workspace: Workspace, path: string, offset: number): Definition | null {
  const name = nameAt(workspace, path, offset);
  if (!name) return definition(workspace, path, offset);
  const all = declarationsOf(workspace, name, matches);
  const ours = all.filter((d) => d.ours);
  return leadsTo(name.span, (ours.length > 0 ? ours : all).map(toPlace));
}

/** What makes a name real: of a role the agents that have it, of an agent the files that run, of a server its configurations, of an environment the agents in it. */
export function implementations(workspace: Workspace, path: string, offset: number): Definition | null {
  const name = nameAt(workspace, path, offset);
  if (!name) return null;
  const wanted = name.pattern ? new Set(declarationsOf(workspace, name, matches).map((d) => d.name)) : new Set([name.name]);
  switch (name.kind) {
    case 'role':
    case 'environment':
      return leadsTo(name.span, agentsThat(workspace, name.kind, wanted));
    case 'agent':
      return leadsTo(name.span, [...wanted].flatMap((one) => filesOf(workspace, one)));
    case 'server':
    case 'tool':
      return leadsTo(name.span, configurations(workspace, new Set([...wanted].map((one) => (name.kind === 'tool' ? one.slice(0, Math.max(0, one.indexOf('/'))) : one)))));
    default:
      return null;
  }
}

const MAX_FOUND = 2000;

/** The names of the agents whose manifest has the role, or runs in the environment. */
function agentsThat(workspace: Workspace, kind: 'role' | 'environment', wanted: ReadonlySet<string>): Place[] {
  const places: Place[] = [];
  for (const path of workspace.filesOf('Agent')) {
    for (const document of workspace.facts(path)?.documents ?? []) {
      const has = document.kind === 'Agent' && document.references.some((r) => r.kind === kind && wanted.has(r.name) && (kind === 'role' ? r.path[1] === 'roles' : r.path[1] === 'hosting'));
      if (has && places.length < MAX_FOUND) places.push({ path, span: document.at });
    }
  }
  return places;
}

/** The agent files of a name, and those that its manifest governs. */
function filesOf(workspace: Workspace, name: string): Place[] {
  const places = new Map<string, Place>();
  for (const d of workspace.find('agent', name)) {
    if (!d.ours) places.set(d.path, toPlace(d));
    const document = d.ours ? workspace.facts(d.path)?.documents.find(({ index }) => index === d.document) : undefined;
    for (const reference of document?.references ?? []) {
      const target = reference.kind === 'file' && reference.path[1] === 'definition' ? resolvePath(d.path, reference.name, false) : null;
      const file = target === null ? null : workspace.facts(target);
      if (file) places.set(file.path, { path: file.path, span: file.foreign?.agents[0]?.span ?? { start: 0, end: 0 } });
    }
  }
  return [...places.values()];
}

function configurations(workspace: Workspace, servers: ReadonlySet<string>): Place[] {
  const places: Place[] = [];
  for (const path of workspace.filesOf('files')) {
    const foreign = workspace.facts(path)?.foreign;
    for (const server of foreign ? [...foreign.servers, ...foreign.agents.flatMap((agent) => agent.servers)] : []) if (servers.has(server.name)) places.push({ path, span: server.span });
  }
  return places;
}

/** The places that declare the name and those that use it, sorted by file and place. */
export function references(workspace: Workspace, path: string, offset: number, declaration: boolean): readonly Place[] {
  const name = nameAt(workspace, path, offset);
  return name ? usesOf(workspace, name, declaration) : [];
}

/** How many places are told at the most. */
const MAX_PLACES = 5000;

/** A place that names something; `pattern`: it stands there as a part of what a pattern matches. */
export interface Use extends Place {
  readonly pattern: boolean;
}

export function usesOf(workspace: Workspace, name: Pick<NameAt, 'kind' | 'name' | 'home'>, declaration: boolean): readonly Use[] {
  const places: Use[] = [];
  for (const [path, found] of mentions(workspace, name, true)) {
    const kept = found.filter((other) => declaration || other.role === 'uses');
    places.push(...kept.map((other): Use => ({ path, span: other.span, pattern: other.pattern && other.name !== name.name })).sort((a, b) => a.span.start - b.span.start));
    if (places.length >= MAX_PLACES) break;
  }
  return places;
}

/** The names of each file that mean this one, by file. `patterns`: also those that match it. */
export function* mentions(workspace: Workspace, name: Pick<NameAt, 'kind' | 'name' | 'home'>, patterns: boolean): Iterable<readonly [path: string, names: readonly NameAt[]]> {
  const options = { parts: name.kind === 'server', about: [localOf(name)], patterns };
  const { home } = name;
  for (const path of home ? [home.path] : workspace.paths()) {
    const facts = workspace.facts(path);
    if (!facts || facts.role === 'none' || !mayName(facts, options.about, patterns)) continue;
    const found = namesIn(workspace, facts, options).filter((other) => same(name, other, patterns) && (!home || contains(home.span, other.span)));
    if (found.length > 0) yield [path, found];
  }
}

/** The name without what it belongs to: what stands in texts that mean it. */
export const localOf = ({ kind, name }: Pick<NameAt, 'kind' | 'name'>): string => (LOCAL.has(kind) ? name.slice(name.indexOf('/') + 1) : name);

const LOCAL: ReadonlySet<string> = new Set(['rule', 'requirement', 'variable', 'model', 'tool']);

/** The same name; a pattern that is used also means each name that it matches. */
const same = (name: Pick<NameAt, 'kind' | 'name'>, other: NameAt, patterns: boolean): boolean =>
  other.kind === name.kind && (other.name === name.name || (patterns && other.pattern && other.role === 'uses' && other.name !== '*' && matches(other.name, name.name)));

/** The places of the name in this file. */
export function highlights(workspace: Workspace, path: string, offset: number): readonly Highlight[] {
  const name = nameAt(workspace, path, offset);
  const facts = workspace.facts(path);
  if (!name || !facts) return [];
  const { home } = name;
  return namesIn(workspace, facts).filter((other) => other.kind === name.kind && other.name === name.name && (!home || contains(home.span, other.span))).map(({ span, role }) => ({ span, kind: role }));
}
