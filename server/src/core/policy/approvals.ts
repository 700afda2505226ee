// The approvals of a decision: equal ones once, sorted by rule, with the people who are left to give them.
import { peopleOfAll, type Approval, type Catalog } from '../model';
import { parseDuration } from '../text';
import type { ApprovalTerms } from './rule';

export interface AskedBy {
  /** the rule's or gate's id */
  readonly rule: string;
  readonly terms: ApprovalTerms;
}

/** Who cannot approve: the people of the teams that own the agent, and the person on whose behalf it asks. */
export interface Excluded {
  readonly teams: readonly string[];
  readonly principal: string | null;
}

export function approvalsOf(asked: readonly AskedBy[], excluded: Excluded, catalog: Catalog): readonly Approval[] {
  const merged = new Map<string, AskedBy>();
  const keyed = asked.map((one) => ({ one, key: keyOf(one.terms) }));
  // of rules with one id the terms give the order
  for (const { one, key } of keyed.sort((a, b) => compare(a.one.rule, b.one.rule) || compare(a.key, b.key))) if (!merged.has(key)) merged.set(key, one);
  if (merged.size === 0) return [];
  const owners = new Set(peopleOfAll(excluded.teams.map((team) => `team:${team}`), catalog).people);
  return [...merged.values()].map(({ rule, terms }) => ({ rule, ...terms, people: peopleOfAll(terms.from, catalog).people.filter((person) => !owners.has(person) && person !== excluded.principal) }));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Equal for approvals that are one: `from` is a set, and `4h` is as long as `240m`. */
export const keyOf = ({ from, count, within, distinct }: ApprovalTerms): string => JSON.stringify([[...new Set(from)].sort(), count, within === null ? null : (parseDuration(within) ?? within), distinct]);
