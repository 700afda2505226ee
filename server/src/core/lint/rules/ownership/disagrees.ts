// Sources that name different owners of one agent or document.
import type { Span } from '../../../text';
import { namedBy, type DocumentFacts, type OwnerClaim, type Queries } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, catalog } from '../examples';
import { specOf, table, text } from '../values';

const WORLD = catalog('teams:\n  payments: { members: [ann, bob], github: "@acme/payments" }\n  risk-office: { members: [cid, dan], github: "@acme/risk-office" }') + agent('');

const DOC: CodeDoc = {
  code: 'ownership/disagrees',
  severity: 'warning',
  title: 'Sources that name different owners',
  doc:
    'The manifest (or the document\'s own `metadata.owner`) gives it to one team, and Backstage or CODEOWNERS gives the very file to others. The strongest source counts here, but the platform asks the others to review changes, and an incident may reach the wrong people.\n\nAgree on one, and change the other. It is reported only where the Catalog knows everybody who is named, where none of them is the owner or one of its members, and not for a default that stands for every file (`*`).',
  bad: `${WORLD}#- .github/CODEOWNERS\n/agents/ @acme/risk-office\n`,
  good: `${WORLD}#- .github/CODEOWNERS\n* @acme/risk-office\n/agents/ @acme/payments @acme/risk-office\n`,
};

export const ownersDisagree: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    const tell = (team: string, place: () => Span | null, stronger: string): void => {
      const other = queries.owners(path).find((claim) => contradicts(claim, team, queries));
      const span = other ? place() : null;
      if (other && span) report({ code: DOC.code, span, message: `${stronger} says that \`${team}\` owns this, \`${other.path}\` says ${namesOf(other, queries)}. Agree on one of them: \`${team}\` counts here, while ${other.source === 'codeowners' ? 'the others are asked to review changes' : 'Backstage shows the other'}.` });
    };
    for (const document of facts.documents) {
      const team = ownerOf(document);
      if (team && queries.has('team', team)) tell(team, () => document.places.value(document.kind === 'Agent' ? '/spec/owner/team' : '/metadata/owner'), document.kind === 'Agent' ? 'The manifest' : 'The document');
    }
    if (!facts.foreign || facts.foreign.agents.length === 0 || queries.governors(path).length > 0) return;
    for (const one of facts.foreign.agents) {
      const { owner } = one;
      if (owner) {
        if (queries.has('team', owner.value)) tell(owner.value, () => owner.span, 'The file');
        continue;
      }
      const [first, second] = queries.owners(path).filter((claim) => claim.owners.length > 0);
      const team = first && second ? namedBy(first, queries.handles())[0]?.team : null;
      if (first && second && team && contradicts(second, team, queries)) tell(team, () => one.span, `\`${first.path}\``);
    }
  },
};

/** The owner that a document names itself. */
const ownerOf = (document: DocumentFacts): string | null =>
  document.kind === 'Agent' ? text(table(specOf(document.value).owner).team) : text(table(table(document.value).metadata).owner);

/** Everybody whom it names is known, and none of them is the team or belongs to it. */
function contradicts(claim: OwnerClaim, team: string, queries: Queries): boolean {
  if (claim.general || claim.owners.length === 0) return false;
  const named = namedBy(claim, queries.handles());
  const members = queries.find('team', team)[0]?.value;
  const people = table(members).members;
  return named.every((one) => (one.team !== null ? one.team !== team : one.person !== null && !(Array.isArray(people) && people.includes(one.person))));
}

const namesOf = (claim: OwnerClaim, queries: Queries): string => [...new Set(namedBy(claim, queries.handles()).map(({ shown }) => `\`${shown}\``))].slice(0, 6).join(', ');
