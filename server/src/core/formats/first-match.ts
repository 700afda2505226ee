// Rules of which the first that matches decides: whether one that is asked earlier leaves anything to another.
import { pattern } from '../text';
import type { ForeignRule } from './permissions';

/** Every request that `rule` is for is one that `over` is for, plainly to see: whoever asks, whatever the arguments. */
export function coversAll(over: ForeignRule, rule: ForeignRule): boolean {
  if (over.ignored !== null || rule.ignored !== null) return false;
  if (over.where !== null && over.where.key !== rule.where?.key) return false;
  if (over.agents !== null && !(rule.agents ?? []).some(Boolean)) return false;
  if (over.agents !== null && !rule.agents?.every((name) => over.agents?.includes(name))) return false;
  if (!rule.actions.every((action) => over.actions.includes(action))) return false;
  if (over.resources.some((name) => name.startsWith('!'))) return false;
  // what is taken out again could be what the other is for
  if (over.resources.some((name) => name.startsWith('!'))) return false;
  const wide = over.resources.map(pattern);
  const names = rule.resources.filter((name) => !name.startsWith('!'));
  // a pattern that takes the text of another, stars and all, takes whatever the other does
  return names.length > 0 && names.every((name) => wide.some((one) => one.matches(name)));
}
