// The obligations of a decision: the union over all matched rules.
import type { ObligationName } from '../documents';
import type { Obligation } from '../model';
import type { CompiledRule } from './rule';

const LEVELS = ['none', 'summary', 'full'];
const ON_DENY: ReadonlySet<ObligationName> = new Set(['log', 'notify', 'ticket']);

/** The highest `log`, all that is to be redacted, equal ones once, in the order of the rules' ids. On a denial only what does not need the action. */
export function uniteObligations(rules: readonly Pick<CompiledRule, 'id' | 'file' | 'index' | 'obligations'>[], denied: boolean): readonly Obligation[] {
  if (rules.every((rule) => rule.obligations.length === 0)) return NOTHING;
  let log = -1;
  const redact = new Set<string>();
  let redacts = false;
  const rest = new Map<string, Obligation>();
  for (const rule of [...rules].sort((a, b) => compare(a.id, b.id) || compare(a.file, b.file) || a.index - b.index)) {
    for (const obligation of rule.obligations) {
      const { name, value } = obligation;
      if (denied && !ON_DENY.has(name)) continue;
      if (name === 'log') log = Math.max(log, LEVELS.indexOf(String(value)));
      else if (name === 'redact') {
        redacts = true;
        for (const what of typeof value === 'string' ? [value] : value) redact.add(what);
      } else if (!rest.has(obligationKey(obligation))) rest.set(obligationKey(obligation), obligation);
    }
  }
  const level = LEVELS[log];
  return [...(level === undefined ? [] : [{ name: 'log' as const, value: level }]), ...(redacts ? [{ name: 'redact' as const, value: [...redact].sort() }] : []), ...rest.values()];
}

const NOTHING: readonly Obligation[] = [];
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Equal for obligations that are one; lists are sets. */
export const obligationKey = ({ name, value }: Obligation): string => JSON.stringify([name, typeof value === 'string' ? value : [...new Set(value)].sort()]);
