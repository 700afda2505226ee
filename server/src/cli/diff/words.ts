// Counts, the verdict and agents in words, as all reports of a difference say them.
import { CHANGE_KINDS, type ChangeKind } from '../../core/analysis';
import { GLYPHS, agentChangeWords, groupItems, type AgentChange, type Review } from '../../ide';
import type { DiffReport } from './report';

const KIND_WORDS: Readonly<Record<ChangeKind, string>> = {
  widened: 'widened', narrowed: 'narrowed', 'approval-changed': 'with another approval', 'obligations-changed': 'with other obligations', unknown: 'unknown',
};

/** `▲ 2 widened (1 accepted)   ▼ 1 narrowed`, or that nothing changed. What is listed as one counts as one, as in the editor. */
export function countWords({ difference, items }: Review): string {
  const groups = groupItems(items);
  if (items.length === 0) return difference.verdict === 'equal' ? 'No decision changes' : difference.verdict === 'unknown' ? 'Cannot tell whether decisions change' : 'Decisions change';
  const counted = CHANGE_KINDS.flatMap((kind) => {
    const of = groups.filter(({ common }) => common.change === kind);
    const accepted = of.filter(({ parts }) => parts[0]?.accepted).length;
    return of.length === 0 ? [] : [`${GLYPHS[kind]} ${of.length} ${KIND_WORDS[kind]}${accepted > 0 ? ` (${accepted} accepted)` : ''}`];
  });
  return [...counted, ...(difference.gaveUp ? [`${GLYPHS.unknown} more may change`] : [])].join('   ');
}

/** Reasons that are told; there may be one a region. */
const MOST = 2;

/** What was proved, for which world, on what assumptions. */
export function verdictWords({ review: { difference }, incomplete }: DiffReport): string {
  const world = difference.world === 'closed' ? 'all requests of what the workspace declares' : 'all requests of any agent for any resource';
  const sentences = [
    difference.verdict === 'equal' ? `Proved for ${world}: every request is decided as before.` : difference.proved ? `Proved for ${world}: nothing else changes.` : `Not proved for ${world}.`,
    ...difference.reasons.slice(0, MOST).map(sentence),
    ...(difference.reasons.length > MOST ? [`And ${difference.reasons.length - MOST} more of this kind; \`--format json\` has all of them.`] : []),
    ...(difference.assumptions.length > 0 ? [`Assumed: ${difference.assumptions.map(sentence).join(' ')}`] : []),
    ...(incomplete.length > 0 ? ['The policies are incomplete, so this holds only for what can be read of them.'] : []),
  ];
  return sentences.join(' ');
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `+ fraud-check (payments-platform) is new: lifecycle pilot; tools +crm/*` */
export function agentWords(change: AgentChange): string {
  const mark = change.change === 'added' ? '+' : change.change === 'removed' ? '-' : '~';
  return `${mark} ${change.agent}${change.owner === null ? '' : ` (${change.owner})`} ${agentChangeWords(change)}`;
}
