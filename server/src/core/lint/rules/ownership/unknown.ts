// Owners in CODEOWNERS and Backstage that the Catalog could know and does not.
import { entityRef, type Spanned } from '../../../formats';
import { ownerOfEntity, ownerOfHandle } from '../../../model';
import { nearest, type Problem, type Span } from '../../../text';
import type { Queries } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, catalog } from '../examples';

const WORLD = catalog('teams:\n  payments: { members: [ann, bob], github: "@acme/payments", backstage: group:default/payments }') + agent('');

const DOC: CodeDoc = {
  code: 'ownership/unknown',
  severity: 'warning',
  title: 'An owner that the Catalog does not know',
  doc:
    'CODEOWNERS or Backstage gives a file of an agent, a policy or another document to a team or a person whom no Catalog knows by that name: `github` of a team or a person, `backstage` of a team. So nobody can be told who that is, how they are reached, or whether they may approve.\n\nCorrect the name, or add it to the team in the Catalog. It is reported only where the Catalog knows teams of that organisation (or people, or groups) by such names, and only for lines that decide whose one of these files is.',
  bad: `${WORLD}#- .github/CODEOWNERS\n/agents/ @acme/paymens\n`,
  good: `${WORLD}#- .github/CODEOWNERS\n/agents/ @acme/payments\n`,
};

export const ownerUnknown: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    const owners = facts.foreign?.owners;
    if (!owners) return;
    const tell = (problem: Omit<Problem, 'code'>): void => report({ code: DOC.code, ...problem });
    if (owners.codeowners) checkHandles(path, queries, tell);
    const written = owners.entities.flatMap(({ owner }) => (owner ? [owner] : []));
    if (written.length === 0 || queries.handles().groups.size === 0 || !queries.ownedFiles().some((file) => queries.owners(file).some((claim) => claim.path === path))) return;
    const groups = new Set(queries.entities().map((entity) => entityRef(`${entity.kind}:${entity.namespace}/${entity.name}`)));
    for (const { ref, value, span } of written) {
      if (!ref.startsWith('group:') || groups.has(ref) || ownerOfEntity(ref, queries.handles()).team !== null) continue;
      tell(unknown(value, span, nearest(ref, [...queries.handles().groups.keys()]), 'No team of the Catalog has it as `backstage`, and no `catalog-info.yaml` here declares the group.'));
    }
  },
};

/** The owners of the lines that decide. */
function checkHandles(path: string, queries: Queries, tell: (problem: Omit<Problem, 'code'>) => void): void {
  const seen = new Map<number, Spanned<string>>();
  for (const owned of queries.ownedFiles()) for (const claim of queries.owners(owned)) if (claim.path === path) for (const owner of claim.written) seen.set(owner.span.start, owner);
  if (seen.size === 0) return;
  const handles = queries.handles();
  for (const { value, span } of seen.values()) {
    if (!value.startsWith('@') || value.startsWith('@@')) continue;
    const organisation = value.includes('/') ? (value.toLowerCase().split('/')[0] ?? '') : null;
    const judged = organisation !== null ? handles.organisations.has(organisation) : handles.people.size > 0;
    const { team, person } = ownerOfHandle(value, handles);
    if (!judged || team !== null || person !== null) continue;
    const known = [...(organisation !== null ? handles.teams : handles.people).keys()];
    tell(unknown(value, span, nearest(value.toLowerCase(), known), organisation !== null ? 'No team of the Catalog has it as `github`.' : 'No person or team of the Catalog has it as `github`.'));
  }
}

const unknown = (name: string, span: Span, guess: string | null, why: string): Omit<Problem, 'code'> => ({
  span,
  message: `The Catalog does not know the owner \`${name}\`. ${why} ${guess ? `Did you mean \`${guess}\`?` : 'Correct the name, or add it there.'}`,
  fixes: guess ? [{ title: `Change to \`${guess}\``, safe: false, edits: [{ span, newText: guess }] }] : [],
});
