// Approvals that nobody can give: everybody who might belongs to the team that owns the agent.
import { peopleOfAll, type Agent, type Catalog } from '../../../model';
import { POLICIES, couldApply, type CompiledRule } from '../../../policy';
import type { Span } from '../../../text';
import { AGENTS, CATALOG, type Queries, type Shared } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, catalog, rule } from '../examples';

const WORLD = catalog('teams:\n  payments: { members: [ann, bob] }\n  risk-office: { members: [cid] }') + agent('tools: [payments/refund]');
const ask = (from: string): string => WORLD + rule(`id: refunds\neffect: require_approval\nactions: [call]\nresources: ["tool:payments/refund"]\napproval: { from: [${from}] }`);

const DOC: CodeDoc = {
  code: 'policy/self-approval',
  severity: 'warning',
  title: 'An approval that nobody can give',
  doc: 'People of the team that owns an agent cannot approve what it does. Where the approval asks for them alone, too few are left, and what needs it can never happen.\n\nName another team in `from`. It is reported only where all the teams that are named say who their members are.',
  bad: ask('payments'),
  good: ask('risk-office'),
};

export const selfApproval: Rule = {
  codes: [DOC],
  check({ facts, path, queries, report }) {
    for (const document of facts.documents) {
      const place = (pointer: string): Span => document.places.value(pointer) ?? document.at;
      if (document.kind === 'Policy') {
        const policy = queries.shared(POLICIES, []).all.find((one) => one.path === path && one.document === document.index);
        const teams = ownersOf(queries);
        for (const one of policy?.rules ?? []) {
          if (!one.approval || one.approval.from.length === 0) continue;
          const team = teamLeft(one.approval.from, one.approval.count, queries, (owner) => ownedBy(owner, one, queries, teams));
          if (team) report({ code: DOC.code, span: place(`/spec/rules/${one.index}/approval/from`), message: message(one.approval.from, team, one.approval.count) });
        }
      } else if (document.kind === 'Agent' && document.places.key('/spec/approvals')) {
        const found = queries.shared(AGENTS, []).ofDocument(path, document.index);
        for (const gate of found?.gates ?? []) {
          const team = gate.from.length > 0 && Number.isFinite(gate.count) ? teamLeft(gate.from, gate.count, queries, (owner) => (found?.owner?.teams.includes(owner) ? found : null)) : null;
          if (team) report({ code: DOC.code, span: place(`/spec/approvals/${gate.index}/from`), message: message(gate.from, team, gate.count) });
        }
      }
    }
  },
};

interface Blocked {
  readonly team: string;
  readonly agent: Agent;
  readonly left: number;
}

/** The owning team whose agent leaves too few people, or null. Agents are asked for only where a team could be one. */
function teamLeft(from: readonly string[], count: number, queries: Queries, agentOf: (team: string) => Agent | null): Blocked | null {
  const known: Catalog = queries.shared(CATALOG);
  const { people, complete } = peopleOfAll(from, known);
  if (!complete) return null;
  for (const [team, { members }] of known.teams) {
    if (!members || !members.some((member) => people.includes(member))) continue;
    const left = people.filter((person) => !members.includes(person)).length;
    if (left >= count) continue;
    const found = agentOf(team);
    if (found) return { team, agent: found, left };
  }
  return null;
}

/** The agents of each team. */
const OWNERS: Shared<ReadonlyMap<string, readonly Agent[]>> = {
  id: 'agents by owner',
  kinds: AGENTS.kinds,
  make(workspace) {
    const byTeam = new Map<string, Agent[]>();
    for (const found of workspace.shared(AGENTS).all) {
      for (const owner of found.owner?.teams ?? []) {
        const known = byTeam.get(owner);
        if (known) known.push(found);
        else byTeam.set(owner, [found]);
      }
    }
    return byTeam;
  },
};

/** Of the agents only what decisions see of them matters here: their key is asked for, not each document. */
function ownersOf(queries: Queries): Owners {
  return (team) => {
    queries.agents();
    return queries.shared(OWNERS, []).get(team) ?? [];
  };
}

type Owners = (team: string) => readonly Agent[];

const ownedBy = (team: string, one: CompiledRule, queries: Queries, owners: Owners): Agent | null =>
  owners(team).find((found) => couldApply(one, found, queries.shared(CATALOG))) ?? null;

function message(from: readonly string[], { team, agent: found, left }: Blocked, count: number): string {
  const names = from.map((party) => `\`${party}\``).join(' or ');
  return left === 0
    ? `Nobody can approve this for \`${found.name}\`: all members of ${names} are on the owner team \`${team}\`. Name another team in \`from\`.`
    : `Too few can approve this for \`${found.name}\`: of ${names} only ${left} ${left === 1 ? 'person is' : 'people are'} not on the owner team \`${team}\`, and ${count} are needed. Name another team in \`from\`.`;
}
