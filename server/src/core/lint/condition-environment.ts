// What the conditions of a document see: the roots with the types that the workspace's declarations give them.
import { ACTIONS, RESOURCE_TYPES, inDependencyOrder, inferVariables, parseCondition, policyEnvironment, standardEnvironment, variablesReached, type Expr, type Parse, type PolicyFacts, type ResourceType, type Type, type TypeEnvironment } from '../conditions';
import { pattern, patternList } from '../text';
import type { Path, PlainValue } from '../yaml';
import type { DocumentFacts, Queries } from '../workspace';
import { manifestSchema } from './manifest-schema';
import { list, specOf, table, text } from './rules/values';

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
  const facts = factsOfRules(document, null, queries);
  const types = inferVariables(asts, inDependencyOrder(asts), (known) => policyEnvironment({ ...facts, variables: known }));
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

/** The environments of a Policy's conditions by their paths (`spec/rules/2/when`, `spec/variables/large`); alike ones are made once. */
export function policyEnvironments(document: DocumentFacts, variables: PolicyVariables, queries: Queries): (path: Path) => TypeEnvironment {
  const made = new Map<string, TypeEnvironment>();
  const rules = document.kind === 'Policy' ? list(specOf(document.value).rules).map(table) : [];
  return (path) => {
    const variable = path[1] === 'variables' ? (variables.users.get(String(path[2])) ?? []) : null;
    const indexes = variable ?? [Number(path[2])];
    const id = JSON.stringify(indexes.map((i) => [rules[i]?.agents, rules[i]?.actions, rules[i]?.resources]));
    let env = made.get(id);
    if (!env) made.set(id, (env = policyEnvironment({ ...factsOfRules(document, indexes, queries), variables: variables.types })));
    return env;
  };
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

/** What the matchers of some rules leave open together; of no rule, or null, everything. */
function factsOfRules(document: DocumentFacts, rules: readonly number[] | null, queries: Queries): PolicyFacts {
  const [first, ...rest] = (rules && rules.length > 0 ? rules : [null]).map((rule) => factsOfRule(document, rule, queries));
  return rest.reduce<PolicyFacts>(
    (a, b) => ({
      resourceTypes: a.resourceTypes && b.resourceTypes && RESOURCE_TYPES.filter((t) => a.resourceTypes?.includes(t) || b.resourceTypes?.includes(t)),
      actions: a.actions && b.actions && ACTIONS.filter((t) => a.actions?.includes(t) || b.actions?.includes(t)),
      inputs: a.inputs && b.inputs ? [...new Set([...a.inputs, ...b.inputs])] : null,
      agentsLack: [...new Set([...(a.agentsLack ?? []), ...(b.agentsLack ?? [])])],
    }),
    first ?? {},
  );
}

function factsOfRule(document: DocumentFacts, rule: number | null, queries: Queries): PolicyFacts {
  const spec = specOf(document.value);
  const own = rule === null ? {} : table(list(spec.rules)[rule]);
  const agents = [strings(table(spec.scope).agents), strings(own.agents)].filter((p) => p.length > 0).map(patternList);
  const loose = queries.looseAgents().some((d) => agents.every((p) => p.matches(d.name)));
  const resources = strings(own.resources);
  const actions = strings(own.actions);
  const resourceTypes = resources.length > 0 ? RESOURCE_TYPES.filter((type) => mayMatch(resources, type)) : undefined;
  return {
    ...(resourceTypes && resourceTypes.length > 0 ? { resourceTypes } : {}),
    ...(actions.length > 0 ? { actions: ACTIONS.filter((a) => patternList(actions).matches(a)) } : {}),
    inputs: rule === null ? null : inputsOf(resources, queries),
    // agents of other tools have neither, unless a manifest governs them
    agentsLack: loose ? ['lifecycle', 'team'] : [],
  };
}

const strings = (value: PlainValue | undefined): string[] => list(value).filter((v): v is string => typeof v === 'string');

function mayMatch(resources: readonly string[], type: ResourceType): boolean {
  const included = resources.filter((r) => !r.startsWith('!'));
  return included.length === 0 || included.some((r) => r === '*' || r.startsWith(`${type}:`) || (r.includes('*') && !r.slice(0, r.indexOf('*')).includes(':') && pattern(`${r.slice(0, r.indexOf('*'))}*`).matches(`${type}:`)));
}

/** The inputs of all declared tools that the resources can match; null where one of them has none, or where tools may match that nothing declares. */
function inputsOf(resources: readonly string[], queries: Queries): readonly PlainValue[] | null {
  const matcher = resources.length > 0 ? patternList(resources) : null;
  const exact = resources.every((r) => r.startsWith('tool:') && !r.includes('*'));
  const inputs: PlainValue[] = [];
  const tools = exact && resources.length > 0 ? resources.map((r) => queries.find('tool', r.slice(5))[0] ?? null) : queries.all('tool').filter((t) => !matcher || matcher.matches(`tool:${t.name}`));
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
