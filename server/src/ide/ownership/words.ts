// Ownership in words, the same everywhere.
import type { Ownership, OwnerSource } from '../../core/workspace';
import { code } from '../names/words';

const SOURCE: Readonly<Record<OwnerSource, string>> = { manifest: 'the manifest', metadata: 'its own metadata', backstage: 'Backstage', codeowners: 'CODEOWNERS', catalog: 'the Catalog' };

export const sourceWords = (source: OwnerSource): string => SOURCE[source];

const BRIEF: Readonly<Record<OwnerSource, string>> = { ...SOURCE, manifest: 'manifest', metadata: 'metadata', catalog: 'Catalog' };

/** For where there is little room. */
export const briefSource = (source: OwnerSource): string => BRIEF[source];

/** Where it is not the thing's own word that says whose it is: ` (CODEOWNERS)`. */
export const learnedFrom = (source: OwnerSource | null): string => (source === 'backstage' || source === 'codeowners' ? ` (${SOURCE[source]})` : '');

/** Markdown, a line each: owner, accountable person, outputs. */
export function ownershipFacts(ownership: Ownership, asked = 'Owner'): readonly string[] {
  const { team, teams, source, contact, oncall, accountable, outputs } = ownership;
  if (team === null) return [`${asked}: unknown`, ...(accountable ? [`Accountable: ${code(accountable)}`] : [])];
  const reached = `${contact ? `, reached at ${contact}` : ''}${oncall ? `, on call ${code(oncall)}` : ''}`;
  const others = teams.length > 1 ? `, with ${teams.slice(1, 4).map(code).join(', ')}${teams.length > 4 ? ', …' : ''}` : '';
  return [
    `${asked}: ${code(team)}${others}${reached}${source === 'backstage' || source === 'codeowners' ? `, by ${SOURCE[source]}` : ''}`,
    ...(accountable ? [`Accountable: ${code(accountable)}`] : []),
    ...(outputs ? [`Answers for its outputs: ${code(outputs)}`] : []),
  ];
}
