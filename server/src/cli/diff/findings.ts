// A review as findings, for reports that name files and lines: a change where it stands now, and what is wrong with the accepted ones.
import type { ChangeKind } from '../../core/analysis';
import type { Finding, Severity } from '../../core/lint';
import { ACCEPTED_FILE } from '../../core/workspace';
import { HEADINGS, beforeWords, exampleWords, groupItems, headingOf, sentenceOf, type Review, type ReviewGroup } from '../../ide';
import { makeReport, type CodeDocumentation, type Report } from '../reports';
import type { DiffReport } from './report';

/** Changes are no findings of a file; their codes stand for themselves. */
const FAMILY = 'diff/';

export function reportOf({ review, base, head }: DiffReport): Report {
  const fallback = head.loaded.workspace.paths()[0] ?? '';
  const findings = [...groupItems(review.items).map((group) => findingOf(group, fallback)), ...notLookedAt(review, fallback), ...acceptedFindings(review)];
  return makeReport({
    findings, files: [...new Set(findings.map((finding) => finding.path))],
    text: (path) => head.loaded.workspace.text(path) ?? base.loaded.workspace.text(path),
    documentation: documentationOf,
  });
}

/** Of the accepted changes: those that do not count, those that speak of nothing, a file that cannot be read. */
export function acceptedFindings(review: Review): readonly Finding[] {
  const at = (span: Finding['span'], code: string, severity: Severity, message: string): Finding => ({ path: ACCEPTED_FILE, span, code, severity, message });
  const found = review.acceptedFault === null ? [] : [at({ start: 0, end: 0 }, 'syntax/yaml', 'error', `This file of accepted changes cannot be read: ${review.acceptedFault.replace(/[.]?$/, '.')} Until it is mended it accepts nothing.`)];
  for (const { entry, matches, added } of review.accepted) {
    if (entry.fault !== null) found.push(at(entry.span, 'schema/required', 'error', `This entry accepts nothing: ${entry.fault}. Take \`region\`, \`rules\`, \`before\` and \`after\` from \`countersign diff --format json\`, and say \`reason\` and \`by\`.`));
    else if (matches === 0) found.push(at(entry.span, 'waiver/unneeded', 'warning', added ? 'This entry accepts a change that is not there: no region has this `region`, `rules`, `before` and `after`. Take them from `countersign diff --format json`, or remove the entry.' : 'This entry accepts a change that is not in the compared range; it was made before it. Remove it.'));
  }
  return found;
}

/** A search that was given up is no region and has no place, but must be seen where the report fails for it. */
function notLookedAt({ difference: { gaveUp, reasons } }: Review, path: string): readonly Finding[] {
  if (!gaveUp) return [];
  const [first = '', ...more] = reasons;
  return [{ path, span: { start: 0, end: 0 }, code: `${FAMILY}unknown`, severity: 'warning', message: `${HEADINGS.unknown}: not all requests were looked at. ${first}${more.length > 0 ? ` And ${more.length} more of this kind; \`--format json\` has all of them.` : ''}` }];
}

function findingOf(group: ReviewGroup, fallback: string): Finding {
  const { common: region, place, parts } = group;
  const accepted = parts[0]?.accepted ?? null;
  const placesBefore = parts[0]?.placesBefore ?? [];
  const where = place ?? placesBefore[0] ?? { path: fallback, span: { start: 0, end: 0 } };
  const example = exampleWords(region);
  const teams = group.teams.length > 0 ? ` Agents of ${group.teams.join(', ')}.` : '';
  const approvers = group.approvers.length > 0 ? ` Must approve: ${group.approvers.join(', ')}.` : '';
  return {
    path: where.path, span: where.span, code: `${FAMILY}${region.change}`, severity: severityOf(region.change, accepted !== null),
    message: `${headingOf(region)}: ${sentenceOf(group)} Before: ${beforeWords(region)}.${example === '' ? '' : ` Example: ${example}.`}${teams}${approvers}${accepted ? ` Accepted by ${accepted.by}: ${accepted.reason}` : ''}`,
    related: [...(parts[0]?.placesAfter ?? []), ...(place === null ? placesBefore.slice(1) : [])].filter((one) => one.path !== where.path || one.span.start !== where.span.start).map((one) => ({ path: one.path, span: one.span, message: `\`${one.id}\`` })),
  };
}

function severityOf(change: ChangeKind, accepted: boolean): Severity {
  if (accepted) return 'information';
  return change === 'widened' ? 'error' : change === 'unknown' ? 'warning' : 'information';
}

function documentationOf(code: string): CodeDocumentation | null {
  const kind = code.startsWith(FAMILY) ? Object.entries(HEADINGS).find(([change]) => code === FAMILY + change) : undefined;
  if (!kind) return null;
  return { title: kind[1], severity: kind[0] === 'widened' ? 'error' : 'warning', markdown: 'A region of requests whose decision differs between the two states that were compared, with a request of it that the decision engine decided on both sides. Accept it with a reason in `.countersign/accepted.yaml`, or change the rule.' };
}
