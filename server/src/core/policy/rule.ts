// A rule, compiled: matchers, conditions, and what it asks for.
import type { CompiledCondition, VariableAsts, VariableReader } from '../conditions';
import type { ConditionPlace, Effect } from '../documents';
import type { ArgumentTest } from '../formats';
import type { Obligation } from '../model';
import type { Span } from '../text';
import type { MalformedRule } from './malformed';
import type { NameMatcher } from './names';

export interface CompiledCheck extends CompiledCondition {
  /** the scalar that holds it, for places */
  readonly place: ConditionPlace;
}

export interface Scope {
  readonly agents: NameMatcher | null;
  readonly roles: NameMatcher | null;
  readonly environments: NameMatcher | null;
}

export interface CompiledRule extends Scope {
  /** one object as long as what the rule says, with the scope and the variables of its policy, is the same, wherever it stands: what is known of it may rest on this */
  readonly same: object;
  /** `policy/rule` */
  readonly id: string;
  readonly policy: CompiledPolicy;
  /** in the list as it is written */
  readonly index: number;
  readonly file: string;
  readonly span: Span;
  /** where a finding about the rule stands */
  readonly idSpan: Span;
  /** a missing or unknown one is `deny` */
  readonly effect: Effect;
  readonly malformed: MalformedRule | null;
  /** an `allow` that never applies: it is malformed, or its document does not parse */
  readonly never: boolean;
  readonly actions: NameMatcher | null;
  readonly resources: NameMatcher | null;
  readonly when: CompiledCheck | null;
  readonly unless: CompiledCheck | null;
  /** of a rule of another tool: what it asks of the arguments, in that tool's own way; such a rule has no conditions */
  readonly where: WhereTest | null;
  /** the last millisecond at which it applies; Infinity without a date */
  readonly expires: number;
  readonly expiresText: string | null;
  /** of `require_approval`; `from` is empty where nobody can approve */
  readonly approval: ApprovalTerms | null;
  readonly obligations: readonly Obligation[];
  readonly reason: string | null;
  readonly owner: string | null;
}

export interface WhereTest extends ArgumentTest {
  /** whether any of the rules asks its question with yes that give the same for the same tools: to whoever looks at all calls at once they are one rule */
  readonly together?: ArgumentTest;
}

export interface ApprovalTerms {
  readonly from: readonly string[];
  readonly count: number;
  readonly within: string | null;
  readonly distinct: boolean;
}

export interface CompiledPolicy {
  readonly name: string;
  readonly path: string;
  /** which of the file's documents it is, from 0 */
  readonly document: number;
  readonly owner: string | null;
  /** the document does not parse as a whole: rules may be lost */
  readonly broken: boolean;
  readonly scope: Scope;
  readonly rules: readonly CompiledRule[];
  readonly variables: VariableAsts;
  readonly reader: VariableReader;
  /** the conditions of the variables as they are written */
  readonly variablePlaces: ReadonlyMap<string, ConditionPlace>;
}
