// A review as the client shows it: words and places, cut to what can be read.
import { HEADINGS, agentChangeWords, beforeWords, exampleWords, nowWords, outcomeWords, ruleIds, type Review, type ReviewItem } from '../ide';
import type { ReviewChange, ReviewFolder } from '../protocol';
import { locationOf } from './features/context';
import type { Folder } from './folder';

/** More than this no list shows; the rest is counted. */
const MAX_CHANGES = 500;
const MAX_AGENTS = 200;

export function reviewFolder(folder: Folder, base: string, { difference, items, agents }: Review): ReviewFolder {
  return {
    folder: folder.uri, base, state: 'ready', message: null, verdict: difference.verdict,
    notes: [...difference.reasons, ...difference.assumptions],
    changes: items.slice(0, MAX_CHANGES).map((item) => changeOf(folder, item)), more: Math.max(0, items.length - MAX_CHANGES),
    agents: agents.slice(0, MAX_AGENTS).map((change) => ({
      agent: change.agent, words: agentChangeWords(change), change: change.change,
      place: change.change === 'removed' ? null : (locationOf(folder, { path: change.file, span: change.span })[0] ?? null),
    })),
  };
}

function changeOf(folder: Folder, { key, region, accepted, teams, approvers, place }: ReviewItem): ReviewChange {
  return {
    key, change: region.change, where: region.where, heading: HEADINGS[region.change], sentence: nowWords(region),
    before: outcomeWords(region.before), after: outcomeWords(region.after), beforeWords: beforeWords(region), example: exampleWords(region),
    witness: region.witness, agents: region.agents, rules: ruleIds(region.rules), place: (place && locationOf(folder, place)[0]) ?? null,
    teams, approvers, accepted: accepted && { by: accepted.by, reason: accepted.reason },
  };
}
