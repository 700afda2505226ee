// What of a decision a difference compares, as JSON and in words.
import type { Outcome, Region } from '../../core/analysis';
import { obligationJson, type ApprovalTerms } from '../../core/policy';
import type { Obligation } from '../../core/model';
import type { PlainValue } from '../../core/yaml';
import { obligationWords } from '../simulate/words';

type PlainMap = { readonly [key: string]: PlainValue };

const approvalJson = ({ from, count, within, distinct }: ApprovalTerms): PlainMap => ({
  from: [...from], count: Number.isFinite(count) ? count : null, ...(within === null ? {} : { within }), ...(distinct ? { distinct } : {}),
});

/** `{ effect, approvals, obligations }` */
export const outcomeJson = ({ effect, approvals, obligations }: Outcome): PlainMap => ({
  effect, approvals: approvals.map(approvalJson), obligations: obligations.map((one) => obligationJson(one) as PlainMap),
});

/** The ids of the rules responsible, each once, sorted. */
export const ruleIds = (rules: Region['rules']): { readonly before: string[]; readonly after: string[] } => ({ before: idsOf(rules.before), after: idsOf(rules.after) });
const idsOf = (rules: readonly { readonly id: string }[]): string[] => [...new Set(rules.map((rule) => rule.id))].sort();

/** `2 of finance-ops or legal within 4h` */
export function approvalWords({ from, count, within, distinct }: ApprovalTerms): string {
  if (from.length === 0 || !Number.isFinite(count)) return 'nobody, since the approval is wrongly written';
  return `${count > 1 ? `${count} of ` : ''}${from.join(' or ')}${within === null ? '' : ` within ${within}`}${distinct ? ', who approve nothing else of it' : ''}`;
}

/** `deny`, `allow`, `approval of finance-ops within 4h`; with what must be done. */
export function outcomeWords({ effect, approvals, obligations }: Outcome): string {
  const word = effect === 'require_approval' ? `approval${approvals.length === 0 ? '' : ` of ${approvals.map(approvalWords).join(' and of ')}`}` : effect;
  return obligations.length === 0 ? word : `${word} (${obligations.map(obligationWords).join(', ')})`;
}

/** The obligations of one side that the other lacks. */
export function obligationsBeyond(side: Outcome, other: Outcome): readonly Obligation[] {
  const known = new Set(other.obligations.map((one) => JSON.stringify(obligationJson(one))));
  return side.obligations.filter((one) => !known.has(JSON.stringify(obligationJson(one))));
}

/** True where the same is allowed or denied, by the same approvals, and only what must be done with it is another. */
export const onlyObligations = ({ before, after }: Region): boolean =>
  before.effect === after.effect && before.effect !== 'unknown' && JSON.stringify(before.approvals.map(approvalJson)) === JSON.stringify(after.approvals.map(approvalJson));
