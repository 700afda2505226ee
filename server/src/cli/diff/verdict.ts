// When a difference makes the command fail.
import { openCounts, type Review } from '../../ide';

export const DIFF_FAIL_ON = ['widened', 'changed', 'never'] as const;
export type DiffFailOn = (typeof DIFF_FAIL_ON)[number];

export interface FailOptions {
  readonly failOn: DiffFailOn;
  readonly allowUnknown: boolean;
}

/** What nobody accepted counts. What cannot be told, a region or what was not looked at, fails like a widening, unless that is allowed, whatever else is known to change. */
export function failsDiff(review: Review, { failOn, allowUnknown }: FailOptions): boolean {
  if (failOn === 'never') return false;
  const open = openCounts(review);
  if (open.widened > 0) return true;
  if (!allowUnknown && (open.unknown > 0 || review.difference.gaveUp)) return true;
  return failOn === 'changed' && open.narrowed + open['approval-changed'] + open['obligations-changed'] > 0;
}
