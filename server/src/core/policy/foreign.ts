// Permissions of other tools as policy sets: the same rules as those of policies, with a question about arguments where those have conditions.
import { compileVariables } from '../conditions';
import type { ArgumentTest, PlacedRule, TestResult } from '../formats';
import { governsAgent, type PermissionSet } from '../workspace';
import { nameMatcher } from './names';
import type { ApprovalTerms, CompiledPolicy, CompiledRule } from './rule';
import type { PolicySet } from './set';
import { sha256 } from './sha256';

/** Who is asked where a tool asks: whoever runs the agent. */
const ASK: ApprovalTerms = { from: ['user'], count: 1, within: null, distinct: false };

/** Ids are shown and compared; a rule of a thousand characters is told by its beginning and its place. */
const MAX_ID = 200;
const short = (text: string): string => (text.length > MAX_ID ? `${text.slice(0, MAX_ID - 1)}…` : text);

export function foreignSet(set: PermissionSet): PolicySet {
  const policies = new Map<string, CompiledPolicy & { readonly rules: CompiledRule[] }>();
  const compiled = (placed: PlacedRule, written: boolean): CompiledRule => {
    let policy = policies.get(placed.path);
    if (!policy) policies.set(placed.path, (policy = policyOf(placed.path, placed.format)));
    const rule = ruleOf(placed, policy, written);
    policy.rules.push(rule);
    return rule;
  };
  const live = (rules: readonly PlacedRule[], written = true): readonly CompiledRule[] => rules.filter(({ rule }) => rule.ignored === null).map((placed) => compiled(placed, written && !placed.rule.implied));
  const { effect, words, span, path, format } = set.default;
  const rules = set.order.kind === 'strictest' ? joined(live(set.rules)) : live(set.rules);
  const otherwise = live(set.otherwise, false);
  return {
    id: set.id, order: set.order, rules, otherwise, unknown: set.unknown,
    default: { effect, approval: effect === 'require_approval' ? ASK : null, place: { id: `${format}/default`, file: path, span: span ?? { start: 0, end: 0 }, words } },
    covers: nameMatcher(set.covers),
    opaque: rules.some((rule) => rule.where !== null) || otherwise.some((rule) => rule.where !== null),
    governs: (agent) => agent !== null && governsAgent(set, agent),
  };
}

/** Rules that differ in their question alone, told of one another: which of them applies changes nothing. */
function joined(rules: readonly CompiledRule[]): readonly CompiledRule[] {
  const groups = new Map<string, CompiledRule[]>();
  for (const rule of rules) {
    if (rule.where === null) continue;
    const key = JSON.stringify([rule.effect, rule.actions?.sources, rule.resources?.sources, rule.agents?.sources]);
    const group = groups.get(key);
    if (group) group.push(rule);
    else groups.set(key, [rule]);
  }
  const together = new Map<CompiledRule, ArgumentTest>();
  for (const group of groups.values()) {
    const any = group.length > 1 ? anyOf(group.flatMap(({ where }) => where ?? [])) : null;
    if (any) for (const rule of group) together.set(rule, any);
  }
  return rules.map((rule) => {
    const any = together.get(rule);
    return any && rule.where ? { ...rule, where: { ...rule.where, together: any } } : rule;
  });
}

const MAX_WORDS = 3;
const MAX_EXAMPLES = 60;

/** Several questions, of which some says yes. */
interface AnyTest extends ArgumentTest {
  readonly parts: readonly ArgumentTest[];
}

const partsOf = (test: ArgumentTest): readonly ArgumentTest[] => ('parts' in test ? (test as AnyTest).parts : [test]);

/** Whether two questions about one call, each of which may be several, can never be answered so. */
export function neverBoth(one: ArgumentTest, its: boolean, other: ArgumentTest, others: boolean): boolean {
  const never = (a: ArgumentTest, said: boolean, b: ArgumentTest, told: boolean): boolean => (a.key === b.key && said !== told) || (a.excludes?.(said, b, told) ?? false) || (b.excludes?.(told, a, said) ?? false);
  const [mine, theirs] = [partsOf(one), partsOf(other)];
  if (its && others) return mine.every((a) => theirs.every((b) => never(a, true, b, true)));
  if (its) return mine.every((a) => theirs.some((b) => never(a, true, b, false)));
  if (others) return theirs.every((b) => mine.some((a) => never(a, false, b, true)));
  return mine.some((a) => theirs.some((b) => never(a, false, b, false)));
}

/** Whether no call gets a yes to the first and a no to both others. */
export const neverAlone = (one: ArgumentTest, other: ArgumentTest, third: ArgumentTest): boolean => partsOf(one)[0]?.excludesAll?.(partsOf(one), partsOf(other), partsOf(third)) ?? false;

const MAX_LABELS = 6;

/** `A`, `B` or `C` */
function labelsOf(tests: readonly ArgumentTest[]): Pick<ArgumentTest, 'label'> {
  const labels = [...new Set(tests.flatMap(({ label }) => label ?? []))];
  if (tests.some(({ label }) => label === undefined)) return {};
  const shown = labels.length > MAX_LABELS ? labels.slice(0, MAX_LABELS - 1) : labels;
  const last = labels.length > MAX_LABELS ? `one of ${labels.length - shown.length} others` : shown.pop();
  return { label: shown.length === 0 ? (last ?? '') : `${shown.join(', ')} or ${last}` };
}

function anyOf(tests: readonly ArgumentTest[]): ArgumentTest {
  const words = [...new Set(tests.map((test) => test.words))];
  const made: AnyTest = {
    parts: tests, ...labelsOf(tests), ...(tests[0]?.under !== undefined && tests.every(({ under }) => under === tests[0]?.under) ? { under: tests[0].under } : {}),
    key: `any ${sha256(JSON.stringify([...new Set(tests.map((test) => test.key))].sort()))}`,
    words: words.length <= MAX_WORDS ? words.join(', or ') : `${words.slice(0, MAX_WORDS - 1).join(', or ')}, or another of ${words.length} such rules applies`,
    args: [...new Set(tests.flatMap((test) => test.args))],
    examples: [...new Set(tests.flatMap((test) => test.examples ?? []))].slice(0, MAX_EXAMPLES),
    ...conditionOf(tests),
    ...(tests.every((test) => test.sure) ? { sure: true } : {}), ...(tests[0]?.errs !== undefined && tests.every(({ errs }) => errs === tests[0]?.errs) ? { errs: tests[0].errs } : {}),
    test(args, resource) {
      let result: TestResult = false;
      for (const one of tests) {
        const answer = one.test(args, resource);
        if (answer === true) return true;
        if (answer === 'unknown' || (answer === 'error' && result === false)) result = answer;
      }
      return result;
    },
  };
  return made;
}

/** Where all can be taken apart, the whole can. */
function conditionOf(tests: readonly ArgumentTest[]): Pick<ArgumentTest, 'condition'> {
  const parts = tests.flatMap(({ condition }) => condition ?? []);
  return parts.length === tests.length ? { condition: { kind: 'any', parts } } : {};
}

function policyOf(path: string, format: string): CompiledPolicy & { readonly rules: CompiledRule[] } {
  return {
    name: format, path, document: 0, owner: null, broken: false, scope: { agents: null, roles: null, environments: null }, rules: [],
    variables: new Map(), reader: compileVariables(new Map()), variablePlaces: new Map(),
  };
}

/** `byUser`: it stands in the file in these words. */
function ruleOf({ path, rule }: PlacedRule, policy: CompiledPolicy, byUser: boolean): CompiledRule {
  const { written, span, effect, actions, resources, agents, where } = rule;
  return {
    same: {}, id: `${policy.name}/${short(written)}`, policy, index: policy.rules.length, file: path, span, idSpan: span,
    effect, malformed: null, never: false, agents: agents && nameMatcher(agents), roles: null, environments: null,
    actions: nameMatcher(actions), resources: nameMatcher(resources), when: null, unless: null, where: where && byUser ? { ...where, label: `\`${short(written)}\`` } : where,
    expires: Infinity, expiresText: null, approval: effect === 'require_approval' ? (rule.approvers && rule.approvers.length > 0 ? { ...ASK, from: rule.approvers } : ASK) : null, obligations: [], reason: null, owner: null,
  };
}
