// What the analysis is asked and what it answers. Nothing here computes.
import type { Action, ResourceType } from '../documents';
import type { DecisionEffect, Obligation, RuleRef } from '../model';
import type { ApprovalTerms, Engine } from '../policy';
import type { PlainValue } from '../yaml';

/** One state of a workspace: `workspace.shared(ENGINE)`. */
export type Side = Engine;

/** `closed`: what the workspace enumerates; `open`: any agent with any attributes, any resource. */
export type AnalysisWorld = 'closed' | 'open';

export interface AnalysisOptions {
  readonly world?: AnalysisWorld;
  /** the clock, in milliseconds since 1970: requests are those from then on */
  readonly now: number;
  /** fixes the time of all requests */
  readonly at?: number | null;
  /** most nodes of diagrams; past them the answer is `unknown` */
  readonly budget?: number;
}

/** A constraint of the machine form. Every one but `missing` implies that the attribute is there. */
export type Constraint =
  | { readonly in: readonly PlainValue[] }
  | { readonly notIn: readonly PlainValue[] }
  | { readonly matches: string }
  | { readonly notMatches: string }
  | { readonly gt?: number | string; readonly gte?: number | string; readonly lt?: number | string; readonly lte?: number | string }
  | { readonly is: boolean }
  | { readonly missing: true }
  | { readonly type: string }
  | { readonly all: readonly Constraint[] };

/** Attribute (`agent.id`, `resource`, `args.amount`, `"x" in agent.roles`, the text of an opaque condition) → what it must be; an absent one is anything. */
export type RegionForm = { readonly [attribute: string]: Constraint };

/** A request in its short form, as PolicyTests and the command line take it; with a free agent it is an object and is decided with `assume`. */
export type ShortRequest = { readonly [key: string]: PlainValue };

/** What of a decision counts when two are compared. Sorted; equal ones once. */
export interface Outcome {
  readonly effect: DecisionEffect;
  readonly approvals: readonly ApprovalTerms[];
  readonly obligations: readonly Obligation[];
}

export type ChangeKind = 'widened' | 'narrowed' | 'approval-changed' | 'obligations-changed' | 'unknown';

/** Strict to lax in what a reviewer must look at first. */
export const CHANGE_KINDS: readonly ChangeKind[] = ['widened', 'narrowed', 'approval-changed', 'obligations-changed', 'unknown'];

/** What all kinds of regions have. */
export interface RegionBase {
  /** in words: `refund-assistant · call · tool:payments/refund · production · args.amount > 500` */
  readonly where: string;
  readonly region: RegionForm;
  /** a request of the region that the engine decided as the region says; null where none could be found */
  readonly witness: ShortRequest | null;
  /** the agents of the region, sorted; empty where any agent is meant */
  readonly agents: readonly string[];
  /** the teams that own these agents and the rules responsible, sorted */
  readonly owners: readonly string[];
  /** the conditions on which the region hangs and into which the analysis cannot look */
  readonly opaque: readonly string[];
}

/** Requests whose decisions differ, all in the same way. */
export interface Region extends RegionBase {
  readonly change: ChangeKind;
  readonly before: Outcome;
  readonly after: Outcome;
  /** the rules responsible, sorted by id; a rule of `before` has its place in the state before */
  readonly rules: { readonly before: readonly RuleRef[]; readonly after: readonly RuleRef[] };
}

export interface Difference {
  readonly verdict: 'equal' | 'changed' | 'unknown';
  /** nothing hangs on what the analysis cannot look into, and nothing was cut */
  readonly proved: boolean;
  readonly world: AnalysisWorld;
  readonly assumptions: readonly string[];
  /** why it is not proved, in sentences */
  readonly reasons: readonly string[];
  /** some requests were not looked at, and one of them may be a widening */
  readonly gaveUp: boolean;
  /** disjoint; widenings first */
  readonly regions: readonly Region[];
}

/** Requests that are decided alike. */
export interface AnswerRegion extends RegionBase {
  readonly outcome: Outcome;
  readonly rules: readonly RuleRef[];
}

/** The answer of `who` and `can`: regions that are not denied. */
export interface Answer {
  readonly proved: boolean;
  readonly world: AnalysisWorld;
  readonly assumptions: readonly string[];
  readonly reasons: readonly string[];
  readonly regions: readonly AnswerRegion[];
}

export interface WhoQuestion {
  readonly action: Action;
  readonly resource: { readonly type: ResourceType; readonly id: string };
  /** undefined: any; null: none */
  readonly environment?: string | null;
}

/** Runs step by step: the caller may stop between any two steps. */
export type Steps<T> = Generator<void, T, void>;
