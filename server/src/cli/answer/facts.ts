// The regions of `who` and `can` as few facts about each subject: what is decided alike is one, with what its cases have in common said once.
import type { Answer, AnswerRegion, Outcome } from '../../core/analysis';
import type { RuleRef } from '../../core/model';
import { alternativesOf, type Conjunction } from '../../ide';

export interface Fact {
  readonly outcome: Outcome;
  /** a request of it was found and decided */
  readonly shown: boolean;
  /** what holds in all cases of it */
  readonly common: Conjunction;
  /** besides, all conditions of one of these; empty: nothing besides */
  readonly cases: readonly Conjunction[];
  readonly rules: readonly string[];
  readonly opaque: readonly string[];
}

export interface FactGroup<S> {
  /** of whom all facts are true; sorted by name */
  readonly subjects: readonly S[];
  /** widest first */
  readonly facts: readonly Fact[];
  /** cases that all facts have in common, said once and no longer with each */
  readonly cases: readonly Conjunction[];
}

export interface Asked<S> {
  /** of whom a region speaks, by name */
  subjectsOf(region: AnswerRegion): readonly (readonly [name: string, subject: S])[];
  /** attributes that name the subject or are asked for */
  readonly about: readonly string[];
  /** whether a rule of a region can speak of the subject */
  concerns(rule: RuleRef, subject: S): boolean;
}

/** Widest first. */
export function factGroups<S>({ regions }: Answer, { subjectsOf, about, concerns }: Asked<S>): readonly FactGroup<S>[] {
  const left = new Set(about);
  const bySubject = new Map<string, { readonly subject: S; readonly regions: AnswerRegion[] }>();
  for (const region of regions) {
    for (const [name, subject] of subjectsOf(region)) {
      const known = bySubject.get(name);
      if (known) known.regions.push(region);
      else bySubject.set(name, { subject, regions: [region] });
    }
  }
  const groups = new Map<string, { readonly names: string[]; readonly subjects: S[]; readonly facts: readonly Fact[] }>();
  for (const [name, { subject, regions: of }] of [...bySubject].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const facts = factsOf(of, left, (rule) => concerns(rule, subject));
    const key = JSON.stringify(facts);
    const known = groups.get(key);
    if (known) {
      known.names.push(name);
      known.subjects.push(subject);
    } else groups.set(key, { names: [name], subjects: [subject], facts });
  }
  return [...groups.values()].map(({ subjects, facts }) => ({ subjects, ...together(facts) })).sort((a, b) => width(a.facts[0]) - width(b.facts[0]));
}

const RANK: Readonly<Record<string, number>> = { allow: 0, require_approval: 1, unknown: 2, deny: 3 };
const MANY = 1_000;

/** Small for what is allowed without a condition. */
const width = (fact: Fact | undefined): number => (fact ? (RANK[fact.outcome.effect] ?? 4) * MANY + fact.common.length + fact.cases.length : Infinity);

function factsOf(regions: readonly AnswerRegion[], left: ReadonlySet<string>, concerns: (rule: RuleRef) => boolean): readonly Fact[] {
  const byOutcome = new Map<string, AnswerRegion[]>();
  for (const region of regions) {
    const { effect, approvals } = region.outcome;
    const key = JSON.stringify([effect, approvals, region.witness !== null, region.opaque]);
    const known = byOutcome.get(key);
    if (known) known.push(region);
    else byOutcome.set(key, [region]);
  }
  return [...byOutcome.values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { common, cases } = alternativesOf(same.map(({ region }) => region), left);
    return [{ outcome: first.outcome, shown: first.witness !== null, common, cases, rules: [...new Set(same.flatMap(({ rules }) => rules.filter(concerns).map(({ id }) => id)))].sort(), opaque: first.opaque }];
  }).sort((a, b) => width(a) - width(b));
}

/** Alternatives that all facts share are said once. */
function together(facts: readonly Fact[]): Pick<FactGroup<never>, 'facts' | 'cases'> {
  const [first] = facts;
  const key = JSON.stringify(first?.cases);
  if (!first || facts.length < 2 || first.cases.length === 0 || facts.some((fact) => JSON.stringify(fact.cases) !== key)) return { facts, cases: [] };
  return { facts: facts.map((fact) => ({ ...fact, cases: [] })), cases: first.cases };
}
