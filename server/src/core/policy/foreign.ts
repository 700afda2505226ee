// Permissions of other tools as policy sets: the same rules as those of policies, with a question about arguments where those have conditions.
import { compileVariables } from '../conditions';
import type { PlacedRule } from '../formats';
import { governsAgent, type PermissionSet } from '../workspace';
import { nameMatcher } from './names';
import type { ApprovalTerms, CompiledPolicy, CompiledRule } from './rule';
import type { PolicySet } from './set';

/** Who is asked where a tool asks: whoever runs the agent. */
const ASK: ApprovalTerms = { from: ['user'], count: 1, within: null, distinct: false };

/** Ids are shown and compared; a rule of a thousand characters is told by its beginning and its place. */
const MAX_ID = 200;

export function foreignSet(set: PermissionSet): PolicySet {
  const policies = new Map<string, CompiledPolicy & { readonly rules: CompiledRule[] }>();
  const compiled = (placed: PlacedRule): CompiledRule => {
    let policy = policies.get(placed.path);
    if (!policy) policies.set(placed.path, (policy = policyOf(placed.path, placed.format)));
    const rule = ruleOf(placed, policy);
    policy.rules.push(rule);
    return rule;
  };
  const live = (rules: readonly PlacedRule[]): readonly CompiledRule[] => rules.filter(({ rule }) => rule.ignored === null).map(compiled);
  const { effect, words, span, path, format } = set.default;
  const rules = live(set.rules);
  const otherwise = live(set.otherwise);
  return {
    id: set.id, order: set.order, rules, otherwise, unknown: set.unknown,
    default: { effect, approval: effect === 'require_approval' ? ASK : null, place: { id: `${format}/default`, file: path, span: span ?? { start: 0, end: 0 }, words } },
    covers: nameMatcher(set.covers),
    opaque: rules.some((rule) => rule.where !== null) || otherwise.some((rule) => rule.where !== null),
    governs: (agent) => agent !== null && governsAgent(set, agent),
  };
}

function policyOf(path: string, format: string): CompiledPolicy & { readonly rules: CompiledRule[] } {
  return {
    name: format, path, document: 0, owner: null, broken: false, scope: { agents: null, roles: null, environments: null }, rules: [],
    variables: new Map(), reader: compileVariables(new Map()), variablePlaces: new Map(),
  };
}

function ruleOf({ path, rule }: PlacedRule, policy: CompiledPolicy): CompiledRule {
  const { written, span, effect, actions, resources, agents, where } = rule;
  return {
    id: `${policy.name}/${written.length > MAX_ID ? `${written.slice(0, MAX_ID - 1)}…` : written}`, policy, index: policy.rules.length, file: path, span, idSpan: span,
    effect, malformed: null, never: false, agents: agents && nameMatcher(agents), roles: null, environments: null,
    actions: nameMatcher(actions), resources: nameMatcher(resources), when: null, unless: null, where,
    expires: Infinity, expiresText: null, approval: effect === 'require_approval' ? ASK : null, obligations: [], reason: null, owner: null,
  };
}
