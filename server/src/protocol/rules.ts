// What the lens over a rule lists when it is clicked.
import type { FilePlace } from './place';

/** Request: the agents that a rule can be for, or the test cases that it decides. */
export const RULE_USES = 'countersign/rules/uses';
export interface RuleUsesParams {
  readonly uri: string;
  /** which of the file's documents, from 0 */
  readonly document: number;
  /** place in the list of rules */
  readonly rule: number;
  readonly what: 'agents' | 'tests';
}
/** `at`: the rule's id. Null where there is no such rule any longer. */
export type RuleUsesResult = { readonly at: FilePlace['range']; readonly places: readonly FilePlace[] } | null;
