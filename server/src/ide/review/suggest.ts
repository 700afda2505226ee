// Cases for what no test covers: for each rule a request that would be decided otherwise without it, or at least one to which it applies, found by comparing the policies with and without.
import type { Difference } from '../../core/analysis';
import { parseRequest, shortForm, type Decision, type Obligation, type Request } from '../../core/model';
import { ENGINE, Engine, obligationJson, type CompiledRule, type RuleCoverage } from '../../core/policy';
import type { Workspace } from '../../core/workspace';
import type { PlainValue } from '../../core/yaml';
import { caseLines, expectation, isoTime } from '../simulate/save-test';

export interface SuggestedCase {
  /** the rule that it covers */
  readonly rule: string;
  /** as it stands in a PolicyTest: `name`, `at`, `request`, `expect` */
  readonly entry: { readonly [key: string]: PlainValue };
}

export interface Suggestions {
  readonly cases: readonly SuggestedCase[];
  /** rules that no request of this workspace can bring to decide anything, or none could be found, with the reason */
  readonly without: readonly { readonly rule: string; readonly why: string }[];
}

export interface SuggestOptions {
  readonly now: number;
  /** the exact difference of two engines, and no longer than it may take */
  compare(before: Engine, after: Engine): Difference;
}

/** Each is a comparison of all requests. */
const MAX_RULES = 500;

export function suggestTests(workspace: Workspace, coverage: readonly RuleCoverage[], { now, compare }: SuggestOptions): Suggestions {
  const engine = workspace.shared(ENGINE);
  const cases: SuggestedCase[] = [];
  const without: { rule: string; why: string }[] = [];
  const covered = new Set<string>(coverage.filter(({ hits }) => hits > 0).map(({ rule }) => keyOf(rule)));
  const refused = new Set<string>(coverage.filter((one) => one.branches[0] !== undefined && one.branches[0].no > 0).map(({ rule }) => keyOf(rule)));

  const add = (rule: CompiledRule, changed: Engine, name: string, suits: (decision: Decision) => boolean): boolean => {
    for (const { witness } of compare(changed, engine).regions) {
      const parsed = witness === null ? null : parseRequest(witness);
      if (!parsed || 'bad' in parsed) continue;
      const decision = engine.decide(parsed.request, { at: now });
      if (!suits(decision)) continue;
      cases.push({ rule: rule.id, entry: entryOf(name, parsed.request, decision, rule, now) });
      for (const traced of decision.trace) {
        // what a case does not ask of an obligation it does not hold either
        if (traced.matched && traced.effect !== 'oblige') covered.add(`${traced.file} ${traced.span.start}`);
        else if (traced.because === 'when') refused.add(`${traced.file} ${traced.span.start}`);
      }
      return true;
    }
    return false;
  };

  for (const { rule } of coverage.slice(0, MAX_RULES)) {
    if (covered.has(keyOf(rule))) continue;
    const why = rule.never || rule.malformed !== null ? 'it is malformed' : rule.expires < now ? 'it has expired' : null;
    const found = why === null && (add(rule, withRule(engine, rule, null), `${rule.id} decides`, (decision) => applied(decision, rule))
      // a denial of what nothing allows, or a rule that others stand before, applies all the same
      || add(rule, withRule(engine, rule, { ...rule, obligations: [...rule.obligations, MARK] }), `${rule.id} applies`, (decision) => applied(decision, rule)));
    if (!found) without.push({ rule: rule.id, why: why ?? 'no request was found to which it applies' });
  }
  // the other side of its condition: what the rule must leave alone
  for (const { rule } of coverage.slice(0, MAX_RULES)) {
    if ((rule.when === null && rule.unless === null) || refused.has(keyOf(rule)) || rule.never || rule.malformed !== null || rule.expires < now) continue;
    add(rule, withRule(engine, rule, { ...rule, when: null, unless: null }), `${rule.id} stays out`, (decision) => refusedIn(decision, rule));
  }
  return { cases, without };
}

/** A whole PolicyTest document. */
export const suggestedDocument = (name: string, { cases }: Suggestions): string =>
  `apiVersion: countersign/v1\nkind: PolicyTest\nmetadata: { name: ${name} }\nspec:\n  cases:\n${cases.map(({ entry }) => caseLines(entry, '    ', '\n')).join('\n')}\n`;

/** What no rule asks for: where it comes and goes, the rule applies. */
const MARK: Obligation = { name: 'ticket', value: '\u0000 this rule applies' };

const keyOf = (rule: CompiledRule): string => `${rule.file} ${rule.span.start}`;
const applied = (decision: Decision, rule: CompiledRule): boolean => decision.trace.some((entry) => entry.matched && entry.file === rule.file && entry.span.start === rule.span.start);

/** Its condition was false: an error covers no side of it. */
const refusedIn = (decision: Decision, rule: CompiledRule): boolean => decision.trace.some((entry) => entry.because === 'when' && entry.file === rule.file && entry.span.start === rule.span.start);

/** The engine with the rule left out, or another in its place. */
function withRule(engine: Engine, rule: CompiledRule, other: CompiledRule | null): Engine {
  const replace = (rules: readonly CompiledRule[]): readonly CompiledRule[] => rules.flatMap((one) => (one === rule ? (other ?? []) : one));
  return new Engine({ ...engine.world, policies: engine.world.policies.map((policy) => (policy === rule.policy ? { ...policy, rules: replace(policy.rules) } : policy)), sets: engine.world.sets.map((set) => (set.rules.includes(rule) ? { ...set, rules: replace(set.rules) } : set)) });
}

function entryOf(name: string, request: Request, decision: Decision, rule: CompiledRule, now: number): SuggestedCase['entry'] {
  const expected = expectation(decision) as { readonly [key: string]: PlainValue };
  return {
    name,
    // without it, a rule with a date would make it another decision tomorrow
    ...(request.time === null ? { at: isoTime(now) } : {}),
    request: shortForm(request) as PlainValue,
    expect: rule.obligations.length > 0 ? { ...expected, obligations: decision.obligations.map((one) => obligationJson(one) as PlainValue) } : expected,
  };
}
