// Records of approvals that do not count: signed for something else, by somebody who may not, or by too few.
import { peopleOfAll, type Agent, type AgentGate, type ApprovalRecord, type Catalog } from '../../../model';
import { ENGINE, isOpen, recordFault, type Engine } from '../../../policy';
import type { Problem, Span } from '../../../text';
import { CATALOG } from '../../../workspace';
import type { CodeDoc, Rule } from '../../rule';
import { agent, catalog } from '../examples';
import { list, specOf, table } from '../values';

const TEAMS = catalog('teams:\n  payments: { members: [ann] }\n  risk-office: { members: [j.chen, k.ono] }');
const gate = (by: string, digest: string, count = 1): string =>
  TEAMS + agent(`approvals:\n  - gate: deploy\n    from: [risk-office, payments]\n    count: ${count}\n    records:\n      - { by: ${by}, on: 2026-09-01, digest: "${digest}" }`);
const ZERO = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';
/** of the manifest above, for one approver and for two */
const ONE = 'sha256:3c4137565810a3d332665a035fe785df69fd48ed3380df285612bc2dd5f42d9a';
const TWO = 'sha256:0bc6eb5f7412b649fe25c6a7bf0815646e9990edf6c3b2e18516787792087637';

const STALE: CodeDoc = {
  code: 'approval/stale-digest',
  severity: 'error',
  title: 'An approval of something else',
  doc: 'An approval is for what the approver saw: the manifest, the files that it governs, the rules that can match the agent, and what the Catalog says of what they name. Since then one of these has changed, so the approval does not count any more.\n\nHave it approved again (`countersign approve`), which also says what has changed.',
  bad: gate('j.chen', ZERO),
  good: gate('j.chen', ONE),
};
const NOT_APPROVER: CodeDoc = {
  code: 'approval/not-an-approver',
  severity: 'error',
  title: 'An approval by somebody who may not give it',
  doc: 'The person is no declared member of the teams in the gate\'s `from`, so the approval does not count. Have one of them approve, or add the person to the team in the Catalog if that is where they belong.',
  bad: gate('m.brown', ONE),
  good: gate('j.chen', ONE),
};
const SELF: CodeDoc = {
  code: 'approval/self-approval',
  severity: 'error',
  title: 'An approval by the owner',
  doc: 'The person belongs to the team that owns the agent. Nobody approves their own agent: the approval does not count.',
  bad: gate('ann', ONE),
  good: gate('j.chen', ONE),
};
const FEW: CodeDoc = {
  code: 'approval/too-few',
  severity: 'error',
  title: 'Approvals by too few people',
  doc: 'The gate asks for more people (`count`) than have approved, each counting once. Until then it stays closed.',
  bad: gate('j.chen', TWO, 2),
  good: gate('j.chen', ONE),
};

export const approvalRecords: Rule = {
  codes: [STALE, NOT_APPROVER, SELF, FEW],
  check({ facts, path, queries, report }) {
    for (const document of facts.documents) {
      if (document.kind !== 'Agent' || !list(specOf(document.value).approvals).some((one) => list(table(one).records).length > 0)) continue;
      const engine = queries.shared(ENGINE, ['Policy', 'Catalog']);
      const found = engine.world.agents.ofDocument(path, document.index);
      if (!found) continue;
      for (const file of found.definition) queries.text(file);
      if (found.owner?.source !== 'manifest') queries.agent(found.name);
      const context: Context = { agent: found, engine, catalog: queries.shared(CATALOG), now: queries.now, place: (pointer) => document.places.value(pointer) ?? document.at, key: (pointer) => document.places.key(pointer) };
      for (const one of found.gates) if (one.records.length > 0) checkGate(one, context, report);
    }
  },
};

interface Context {
  readonly agent: Agent;
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly now: number;
  place(pointer: string): Span;
  key(pointer: string): Span | null;
}

function checkGate(one: AgentGate, context: Context, report: (problem: Problem) => void): void {
  const { agent: who, engine, catalog: known, now, place } = context;
  const check = { agent: who, catalog: known, time: now, digest: () => engine.digest(who) };
  const pointer = `/spec/approvals/${one.index}`;
  const open = isOpen(one, check);
  let told = false;
  const tell = (code: string, span: Span, message: string): void => {
    told = true;
    report({ code, span, message });
  };
  for (const record of one.records) {
    const at = `${pointer}/records/${record.index}`;
    const fault = recordFault(one, record, check);
    if (fault === 'expired') {
      told = true;
      continue;
    }
    if (fault === 'not-an-approver' && saysNothing(one, record, known)) told = true;
    else if (fault === 'not-an-approver') tell(NOT_APPROVER.code, place(`${at}/by`), `\`${record.by}\` is no declared member of ${one.from.map((party) => `\`${party}\``).join(' or ')}, so this approval does not count.`);
    else if (fault === 'self-approval') tell(SELF.code, place(`${at}/by`), `\`${record.by}\` belongs to \`${who.owner?.team}\`, which owns this agent, and nobody approves their own agent. Have somebody else approve it.`);
    // beside enough that hold, what was signed earlier is history
    if (!open && record.digest !== null && record.digest !== check.digest()) tell(STALE.code, place(`${at}/digest`), `\`${record.by ?? 'Somebody'}\` approved something else: since ${record.on ?? 'then'} the manifest, a file that it governs, a rule or a Catalog entry has changed. Have it approved again with \`countersign approve ${who.name}\`.`);
  }
  if (open || told) return;
  const missing = one.count - new Set(one.records.flatMap((record) => (recordFault(one, record, check) === null ? [record.by] : []))).size;
  if (Number.isFinite(missing)) report({ code: FEW.code, span: context.key(`${pointer}/records`) ?? one.span, message: `This gate needs ${one.count} different people; ${missing} more must approve.` });
}

/** Where nobody declares who belongs to the parties, that somebody is not declared says nothing. */
const saysNothing = (one: AgentGate, record: ApprovalRecord, known: Catalog): boolean => record.by === null || !peopleOfAll(one.from, known).complete;
