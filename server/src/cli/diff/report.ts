// What the reports of a difference are made from.
import type { Review } from '../../ide';
import type { State } from './sides';

export interface DiffReport {
  readonly review: Review;
  readonly base: State;
  readonly head: State;
  /** malformed rules and unreadable files of either side, in words */
  readonly incomplete: readonly string[];
}
