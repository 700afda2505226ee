// Which waivers of an agent count: reason, a date not past, an approver that exists and is not the owner.
import { endOfDate } from '../../text';
import type { Queries } from '../../workspace';
import { lookUp } from '../rules/reference/known';
import { list, specOf, table, text, type Table } from '../rules/values';
import type { PlainValue } from '../../yaml';

export interface Waiver {
  /** in the list as it is written */
  readonly index: number;
  /** `standard/requirement` */
  readonly requirement: string | null;
  readonly reason: string | null;
  readonly approvedBy: string | null;
  readonly expires: string | null;
}

/** Why a waiver does not count. */
export type WaiverFault = 'malformed' | 'expired' | 'unknown-approver' | 'self-approved';

/** The waivers of a manifest's value. */
export const waiversOf = (manifest: PlainValue): readonly Waiver[] =>
  list(specOf(manifest).waivers).map((value, index) => {
    const entry = table(value);
    return { index, requirement: text(entry.requirement), reason: text(entry.reason), approvedBy: text(entry.approvedBy), expires: text(entry.expires) };
  });

/** What keeps a waiver from counting, or null for one that counts. */
export function waiverFault(waiver: Waiver, manifest: PlainValue, queries: Queries): WaiverFault | null {
  const end = endOfDate(waiver.expires ?? '');
  if (waiver.requirement === null || (waiver.reason ?? '').trim() === '' || waiver.approvedBy === null || end === null) return 'malformed';
  if (end < queries.now) return 'expired';
  if (approverIsUnknown(waiver.approvedBy, queries)) return 'unknown-approver';
  return approverIsOwner(waiver.approvedBy, table(specOf(manifest).owner), queries) ? 'self-approved' : null;
}

/** True for a team or person that the workspace could know and does not. */
export function approverIsUnknown(party: string, queries: Queries): boolean {
  const bare = bareName(party);
  if (party.startsWith('person:')) return lookUp(queries, 'person', bare).verdict === 'unknown';
  return !queries.has('oncall', bare) && lookUp(queries, 'team', bare).verdict === 'unknown';
}

/** True for the team that owns the agent, its on-call, its members, and the person who is accountable. */
export function approverIsOwner(party: string, owner: Table, queries: Queries): boolean {
  const [team, accountable, bare] = [text(owner.team), text(owner.accountable), bareName(party)];
  const own = team === null ? null : table(queries.find('team', team)[0]?.value);
  if (party.startsWith('person:')) return bare === accountable || list(own?.members).includes(bare);
  return bare === team || (own !== null && text(own.oncall) === bare);
}

const bareName = (party: string): string => party.replace(/^(team|person):/, '');
