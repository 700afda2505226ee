// What kind of change two decisions make: laxer, stricter, or neither.
import { STRICTNESS, peopleOfAll, type Catalog, type Obligation } from '../model';
import { keyOf, obligationKey, type ApprovalTerms } from '../policy';
import type { ChangeKind, Outcome } from './types';

export function changeKind(before: Outcome, after: Outcome, catalogs: readonly Catalog[]): ChangeKind {
  const [old, now] = [STRICTNESS.indexOf(before.effect), STRICTNESS.indexOf(after.effect)];
  if (now > old) return 'widened';
  // what is denied needs no obligation
  if (now < old && after.effect === 'deny') return 'narrowed';
  const both = before.effect === 'require_approval' && after.effect === 'require_approval';
  const weaker = both && !implies(after.approvals, before.approvals, catalogs);
  const { lost, gained } = obligationChange(before.obligations, after.obligations);
  if (weaker || lost) return 'widened';
  const stronger = both && !implies(before.approvals, after.approvals, catalogs);
  if (now < old || stronger || gained) return 'narrowed';
  return JSON.stringify(before.approvals.map(keyOf)) === JSON.stringify(after.approvals.map(keyOf)) ? 'obligations-changed' : 'approval-changed';
}

const MAX_ASSIGNMENTS = 20_000;

/** True where everybody who satisfies the first also satisfies the second, whoever they are. */
export function implies(first: readonly ApprovalTerms[], second: readonly ApprovalTerms[], catalogs: readonly Catalog[]): boolean {
  const keys = new Set(first.map(keyOf));
  const open = second.filter((terms) => !keys.has(keyOf(terms)));
  if (open.length === 0 && !first.some((terms) => terms.distinct) && !second.some((terms) => terms.distinct)) return true;
  const all = [...first, ...second];
  const most = all.reduce((sum, terms) => sum + (Number.isFinite(terms.count) ? terms.count : 0), 0);
  // nobody can give it
  if (first.some((terms) => !Number.isFinite(terms.count) || terms.from.length === 0)) return true;
  if (second.some((terms) => !Number.isFinite(terms.count) || terms.from.length === 0)) return false;
  // people are alike when they may give the same approvals
  const groups = new Map<string, number>();
  const kinds: (readonly boolean[])[] = [];
  const sizes: number[] = [];
  const add = (may: readonly boolean[], many: number): void => {
    const key = may.join();
    const known = groups.get(key);
    if (known === undefined) {
      groups.set(key, kinds.length);
      kinds.push(may);
      sizes.push(many);
    } else sizes[known] = Math.min(most, (sizes[known] ?? 0) + many);
  };
  const catalog = catalogs.at(-1);
  const known = catalog ? new Map([...new Set(all.flatMap((terms) => terms.from))].map((party) => [party, peopleOfAll([party], catalog)])) : new Map<string, { people: readonly string[]; complete: boolean }>();
  for (const person of new Set([...known.values()].flatMap(({ people }) => people))) add(all.map((terms) => terms.from.some((party) => known.get(party)?.people.includes(person) === true)), 1);
  // behind a party that does not say who it is, anybody may stand who stands behind no other
  for (const [party, { complete }] of known) if (!complete) add(all.map((terms) => terms.from.includes(party)), most);
  const ways = sizes.reduce((product, size) => product * (Math.min(size, most) + 1), 1);
  if (ways > MAX_ASSIGNMENTS) return open.every((terms) => first.some((other) => other.count >= terms.count && other.from.every((party) => terms.from.includes(party))));
  for (let way = 0; way < ways; way++) {
    let rest = way;
    const people = sizes.map((size) => {
      const many = rest % (Math.min(size, most) + 1);
      rest = Math.floor(rest / (Math.min(size, most) + 1));
      return many;
    });
    if (satisfied(first, 0, people, kinds) && !satisfied(second, first.length, people, kinds)) return false;
  }
  return true;
}

/** One person may satisfy several approvals, unless one says `distinct`: its people count for no other. */
function satisfied(terms: readonly ApprovalTerms[], offset: number, people: readonly number[], kinds: readonly (readonly boolean[])[]): boolean {
  const enough = (left: readonly number[]): boolean => terms.every((one, index) => one.distinct || left.reduce((sum, many, kind) => sum + (kinds[kind]?.[offset + index] ? many : 0), 0) >= one.count);
  const reserve = (index: number, left: readonly number[]): boolean => {
    if (index === terms.length) return enough(left);
    const one = terms[index];
    if (!one?.distinct) return reserve(index + 1, left);
    const take = (kind: number, needed: number, now: readonly number[]): boolean => {
      if (needed === 0) return reserve(index + 1, now);
      if (kind === kinds.length) return false;
      const most = kinds[kind]?.[offset + index] ? Math.min(needed, now[kind] ?? 0) : 0;
      for (let many = most; many >= 0; many--) if (take(kind + 1, needed - many, now.map((have, at) => (at === kind ? have - many : have)))) return true;
      return false;
    };
    return take(0, one.count, left);
  };
  return reserve(0, people);
}

const LEVELS = ['none', 'summary', 'full'];
const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

/** An obligation is lost where nothing of its name is left that is as strong. */
function obligationChange(before: readonly Obligation[], after: readonly Obligation[]): { readonly lost: boolean; readonly gained: boolean } {
  let [lost, gained] = [false, false];
  for (const name of new Set([...before, ...after].map((one) => one.name))) {
    const [old, now] = [before.filter((one) => one.name === name), after.filter((one) => one.name === name)];
    if (JSON.stringify(old.map(obligationKey)) === JSON.stringify(now.map(obligationKey))) continue;
    const compared = name === 'log' ? rank(now) - rank(old) : name === 'limit' ? rate(old) - rate(now) : null;
    if (compared !== null && !Number.isNaN(compared)) {
      if (compared < 0) lost = true;
      if (compared > 0) gained = true;
    } else if (name === 'redact' || name === 'notify') {
      const [a, b] = [entries(old), entries(now)];
      if (a.some((entry) => !b.includes(entry))) lost = true;
      if (b.some((entry) => !a.includes(entry))) gained = true;
    } else if (old.length !== now.length) {
      if (old.length > now.length) lost = true;
      else gained = true;
    }
  }
  return { lost, gained };
}

const entries = (list: readonly Obligation[]): readonly string[] => list.flatMap((one) => one.value);
const rank = (list: readonly Obligation[]): number => Math.max(-1, ...list.map((one) => LEVELS.indexOf(String(one.value))));

/** The least that is allowed in a second; more than anything where nothing limits. */
function rate(list: readonly Obligation[]): number {
  if (list.length === 0) return Number.MAX_VALUE;
  return Math.min(...list.map(({ value }) => {
    const [count, unit = ''] = String(value).split('/');
    return Number(count) / (SECONDS[unit] ?? NaN);
  }));
}
