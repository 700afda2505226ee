// Teams that own what runs in production and cannot be reached, or are one person.
import type { Agent } from '../../../model';
import type { Queries } from '../../../workspace';
import { namedBy } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, catalog } from '../examples';
import { list, specOf, table, text } from '../values';

const PRODUCTION = agent('lifecycle: production');

const CONTACT: CodeDoc = {
  code: 'ownership/no-contact',
  severity: 'warning',
  title: 'An owner team that cannot be reached',
  doc: 'The team owns an agent that is in production, and the Catalog gives neither a `contact` nor an `oncall` of it. Whoever finds the agent misbehaving does not know whom to tell.\n\nAdd one of them to the team.',
  bad: catalog('teams:\n  payments: { members: [ann, bob] }') + PRODUCTION,
  good: catalog('teams:\n  payments: { members: [ann, bob], oncall: payments-oncall }') + PRODUCTION,
};
const SINGLE: CodeDoc = {
  code: 'ownership/single-person',
  severity: 'warning',
  title: 'An owner that is one person',
  doc: 'The team that owns an agent in production has a single member, or CODEOWNERS gives an agent to one person alone. When that person is away nobody answers for the agent, and nobody beside them knows it.\n\nAdd somebody to the team, or give the agent to a larger one.',
  bad: catalog('teams:\n  payments: { members: [ann], contact: "#payments" }') + PRODUCTION,
  good: catalog('teams:\n  payments: { members: [ann, bob], contact: "#payments" }') + PRODUCTION,
};

export const ownerTeams: Rule = {
  codes: [CONTACT, SINGLE],
  check({ facts, path, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Catalog') continue;
      for (const [name, value] of Object.entries(table(specOf(document.value).teams))) {
        const team = table(value);
        const at = `/spec/teams/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        const unreachable = text(team.contact) === null && text(team.oncall) === null;
        const members = Array.isArray(team.members) ? [...new Set(list(team.members).flatMap((member) => text(member) ?? []))] : [];
        if (!unreachable && members.length !== 1) continue;
        const owned = ownedBy(name, queries);
        if (!owned) continue;
        if (unreachable) report({ code: CONTACT.code, span: document.places.key(at) ?? document.at, message: `\`${name}\` owns \`${owned.name}\`, which is in production, and has neither a \`contact\` nor an \`oncall\`. Say how the team is reached.` });
        if (members.length === 1) report({ code: SINGLE.code, span: document.places.value(`${at}/members`) ?? document.at, message: `\`${name}\` owns \`${owned.name}\`, which is in production, and has a single member, \`${members[0]}\`. Add somebody who can stand in.` });
      }
    }
    checkPerson({ facts, path, queries, report });
  },
};

/** An agent in production that the team owns. */
const ownedBy = (team: string, queries: Queries): Agent | null => queries.agents().all.find((one) => one.lifecycle === 'production' && one.owner?.team === team) ?? null;

/** An agent file that CODEOWNERS or Backstage give to one person of the Catalog, and to nobody else. */
function checkPerson({ facts, path, queries, report }: Pick<Parameters<Rule['check']>[0], 'facts' | 'path' | 'queries' | 'report'>): void {
  const agents = (facts.foreign?.agents ?? []).filter((one) => one.owner === null);
  if (agents.length === 0 || queries.governors(path).length > 0) return;
  const claim = queries.owners(path).find((one) => one.owners.length > 0);
  if (claim?.owners.length !== 1) return;
  const [named] = namedBy(claim, queries.handles());
  if (!named || named.team !== null || named.person === null) return;
  for (const one of agents) report({ code: SINGLE.code, span: one.span, message: `The agent \`${one.id}\` belongs to one person alone: \`${claim.path}\` names only \`${named.person}\`. Give it to a team.` });
}
