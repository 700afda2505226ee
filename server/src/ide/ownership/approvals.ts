// Who approved what and when, and whether it still holds: the state of a manifest's gates.
import { peopleOfAll, type Agent, type AgentGate, type ApprovalRecord } from '../../core/model';
import { ENGINE, isOpen, recordEnd, recordFault, type RecordCheck, type RecordFault } from '../../core/policy';
import type { Workspace } from '../../core/workspace';
import { code } from '../names/words';

export interface GateState {
  readonly gate: AgentGate;
  readonly open: boolean;
  /** a few words for beside the gate */
  readonly brief: string;
  /** Markdown, a line each */
  readonly facts: readonly string[];
}

const FAULTS: Readonly<Record<RecordFault, string>> = {
  'stale-digest': 'but what was approved has changed since',
  expired: 'expired',
  'not-yet': 'but that day has not come, or is none',
  'not-an-approver': 'but may not approve this',
  'self-approval': 'but belongs to the owner team',
};

const MAX_RECORDS = 12;
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);

export function gateStates(workspace: Workspace, agent: Agent): readonly GateState[] {
  if (agent.gates.length === 0) return [];
  const engine = workspace.shared(ENGINE);
  const check: RecordCheck = { agent, catalog: engine.world.catalog, time: workspace.now, digest: () => engine.digest(agent) };
  return agent.gates.map((gate) => stateOf(gate, check));
}

function stateOf(gate: AgentGate, check: RecordCheck): GateState {
  const open = isOpen(gate, check);
  const judged = gate.records.map((record) => ({ record, fault: recordFault(gate, record, check) }));
  const valid = judged.filter(({ fault }) => fault === null).map(({ record }) => record);
  const people = [...new Set(valid.map((record) => record.by ?? ''))];
  const needed = Number.isFinite(gate.count) ? gate.count : 1;
  const left = peopleOfAll(gate.from, check.catalog).people.filter((person) => !ownersOf(check).includes(person) && !people.includes(person));
  const last = judged[judged.length - 1];
  const brief = open
    ? `approved by ${people.slice(0, 3).join(', ')}${people.length > 3 ? ', …' : ''}${until(gate, valid)}`
    : people.length > 0
      ? `${people.length} of ${needed} approved`
      : last?.fault === 'stale-digest'
        ? 'approval is stale'
        : last?.fault === 'expired'
          ? 'approval has expired'
          : last
            ? 'approval does not count'
            : 'not approved yet';
  const facts = [
    open ? 'The gate is open: what stands there now is approved.' : `The gate is closed: ${needed - people.length} more ${needed - people.length === 1 ? 'person' : 'people'} of ${gate.from.map(code).join(' or ')} must approve.`,
    ...judged.slice(0, MAX_RECORDS).map(({ record, fault }) => recordWords(gate, record, fault)),
    ...(judged.length > MAX_RECORDS ? ['…'] : []),
    ...(!open && left.length > 0 ? [`Can approve: ${left.slice(0, 8).map(code).join(', ')}${left.length > 8 ? ', …' : ''}`] : []),
  ];
  return { gate, open, brief, facts };
}

const ownersOf = ({ agent, catalog }: RecordCheck): readonly string[] => peopleOfAll((agent.owner?.teams ?? []).map((team) => `team:${team}`), catalog).people;

/** `, until 2027-03-01`: when the first of those that hold it open ends. */
function until(gate: AgentGate, valid: readonly ApprovalRecord[]): string {
  const ends = valid.map((record) => recordEnd(gate, record)).sort((a, b) => b - a);
  const end = ends[Math.min(gate.count, ends.length) - 1];
  return end !== undefined && Number.isFinite(end) ? `, until ${day(end)}` : '';
}

function recordWords(gate: AgentGate, record: ApprovalRecord, fault: RecordFault | null): string {
  const who = `${code(record.by ?? 'somebody')} approved on ${record.on ?? 'an unknown day'}${record.ticket ? ` (${code(record.ticket)})` : ''}`;
  if (fault === 'expired') {
    const end = recordEnd(gate, record);
    return `${who}: expired${Number.isFinite(end) ? ` on ${day(end)}` : ''}`;
  }
  if (fault) return `${who}, ${FAULTS[fault]}: it does not count`;
  const end = recordEnd(gate, record);
  return `${who}: holds${Number.isFinite(end) ? ` until ${day(end)}` : ''}`;
}
