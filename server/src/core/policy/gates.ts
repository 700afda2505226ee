// Approval gates of manifests: which stand before an action, and whether their records open them.
import { patternList, endOfDate, parseDate, parseDuration } from '../text';
import { peopleOfAll, type Agent, type AgentGate, type ApprovalRecord, type Catalog } from '../model';
import type { Target } from './match';
import type { ApprovalTerms } from './rule';

const GUARDED: ReadonlySet<string> = new Set(['deploy', 'call', 'delegate']);
const DAY = 86_400_000;

/** The gates that stand before an action; an absent environment, on either side, matches. */
export const gatesFor = (agent: Agent, target: Target): readonly AgentGate[] => agent.gates.filter((gate) => gateMismatch(gate, target) === null);

export function gateMismatch(gate: AgentGate, target: Target): 'actions' | 'resources' | 'environments' | null {
  if (gate.gate === null ? !GUARDED.has(target.action) : gate.gate !== target.action) return 'actions';
  if (gate.resources !== null && !patternList(gate.resources).matches(target.resource)) return 'resources';
  return gate.environment !== null && target.environment !== null && gate.environment !== target.environment ? 'environments' : null;
}

export const termsOf = (gate: AgentGate): ApprovalTerms =>
  Number.isFinite(gate.count) && gate.from.length > 0 ? { from: [...new Set(gate.from)], count: gate.count, within: null, distinct: false } : { from: [], count: 1, within: null, distinct: false };

/** Why a record does not count, or null where it does. */
export type RecordFault = 'stale-digest' | 'expired' | 'not-yet' | 'not-an-approver' | 'self-approval';

export interface RecordCheck {
  readonly agent: Agent;
  readonly catalog: Catalog;
  /** milliseconds since 1970 */
  readonly time: number;
  /** what a record must hold; asked for only where all else is right */
  digest(): string;
}

export function recordFault(gate: AgentGate, record: ApprovalRecord, check: RecordCheck): RecordFault | null {
  const { agent, catalog, time } = check;
  const on = parseDate(record.on ?? '');
  if (on === null || on > time) return 'not-yet';
  if (recordEnd(gate, record) < time) return 'expired';
  if (record.by === null || !peopleOfAll(gate.from, catalog).people.includes(record.by)) return 'not-an-approver';
  if (peopleOfAll((agent.owner?.teams ?? []).map((team) => `team:${team}`), catalog).people.includes(record.by)) return 'self-approval';
  return record.digest === check.digest() ? null : 'stale-digest';
}

/** The last millisecond at which a record holds; a date that is none ends it at once. */
export function recordEnd(gate: AgentGate, record: ApprovalRecord): number {
  const on = parseDate(record.on ?? '');
  const own = record.expires === null ? Infinity : (endOfDate(record.expires) ?? -Infinity);
  const duration = gate.expires === null ? Infinity : (parseDuration(gate.expires) ?? -Infinity);
  return Math.min(own, on === null ? -Infinity : on + DAY - 1 + duration);
}

/** True where enough distinct people have signed what stands there now. */
export function isOpen(gate: AgentGate, check: RecordCheck): boolean {
  if (gate.records.length < gate.count) return false;
  const people = new Set(gate.records.flatMap((record) => (recordFault(gate, record, check) === null ? [record.by] : [])));
  return people.size >= gate.count;
}
