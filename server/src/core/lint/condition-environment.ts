// What the conditions of a document see: the roots with the types that the workspace's declarations give them.
import { ACTIONS, RESOURCE_TYPES, inDependencyOrder, inferVariables, parseCondition, policyEnvironment, standardEnvironment, variablesReached, type Expr, type Parse, type PolicyFacts, type ResourceType, type Type, type TypeEnvironment } from '../conditions';
import { pattern, patternList } from '../text';
import type { Path, PlainValue } from '../yaml';
import type { Declared, DocumentFacts, Queries } from '../workspace';
import type { ConditionMemo } from './condition-memo';
import { manifestSchema } from './manifest-schema';
import { list, specOf, table, text, type Table } from './rules/values';

/** A policy's variables, parsed once a document. */
export interface PolicyVariables {
  readonly asts: ReadonlyMap<string, Expr | null>;
  readonly types: ReadonlyMap<string, Type>;
  /** the rules (by index) that use a variable, directly or through others */
  readonly users: ReadonlyMap<string, readonly number[]>;
}

export function policyVariables(document: DocumentFacts, queries: Queries, parse: Parse = parseCondition): PolicyVariables {
  const asts = new Map<string, Expr | null>();
  const sources = document.kind === 'Policy' ? table(specOf(document.value).variables) : {};
  for (const [name, source] of Object.entries(sources)) asts.set(name, typeof source === 'string' ? parse(source).ast : null);
  if (asts.size === 0) return { asts, types: new Map(), users: new Map() };
  const users = variableUsers(document, asts, parse);
  const { facts } = factsOfRules(specOf(document.value), [], queries, () => []);
  const types = inferVariables(asts, inDependencyOrder(asts), (known) => policyEnvironment({ ...facts(), variables: known }));
  return { asts, types, users };
}

/** Which rules use a variable, directly or through others. */
function variableUsers(document: DocumentFacts, asts: ReadonlyMap<string, Expr | null>, parse: Parse): ReadonlyMap<string, readonly number[]> {
  const users = new Map<string, number[]>();
  list(specOf(document.value).rules).forEach((rule, index) => {
    for (const key of ['when', 'unless']) {
      const source = text(table(rule)[key]);
      const ast = source === null ? null : parse(source).ast;
      for (const name of ast ? variablesReached(ast, asts) : []) {
        const known = users.get(name) ?? [];
        if (!known.includes(index)) users.set(name, [...known, index]);
      }
    }
  });
  return users;
}

/**
 * The environments of a Policy's conditions by their paths (`spec/rules/2/when`, `spec/variables/large`). Alike ones are one, also
 * from one check to the next where a memo is given.
 */
export function policyEnvironments(document: DocumentFacts, variables: PolicyVariables, queries: Queries, memo?: ConditionMemo): (path: Path) => TypeEnvironment {
  const spec = document.kind === 'Policy' ? specOf(document.value) : {};
  const rules = list(spec.rules).map(table);
  const tools = toolsOf(queries);
  const made = new Map<string, TypeEnvironment>();
  const common = JSON.stringify([table(spec.scope).agents, spec.variables]);
  return (path) => {
    const variable = path[1] === 'variables' ? (variables.users.get(String(path[2])) ?? []) : null;
    const indexes = variable ?? [Number(path[2])];
    const id = indexes.map((i) => matchersOf(rules[i], memo)).join(' ');
    const known = made.get(id);
    if (known) return known;
    const { facts, loose } = factsOfRules(spec, indexes, queries, tools);
    const make = (): TypeEnvironment => policyEnvironment({ ...facts(), variables: variables.types });
    const env = memo ? memo.environment(`${queries.version('tool')} ${loose} ${common} ${id}`, make) : make();
    made.set(id, env);
    return env;
  };
}

/** What tells apart the rules whose conditions see something else. */
function matchersOf(rule: Table | undefined, memo: ConditionMemo | undefined): string {
  const known = rule && memo?.matchers.get(rule);
  if (known !== undefined) return known;
  const id = JSON.stringify([rule?.agents, rule?.actions, rule?.resources]);
  if (rule) memo?.matchers.set(rule, id);
  return id;
}

/** The environment of a Standard's conditions. */
export const environmentOfStandard = (): TypeEnvironment => STANDARD;

/** the same for every Standard */
const STANDARD = standardEnvironment({ manifest: manifestSchema(), agentsLack: ['lifecycle', 'team'] });

/** The environment of the condition at a path of a document, or null where none stands. */
export function environmentAt(document: DocumentFacts, path: Path, queries: Queries): TypeEnvironment | null {
  if (document.kind === 'Policy') return policyEnvironments(document, policyVariables(document, queries), queries)(path);
  return document.kind === 'Standard' ? environmentOfStandard() : null;
}

interface RuleFacts {
  /** true where an agent of another tool's file can match */
  readonly loose: boolean;
  readonly facts: () => PolicyFacts;
}

/** What the matchers of some rules leave open together; of no rule, everything. All that it rests on is asked for at once, the facts are made when called for. */
function factsOfRules(spec: Table, rules: readonly number[], queries: Queries, tools: Tools): RuleFacts {
  const all = (rules.length > 0 ? rules : [null]).map((rule) => factsOfRule(spec, rule, queries, tools));
  const join = (a: PolicyFacts, b: PolicyFacts): PolicyFacts => ({
    resourceTypes: a.resourceTypes && b.resourceTypes && RESOURCE_TYPES.filter((t) => a.resourceTypes?.includes(t) || b.resourceTypes?.includes(t)),
    actions: a.actions && b.actions && ACTIONS.filter((t) => a.actions?.includes(t) || b.actions?.includes(t)),
    inputs: a.inputs && b.inputs ? [...new Set([...a.inputs, ...b.inputs])] : null,
    agentsLack: [...new Set([...(a.agentsLack ?? []), ...(b.agentsLack ?? [])])],
  });
  return { loose: all.some((f) => f.loose), facts: () => all.map((f) => f.facts()).reduce(join) };
}

function factsOfRule(spec: Table, rule: number | null, queries: Queries, tools: Tools): RuleFacts {
  const own = rule === null ? {} : table(list(spec.rules)[rule]);
  const agents = [strings(table(spec.scope).agents), strings(own.agents)].filter((p) => p.length > 0);
  const looseAgents = queries.looseAgents();
  const loose = looseAgents.length > 0 && agents.map(patternList).every((p) => looseAgents.some((d) => p.matches(d.name)));
  const resources = strings(own.resources);
  const matching = rule === null ? [] : tools(resources);
  const facts = (): PolicyFacts => {
    const actions = strings(own.actions);
    const resourceTypes = resources.length > 0 ? RESOURCE_TYPES.filter((type) => mayMatch(resources, type)) : undefined;
    return {
      ...(resourceTypes && resourceTypes.length > 0 ? { resourceTypes } : {}),
      ...(actions.length > 0 ? { actions: ACTIONS.filter((a) => patternList(actions).matches(a)) } : {}),
      inputs: rule === null ? null : inputsOf(matching),
      // agents of other tools have neither, unless a manifest governs them
      agentsLack: loose ? ['lifecycle', 'team'] : [],
    };
  };
  return { loose, facts };
}

const strings = (value: PlainValue | undefined): string[] => list(value).filter((v): v is string => typeof v === 'string');

function mayMatch(resources: readonly string[], type: ResourceType): boolean {
  const included = resources.filter((r) => !r.startsWith('!'));
  return included.length === 0 || included.some((r) => r === '*' || r.startsWith(`${type}:`) || (r.includes('*') && !r.slice(0, r.indexOf('*')).includes(':') && pattern(`${r.slice(0, r.indexOf('*'))}*`).matches(`${type}:`)));
}

/** The declared tools that resources can match; null for one that is named and not declared. */
type Tools = (resources: readonly string[]) => readonly (Declared | null)[];

function toolsOf(queries: Queries): Tools {
  let all: readonly Declared[] | null = null;
  return (resources) => {
    const exact = resources.length > 0 && resources.every((r) => r.startsWith('tool:') && !r.includes('*'));
    if (exact) return resources.map((r) => queries.find('tool', r.slice(5))[0] ?? null);
    const matcher = resources.length > 0 ? patternList(resources) : null;
    return (all ??= queries.all('tool')).filter((t) => !matcher || matcher.matches(`tool:${t.name}`));
  };
}

/** The inputs of tools; null where one has none, so that arguments cannot be judged. */
function inputsOf(tools: readonly (Declared | null)[]): readonly PlainValue[] | null {
  const inputs: PlainValue[] = [];
  for (const tool of tools) {
    const input = table(tool?.value).input;
    if (input === undefined || input === null) return null;
    inputs.push(input);
  }
  return inputs.length > 0 ? inputs : null;
}

/** The effect that a rule has when it is read: a missing or unknown one counts as `deny`. */
export const effectOf = (document: DocumentFacts, rule: number): string => {
  const effect = text(table(list(specOf(document.value).rules)[rule]).effect);
  return effect !== null && ['allow', 'require_approval', 'deny', 'oblige'].includes(effect) ? effect : 'deny';
};
