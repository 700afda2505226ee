// Which of the names that fit a place are likelier than others there, and which may not stand there at all: nobody approves their own agent.
import { RESOURCE_OF_ACTION } from '../../core/model';
import { ACTIONS } from '../../core/documents';
import { resultsOf, subjectsOf } from '../../core/lint';
import { nodeAt, resolve, textOf, valueOf, type Node } from '../../core/yaml';
import { patternList } from '../../core/text';
import { AGENTS, type Workspace } from '../../core/workspace';
import { MARK } from '../cursor/find';
import { documentAt } from '../conditions';
import { textAt, textsAt } from '../names/plain';
import type { Place } from './context';

export interface Likely {
  /** may not stand here */
  barred(name: string): boolean;
  /** sorted before the others */
  first(name: string): boolean;
}

const NOBODY: ReadonlySet<string> = new Set();
const likely = (barred: ReadonlySet<string> = NOBODY, first: ReadonlySet<string> = NOBODY): Likely => ({ barred: (name) => barred.has(name), first: (name) => first.has(name) });

/** What is known about names at the place. */
export function likelyAt(place: Place): Likely {
  const where = place.cursor.path.filter((step) => typeof step === 'string').join('.');
  if (place.schema === 'agent') return ofAgent(place, where);
  if (place.schema === 'policy') return where === 'spec.rules.approval.from' ? likely(ownersOfAll(place)) : likely();
  return place.schema === 'policytest' ? ofTest(place, where) : likely();
}

function ofAgent(place: Place, where: string): Likely {
  const { workspace } = place;
  const team = ownText(place, 'spec', 'owner', 'team');
  switch (where) {
    case 'spec.approvals.from':
      return likely(partiesOf(workspace, team));
    case 'spec.waivers.approvedBy':
      return likely(new Set([...partiesOf(workspace, team), 'user', `person:${ownText(place, 'spec', 'owner', 'accountable') ?? ''}`]));
    case 'spec.waivers.requirement':
      return likely(waivedIn(valueOf(valueOf(place.cursor.root, 'spec'), 'waivers')), unmetBy(place));
    case 'spec.approvals.records.by':
      return approversOf(place, team);
    case 'spec.intervention.stop.by':
    case 'spec.intervention.humanOverride.by':
      return likely(NOBODY, new Set(team === null ? [] : [oncallOf(workspace, team) ?? team, team]));
    case 'spec.owner.outputs':
      return likely(NOBODY, new Set(team === null ? [] : [team]));
    case 'spec.owner.accountable':
      return likely(NOBODY, new Set(membersOf(workspace, team)));
    case 'spec.delegates':
    case 'spec.delegates.agent':
      return likely(new Set([ownText(place, 'metadata', 'name') ?? '']));
    case 'spec.approvals.environment':
      return likely(NOBODY, new Set(hostingOf(valueOf(valueOf(place.cursor.root, 'spec'), 'hosting'))));
    case 'spec.logging.sink':
      return likely(NOBODY, systemsOf(workspace, ['siem', 'log']));
    case 'spec.intervention.escalation.system':
      return likely(NOBODY, systemsOf(workspace, ['itsm', 'chat']));
    case 'spec.intervention.humanOverride.rule':
      return { barred: () => false, first: (name) => textAt(workspace.find('rule', name)[0]?.value, 'effect') === 'require_approval' };
    case 'spec.tools':
    case 'spec.tools.ref': {
      const servers = new Set(serversOf(valueOf(valueOf(place.cursor.root, 'spec'), 'tools')));
      return { barred: () => false, first: (name) => servers.has(name.replace(/^!/, '').split('/')[0] ?? '') && !name.includes('*') };
    }
    default:
      return likely();
  }
}

/** What the agent does not meet now: what one may want to waive. */
function unmetBy({ workspace, path, offset }: Place): ReadonlySet<string> {
  const queries = workspace.ask();
  const index = documentAt(workspace, path, offset)?.index;
  const subject = subjectsOf(path, queries).find(({ document }) => document?.index === index);
  const results = subject ? resultsOf(subject, queries) : [];
  return new Set(results.filter(({ verdict }) => verdict === 'unmet').map(({ requirement }) => `${requirement.standard}/${requirement.id}`));
}

const waivedIn = (node: Node | null): ReadonlySet<string> => new Set(entriesOf(node, 'requirement'));

/** A text of the document: as it is being written, else as it was last understood. */
function ownText(place: Place, ...path: string[]): string | null {
  const now = textOf(nodeAt(place.cursor.root, path));
  if (now !== null && now !== '' && !now.includes(MARK)) return now;
  return textAt(documentAt(place.workspace, place.path, place.offset)?.value, ...path);
}

const oncallOf = (workspace: Workspace, team: string): string | null => textAt(workspace.find('team', team)[0]?.value, 'oncall');
const membersOf = (workspace: Workspace, team: string | null): readonly string[] => (team === null ? [] : workspace.find('team', team).flatMap(({ value }) => textsAt(value, 'members') ?? []));

/** All that speaks for a team: its name, its on-call, its members. */
function partiesOf(workspace: Workspace, team: string | null): ReadonlySet<string> {
  if (team === null) return NOBODY;
  return new Set([team, `team:${team}`, oncallOf(workspace, team) ?? team, ...membersOf(workspace, team).map((person) => `person:${person}`)]);
}

/** Who can sign for a gate: members of its `from` who are not of the owner's team. */
function approversOf(place: Place, team: string | null): Likely {
  const { workspace, cursor } = place;
  const own = new Set(membersOf(workspace, team));
  const gate = nodeAt(cursor.root, cursor.path.slice(0, cursor.path.indexOf('records')));
  const allowed = new Set<string>();
  let open = false;
  for (const party of textsIn(valueOf(gate, 'from'))) {
    const person = party.startsWith('person:') ? party.slice(7) : null;
    const named = party.replace(/^team:/, '');
    const teams = [...workspace.names('team')].filter(([name, list]) => name === named || list.some(({ value }) => textAt(value, 'oncall') === named)).map(([name]) => name);
    const people = person === null ? teams.flatMap((name) => membersOf(workspace, name)) : [person];
    if (people.length === 0) open = true;
    for (const one of people) allowed.add(one);
  }
  const all = open || allowed.size === 0;
  return { barred: (name) => own.has(name) || (!all && !allowed.has(name)), first: (name) => allowed.has(name) };
}

/** Of a rule: what speaks for the team that owns every agent which the rule can match. */
function ownersOfAll(place: Place): ReadonlySet<string> {
  const { workspace, cursor } = place;
  const rule = nodeAt(cursor.root, cursor.path.slice(0, 3));
  const lists = [valueOf(rule, 'agents'), valueOf(valueOf(valueOf(cursor.root, 'spec'), 'scope'), 'agents')].map(textsIn).filter((list) => list.length > 0).map(patternList);
  if (lists.length === 0) return NOBODY;
  const teams = new Set(workspace.shared(AGENTS).all.filter(({ name }) => lists.every((list) => list.matches(name))).map((agent) => agent.owner?.team ?? null));
  const [only] = teams;
  return teams.size === 1 && only ? partiesOf(workspace, only) : NOBODY;
}

function ofTest(place: Place, where: string): Likely {
  const { workspace, cursor } = place;
  const request = nodeAt(cursor.root, cursor.path.slice(0, cursor.path.indexOf('request') + 1));
  const agent = workspace.shared(AGENTS).find(textOf(valueOf(request, 'agent')) ?? '');
  const known = agent !== null && agent !== 'ambiguous' ? agent : null;
  if (where === 'spec.cases.request.environment') return likely(NOBODY, new Set(known?.hosting ?? []));
  if (where !== 'spec.cases.request.resource') return likely();
  const action = ACTIONS.find((one) => one === textOf(valueOf(request, 'action')));
  const type = action ? `${RESOURCE_OF_ACTION[action]}:` : null;
  const tools = known ? patternList([...known.tools.map(({ pattern }) => pattern), ...known.except.map((entry) => `!${entry}`)]) : null;
  const others = new Set(known ? [...known.data.map(({ source }) => `data:${source}`), ...known.delegates.map(({ pattern }) => `agent:${pattern}`), ...known.models.map(({ id }) => `model:${id}`), ...known.outputs.map((name) => `channel:${name}`), ...(known.hosting ?? []).map((name) => `environment:${name}`)] : []);
  return {
    barred: (name) => type !== null && /^(tool|data|agent|model|channel|environment):/.test(name) && !name.startsWith(type),
    first: (name) => (name.startsWith('tool:') ? (tools?.matches(name.slice(5)) ?? false) : others.has(name)),
  };
}

const systemsOf = (workspace: Workspace, kinds: readonly string[]): ReadonlySet<string> =>
  new Set([...workspace.names('system')].filter(([, list]) => list.some(({ value }) => kinds.includes(textAt(value, 'kind') ?? ''))).map(([name]) => name));

const textsIn = (node: Node | null): readonly string[] => {
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => textOf(item) ?? []).filter((text) => !text.includes(MARK)) : [];
};

/** The texts of a list whose entries are names, or maps with the name under a key. */
const entriesOf = (node: Node | null, key: string): readonly string[] => {
  const list = resolve(node);
  return list?.kind === 'seq' ? list.items.flatMap((item) => textOf(item) ?? textOf(valueOf(item, key)) ?? []).filter((text) => !text.includes(MARK)) : [];
};
const hostingOf = (node: Node | null): readonly string[] => entriesOf(node, 'environment');
const serversOf = (node: Node | null): readonly string[] => entriesOf(node, 'ref').map((tool) => tool.replace(/^!/, '').split('/')[0] ?? '');
