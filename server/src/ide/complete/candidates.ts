// The names that can stand at a place, by the kind that the schema asks for.
import type { NameKind } from '../../core/documents';
import { CODES, STANDARDS, type ReadyStandard } from '../../core/lint';
import { formats } from '../../core/formats';
import type { Declared, Workspace } from '../../core/workspace';
import { describe, type Described } from '../names/describe';
import { code, count, WORD, capitalised } from '../names/words';
import { best } from '../fuzzy';
import { textsAt } from '../names/plain';
import { usedNames } from '../names/used';

export interface Candidate {
  readonly name: string;
  readonly detail: string;
  /** Markdown, made when the candidate is offered */
  readonly documentation?: () => string;
  readonly deprecated?: boolean;
  /** less likely than others: sorted behind them */
  readonly late?: boolean;
}

export interface Wish {
  readonly workspace: Workspace;
  /** of the file in which the name is written */
  readonly path: string;
  readonly kind: NameKind;
  /** patterns are welcome */
  readonly pattern: boolean;
  /** what is typed so far */
  readonly typed: string;
  /** the texts beside the name in its map: `system` for a queue, `environment` for a region */
  readonly beside: (key: string) => string | null;
}

/** No list of names is longer; what is typed chooses. */
export const MAX_NAMES = 200;

const RESOURCES: readonly NameKind[] = ['tool', 'data', 'agent', 'model', 'channel', 'environment'];

/** The candidates, the likeliest first. */
export function candidates(wish: Wish): readonly Candidate[] {
  const typed = wish.pattern && wish.typed.startsWith('!') ? wish.typed.slice(1) : wish.typed;
  const found = best(typed, all({ ...wish, typed }), (candidate) => candidate.name, MAX_NAMES);
  return wish.pattern && wish.typed.startsWith('!') ? found.map((candidate) => ({ ...candidate, name: `!${candidate.name}`, detail: `all but: ${candidate.detail}` })) : found;
}

function all(wish: Wish): Iterable<Candidate> {
  switch (wish.kind) {
    case 'party':
      return parties(wish);
    case 'resource':
      return RESOURCES.flatMap((kind) => [...ofKind({ ...wish, kind }, `${kind}:`)]);
    case 'queue':
      return queues(wish);
    case 'region':
      return regions(wish);
    case 'person':
      return persons(wish.workspace);
    case 'file':
      return agentFiles(wish.workspace);
    case 'code':
      return codes(wish.workspace);
    case 'standard':
      return wish.workspace.shared(STANDARDS).all.map(standardOf);
    case 'requirement':
      return wish.workspace.shared(STANDARDS).all.flatMap(requirementsOf);
    case 'format':
      return formats.map((format) => ({ name: format.id, detail: format.title }));
    case 'action':
      return [];
    default:
      return ofKind(wish);
  }
}

/** The declared names of one kind; of tools also all of a server, where patterns are welcome. */
function* ofKind({ workspace, kind, pattern, typed }: Wish, prefix = ''): Iterable<Candidate> {
  if (workspace.names(kind).size === 0) yield* usedOf(workspace, kind, typed, prefix);
  const names = workspace.names(kind).keys();
  for (const name of workspace.names(kind).size > MAX_NAMES ? best(typed, names, (one) => prefix + one, MAX_NAMES) : [...names].sort()) {
    if (kind !== 'model' || pattern || !name.includes('*')) yield declared(workspace, kind, name, prefix + name);
  }
  if (kind !== 'tool' || !pattern) return;
  const servers = new Set([...workspace.names('tool').keys()].map((name) => name.slice(0, name.indexOf('/'))).concat([...workspace.names('server').keys()]));
  for (const server of [...servers].sort()) if (server) yield { name: `${prefix}${server}/*`, detail: `every tool of ${server}`, late: true };
}

/** Where nothing declares names of a kind, those that are used elsewhere are better than none. */
function* usedOf(workspace: Workspace, kind: NameKind, typed: string, prefix: string): Iterable<Candidate> {
  const used = usedNames(workspace, kind);
  for (const [name, path] of [...used].sort(([a], [b]) => (a < b ? -1 : 1))) if (prefix + name !== typed) yield { name: prefix + name, detail: `used in ${path}, declared nowhere` };
}

/** Described when it is looked at: most are not. */
function declared(workspace: Workspace, kind: NameKind, name: string, as = name, late = false): Candidate {
  let made: Described | null = null;
  const first = firstOf(workspace, kind, name);
  const described = (): Described | null => (first ? (made ??= describe(workspace, first)) : null);
  return {
    name: as,
    late,
    get detail() {
      return described()?.brief || WORD[kind];
    },
    get deprecated() {
      return described()?.deprecated ?? false;
    },
    documentation: () => documentation(workspace, kind, name),
  };
}

/** A manifest says more than the file that it governs. */
function firstOf(workspace: Workspace, kind: NameKind, name: string): Declared | undefined {
  const all = workspace.find(kind, name);
  return all.find((one) => one.ours) ?? all[0];
}

/** What the list shows beside the one that is looked at. */
export function documentation(workspace: Workspace, kind: NameKind, name: string): string {
  const first = firstOf(workspace, kind, name);
  if (!first) return '';
  const { title, facts } = describe(workspace, first);
  return [`**${capitalised(WORD[kind])} ${code(name)}**${title ? ` · ${title}` : ''}`, ...facts, `Declared in ${code(first.path)}.`].join('  \n');
}

function* parties({ workspace }: Wish): Iterable<Candidate> {
  yield* ofKindOf(workspace, 'team', '');
  if (workspace.names('team').size === 0) yield* usedOf(workspace, 'team', '', '');
  yield* ofKindOf(workspace, 'oncall', '');
  yield* ofKindOf(workspace, 'person', 'person:');
  yield { name: 'user', detail: 'whoever runs the agent' };
  yield* ofKindOf(workspace, 'team', 'team:', true);
}

function* ofKindOf(workspace: Workspace, kind: NameKind, prefix: string, late = false): Iterable<Candidate> {
  for (const name of [...workspace.names(kind).keys()].sort()) yield declared(workspace, kind, name, prefix + name, late);
}

function queues({ workspace, beside }: Wish): Iterable<Candidate> {
  const system = beside('system');
  const own = system === null ? null : textsAt(workspace.find('system', system)[0]?.value, 'queues');
  return own ? own.map((name) => ({ ...declared(workspace, 'queue', name), detail: `queue of ${system}` })) : ofKindOf(workspace, 'queue', '');
}

function regions({ workspace, beside }: Wish): Iterable<Candidate> {
  const environment = beside('environment');
  const own = environment === null ? null : textsAt(workspace.find('environment', environment)[0]?.value, 'regions');
  return own ? own.map((name) => declared(workspace, 'region', name)) : ofKindOf(workspace, 'region', '');
}

/** Where no people are declared, the members of teams. */
function persons(workspace: Workspace): Iterable<Candidate> {
  if (workspace.names('person').size > 0) return ofKindOf(workspace, 'person', '');
  const members = new Map<string, string>();
  for (const [team, list] of workspace.names('team')) for (const { value } of list) for (const person of textsAt(value, 'members') ?? []) if (!members.has(person)) members.set(person, team);
  return [...members].sort().map(([name, team]) => ({ name, detail: `member of ${team}` }));
}

function* agentFiles(workspace: Workspace): Iterable<Candidate> {
  for (const path of workspace.paths()) {
    const agents = workspace.facts(path)?.foreign?.agents ?? [];
    if (agents.length > 0) yield { name: path, detail: agents.map((agent) => agent.title?.value ?? agent.id).join(', ') };
  }
}

/** Shipped, and the workspace's own. */
const standardOf = ({ name, title, description, path, requirements }: ReadyStandard): Candidate => ({
  name, detail: [title, path === null ? 'comes with Countersign' : null].filter(Boolean).join(' · '),
  documentation: () => [`**Standard ${code(name)}**${title ? ` · ${title}` : ''}`, description, count(requirements.length, 'requirement'), path === null ? null : `Declared in ${code(path)}.`].filter(Boolean).join('  \n'),
});

const requirementsOf = ({ name, path, requirements }: ReadyStandard): readonly Candidate[] =>
  requirements.map(({ id, message, severity, references }) => ({
    name: `${name}/${id}`, detail: message,
    documentation: () => [`**Requirement ${code(`${name}/${id}`)}** · ${severity}`, message, references.length > 0 ? `References: ${references.join('; ')}` : null, path === null ? 'Comes with Countersign.' : `Declared in ${code(path)}.`].filter(Boolean).join('  \n'),
  }));

function codes(workspace: Workspace): readonly Candidate[] {
  const asked = workspace.shared(STANDARDS).all.flatMap(({ requirements }) => requirements.map((requirement) => ({ code: requirement.code, title: requirement.message })));
  const known = new Set(CODES.map((doc) => doc.code));
  const all = [...CODES, ...asked.filter((one) => !known.has(one.code))];
  const families = new Set(all.map((doc) => `${doc.code.slice(0, doc.code.lastIndexOf('/'))}/*`));
  return [...all.map((doc) => ({ name: doc.code, detail: doc.title })), ...[...families].map((name) => ({ name, detail: 'every code of this family', late: true }))];
}
