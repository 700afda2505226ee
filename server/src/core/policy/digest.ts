// What an approver signs: the manifest, the files that run, the rules that can match the agent, and what the Catalog says of what they name.
import { print, variablesReached } from '../conditions';
import type { Action } from '../documents';
import { ACTIONS, parseParty } from '../documents';
import type { Agent, Catalog } from '../model';
import { patternList, patternsOverlap } from '../text';
import type { DocumentFacts, Workspace } from '../workspace';
import type { PlainValue } from '../yaml';
import { canonicalJson } from './canonical-json';
import { fitsAgent } from './match';
import type { NameMatcher } from './names';
import type { CompiledPolicy, CompiledRule } from './rule';
import { sha256 } from './sha256';

type Plain = { [key: string]: PlainValue };

/** `sha256:` and 64 hexadecimal digits. */
export function digestOf(agent: Agent, workspace: Workspace, policies: readonly CompiledPolicy[], catalog: Catalog): string {
  return `sha256:${sha256(canonicalJson(signed(agent, workspace, policies, catalog)))}`;
}

/** What the digest is made from, for those who show what has changed. */
export function signed(agent: Agent, workspace: Workspace, policies: readonly CompiledPolicy[], catalog: Catalog): PlainValue {
  const document = workspace.facts(agent.path)?.documents.find((d) => d.index === agent.document) ?? null;
  const rules = policies.flatMap((policy) => policy.rules).filter((rule) => canMatch(rule, agent));
  const variables: Plain = {};
  // those that the rules use, themselves or through others
  for (const { policy, when, unless } of rules) {
    for (const name of [when, unless].flatMap((check) => (check ? [...variablesReached(check.ast, policy.variables)] : []))) {
      const place = policy.variablePlaces.get(name);
      if (place) set(variables, `${policy.name}/${name}`, normalisedCondition(policy.variables.get(name) ?? null, place.node.text));
    }
  }
  const definitions: Plain = {};
  for (const path of agent.definition) {
    const text = workspace.text(path);
    // the same file checked out with other line ends is the same file
    set(definitions, path, text === null ? null : sha256(text.replaceAll('\r\n', '\n')));
  }
  const entries: Plain = {};
  for (const key of named(agent, document, rules, catalog)) set(entries, key, catalog.entries.get(key) ?? null);
  return { manifest: document ? withoutRecords(document.value) : null, definitions, rules: rules.map(normalisedRule).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1)), variables, catalog: entries };
}

function withoutRecords(value: PlainValue): PlainValue {
  const spec = isMap(value) ? value.spec : undefined;
  if (!isMap(value) || spec === undefined || !isMap(spec) || !Array.isArray(spec.approvals)) return value;
  const approvals = spec.approvals.map((gate) => (isMap(gate) ? without(gate, 'records') : gate));
  return { ...value, spec: { ...spec, approvals } };
}

/** What an agent declares, as patterns over `type:id` with the actions that it may do there; names apart from those with `*`. */
export interface Uses {
  readonly named: ReadonlyMap<string, readonly Action[]>;
  readonly wild: readonly (readonly [pattern: string, action: Action])[];
}

export function usesOf(agent: Agent): Uses {
  const named = new Map<string, Action[]>();
  const wild: [string, Action][] = [];
  for (const action of ACTIONS) {
    for (const pattern of declaredPatterns(agent, action)) {
      const known = named.get(pattern);
      if (pattern.includes('*')) wild.push([pattern, action]);
      else if (known) known.push(action);
      else named.set(pattern, [action]);
    }
  }
  return { named, wild };
}

/** Whether the rule can say anything of what the agent may ask for. `uses`: of the agent, for those who ask often. */
export function canMatch(rule: CompiledRule, agent: Agent, uses: Uses = usesOf(agent)): boolean {
  return fitsAgent(rule, agent.name, agent.roles) && speaksOf(rule, uses);
}

/** Whether the rule, whatever agents it is for, can say anything of one of these uses. */
export function speaksOf(rule: CompiledRule, uses: Uses): boolean {
  const acts = (action: Action): boolean => rule.actions === null || rule.actions.matches(action);
  for (const [pattern, action] of uses.wild) if (acts(action) && mayMatch(rule.resources, pattern)) return true;
  const literals = rule.resources?.literals;
  if (literals) return literals.some((name) => uses.named.get(name)?.some(acts) ?? false);
  for (const [name, actions] of uses.named) if (actions.some(acts) && mayMatch(rule.resources, name)) return true;
  return false;
}

/** Patterns over `type:id` of what the agent declares. */
function declaredPatterns(agent: Agent, action: Action): readonly string[] {
  switch (action) {
    case 'call':
      return agent.tools.map((grant) => `tool:${grant.pattern}`);
    case 'read':
    case 'write':
    case 'delete':
      return agent.data.filter((use) => use.access.includes(action)).map((use) => `data:${use.source}`);
    case 'delegate':
      return agent.delegates.map((grant) => `agent:${grant.pattern}`);
    case 'invoke':
      return agent.models.map((model) => `model:${model.id}`);
    case 'respond':
      return agent.outputs.map((channel) => `channel:${channel}`);
    case 'deploy':
      return (agent.hosting ?? []).map((environment) => `environment:${environment}`);
  }
}

function mayMatch(resources: NameMatcher | null, declared: string): boolean {
  if (resources === null || resources.exclusionsOnly) return true;
  for (const source of resources.sources) if (!source.startsWith('!') && patternsOverlap(source, declared)) return true;
  return false;
}

function normalisedRule(rule: CompiledRule): PlainValue {
  const names = (matcher: NameMatcher | null): PlainValue => (matcher ? [...new Set(matcher.sources)].sort() : null);
  const { scope } = rule.policy;
  return {
    id: rule.id, effect: rule.effect, malformed: rule.malformed ? [...rule.malformed.absent].sort() : false,
    scope: { agents: names(scope.agents), roles: names(scope.roles), environments: names(scope.environments) },
    agents: names(rule.agents), roles: names(rule.roles), actions: names(rule.actions), resources: names(rule.resources), environments: names(rule.environments),
    when: rule.when ? print(rule.when.ast) : null, unless: rule.unless ? print(rule.unless.ast) : null, expires: rule.expiresText,
    approval: rule.approval ? { ...rule.approval, from: [...rule.approval.from].sort() } : null,
    obligations: rule.obligations.map(({ name, value }) => ({ [name]: typeof value === 'string' ? value : [...value].sort() })),
  };
}

const normalisedCondition = (ast: Parameters<typeof print>[0] | null, text: string): string => (ast ? print(ast) : text);

const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['team', 'teams'], ['person', 'people'], ['role', 'roles'], ['environment', 'environments'], ['region', 'regions'], ['server', 'servers'], ['tool', 'tools'], ['data', 'data'],
  ['model', 'models'], ['channel', 'channels'], ['system', 'systems'], ['integration', 'integrations'],
]);

/** The Catalog entries that manifest, governed files and rules name, as `section/name`. What a rule names by a pattern counts as far as the agent uses it. */
function named(agent: Agent, document: DocumentFacts | null, rules: readonly CompiledRule[], catalog: Catalog): readonly string[] {
  const found = new Set<string>();
  const add = (section: string, name: string): void => {
    if (catalog.entries.has(`${section}/${name}`)) found.add(`${section}/${name}`);
  };
  const addMatching = (section: string, matches: (name: string) => boolean): void => {
    for (const key of catalog.entries.keys()) if (key.startsWith(`${section}/`) && matches(key.slice(section.length + 1))) found.add(key);
  };
  const party = (written: string): void => {
    const { kind, name } = parseParty(written);
    if (kind === 'person') add('people', name);
    else if (kind !== 'user') addMatching('teams', (team) => team === name || (kind === 'any' && catalog.teams.get(team)?.oncall === name));
  };
  for (const reference of document?.references ?? []) {
    if (reference.path.includes('records') || reference.negated) continue;
    if (reference.kind === 'party') party(reference.name);
    const section = SECTIONS.get(reference.kind);
    if (section && !reference.pattern) add(section, reference.name);
  }
  if (agent.tools.length > 0) {
    const tools = patternList([...agent.tools.map((grant) => grant.pattern), ...agent.except.map((entry) => `!${entry}`)]);
    addMatching('tools', tools.matches);
    for (const key of [...found]) if (key.startsWith('tools/')) add('servers', key.slice(6).split('/')[0] ?? '');
  }
  for (const { source } of agent.data) {
    add('data', source);
    const integration = catalog.data.get(source)?.integration;
    if (integration) add('integrations', integration);
  }
  for (const channel of [...agent.inputs.map((input) => input.channel), ...agent.outputs]) add('channels', channel);
  for (const environment of agent.hosting ?? []) add('environments', environment);
  for (const model of agent.models) addMatching('models', (name) => patternList([name]).matches(model.id));
  if (agent.owner) add('teams', agent.owner.team);
  for (const rule of rules) {
    for (const written of rule.approval?.from ?? []) party(written);
    for (const matcher of [rule.policy.scope.environments, rule.environments]) for (const name of matcher?.sources ?? []) add('environments', name.replace(/^!/, ''));
    for (const matcher of [rule.policy.scope.roles, rule.roles]) for (const name of matcher?.sources ?? []) add('roles', name.replace(/^!/, ''));
    for (const { name, value } of rule.obligations) if (name === 'notify' && typeof value !== 'string') value.forEach(party);
  }
  return [...found].sort();
}

const isMap = (value: PlainValue): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
const set = (map: Plain, key: string, value: PlainValue): void => void Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
const without = (map: Plain, key: string): Plain => Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
