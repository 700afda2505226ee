// Who stands behind a party: the people of a team or of its on-call, a person, or whoever runs the agent.
import { parseParty } from '../documents';
import type { Catalog } from './catalog';
import { personBehind } from './owners';

export interface People {
  /** sorted */
  readonly people: readonly string[];
  /** false where somebody may stand behind it whom the Catalog does not name */
  readonly complete: boolean;
}

export function peopleOf(party: string, catalog: Catalog): People {
  const { kind, name } = parseParty(party);
  if (kind === 'user') return { people: [], complete: false };
  if (kind === 'person') return { people: [name], complete: true };
  // of an agent that CODEOWNERS or Backstage give to a person
  const owner = kind === 'team' && !catalog.teams.has(name) ? personBehind(name, catalog) : null;
  if (owner !== null) return { people: [owner], complete: true };
  const teams = [...catalog.teams].filter(([team, { oncall }]) => team === name || (kind === 'any' && oncall === name)).map(([, team]) => team);
  return {
    people: [...new Set(teams.flatMap((team) => team.members ?? []))].sort(),
    complete: teams.length > 0 && teams.every((team) => team.members !== null),
  };
}

/** All people behind a list of parties. */
export function peopleOfAll(parties: readonly string[], catalog: Catalog): People {
  const all = parties.map((party) => peopleOf(party, catalog));
  return { people: [...new Set(all.flatMap((one) => one.people))].sort(), complete: all.every((one) => one.complete) };
}
