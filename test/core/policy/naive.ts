// A second evaluator, written from the words of the design alone and for nothing but comparison: no index, no compilation, plain data.
// Conditions are few texts whose outcome (true, false or error) is stated beside them.

export type Outcome = boolean | 'error';
export interface NaiveCondition {
  readonly text: string;
  /** what it needs of the request; null marks a text that cannot be read */
  readonly holds: ((request: NaiveRequest, agent: NaiveAgent, stage: string | undefined) => Outcome) | null;
}
export interface NaiveRule {
  readonly id: string;
  /** as it is written: may be unknown or absent */
  readonly effect?: string;
  readonly agents?: readonly string[];
  readonly roles?: readonly string[];
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly environments?: readonly string[];
  readonly when?: NaiveCondition;
  readonly unless?: NaiveCondition;
  readonly approval?: { readonly from: readonly string[]; readonly count?: number; readonly within?: string; readonly distinct?: boolean };
  readonly obligations?: readonly Record<string, string | readonly string[]>[];
  readonly expires?: string;
  /** a key that does not exist */
  readonly typo?: boolean;
}
export interface NaivePolicy {
  readonly name: string;
  readonly scope?: { readonly agents?: readonly string[]; readonly roles?: readonly string[]; readonly environments?: readonly string[] };
  readonly rules: readonly NaiveRule[];
}
export interface NaiveAgent {
  readonly name: string;
  readonly team: string;
  readonly lifecycle?: string;
  readonly roles?: readonly string[];
  readonly tools: readonly string[];
  readonly data: readonly { readonly source: string; readonly access: readonly string[] }[];
  readonly delegates: readonly string[];
  readonly hosting?: readonly string[];
  readonly approvals?: readonly { readonly gate: string; readonly environment?: string; readonly resources?: readonly string[]; readonly from: readonly string[]; readonly count?: number; readonly expires?: string; readonly records?: readonly NaiveRecord[] }[];
  /** the set of another tool's permissions that governs it */
  readonly governed?: string;
  /** it stands for another tool: it has all tools, and nothing else is known of it */
  readonly implicit?: true;
}
/** What somebody signed: what stands there now, what stood there before, or something else. */
export interface NaiveRecord {
  readonly by: string;
  readonly on: string;
  readonly digest: 'now' | 'before' | 'other';
  readonly expires?: string;
}
/** Permissions of another tool, where they ask for tools alone; what no rule speaks of is asked of the user. */
export interface NaiveSet {
  readonly id: string;
  /** the first that matches decides, else the strictest */
  readonly first: boolean;
  readonly rules: readonly { readonly id: string; readonly tool: string; readonly effect: 'allow' | 'require_approval' | 'deny'; readonly priority: number }[];
}
export interface NaiveRequest {
  readonly agent: string;
  readonly action: string;
  readonly resource: string;
  readonly environment?: string;
  readonly args?: { readonly amount?: number };
  readonly principal?: { readonly id: string };
}
export interface NaiveWorld {
  readonly agents: readonly NaiveAgent[];
  readonly policies: readonly NaivePolicy[];
  readonly environments: Readonly<Record<string, { readonly stage?: string }>>;
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly sets?: readonly NaiveSet[];
}
export interface NaiveDecision {
  readonly effect: string;
  readonly cause: string;
  readonly rules: readonly string[];
  readonly approvals: readonly string[];
  readonly obligations: readonly string[];
  readonly incomplete: boolean;
}

const star = (pattern: string, text: string): boolean => {
  const table = (i: number, j: number): boolean => (i === pattern.length ? j === text.length : pattern[i] === '*' ? table(i + 1, j) || (j < text.length && table(i, j + 1)) : pattern[i] === text[j] && table(i + 1, j + 1));
  return table(0, 0);
};
const inList = (list: readonly string[] | undefined, text: string): boolean => {
  if (!list) return true;
  const yes = list.filter((entry) => !entry.startsWith('!'));
  const no = list.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1));
  return (yes.length === 0 || yes.some((entry) => star(entry, text))) && !no.some((entry) => star(entry, text));
};
const rolesIn = (list: readonly string[] | undefined, roles: readonly string[]): boolean => {
  if (!list) return true;
  const yes = list.filter((entry) => !entry.startsWith('!'));
  const no = list.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1));
  if (roles.length === 0) return yes.length === 0 || yes.includes('*');
  return (yes.length === 0 || roles.some((role) => yes.some((entry) => star(entry, role)))) && !roles.some((role) => no.some((entry) => star(entry, role)));
};

export function decide(world: NaiveWorld, request: NaiveRequest, now: string): NaiveDecision {
  const nothing: NaiveDecision = { effect: 'deny', cause: '', rules: [], approvals: [], obligations: [], incomplete: false };
  const named = world.agents.filter((agent) => agent.name === request.agent);
  if (named.length !== 1) return { ...nothing, cause: named.length === 0 ? 'unknown-agent' : 'ambiguous' };
  const agent = named[0] as NaiveAgent;
  const environment = request.action === 'deploy' ? request.resource.slice(12) : request.environment;
  const known = environment !== undefined && Object.hasOwn(world.environments, environment);
  const stage = known ? world.environments[environment]?.stage : undefined;
  const lifecycle = agent.lifecycle ?? 'draft';
  let refused = '';
  if (!agent.implicit && (lifecycle === 'suspended' || lifecycle === 'retired' || (lifecycle === 'draft' && (stage === undefined || stage === 'production')))) refused = 'lifecycle';
  else if (!declares(agent, request) || (agent.hosting && environment !== undefined && !agent.hosting.includes(environment))) refused = 'undeclared';

  const matched: { id: string; effect: string; rule: NaiveRule; malformed: boolean; nobody: boolean }[] = [];
  let incomplete = false;
  for (const policy of world.policies) {
    for (const rule of policy.rules) {
      const effect = ['allow', 'deny', 'require_approval', 'oblige'].includes(rule.effect ?? '') ? (rule.effect as string) : 'deny';
      if (refused !== '' && effect !== 'oblige') continue;
      const wrongApproval = (effect === 'require_approval') !== (rule.approval !== undefined);
      const noObligations = effect === 'oblige' && !rule.obligations;
      const bare = effect === 'allow' && (!rule.actions || !rule.resources);
      const malformed = rule.typo === true || effect !== rule.effect || wrongApproval || noObligations || bare || rule.when?.holds === null || rule.unless?.holds === null;
      const nowhere = environment === undefined || (Object.keys(world.environments).length > 0 && !known);
      const place = (list: readonly string[] | undefined): boolean => !list || (nowhere ? effect !== 'allow' : inList(list, environment as string));
      const roles = agent.roles ?? [];
      if (!inList(policy.scope?.agents, agent.name) || !rolesIn(policy.scope?.roles, roles) || !place(policy.scope?.environments)) continue;
      if (!inList(rule.agents, agent.name) || !rolesIn(rule.roles, roles) || !place(rule.environments)) continue;
      if (!inList(rule.actions, request.action) || !inList(rule.resources, request.resource)) continue;
      if (rule.expires && now > `${rule.expires}T23:59:59.999Z`) continue;
      const when: Outcome = rule.when?.holds ? rule.when.holds(request, agent, stage) : true;
      const unless: Outcome = rule.unless?.holds ? rule.unless.holds(request, agent, stage) : false;
      const result: Outcome = when === false || unless === true ? false : when === 'error' || unless === 'error' ? 'error' : true;
      const applies = effect === 'allow' ? result === true : result !== false;
      if (!applies) continue;
      incomplete ||= malformed;
      if (effect === 'allow' && malformed) continue;
      matched.push({ id: `${policy.name}/${rule.id}`, effect, rule, malformed, nobody: wrongApproval });
    }
  }
  // the strictest over the sets: that of the workspace takes part once it has a policy, those of other tools for the agents that they govern
  const results: { readonly effect: string; readonly rules: readonly { readonly id: string; readonly approval?: NaiveRule['approval'] | undefined }[]; readonly approval?: { readonly id: string; readonly from: readonly string[] } }[] = [];
  if (world.policies.length > 0) {
    const effect = EFFECTS.find((one) => matched.some((rule) => rule.effect === one)) ?? 'deny';
    results.push({ effect, rules: matched.filter((one) => one.effect === effect).map((one) => ({ id: one.id, approval: one.nobody ? { from: [] } : one.rule.approval })) });
  }
  const set = world.sets?.find(({ id }) => id === agent.governed);
  if (set && request.resource.startsWith('tool:')) {
    const fitting = set.rules.filter((one) => star(`tool:${one.tool}`, request.resource)).sort((a, b) => b.priority - a.priority);
    const effect = set.first ? fitting[0]?.effect : EFFECTS.find((one) => fitting.some((rule) => rule.effect === one));
    const rules = set.first ? fitting.slice(0, 1) : fitting.filter((one) => one.effect === effect);
    results.push({ effect: effect ?? 'require_approval', rules: rules.map(({ id }) => ({ id, approval: { from: ['user'] } })), ...(effect ? {} : { approval: { id: set.id, from: ['user'] } }) });
  }
  const strongest = EFFECTS.find((one) => results.some((result) => result.effect === one)) ?? 'deny';
  const gates = refused === '' && strongest !== 'deny'
    ? (agent.approvals ?? []).map((gate, index) => ({ gate, id: `${agent.name}#approvals/${index}` })).filter(({ gate }) => gate.gate === request.action && inList(gate.resources, request.resource) && (gate.environment === undefined || environment === undefined || gate.environment === environment) && !signed(gate, agent, world, now))
    : [];
  const effect = refused !== '' ? 'deny' : gates.length > 0 ? 'require_approval' : strongest;
  const united = results.filter((one) => one.effect === effect);
  const deciding = refused === '' ? united.flatMap((one) => one.rules) : [];
  const cause = refused !== '' ? refused : deciding.length > 0 || gates.length > 0 ? 'rule' : 'default';
  const asked = effect === 'require_approval'
    ? [...deciding.map(({ id, approval }) => ({ id, ...(approval ?? { from: [] }) })), ...united.flatMap(({ approval }) => approval ?? []), ...gates.map(({ gate, id }) => ({ id, from: gate.from, ...(gate.count === undefined ? {} : { count: gate.count }) }))]
    : [];
  const approvals = new Map<string, string>();
  for (const one of asked.sort((a, b) => (a.id < b.id ? -1 : 1)) as ({ id: string } & NonNullable<NaiveRule['approval']>)[]) {
    const terms = JSON.stringify([[...new Set(one.from)].sort(), one.count ?? 1, one.within ?? null, one.distinct ?? false]);
    const owners = world.teams[agent.team] ?? [];
    const people = [...new Set(one.from.flatMap((party) => world.teams[party] ?? []))].filter((person) => !owners.includes(person) && person !== request.principal?.id).sort();
    if (!approvals.has(terms)) approvals.set(terms, `${one.id} ${terms} ${people.join(' ')}`);
  }
  return {
    effect, cause,
    rules: cause === 'rule' ? [...deciding.map((one) => one.id), ...gates.map((gate) => gate.id)].sort() : [],
    approvals: [...approvals.values()].sort(), obligations: obligations(matched.map((one) => one.rule), effect === 'deny'), incomplete,
  };
}

const EFFECTS = ['deny', 'require_approval', 'allow'];
const DAY = 86_400_000;

/** Enough people have signed what stands there now, and may. */
function signed(gate: NonNullable<NaiveAgent['approvals']>[number], agent: NaiveAgent, { teams }: NaiveWorld, now: string): boolean {
  const valid = (gate.records ?? []).filter(({ by, on, digest, expires }) => {
    const ends = [...(expires === undefined ? [] : [`${expires}T23:59:59.999Z`]), ...(gate.expires === undefined ? [] : [`${new Date(Date.parse(on) + Number.parseInt(gate.expires, 10) * DAY).toISOString().slice(0, 10)}T23:59:59.999Z`])];
    return digest === 'now' && `${on}T00:00:00.000Z` <= now && ends.every((end) => now <= end) && gate.from.some((team) => teams[team]?.includes(by)) && !(teams[agent.team] ?? []).includes(by);
  });
  return new Set(valid.map(({ by }) => by)).size >= (gate.count ?? 1);
}

function declares(agent: NaiveAgent, { action, resource }: NaiveRequest): boolean {
  if (agent.implicit) return action === 'call' || action === 'delegate';
  const id = resource.slice(resource.indexOf(':') + 1);
  if (action === 'call') return agent.tools.some((tool) => !tool.startsWith('!')) && inList(agent.tools, id);
  if (action === 'delegate') return agent.delegates.includes(id);
  if (action === 'deploy') return agent.hosting?.includes(id) ?? false;
  return agent.data.some((use) => use.source === id && use.access.includes(action));
}

function obligations(rules: readonly NaiveRule[], denied: boolean): readonly string[] {
  const all = rules.flatMap((rule) => rule.obligations ?? []).flatMap((one) => Object.entries(one)).filter(([name]) => !denied || ['log', 'notify', 'ticket'].includes(name));
  const levels = all.filter(([name]) => name === 'log').map(([, value]) => ['none', 'summary', 'full'].indexOf(value as string));
  const redact = all.filter(([name]) => name === 'redact').flatMap(([, value]) => value);
  const rest = all.filter(([name]) => name !== 'log' && name !== 'redact').map(([name, value]) => `${name} ${typeof value === 'string' ? value : [...value].sort().join(',')}`);
  return [
    ...(levels.length > 0 ? [`log ${['none', 'summary', 'full'][Math.max(...levels)]}`] : []),
    ...(redact.length > 0 ? [`redact ${[...new Set(redact)].sort().join(',')}`] : []),
    ...new Set(rest),
  ].sort();
}
