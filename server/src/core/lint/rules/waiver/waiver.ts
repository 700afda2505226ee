// Waivers: what they waive and who approved them must exist, nobody waives for himself, and none lasts for ever.
import { endOfDate, nearest } from '../../../text';
import type { Queries } from '../../../workspace';
import { agent, catalog, requirement } from '../examples';
import { lookUp } from '../reference/known';
import { list, specOf, table, text } from '../values';
import type { CodeDoc, Rule, RuleContext } from '../../rule';

const TEAMS = catalog('teams:\n  payments: { oncall: payments-oncall }\n  risk-office: { title: Risk office }');
const STANDARD = requirement('id: tested\nrequire: has(manifest.spec.purpose)\nmessage: An agent needs a purpose.');
const waiver = (what: string, by: string, expires: string): string =>
  TEAMS + STANDARD + agent(`waivers:\n  - requirement: ${what}\n    reason: The evaluation runs in January.\n    approvedBy: ${by}\n    expires: ${expires}`);

const UNKNOWN: CodeDoc = {
  code: 'waiver/unknown',
  severity: 'warning',
  title: 'A waiver of, or approved by, something that does not exist',
  doc: 'A waiver names a requirement as `standard/requirement` and the party that approved it. What does not exist cannot be waived, and who does not exist cannot approve: such a waiver does not count.',
  bad: waiver('house/testd', 'risk-office', '2099-01-31'),
  good: waiver('house/tested', 'risk-office', '2099-01-31'),
};
const EXPIRED: CodeDoc = {
  code: 'waiver/expired',
  severity: 'warning',
  title: 'A waiver past its date',
  doc: 'A waiver holds through the end of its `expires` day (UTC). After it, the requirement is asked for again. Meet the requirement and remove the waiver, or have it approved again.',
  bad: waiver('house/tested', 'risk-office', '2026-01-31'),
  good: waiver('house/tested', 'risk-office', '2099-01-31'),
};
const SELF: CodeDoc = {
  code: 'waiver/self-approved',
  severity: 'warning',
  title: 'A waiver that the owner approved',
  doc: 'Who answers for an agent cannot excuse it: a waiver that its own team approved does not count. Have it approved by another team.',
  bad: waiver('house/tested', 'payments-oncall', '2099-01-31'),
  good: waiver('house/tested', 'risk-office', '2099-01-31'),
};

export const waivers: Rule = {
  codes: [UNKNOWN, EXPIRED, SELF],
  check(context) {
    for (const document of context.facts.documents) {
      if (document.kind !== 'Agent') continue;
      const spec = specOf(document.value);
      const team = text(table(spec.owner).team);
      const accountable = text(table(spec.owner).accountable);
      list(spec.waivers).forEach((given, index) => {
        const entry = table(given);
        const at = (key: string): { start: number; end: number } => document.places.value(`/spec/waivers/${index}/${key}`) ?? document.at;
        checkRequirement(context, text(entry.requirement), at('requirement'));
        checkApprover(context, text(entry.approvedBy), at('approvedBy'), team, accountable);
        const end = endOfDate(text(entry.expires) ?? '');
        if (end !== null && end < context.queries.now) {
          context.report({ code: EXPIRED.code, span: at('expires'), message: `This waiver expired on ${text(entry.expires)}; the requirement is asked for again. Meet it and remove the waiver, or have it approved again.` });
        }
      });
    }
  },
};

function checkRequirement(context: RuleContext, name: string | null, span: { start: number; end: number }): void {
  const slash = name?.indexOf('/') ?? -1;
  if (name === null || slash < 0) return;
  const { queries } = context;
  const standard = name.slice(0, slash);
  if (queries.has('standard', standard)) {
    if (queries.has('requirement', name)) return;
    const guess = nearest(name, [...queries.names('requirement')]);
    context.report({ code: UNKNOWN.code, span, message: `The standard \`${standard}\` has no requirement \`${name.slice(slash + 1)}\`.${guess ? ` Did you mean \`${guess}\`?` : ''}`, fixes: guess ? [{ title: `Replace by \`${guess}\``, safe: false, edits: [{ span, newText: guess }] }] : [] });
  } else if (lookUp(queries, 'standard', standard).verdict === 'unknown') {
    context.report({ code: UNKNOWN.code, span, message: `There is no standard \`${standard}\` in this workspace, so there is nothing to waive.` });
  }
}

function checkApprover(context: RuleContext, party: string | null, span: { start: number; end: number }, team: string | null, accountable: string | null): void {
  if (party === null) return;
  const { queries } = context;
  const bare = party.replace(/^(team|person):/, '');
  const person = party.startsWith('person:');
  const known = person ? lookUp(queries, 'person', bare).verdict : queries.has('oncall', bare) ? 'known' : lookUp(queries, 'team', bare).verdict;
  if (known === 'unknown') return context.report({ code: UNKNOWN.code, span, message: `\`${party}\` approved this waiver, but no ${person ? 'person' : 'team'} of that name is declared in this workspace. The waiver does not count.` });
  if (isOwner(queries, bare, person, team, accountable)) {
    context.report({ code: SELF.code, span, message: `\`${party}\` belongs to the agent's owner${team ? ` \`${team}\`` : ''}, and nobody waives a requirement of their own agent. The waiver does not count: have another team approve it.` });
  }
}

function isOwner(queries: Queries, name: string, person: boolean, team: string | null, accountable: string | null): boolean {
  const own = team === null ? null : table(queries.find('team', team)[0]?.value);
  if (person) return name === accountable || list(own?.members).includes(name);
  return name === team || (own !== null && text(own.oncall) === name);
}
