// A review as the client shows it: words and places, cut to what can be read.
import { agentChangeWords, beforeWords, exampleWords, groupItems, headingOf, outcomeWords, partsWords, ruleIds, sentenceOf, type Review, type ReviewGroup } from '../ide';
import type { ReviewChange, ReviewFolder } from '../protocol';
import { textDigest } from './digest';
import { locationOf } from './features/context';
import type { Folder } from './folder';

/** More than this no list shows; the rest is counted. */
const MAX_CHANGES = 500;
const MAX_AGENTS = 200;
const MAX_PARTS = 50;
const MAX_NOTES = 5;

/** Names it as long as its first part stays the same. */
export const keyOfGroup = ({ parts }: ReviewGroup): string => textDigest(parts[0]?.key ?? '');

/** `incomplete`: what of the policies of either state cannot be read. `nothing`: neither holds anything that decides. */
export function reviewFolder(folder: Folder, base: string, { difference, items, agents }: Review, incomplete: readonly string[], nothing: boolean): ReviewFolder {
  const groups = groupItems(items);
  return {
    folder: folder.uri, base, state: 'ready', message: null, verdict: difference.verdict, incomplete, nothing,
    notes: [...difference.reasons.slice(0, MAX_NOTES), ...difference.assumptions],
    changes: groups.slice(0, MAX_CHANGES).map((group) => changeOf(folder, group)), more: Math.max(0, groups.length - MAX_CHANGES),
    agents: agents.slice(0, MAX_AGENTS).map((change) => ({
      agent: change.agent, words: agentChangeWords(change), change: change.change,
      place: change.change === 'removed' ? null : (locationOf(folder, { path: change.file, span: change.span })[0] ?? null),
    })),
  };
}

function changeOf(folder: Folder, group: ReviewGroup): ReviewChange {
  const { common: region, parts, teams, approvers, place } = group;
  const accepted = parts[0]?.accepted ?? null;
  return {
    key: keyOfGroup(group), partsWords: partsWords(group),
    parts: parts.slice(0, MAX_PARTS).map((part) => ({ where: part.region.where, before: outcomeWords(part.region.before), after: outcomeWords(part.region.after), example: exampleWords(part.region), witness: part.region.witness })),
    change: region.change, where: region.where, heading: headingOf(region), sentence: sentenceOf(group),
    before: outcomeWords(region.before), after: outcomeWords(region.after), beforeWords: beforeWords(region), example: exampleWords(region),
    witness: region.witness, agents: region.agents, rules: ruleIds(region.rules), place: (place && locationOf(folder, place)[0]) ?? null, at: place?.id ?? null,
    teams, approvers, accepted: accepted && { by: accepted.by, reason: accepted.reason },
  };
}
