// Cases for what no test covers: for each rule a request that would be decided otherwise without it, or at least one to which it applies, and for each part of a condition one where it is true and one where it is false; found by comparing the policies with and without.
import type { Difference } from '../../core/analysis';
import { parseRequest, shortForm, type Decision, type Obligation, type Request } from '../../core/model';
import { compile, type Expr } from '../../core/conditions';
import { Coverage, ENGINE, Engine, obligationJson, type CompiledCheck, type CompiledRule, type PartCoverage, type RuleCoverage } from '../../core/policy';
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

/** Each rule and each part of a condition takes a comparison of all requests. */
const MAX_RULES = 500;
const MAX_PARTS = 1_000;

export function suggestTests(workspace: Workspace, coverage: readonly RuleCoverage[], { now, compare }: SuggestOptions): Suggestions {
  const engine = workspace.shared(ENGINE);
  const cases: SuggestedCase[] = [];
  const without: { rule: string; why: string }[] = [];
  const covered = new Set<string>(coverage.filter(({ hits }) => hits > 0).map(({ rule }) => keyOf(rule)));
  const refused = new Set<string>(coverage.filter((one) => one.branches[0] !== undefined && one.branches[0].no > 0).map(({ rule }) => keyOf(rule)));

  // rules that apply to nothing
  const idle = new Set<CompiledRule>();
  const seen = new Coverage(engine.world.policies);

  const add = (rule: CompiledRule, [before, after]: readonly [Engine, Engine], name: string, suits: (decision: Decision, request: Request) => boolean): Search => {
    const difference = compare(before, after);
    for (const { witness } of difference.regions) {
      const parsed = witness === null ? null : parseRequest(witness);
      if (!parsed || 'bad' in parsed) continue;
      const decision = engine.decide(parsed.request, { at: now });
      if (!suits(decision, parsed.request)) continue;
      cases.push({ rule: rule.id, entry: entryOf(name, parsed.request, decision, rule, now) });
      seen.add(engine, parsed.request, now);
      for (const traced of decision.trace) {
        // what a case does not ask of an obligation it does not hold either
        if (traced.matched && traced.effect !== 'oblige') covered.add(`${traced.file} ${traced.span.start}`);
        else if (traced.because === 'when') refused.add(`${traced.file} ${traced.span.start}`);
      }
      return 'found';
    }
    return difference.verdict === 'equal' ? { reason: null, none: true } : { reason: difference.reasons[0] ?? null, none: false };
  };

  coverage.forEach(({ rule }, at) => {
    if (covered.has(keyOf(rule))) return;
    const why = rule.never || rule.malformed !== null ? 'it is malformed' : rule.expires < now ? 'it has expired' : at >= MAX_RULES ? `only the first ${MAX_RULES} rules are looked at` : null;
    if (why !== null) return void without.push({ rule: rule.id, why });
    if (add(rule, [withRule(engine, rule, null), engine], `${rule.id} decides`, (decision) => applied(decision, rule)) === 'found') return;
    // a denial of what nothing allows, or a rule that others stand before, applies all the same
    const found = add(rule, [withRule(engine, rule, marked(rule)), engine], `${rule.id} applies`, (decision) => applied(decision, rule));
    if (found === 'found') return;
    if (found.none) idle.add(rule);
    without.push({ rule: rule.id, why: found.none ? 'it applies to no request that can be made here' : found.reason === null ? 'no request was found to which it applies' : `whether it applies to any request cannot be told. ${found.reason}` });
  });
  const conditional = coverage.slice(0, MAX_RULES).filter(({ rule }) => (rule.when !== null || rule.unless !== null) && !rule.never && rule.malformed === null && rule.expires >= now);
  // the other side of its condition: what the rule must leave alone
  for (const { rule } of conditional) {
    if (refused.has(keyOf(rule))) continue;
    add(rule, [withRule(engine, rule, { ...rule, when: null, unless: null }), engine], `${rule.id} stays out`, (decision) => refusedIn(decision, rule));
  }
  let left = MAX_PARTS;
  for (const { rule, branches } of conditional) {
    // told above
    if (idle.has(rule)) continue;
    seen.parts(rule).forEach((part, index) => {
      for (const wanted of [true, false]) {
        const known = branches[index];
        if (!known || (wanted && part.part === rule.when?.ast && rule.unless === null && !covered.has(keyOf(rule)) && rule.effect !== 'oblige') || (wanted ? known.yes + part.yes : known.no + part.no) > 0) continue;
        const text = shortened(known.text);
        if (left-- <= 0) {
          if (left === -1) without.push({ rule: rule.id, why: `\`${text}\` and what follows were not looked at: more than ${MAX_PARTS.toLocaleString('en')} parts of conditions are not covered` });
          return;
        }
        const only: CompiledRule = { ...rule, when: checkOf(part, wanted, rule), unless: null };
        const found = add(rule, [withRule(engine, rule, only), withRule(engine, rule, marked(only))], `${rule.id} where ${text} is ${wanted}`, (_, request) => is(part.part, wanted, rule, engine.prepare(request, { at: now }).input));
        if (found !== 'found') without.push({ rule: rule.id, why: found.none ? `no request that it is for makes \`${text}\` ${wanted}` : found.reason === null ? `no request was found that makes \`${text}\` ${wanted}` : `whether a request makes \`${text}\` ${wanted} cannot be told. ${found.reason}` });
      }
    });
  }
  return { cases, without };
}

/** What came of looking for a request: `none` where it is proved that there is no such one; else why it cannot be told, if there is a reason. */
type Search = 'found' | { readonly none: boolean; readonly reason: string | null };

const MAX_TEXT = 60;
const shortened = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_TEXT ? line : `${line.slice(0, MAX_TEXT - 1)}…`;
};

/** The rule, asking for what no rule asks for: where that comes and goes, the rule applies. */
const marked = (rule: CompiledRule): CompiledRule => ({ ...rule, obligations: [...rule.obligations, MARK] });

/** A part of a condition as a condition of its own, or that it is not so. */
function checkOf({ part, place }: PartCoverage, wanted: boolean, rule: CompiledRule): CompiledCheck {
  const ast: Expr = wanted ? part : { kind: 'unary', span: part.span, op: '!', opSpan: part.span, operand: part };
  return { ...compile(ast, rule.policy.reader), place };
}

const is = (part: Expr, wanted: boolean, rule: CompiledRule, input: Parameters<CompiledCheck['evaluate']>[0]): boolean => compile(part, rule.policy.reader).evaluate(input) === wanted;

/** A whole PolicyTest document. */
export const suggestedDocument = (name: string, { cases }: Suggestions): string =>
  `apiVersion: countersign/v1\nkind: PolicyTest\nmetadata: { name: ${name} }\nspec:\n  cases:\n${cases.map(({ entry }) => caseLines(entry, '    ', '\n')).join('\n')}\n`;

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
