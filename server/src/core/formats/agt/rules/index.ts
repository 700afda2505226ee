// The findings of toolkit policies, one line each.
import type { FormatRule } from '../../rule';
import type { AgtPolicy } from '../read-policy';
import { appliesToNobody } from './applies-to-nobody';
import { ignoredText } from './ignored-text';
import { neverMatches } from './never-matches';
import { splitInQuotes } from './split-in-quotes';
import { unreachableRule } from './unreachable-rule';
import { warningDenies } from './warning-denies';

export { joinedRules } from './joined';

export const rules: readonly FormatRule<AgtPolicy>[] = [
  neverMatches,
  ignoredText,
  splitInQuotes,
  appliesToNobody,
  warningDenies,
  unreachableRule,
];
