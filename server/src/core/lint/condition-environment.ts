// What the conditions of a document see: the roots with the types that the workspace's declarations give them.
import { ACTIONS, RESOURCE_TYPES, inDependencyOrder, inferVariables, parseCondition, policyEnvironment, standardEnvironment, type Expr, type PolicyFacts, type ResourceType, type Type, type TypeEnvironment } from '../conditions';
import { pattern, patternList } from '../text';
import type { Path, PlainValue } from '../yaml';
import type { DocumentFacts, Queries } from '../workspace';
import { manifestSchema } from './manifest-schema';
import { list, specOf, table, text } from './rules/values';

/** A policy's variables, parsed once a document. */
export interface PolicyVariables {
  readonly asts: ReadonlyMap<string, Expr | null>;
  readonly types: ReadonlyMap<string, Type>;
}

export function policyVariables(document: DocumentFacts, queries: Queries): PolicyVariables {
  const asts = new Map<string, Expr | null>();
  for (const [name, source] of Object.entries(table(specOf(document.value).variables))) asts.set(name, typeof source === 'string' ? parseCondition(source).ast : null);
  if (asts.size === 0) return { asts, types: new Map() };
  const facts = policyFacts(document, null, queries);
  const types = inferVariables(asts, inDependencyOrder(asts), (known) => policyEnvironment({ ...facts, variables: known }));
  return { asts, types };
}

/** The environment of the condition at a path of a Policy (`spec/rules/2/when`, `spec/variables/large`). */
export function environmentOfPolicy(document: DocumentFacts, path: Path, variables: PolicyVariables, queries: Queries): TypeEnvironment {
  const rule = path[1] === 'rules' && typeof path[2] === 'number' ? path[2] : null;
  return policyEnvironment({ ...policyFacts(document, rule, queries), variables: variables.types });
}

/** The environment of a Standard's conditions. */
export const environmentOfStandard = (): TypeEnvironment => STANDARD;

/** the same for every Standard */
const STANDARD = standardEnvironment({ manifest: manifestSchema(), agentsLack: ['lifecycle', 'team'] });

/** The environment of the condition at a path of a document, or null where none stands. */
export function environmentAt(document: DocumentFacts, path: Path, queries: Queries): TypeEnvironment | null {
  if (document.kind === 'Policy') return environmentOfPolicy(document, path, policyVariables(document, queries), queries);
  return document.kind === 'Standard' ? environmentOfStandard() : null;
}

/** What a rule's matchers leave open; of a variable (`rule` null) what any rule of the policy may see. */
function policyFacts(document: DocumentFacts, rule: number | null, queries: Queries): PolicyFacts {
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
