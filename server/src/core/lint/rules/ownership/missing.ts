// Agents that belong to nobody: no manifest, no word of their own file, no Backstage, no CODEOWNERS; and manifests that leave the team open.
import { UNOWNED } from '../../../model';
import { namedBy, type Queries } from '../../../workspace';
import { specOf, table } from '../values';
import type { CodeDoc, Rule } from '../../rule';
import { catalog } from '../examples';

const TEAMS = catalog('teams:\n  payments: { members: [ann, bob], github: "@acme/payments" }');
const LOOSE = '#- .github/agents/triage.agent.md\n---\ndescription: Sorts what comes in.\ntools: []\n---\n';

const DOC: CodeDoc = {
  code: 'ownership/missing',
  severity: 'warning',
  title: 'An agent that belongs to nobody',
  doc:
    'No manifest governs this agent file, the file names no owner itself, no `catalog-info.yaml` above it gives its component one, and CODEOWNERS leaves it unowned. Nobody answers for what the agent does, and nobody is asked when it changes.\n\nName an owner in the strongest place that you can: an Agent manifest whose `definition` is this file (`spec.owner.team`), `metadata.owner` in the file where its format has room for it, `spec.owner` of a Backstage component, or a line of CODEOWNERS.\n\nA manifest whose `owner.team` is `unowned` says that nobody owns its agent, and is reported at that word; where CODEOWNERS or Backstage name an owner of the file, that one counts meanwhile.\n\nIt is reported only in a workspace that holds Countersign documents, or says anywhere whose its files are.',
  bad: TEAMS + LOOSE,
  good: `${TEAMS}${LOOSE}#- .github/CODEOWNERS\n/.github/agents/ @acme/payments\n`,
};

export const ownerMissing: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Agent' || table(specOf(document.value).owner).team !== UNOWNED) continue;
      report({ code: DOC.code, span: document.places.value('/spec/owner/team') ?? document.at, message: `Nobody owns this agent: \`${UNOWNED}\` marks a gap and is no team. ${whoToAsk(queries, path, document.references.flatMap(({ kind, name, path: at }) => (kind === 'file' && at.includes('definition') ? [name] : [])))}` });
    }
    const agents = (facts.foreign?.agents ?? []).filter((agent) => agent.owner === null);
    if (agents.length === 0 || !queries.governed() || queries.governors(path).length > 0) return;
    const claims = queries.owners(path);
    if (claims.some((claim) => claim.owners.length > 0)) return;
    const left = claims.find((claim) => claim.source === 'codeowners');
    const because = left ? `\`${left.path}\` leaves this file without an owner` : 'no manifest governs it, and neither its file, Backstage nor CODEOWNERS names an owner';
    for (const agent of agents) report({ code: DOC.code, span: agent.span, message: `Nobody owns the agent \`${agent.id}\`: ${because}. Write a manifest whose \`definition\` is this file, or name its team in CODEOWNERS.` });
  },
};

const SHOWN = 5;

/** The owners of its files, else the teams of the Catalog. */
function whoToAsk(queries: Queries, path: string, definition: readonly string[]): string {
  for (const file of [path, ...definition]) {
    const claim = queries.owners(file).find((one) => one.owners.length > 0);
    const owner = claim ? namedBy(claim, queries.handles())[0] : undefined;
    if (claim && owner) return `\`${claim.path}\` gives \`${file}\` to \`${owner.shown}\`: write that team, or ask it who does.`;
  }
  const teams = queries.names('team');
  if (teams.length === 0) return 'Write the team that answers for what it does.';
  return `Write the team that answers for what it does${teams.length > SHOWN ? `, one of the ${teams.length} of the Catalog` : `: ${teams.map((team) => `\`${team}\``).join(', ')}`}.`;
}
