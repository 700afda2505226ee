// The owner of an agent or a file where it does not say so itself: by Backstage, else by CODEOWNERS.
import { handlesOf, ownerOfEntity, ownerOfHandle, ownerOfText, type AgentOwner, type Handles, type NamedOwner, type UnnamedAgent } from '../model';
import { CATALOG } from './catalog';
import type { OwnerClaim, PathOwners } from './owner-files';
import type { Shared } from './shared';

/** The Catalog's teams and people by what other tools call them. */
export const HANDLES: Shared<Handles> = {
  id: 'handles',
  kinds: ['owners'],
  make: (workspace) => handlesOf(workspace.shared(CATALOG)),
};

/** Those whom a claim names, teams before people and what nobody knows. */
export function namedBy(claim: OwnerClaim, handles: Handles): readonly NamedOwner[] {
  const named = claim.owners.map((owner) => (claim.source === 'backstage' ? ownerOfEntity(owner, handles) : ownerOfHandle(owner, handles)));
  const teams = named.filter(({ team }) => team !== null);
  return [...teams, ...named.filter(({ team }) => team === null)];
}

/** The owner by the strongest claim that names one. */
export function ownerByClaims(claims: PathOwners, handles: Handles): AgentOwner | null {
  for (const claim of claims) {
    const teams = [...new Set(namedBy(claim, handles).map(({ shown }) => shown))];
    const [team] = teams;
    if (team !== undefined) return { team, teams, source: claim.source };
  }
  return null;
}

/** The paths of an agent in the order in which they are asked whose they are. */
export const pathsOf = (agent: Pick<UnnamedAgent, 'path' | 'definition'>): readonly string[] => [agent.path, ...agent.definition];

/** The agent with its owner: the manifest's or the file's own word first. */
export function withOwner(agent: UnnamedAgent, handles: () => Handles, ownersOf: (path: string) => PathOwners): UnnamedAgent {
  if (agent.owner?.source === 'manifest') return agent;
  if (agent.owner) {
    const team = ownerOfText(agent.owner.team, handles()).shown;
    return team === agent.owner.team ? agent : { ...agent, owner: { ...agent.owner, team, teams: [team] } };
  }
  for (const path of pathsOf(agent)) {
    const claims = ownersOf(path);
    const owner = claims.length > 0 ? ownerByClaims(claims, handles()) : null;
    if (owner) return { ...agent, owner };
  }
  return agent;
}
