// Approvals that nobody can give: everybody who might belongs to the team that owns the agent, or there are too few from the start.
import { peopleOfAll, type Agent, type Catalog } from '../../../model';
import { POLICIES, askerOf, couldApply, type ApprovalTerms, type Asker, type CompiledRule } from '../../../policy';
import type { Span } from '../../../text';
import { AGENTS, CATALOG, type Queries, type Shared } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, catalog, rule } from '../examples';
import { specOf } from '../values';

const WORLD = catalog('teams:\n  payments: { members: [ann, bob] }\n  risk-office: { members: [cid] }') + agent('tools: [payments/refund]');
const ask = (from: string): string => WORLD + rule(`id: refunds\neffect: require_approval\nactions: [call]\nresources: ["tool:payments/refund"]\napproval: { from: [${from}] }`);

const DOC: CodeDoc = {
  code: 'policy/self-approval',
  severity: 'warning',
  title: 'An approval that nobody can give',
  doc: 'People of the team that owns an agent cannot approve what it does. Where the approval asks for them alone, too few are left, and what needs it can never happen. So it is where more people must approve than there are.\n\nName another team in `from`. It is reported only where all the teams that are named say who their members are.',
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
        const verdict = verdicts(queries);
        for (const one of policy?.rules ?? []) {
          if (!one.approval || one.approval.from.length === 0) continue;
          const words = verdict(one, one.approval);
          if (words !== null) report({ code: DOC.code, span: place(`/spec/rules/${one.index}/approval/from`), message: words });
        }
      } else if (document.kind === 'Agent' && Object.hasOwn(specOf(document.value), 'approvals')) {
        const found = queries.shared(AGENTS, []).ofDocument(path, document.index);
        const short = shortTeams(queries);
        // of a manifest that names no owner it is whoever Backstage or CODEOWNERS names
        if (found && found.owner?.source !== 'manifest') queries.agent(found.name);
        for (const gate of found?.gates ?? []) {
          if (gate.from.length === 0 || !Number.isFinite(gate.count)) continue;
          const team = teamLeft(short(gate.from, gate.count), (owner) => (found?.owner?.teams.includes(owner) ? found : null));
          const words = team ? message(gate.from, team, gate.count) : tooFew(gate.from, gate.count, queries.shared(CATALOG));
          if (words !== null) report({ code: DOC.code, span: place(`/spec/approvals/${gate.index}/from`), message: words });
        }
      }
    }
  },
};

/** What is said of a rule. */
interface Verdict {
  readonly words: string | null;
  /** agents were looked at for it */
  readonly agents: boolean;
}

/** What was said of rules, which holds as long as rule, agents and Catalog are the same. */
const VERDICTS: Shared<WeakMap<object, Verdict>> = { id: 'self-approval', kinds: [...AGENTS.kinds, ...CATALOG.kinds], make: () => new WeakMap() };

/** What is to be said of a policy's rules; each is looked at once. */
function verdicts(queries: Queries): (rule: CompiledRule, approval: ApprovalTerms) => string | null {
  const teams = ownersOf(queries);
  const short = shortTeams(queries);
  let known: WeakMap<object, Verdict> | null = null;
  return (rule, { from, count }) => {
    known ??= queries.shared(VERDICTS, CATALOG.kinds);
    let verdict = known.get(rule.same);
    if (!verdict) {
      const teamsShort = short(from, count);
      const team = teamLeft(teamsShort, (owner) => ownedBy(owner, rule, queries, teams));
      verdict = { words: team ? message(from, team, count) : tooFew(from, count, queries.shared(CATALOG)), agents: teamsShort.length > 0 };
      known.set(rule.same, verdict);
    } else if (verdict.agents) queries.agents();
    return verdict.words;
  };
}

/** A team that, if it owns the agent, leaves too few people. */
interface Short {
  readonly team: string;
  readonly left: number;
}

interface Blocked extends Short {
  readonly agent: Agent;
}

/** Agents are asked for only where a team could be one. */
function teamLeft(short: readonly Short[], agentOf: (team: string) => Agent | null): Blocked | null {
  for (const one of short) {
    const found = agentOf(one.team);
    if (found) return { ...one, agent: found };
  }
  return null;
}

/** The teams without whose people too few are left to approve. Many rules ask the same people, so each list is looked at once. */
function shortTeams(queries: Queries): (from: readonly string[], count: number) => readonly Short[] {
  const known = new Map<string, readonly Short[]>();
  return (from, count) => {
    const id = JSON.stringify([from, count]);
    let found = known.get(id);
    if (!found) known.set(id, (found = findShort(from, count, queries.shared(CATALOG))));
    return found;
  };
}

function findShort(from: readonly string[], count: number, known: Catalog): readonly Short[] {
  const { people, complete } = peopleOfAll(from, known);
  if (!complete) return [];
  const found: Short[] = [];
  for (const [team, { members }] of known.teams) {
    if (!members || !members.some((member) => people.includes(member))) continue;
    const left = people.filter((person) => !members.includes(person)).length;
    if (left < count) found.push({ team, left });
  }
  return found;
}

interface Owned {
  readonly agent: Agent;
  /** made when first asked for */
  asker: Asker | null;
}

/** The agents of a team, all and by their roles. */
interface Team {
  readonly all: Owned[];
  readonly byRole: Map<string, Owned[]>;
}

const OWNERS: Shared<ReadonlyMap<string, Team>> = {
  id: 'agents by owner',
  kinds: [...AGENTS.kinds, ...CATALOG.kinds],
  make(workspace) {
    const teams = new Map<string, Team>();
    for (const agent of workspace.shared(AGENTS).all) {
      const owned: Owned = { agent, asker: null };
      for (const owner of agent.owner?.teams ?? []) {
        let team = teams.get(owner);
        if (!team) teams.set(owner, (team = { all: [], byRole: new Map() }));
        team.all.push(owned);
        for (const role of new Set(agent.roles)) {
          const known = team.byRole.get(role);
          if (known) known.push(owned);
          else team.byRole.set(role, [owned]);
        }
      }
    }
    return teams;
  },
};

/** Of the agents only what decisions see of them matters here: their key is asked for, not each document. */
function ownersOf(queries: Queries): Owners {
  return (team, { roles }) => {
    queries.agents();
    const owned = queries.shared(OWNERS, []).get(team);
    if (!owned) return [];
    const named = roles?.literals?.length === 1 ? roles.literals[0] : undefined;
    return named === undefined ? owned.all : (owned.byRole.get(named) ?? []);
  };
}

/** The agents of a team to which a rule could apply by their roles; more, where that is not seen at once. */
type Owners = (team: string, rule: CompiledRule) => readonly Owned[];

const ownedBy = (team: string, one: CompiledRule, queries: Queries, owners: Owners): Agent | null =>
  owners(team, one).find((found) => couldApply(one, (found.asker ??= askerOf(found.agent, queries.shared(CATALOG)))))?.agent ?? null;

/** Where there are too few people whoever owns the agent. */
function tooFew(from: readonly string[], count: number, known: Catalog): string | null {
  const { people, complete } = peopleOfAll(from, known);
  if (!complete || people.length >= count) return null;
  const names = from.map((party) => `\`${party}\``).join(' or ');
  return people.length === 0
    ? `Nobody can approve this: the Catalog names no member of ${names}. Name another team in \`from\`, or the members in the Catalog.`
    : `Too few can approve this: ${count} people are needed, and ${names} ${people.length === 1 ? 'is one person' : `are ${people.length} people`}. Lower \`count\`, or name another team in \`from\`.`;
}

function message(from: readonly string[], { team, agent: found, left }: Blocked, count: number): string {
  const names = from.map((party) => `\`${party}\``).join(' or ');
  return left === 0
    ? `Nobody can approve this for \`${found.name}\`: all members of ${names} are on the owner team \`${team}\`. Name another team in \`from\`.`
    : `Too few can approve this for \`${found.name}\`: of ${names} only ${left} ${left === 1 ? 'person is' : 'people are'} not on the owner team \`${team}\`, and ${count} are needed. Name another team in \`from\`.`;
}
