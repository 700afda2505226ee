// The answers as JSON, as the command line prints them and tools read them.
import { obligationJson, type ApprovalTerms, type RuleJson } from '../policy';
import { LineIndex } from '../text';
import type { RuleRef } from '../model';
import type { Answer, AnswerRegion, Difference, Outcome, Region, Side } from './types';

export interface OutcomeJson {
  readonly effect: string;
  readonly approvals: readonly { readonly from: readonly string[]; readonly count: number; readonly within?: string; readonly distinct?: true }[];
  readonly obligations: readonly { readonly [name: string]: string | readonly string[] }[];
}

export function outcomeJson({ effect, approvals, obligations }: Outcome): OutcomeJson {
  return {
    effect,
    approvals: approvals.map(({ from, count, within, distinct }: ApprovalTerms) => ({ from, count, ...(within === null ? {} : { within }), ...(distinct ? { distinct: true as const } : {}) })),
    obligations: obligations.map(obligationJson),
  };
}

function createPlaces(side: Side): (ref: RuleRef) => RuleJson {
  const lines = new Map<string, LineIndex>();
  return ({ id, file, span }) => {
    let index = lines.get(file);
    if (!index) lines.set(file, (index = new LineIndex(side.world.text(file))));
    const range = index.range(span);
    return { id, file, line: range.start.line, range };
  };
}

export interface RegionJson extends Pick<Region, 'change' | 'where' | 'region' | 'witness' | 'agents' | 'owners' | 'opaque'> {
  readonly before: OutcomeJson;
  readonly after: OutcomeJson;
  readonly rules: { readonly before: readonly RuleJson[]; readonly after: readonly RuleJson[] };
}

export interface DifferenceJson extends Pick<Difference, 'verdict' | 'proved' | 'world' | 'assumptions' | 'reasons'> {
  readonly regions: readonly RegionJson[];
}

export function differenceJson(difference: Difference, before: Side, after: Side): DifferenceJson {
  const [old, now] = [createPlaces(before), createPlaces(after)];
  const { verdict, proved, world, assumptions, reasons } = difference;
  return {
    verdict, proved, world, assumptions,
    regions: difference.regions.map(({ change, where, region, before: was, after: is, witness, rules, agents, owners, opaque }) => ({
      change, where, region, before: outcomeJson(was), after: outcomeJson(is), witness, rules: { before: rules.before.map(old), after: rules.after.map(now) }, agents, owners, opaque,
    })),
    reasons,
  };
}

/** What it obliges to is not said: a region is all requests that may be made, whatever they oblige to. */
export interface AnswerRegionJson extends Omit<OutcomeJson, 'obligations'>, Pick<AnswerRegion, 'where' | 'region' | 'witness' | 'agents' | 'owners' | 'opaque'> {
  readonly rules: readonly RuleJson[];
}

export interface AnswerJson extends Pick<Answer, 'proved' | 'world' | 'assumptions' | 'reasons'> {
  readonly regions: readonly AnswerRegionJson[];
}

export function answerJson(answer: Answer, side: Side): AnswerJson {
  const place = createPlaces(side);
  const { proved, world, assumptions, reasons } = answer;
  return {
    proved, world, assumptions,
    regions: answer.regions.map(({ where, region, outcome, witness, rules, agents, owners, opaque }) => {
      const { effect, approvals } = outcomeJson(outcome);
      return { where, region, effect, approvals, witness, rules: rules.map(place), agents, owners, opaque };
    }),
    reasons,
  };
}
