// Waivers: what they waive and who approved them must exist, nobody waives for himself, none lasts for ever, and none stands there for nothing.
import { nearest, endOfDate, type Fix } from '../../../text';
import { removeItem, removePair } from '../../../documents';
import { nodeAt, resolve } from '../../../yaml';
import type { DocumentFacts } from '../../../workspace';
import { agent, catalog, requirement } from '../examples';
import { lookUp } from '../reference/known';
import { specOf, table, text } from '../values';
import type { CodeDoc, Rule, RuleContext } from '../../rule';
import { SHIPPED } from '../../shipped';
import { resultsOf, type RequirementResult } from '../../standards/results';
import { subjectsOf } from '../../standards/subject';
import { approverIsOwner, approverIsUnknown, waiverFault, waiversOf, type Waiver } from '../../standards/waivers';

const TEAMS = catalog('teams:\n  payments: { oncall: payments-oncall }\n  risk-office: { title: Risk office }');
const STANDARD = requirement('id: tested\nrequire: has(manifest.spec.validation)\nmessage: An agent needs a validation.');
const MET = requirement('id: tested\nrequire: has(manifest.spec.purpose)\nmessage: An agent needs a purpose.');
const waived = (what: string, by: string, expires: string, standard = STANDARD): string =>
  TEAMS + standard + agent(`waivers:\n  - requirement: ${what}\n    reason: The evaluation runs in January.\n    approvedBy: ${by}\n    expires: ${expires}`);

const UNKNOWN: CodeDoc = {
  code: 'waiver/unknown',
  severity: 'warning',
  title: 'A waiver of, or approved by, something that does not exist',
  doc: 'A waiver names a requirement as `standard/requirement` and the party that approved it. What does not exist cannot be waived, and who does not exist cannot approve: such a waiver does not count.',
  bad: waived('house/testd', 'risk-office', '2099-01-31'),
  good: waived('house/tested', 'risk-office', '2099-01-31'),
};
const EXPIRED: CodeDoc = {
  code: 'waiver/expired',
  severity: 'warning',
  title: 'A waiver past its date',
  doc: 'A waiver holds through the end of its `expires` day (UTC). After it, the requirement is asked for again. Meet the requirement and remove the waiver, or have it approved again.',
  bad: waived('house/tested', 'risk-office', '2026-01-31'),
  good: waived('house/tested', 'risk-office', '2099-01-31'),
};
const SELF: CodeDoc = {
  code: 'waiver/self-approved',
  severity: 'warning',
  title: 'A waiver that the owner approved',
  doc: 'Who answers for an agent cannot excuse it: a waiver that its own team approved does not count. Have it approved by another team.',
  bad: waived('house/tested', 'payments-oncall', '2099-01-31'),
  good: waived('house/tested', 'risk-office', '2099-01-31'),
};

const UNNEEDED: CodeDoc = {
  code: 'waiver/unneeded',
  severity: 'warning',
  title: 'A waiver of a requirement that is met',
  doc: 'What the waiver excuses is not missing: the requirement is met, or it is not asked of this agent, now or in production. A waiver that nobody needs hides the day on which it would be. Remove it.',
  bad: waived('house/tested', 'risk-office', '2099-01-31', MET),
  good: waived('house/tested', 'risk-office', '2099-01-31'),
};

export const waivers: Rule = {
  codes: [UNKNOWN, EXPIRED, SELF, UNNEEDED],
  check(context) {
    for (const document of context.facts.documents) {
      if (document.kind !== 'Agent') continue;
      const given = waiversOf(document.value);
      if (given.length === 0) continue;
      for (const waiver of given) checkWaiver(context, document, waiver);
      checkNeed(context, document, given);
    }
  },
};

type Span = { readonly start: number; readonly end: number };
const placeOf = (document: DocumentFacts, { index }: Waiver, key: string): Span => document.places.value(`/spec/waivers/${index}/${key}`) ?? document.at;

function checkWaiver(context: RuleContext, document: DocumentFacts, waiver: Waiver): void {
  const { queries } = context;
  checkRequirement(context, waiver.requirement, placeOf(document, waiver, 'requirement'));
  checkApprover(context, document, waiver);
  const end = endOfDate(waiver.expires ?? '');
  if (end !== null && end < queries.now) {
    context.report({ code: EXPIRED.code, span: placeOf(document, waiver, 'expires'), message: `This waiver expired on ${waiver.expires}; the requirement is asked for again. Meet it and remove the waiver, or have it approved again.` });
  }
}

function checkRequirement(context: RuleContext, name: string | null, span: Span): void {
  const slash = name?.indexOf('/') ?? -1;
  if (name === null || slash < 0) return;
  const { queries } = context;
  const standard = name.slice(0, slash);
  const shipped = SHIPPED.get(standard)?.requirements.map(({ id }) => `${standard}/${id}`) ?? [];
  if (shipped.length === 0 && !queries.has('standard', standard)) {
    if (lookUp(queries, 'standard', standard).verdict === 'unknown') context.report({ code: UNKNOWN.code, span, message: `There is no standard \`${standard}\` in this workspace, so there is nothing to waive.` });
    return;
  }
  if (shipped.includes(name) || queries.has('requirement', name)) return;
  const guess = nearest(name, [...shipped, ...queries.names('requirement')]);
  context.report({ code: UNKNOWN.code, span, message: `The standard \`${standard}\` has no requirement \`${name.slice(slash + 1)}\`.${guess ? ` Did you mean \`${guess}\`?` : ''}`, fixes: guess ? [{ title: `Replace by \`${guess}\``, safe: false, edits: [{ span, newText: guess }] }] : [] });
}

function checkApprover(context: RuleContext, document: DocumentFacts, waiver: Waiver): void {
  const party = waiver.approvedBy;
  if (party === null) return;
  const { queries } = context;
  const span = placeOf(document, waiver, 'approvedBy');
  const owner = table(specOf(document.value).owner);
  const team = text(owner.team);
  if (approverIsUnknown(party, queries)) {
    context.report({ code: UNKNOWN.code, span, message: `\`${party}\` approved this waiver, but no ${party.startsWith('person:') ? 'person' : 'team'} of that name is declared in this workspace. The waiver does not count.` });
  } else if (approverIsOwner(party, owner, queries)) {
    context.report({ code: SELF.code, span, message: `\`${party}\` belongs to the agent's owner${team ? ` \`${team}\`` : ''}, and nobody waives a requirement of their own agent. The waiver does not count: have another team approve it.` });
  }
}

/** A waiver that counts and excuses nothing: its requirement is met, or asked of this agent neither now nor in production. */
function checkNeed({ path, queries, report, text: source }: RuleContext, document: DocumentFacts, given: readonly Waiver[]): void {
  const counting = given.filter((waiver) => waiverFault(waiver, document.value, queries) === null);
  const subject = counting.length === 0 || document.problems.length > 0 ? undefined : subjectsOf(path, queries).find((one) => one.document === document);
  if (!subject) return;
  const now = resultsOf(subject, queries);
  const find = (results: readonly RequirementResult[], waiver: Waiver): RequirementResult | undefined => results.find(({ requirement: { standard, id } }) => waiver.requirement === `${standard}/${id}`);
  let later: readonly RequirementResult[] | null = null;
  for (const waiver of counting) {
    const result = find(now, waiver);
    if (!result || result.error || result.verdict === 'waived' || result.verdict === 'unmet') continue;
    if (result.verdict === 'not-asked' && find((later ??= resultsOf(subject, queries, 'production')), waiver)?.verdict === 'waived') continue;
    const why = result.verdict === 'met' ? 'is met' : 'is not asked of this agent';
    report({ code: UNNEEDED.code, span: placeOf(document, waiver, 'requirement'), message: `\`${waiver.requirement ?? ''}\` ${why}, so there is nothing to waive. Remove this waiver.`, fixes: removal(document, waiver, source) });
  }
}

/** The waiver's entry, and with the last one the list. */
function removal(document: DocumentFacts, { index }: Waiver, text: string): Fix[] {
  const spec = resolve(nodeAt(document.root, ['spec']));
  const at = spec?.kind === 'map' ? spec.pairs.findIndex(({ key }) => key.text === 'waivers') : -1;
  const waivers = resolve(nodeAt(document.root, ['spec', 'waivers']));
  if (document.syntax.length > 0 || spec?.kind !== 'map' || waivers?.kind !== 'seq' || spec.pairs[at]?.value.kind === 'alias') return [];
  const edit = waivers.items.length === 1 ? removePair(text, spec, at) : removeItem(text, waivers, index);
  return edit ? [{ title: 'Remove this waiver', safe: false, edits: [edit] }] : [];
}
