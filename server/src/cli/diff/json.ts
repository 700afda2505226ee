// The difference for programs. Keys and their order are a contract; what came later stands behind.
import { LineIndex } from '../../core/text';
import type { Workspace } from '../../core/workspace';
import { outcomeJson, ruleIds, type AgentChange, type Review, type ReviewItem, type RulePlace } from '../../ide';
import { acceptedFindings } from './findings';
import type { DiffReport } from './report';

export function jsonDiff({ review, base, head, incomplete }: DiffReport): string {
  const { difference } = review;
  const before = placer(base.loaded.workspace);
  const after = placer(head.loaded.workspace);
  return `${JSON.stringify({
    verdict: difference.verdict, proved: difference.proved, world: difference.world, assumptions: difference.assumptions,
    regions: review.items.map((item) => regionJson(item, before, after)),
    reasons: difference.reasons,
    agents: review.agents.map((change) => agentJson(change, change.change === 'removed' ? before : after)),
    accepted: acceptedJson(review),
    findings: acceptedFindings(review).map(({ path, span, code, severity, message }) => ({ file: path, range: after.range(path, span), code, severity, message })),
    incomplete,
  }, null, 2)}\n`;
}

function regionJson({ region, accepted, teams, approvers, placesBefore, placesAfter }: ReviewItem, before: Placer, after: Placer): object {
  return {
    change: region.change, where: region.where, region: region.region,
    before: outcomeJson(region.before), after: outcomeJson(region.after),
    witness: region.witness, rules: ruleIds(region.rules), agents: region.agents, owners: region.owners, opaque: region.opaque,
    teams, approvers,
    places: { before: placesBefore.map(before.place), after: placesAfter.map(after.place) },
    ...(accepted ? { accepted: { reason: accepted.reason, by: accepted.by, on: accepted.on } } : {}),
  };
}

function agentJson({ agent, change, from, file, span, owner, fields }: AgentChange, side: Placer): object {
  return { agent, change, ...(from === undefined ? {} : { from }), file, range: side.range(file, span), owner, fields };
}

const acceptedJson = (review: Review): readonly object[] =>
  review.accepted.map(({ entry, matches, added }) => ({ reason: entry.reason, by: entry.by, on: entry.on, change: entry.change, matches, added }));

interface Placer {
  range(path: string, span: { readonly start: number; readonly end: number }): object;
  place(place: RulePlace): object;
}

function placer(workspace: Workspace): Placer {
  const lines = new Map<string, LineIndex>();
  const range: Placer['range'] = (path, span) => {
    let index = lines.get(path);
    if (!index) lines.set(path, (index = new LineIndex(workspace.text(path) ?? '')));
    return index.range(span);
  };
  return { range, place: ({ id, path, span }) => ({ id, file: path, range: range(path, span) }) };
}
