// The difference as the comment of a pull request: widenings first, each with a request that proves it, cut to what a comment may hold.
import { CHANGE_KINDS } from '../../core/analysis';
import { GLYPHS, HEADINGS, beforeWords, groupItems, headingOf, sentenceOf, type ReviewGroup } from '../../ide';
import { Cut, LIMIT, code, prose } from '../reports/markdown';
import { count } from '../terminal/wrap';
import { acceptedFindings } from './findings';
import type { DiffReport } from './report';
import { agentWords, countWords, verdictWords } from './words';

/** A witness longer than this helps nobody. */
const MAX_WITNESS = 600;
/** Of each kind this many are open to the eye, the rest is folded. */
const OPEN = 8;

export function markdownDiff(report: DiffReport): string {
  const { review, base, head } = report;
  const out = new Cut(LIMIT - 600);
  out.add(`### Countersign: ${prose(countWords(review).replace(/ {3}/g, ' · '))}\n\n${code(base.label)} → ${code(head.label)}. ${prose(verdictWords(report))}\n`);
  const groups = groupItems(review.items);
  const isAccepted = ({ parts }: ReviewGroup): boolean => parts[0]?.accepted !== null;
  let shown = 0;
  for (const kind of CHANGE_KINDS) {
    const open = groups.filter((group) => group.common.change === kind && !isAccepted(group));
    // what is allowed before what must be done with it
    const headings = new Set([HEADINGS[kind], ...open.map(({ common }) => headingOf(common))]);
    for (const heading of headings) shown += list(out, `\n#### ${GLYPHS[kind]} ${heading}\n\n`, open.filter(({ common }) => headingOf(common) === heading), kind === 'widened' || kind === 'unknown' ? OPEN : 3);
  }
  shown += list(out, '\n#### ✓ Accepted\n\n', groups.filter(isAccepted), 3);
  if (review.agents.length > 0) {
    const lines = review.agents.map((change) => `- ${prose(agentWords(change).replace(/^[+~-] /, ''))}\n`);
    if (!out.add(`\n<details><summary>${count(review.agents.length, 'agent')} changed</summary>\n\n${lines.join('')}\n</details>\n`)) out.force(`\n${count(review.agents.length, 'agent')} changed.\n`);
  }
  const added = review.accepted.filter((note) => note.added && note.entry.fault === null);
  if (added.length > 0) out.add(`\n**Accepted in this range**\n\n${added.map(({ entry, matches }) => `- ${prose(`${entry.by}${entry.on === null ? '' : `, ${entry.on}`}: ${entry.reason}`)}${matches === 0 ? ' _(matches nothing)_' : ''}\n`).join('')}`);
  const findings = acceptedFindings(review);
  if (findings.length > 0) out.add(`\n${findings.map((finding) => `- **${finding.severity}** ${code(finding.path)}: ${prose(finding.message)}\n`).join('')}`);
  if (shown < groups.length) out.force(`\nCut here: ${count(shown, 'change')} of ${groups.length.toLocaleString('en')} shown. Run \`countersign diff --base ${base.label.replaceAll('`', '')} --format json\` for all of them.\n`);
  return out.text;
}

/** Gives how many were written. */
function list(out: Cut, heading: string, items: readonly ReviewGroup[], open: number): number {
  const [first] = items;
  if (!first || !out.add(heading + line(first))) return 0;
  let shown = 1;
  const add = (item: ReviewGroup): boolean => {
    const fits = out.add(line(item));
    if (fits) shown++;
    return fits;
  };
  if (!items.slice(1, open).every(add) || items.length <= open) return shown;
  if (!out.add(`\n<details><summary>${count(items.length - open, 'more', 'more')}</summary>\n\n`)) return shown;
  items.slice(open).every(add);
  out.force('\n</details>\n');
  return shown;
}

function line(group: ReviewGroup): string {
  const { common: region, teams, approvers, parts } = group;
  const accepted = parts[0]?.accepted ?? null;
  const witness = region.witness ? JSON.stringify(region.witness) : null;
  const facts = [
    `Before: ${prose(beforeWords(region))}`,
    witness === null ? 'No witness could be found' : witness.length > MAX_WITNESS ? `Witness: ${code(`${witness.slice(0, MAX_WITNESS)}…`)}` : `Witness: ${code(witness)}`,
    ...(teams.length > 0 ? [`Agents of: ${prose(teams.join(', '))}`] : []),
    ...(approvers.length > 0 ? [`Must approve: **${prose(approvers.join(', '))}**`] : []),
    ...(accepted ? [`Accepted by ${prose(accepted.by)}: ${prose(accepted.reason)}`] : []),
  ];
  return `- **${prose(sentenceOf(group))}**<br>${facts.join('. ')}.\n`;
}
