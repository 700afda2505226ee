// What a decision says, with places as offsets. Its JSON form has lines; see `decisionJson` of the policy layer.
import type { ObligationName } from '../documents';
import type { Span } from '../text';

/** Strict to lax: deny, unknown, require_approval, allow. */
export type DecisionEffect = 'allow' | 'require_approval' | 'deny' | 'unknown';
export type Cause = 'rule' | 'default' | 'undeclared' | 'lifecycle' | 'unknown-agent' | 'ambiguous' | 'unknown';

/** From the strictest on. */
export const STRICTNESS: readonly DecisionEffect[] = ['deny', 'unknown', 'require_approval', 'allow'];

/** `{ log: full }`; the value is a list for `redact` and `notify`. */
export interface Obligation {
  readonly name: ObligationName;
  readonly value: string | readonly string[];
}

export interface RuleRef {
  /** `policy/rule`, or `<agent>#approvals/<index>` */
  readonly id: string;
  readonly file: string;
  readonly span: Span;
}

export interface Approval {
  readonly rule: string;
  /** any of them */
  readonly from: readonly string[];
  /** distinct people; Infinity where it is wrongly written and cannot be met */
  readonly count: number;
  readonly within: string | null;
  readonly distinct: boolean;
  /** who is left to approve, sorted */
  readonly people: readonly string[];
}

export type Matcher = 'scope.agents' | 'scope.roles' | 'scope.environments' | 'agents' | 'roles' | 'actions' | 'resources' | 'environments' | 'when';
export type Because = 'matched' | Matcher | 'error' | 'expired' | 'malformed' | 'record';

export interface TraceEntry extends RuleRef {
  readonly effect: 'allow' | 'require_approval' | 'deny' | 'oblige';
  readonly matched: boolean;
  readonly because: Because;
  /** in words */
  readonly detail: string;
  readonly values: readonly TraceValue[];
  /** it speaks of this agent, action and resource, whatever else did not match: what to show first */
  readonly concerns: boolean;
  readonly error: { readonly message: string; readonly span: Span } | null;
}

/** The value of a part of a condition. */
export interface TraceValue {
  readonly span: Span;
  readonly text: string;
  /** as JSON; null beside an error */
  readonly value: unknown;
  readonly error: string | null;
}

export interface Decision {
  readonly effect: DecisionEffect;
  readonly cause: Cause;
  readonly rules: readonly RuleRef[];
  readonly approvals: readonly Approval[];
  readonly obligations: readonly Obligation[];
  readonly warnings: readonly string[];
  readonly incomplete: boolean;
  /** why it cannot be decided here */
  readonly unknown: readonly string[];
  readonly trace: readonly TraceEntry[];
}
