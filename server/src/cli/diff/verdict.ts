// When a difference makes the command fail.
import { openCounts, type Review } from '../../ide';

export const DIFF_FAIL_ON = ['widened', 'changed', 'never'] as const;
export type DiffFailOn = (typeof DIFF_FAIL_ON)[number];

export interface FailOptions {
  readonly failOn: DiffFailOn;
  readonly allowUnknown: boolean;
}

/** What nobody accepted counts. What cannot be told fails like a widening, unless that is allowed. */
export function failsDiff(review: Review, { failOn, allowUnknown }: FailOptions): boolean {
  if (failOn === 'never') return false;
  const open = openCounts(review);
  if (open.widened > 0) return true;
  if (!allowUnknown && isUnknown(review, open.unknown)) return true;
  return failOn === 'changed' && open.narrowed + open['approval-changed'] + open['obligations-changed'] > 0;
}

/** Something is left that cannot be told: a region that nobody accepted, or a search that was given up. */
function isUnknown({ difference, items }: Review, open: number): boolean {
  return open > 0 || (difference.verdict === 'unknown' && !items.some(({ region }) => region.change === 'unknown'));
}
