// Who must approve a change of a file, and what the file holds that somebody owns.
import { gateId, peopleOfAll, type Agent } from '../model';
import { CATALOG } from './catalog';
import type { Queries } from './derived';
import { ownershipOfAgent, ownershipOfDocument, ownershipOfPath, type Ownership } from './ownership';
import { namedBy } from './owner-join';

export interface ChangeApprover {
  /** a gate of the manifest that closes when the file changes; the owner of the document; CODEOWNERS */
  readonly because: 'gate' | 'owner' | 'codeowners';
  /** the gate's id, or GitLab's section */
  readonly id: string | null;
  /** any of them: teams, people, and what no Catalog knows as it is written */
  readonly from: readonly string[];
  /** distinct people */
  readonly count: number;
  /** who of the Catalog may, sorted; of a gate without the people of the owner team */
  readonly people: readonly string[];
  /** asked, and not needed */
  readonly optional: boolean;
  /** by what GitHub or GitLab know them, as far as that is known */
  readonly handles: readonly string[];
}

export interface FileSubject {
  readonly kind: string;
  readonly name: string | null;
  readonly ownership: Ownership;
}

/** The agents whose manifest the file is, or whom it defines. */
export const agentsOfFile = (queries: Queries, path: string): readonly Agent[] => queries.agents().all.filter((agent) => agent.path === path || agent.definition.includes(path));

/** What a file holds: agents and documents, in their order; empty for files of others. */
export function subjectsOfFile(queries: Queries, path: string): readonly FileSubject[] {
  const agents = agentsOfFile(queries, path).map((agent): FileSubject => ({ kind: 'Agent', name: agent.name, ownership: ownershipOfAgent(queries, agent) }));
  const documents = (queries.facts(path)?.documents ?? []).filter(({ kind }) => kind !== null && kind !== 'Agent');
  return [...agents, ...documents.map((document): FileSubject => ({ kind: document.kind ?? '', name: document.name, ownership: ownershipOfDocument(queries, path, document.index) }))];
}

/** Whose a file is: of what it holds the first that is somebody's, else by where it lies. */
export function ownershipOfFile(queries: Queries, path: string): Ownership {
  const subjects = subjectsOfFile(queries, path);
  return (subjects.find(({ ownership }) => ownership.team !== null) ?? subjects[0])?.ownership ?? ownershipOfPath(queries, path);
}

export function changeApprovers(queries: Queries, path: string): readonly ChangeApprover[] {
  const catalog = queries.shared(CATALOG);
  const found: ChangeApprover[] = [];
  const people = (from: readonly string[]): readonly string[] => peopleOfAll(from, catalog).people;
  for (const agent of agentsOfFile(queries, path)) {
    const owners = people((agent.owner?.teams ?? []).map((team) => `team:${team}`));
    for (const gate of agent.gates) {
      if (gate.from.length === 0 || !Number.isFinite(gate.count)) continue;
      found.push({ because: 'gate', id: gateId(agent, gate), from: [...new Set(gate.from)], count: gate.count, people: people(gate.from).filter((person) => !owners.includes(person)), optional: false, handles: handlesOfParties(queries, gate.from) });
    }
  }
  for (const { kind, ownership } of subjectsOfFile(queries, path)) {
    if (kind === 'Agent' || ownership.source !== 'metadata' || ownership.team === null || found.some((one) => one.because === 'owner' && one.from[0] === ownership.team)) continue;
    found.push({ because: 'owner', id: null, from: [ownership.team], count: 1, people: people([`team:${ownership.team}`]), optional: false, handles: handlesOfParties(queries, [ownership.team]) });
  }
  for (const claim of queries.owners(path)) {
    for (const { section, optional, count, owners } of claim.reviews) {
      if (owners.length === 0) continue;
      const named = namedBy({ ...claim, owners }, queries.handles());
      const from = [...new Set(named.map(({ shown, person }) => person ?? shown))];
      found.push({ because: 'codeowners', id: section, from, count, people: people(named.map(({ team, person, shown }) => (person !== null ? `person:${person}` : `team:${team ?? shown}`))), optional, handles: owners });
    }
  }
  return found;
}

/** What GitHub calls teams and people of the Catalog. */
function handlesOfParties(queries: Queries, parties: readonly string[]): readonly string[] {
  const handles = queries.handles();
  const { teams: known } = queries.shared(CATALOG);
  const written = parties.flatMap((party) => {
    if (party.startsWith('person:')) return [...handles.people].filter(([, person]) => person === party.slice(7)).map(([written]) => written);
    const name = party.startsWith('team:') ? party.slice(5) : party;
    const teams = handles.names.has(name) ? [name] : [...known].filter(([, team]) => team.oncall === name).map(([team]) => team);
    return teams.flatMap((team) => {
      const github = known.get(team)?.github;
      return github ? [github.startsWith('@') ? github : `@${github}`] : [];
    });
  });
  return [...new Set(written)];
}
