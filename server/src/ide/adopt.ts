// Manifests for agents that have none: what their files tell is filled in, and what nobody wrote down is marked as a gap. Nothing is ever overwritten.
import { yamlScalar } from '../core/documents';
import type { ForeignServer } from '../core/formats';
import { UNOWNED, type Agent } from '../core/model';
import { AGENTS, CATALOG, type Workspace } from '../core/workspace';
import { nameOf } from './complete/skeletons';

export interface AdoptedFile {
  /** relative to the workspace folder; nothing stands there */
  readonly path: string;
  readonly text: string;
  /** the agents that it is for */
  readonly agents: readonly string[];
  /** what is left to be filled in, as words for people */
  readonly gaps: readonly string[];
}

export interface AdoptOptions {
  /** ids or names; null for all that have no manifest */
  readonly agents: readonly string[] | null;
  /** where manifests go */
  readonly folder: string;
}

/** The agents that no manifest governs, sorted by file. */
export const adoptable = (workspace: Workspace): readonly Agent[] => workspace.shared(AGENTS).all.filter((agent) => agent.format !== 'countersign' && agent.path !== '');

/** The files to write: a manifest for each file of agents, and a Catalog with what they use and nobody declares. */
export function adopt(workspace: Workspace, { agents, folder }: AdoptOptions): readonly AdoptedFile[] {
  const chosen = adoptable(workspace).filter((agent) => agents === null || agents.includes(agent.id) || agents.includes(agent.name));
  const names = new Set(workspace.shared(AGENTS).all.filter((agent) => agent.format === 'countersign').map((agent) => agent.name));
  const byFile = new Map<string, Agent[]>();
  for (const agent of chosen) byFile.set(agent.path, [...(byFile.get(agent.path) ?? []), agent]);
  const files = [...byFile.values()].flatMap((list): AdoptedFile[] => {
    const [agent] = list;
    if (!agent) return [];
    const at = (one: string): string => `${folder === '' ? '' : `${folder}/`}${one}`;
    const name = free(nameOf(list.length > 1 || agent.name === 'root' ? stem(agent.path) : agent.name), (one) => names.has(one) || workspace.exists(`${at(one)}.agent.yaml`));
    names.add(name);
    const path = at(name);
    const { text, gaps } = manifestOf(agent, name, list, (delegate) => delegate !== name && workspace.shared(AGENTS).find(delegate) !== null && nameOf(delegate) === delegate);
    return [{ path: `${path}.agent.yaml`, text, agents: list.map(({ id }) => id), gaps }];
  });
  const catalog = catalogOf(workspace, chosen);
  return catalog ? [...files, catalog] : files;
}

const stem = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');

/** The name, or the first of `name-2`, `name-3`, ... that is free. */
function free(name: string, isTaken: (name: string) => boolean): string {
  let n = 1;
  while (isTaken(n === 1 ? name : `${name}-${n}`)) n++;
  return n === 1 ? name : `${name}-${n}`;
}

const GAP = '# gap: ';

/** `list`: all agents of the file, which one manifest governs together; then what each of them may use is left to the file. `isKnown`: whether a delegate keeps its name. */
function manifestOf(agent: Agent, name: string, list: readonly Agent[], isKnown: (delegate: string) => boolean): { readonly text: string; readonly gaps: readonly string[] } {
  const gaps: string[] = [];
  const lines: string[] = ['apiVersion: countersign/v1', 'kind: Agent', 'metadata:', `  name: ${yamlScalar(name)}`];
  const gap = (words: string): string => {
    gaps.push(words);
    return `  ${GAP}${words}`;
  };
  const team = list.length > 1;
  const title = oneLine(team ? name : (agent.title ?? agent.name));
  if (title !== name) lines.push(`  title: ${yamlScalar(title)}`);
  lines.push('spec:');
  const purpose = agent.purpose === null ? '' : oneLine(agent.purpose);
  if (purpose === '') lines.push(gap('say in one sentence what it is for'), `  purpose: What ${name} is for is not written down yet.`);
  else lines.push(`  purpose: ${yamlScalar(purpose)}`);
  if (agent.owner) {
    lines.push('  owner:', `    team: ${yamlScalar(agent.owner.team)} # from ${SOURCES[agent.owner.source]}`);
    gaps.push('name the accountable person and who answers for what it says');
    lines.push(`    ${GAP}accountable: the person, outputs: the team that answers for what it says`);
  } else lines.push(gap('name the team that owns it'), '  owner:', `    team: ${UNOWNED}`);
  lines.push(`  definition: ${yamlScalar(agent.path)}`);
  lines.push(gap('is it a draft, a pilot, or in production?'), '  lifecycle: pilot');
  if (team) lines.push(gap(`the file holds ${list.length} agents (${list.slice(0, 6).map((one) => one.name).join(', ')}${list.length > 6 ? ', …' : ''}), and this manifest is for all of them; what they use is taken from the file`));
  const models = team || !agent.models.every(({ id }) => /^[^/\s]+\/\S+$/.test(id)) ? [] : [...new Set(agent.models.map(({ id }) => id))];
  const [model, ...fallback] = models;
  if (model !== undefined) lines.push(fallback.length === 0 ? `  model: ${yamlScalar(model)}` : `  model: { provider: ${yamlScalar(model.slice(0, model.indexOf('/')))}, name: ${yamlScalar(model.slice(model.indexOf('/') + 1))}, fallback: [${fallback.map((one) => yamlScalar(one)).join(', ')}] }`);
  else if (!team && agent.models[0]) lines.push(gap(`which model is \`${oneLine(agent.models[0].label)}\`? Write it as provider/name`));
  if (!team) lines.push(...toolLines(agent, gap));
  const delegates = team ? [] : agent.delegates.filter((grant) => !grant.assumed).map((grant) => grant.pattern);
  // one that is to be written in another way is left to the file
  if (delegates.length > 0 && delegates.every(isKnown)) lines.push(`  delegates: [${delegates.map((one) => yamlScalar(one)).join(', ')}]`);
  lines.push(gap('which data does it read, who must approve its deployment, what does it log, and who can stop it?'));
  return { text: `${lines.join('\n')}\n`, gaps };
}

const SOURCES: Readonly<Record<NonNullable<Agent['owner']>['source'], string>> = { manifest: 'its manifest', metadata: 'its own file', backstage: 'Backstage', codeowners: 'CODEOWNERS' };

/** Tools that the file names are declared; what it takes by default is left to the file, and said. */
function toolLines(agent: Agent, gap: (words: string) => string): string[] {
  const written = agent.tools.filter((grant) => !grant.assumed).map((grant) => grant.pattern);
  // to list some where the file gives others beside them would call those undeclared
  if (written.length === 0 || agent.tools.some((grant) => grant.pattern === '*')) return agent.tools.length > 0 ? [gap('it may use every tool that there is; list the ones that it needs under `tools`')] : [];
  const all = [...new Set(agent.tools.map((grant) => grant.pattern)), ...agent.except.map((pattern) => `!${pattern}`)];
  return ['  tools:', ...all.map((pattern) => `    - ${quoted(pattern)}`)];
}

/** An exclusion would be a tag, and a star an alias. */
const quoted = (pattern: string): string => (/^[!*]/.test(pattern) ? JSON.stringify(pattern) : yamlScalar(pattern));

const MAX_LINE = 400;
const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
};

/** What the agents' servers really are, so that a change of them is seen, and the teams that own them, where the Catalog has such things or there is none. */
function catalogOf(workspace: Workspace, agents: readonly Agent[]): AdoptedFile | null {
  const catalog = workspace.shared(CATALOG);
  const known = (section: string, name: string): boolean => catalog.entries.has(`${section}/${name}`);
  const servers = new Map<string, ForeignServer>();
  for (const path of workspace.paths()) {
    const foreign = workspace.facts(path)?.foreign;
    if (foreign?.format !== 'mcp') continue;
    for (const server of foreign.servers) if (!known('servers', server.name) && !servers.has(server.name) && isIdentified(server)) servers.set(server.name, server);
  }
  const native = workspace.shared(AGENTS).all.some((agent) => agent.format === 'countersign');
  const teams = catalog.teams.size > 0 || !native ? [...new Set(agents.flatMap(({ owner }) => (owner ? [owner.team] : [])))].filter((team) => !catalog.teams.has(team)).sort() : [];
  if (servers.size === 0 && teams.length === 0) return null;
  const gaps: string[] = [];
  const lines = ['apiVersion: countersign/v1', 'kind: Catalog', 'spec:'];
  if (teams.length > 0) {
    gaps.push('the members, the contact and the on-call of each team');
    lines.push('  teams:', ...teams.flatMap((team) => [`    ${yamlScalar(team)}:`, ...(/^@?[\w-]+\/[\w-]+$/.test(team) ? [`      github: ${JSON.stringify(team)}`] : []), `      ${GAP}title, members, contact, oncall`, `      title: ${yamlScalar(team.replace(/^@/, ''))}`]));
  }
  if (servers.size > 0) {
    gaps.push('who owns each server');
    lines.push('  servers:', ...[...servers].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, server]) => [`    ${yamlScalar(name)}: ${identity(server)} ${GAP}owner`]));
  }
  const path = free('catalog/adopted', (one) => workspace.exists(`${one}.catalog.yaml`));
  return { path: `${path}.catalog.yaml`, text: `${lines.join('\n')}\n`, agents: [], gaps };
}

const isIdentified = (server: ForeignServer): boolean => server.url !== null || server.package !== null || server.command !== null;

/** A server's address, package, or command: what the Catalog compares its configuration with. */
function identity(server: ForeignServer): string {
  if (server.url) return `{ url: ${JSON.stringify(server.url.value)} }`;
  return server.package ? `{ package: ${JSON.stringify(server.package.name)} }` : `{ command: ${JSON.stringify(server.command?.value ?? '')} }`;
}
