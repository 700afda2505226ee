// Changes as they are read: regions that say the same of the same agents, action and resource are one, in parts that differ by other conditions.
// Where only what must be done changes, and in the same way, whoever asks for whatever is one: a rule that logs everything is one change, not hundreds.
import type { Constraint, Outcome, Region } from '../../core/analysis';
import { obligationJson } from '../../core/policy';
import { alternativesOf, conditionWords, type Alternatives } from '../alternatives';
import { obligationsBeyond, onlyObligations } from './outcome';
import type { ReviewItem, RulePlace } from './review';
import { countedNames, nowWords } from './words';

export interface ReviewGroup {
  /** at least one; the first leads */
  readonly parts: readonly ReviewItem[];
  /** what all parts have in common, with the witness of the first; a single part as it is */
  readonly common: Region;
  /** by which attributes the parts differ */
  readonly differs: readonly string[];
  /** what the parts ask for besides what they have in common; null where they are of other agents, actions or resources, or too many */
  readonly besides: Alternatives | null;
  readonly teams: readonly string[];
  readonly approvers: readonly string[];
  readonly place: RulePlace | null;
}

/** In the order of their first parts; what is accepted and what is not stand apart. */
export function groupItems(items: readonly ReviewItem[]): readonly ReviewGroup[] {
  const groups = new Map<string, ReviewItem[]>();
  for (const item of items) {
    const { change, agents, region, before, after } = item.region;
    const says = onlyObligations(item.region)
      ? [before.effect, obligationsBeyond(before, after).map(obligationJson), obligationsBeyond(after, before).map(obligationJson)]
      : [agents, region['agent.id'], region['action.name'], region.resource, sideKey(before), sideKey(after)];
    const key = JSON.stringify([change, item.accepted !== null, says, item.place?.path, item.place?.span.start]);
    const there = groups.get(key);
    if (there) there.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].map(groupOf);
}

/** With more parts than these it is hardly few cases, and a review is made while somebody types. */
const MAX_UNITED = 256;

const sideKey = ({ effect, approvals }: Outcome): string => JSON.stringify([effect, approvals]);

function groupOf(parts: readonly ReviewItem[]): ReviewGroup {
  const lead = parts[0] as ReviewItem;
  const union = (names: (item: ReviewItem) => readonly string[]): readonly string[] => [...new Set(parts.flatMap(names))].sort();
  const rest = { parts, teams: union((item) => item.teams), approvers: [...new Set(parts.flatMap((item) => item.approvers))], place: lead.place };
  if (parts.length === 1) return { ...rest, common: lead.region, differs: [], besides: null };
  const regions = parts.map((part) => part.region);
  const print = (region: Region, attribute: string): string => JSON.stringify(region.region[attribute] ?? null);
  const attributes = [...new Set(regions.flatMap((region) => Object.keys(region.region)))];
  const same = attributes.filter((attribute) => regions.every((region) => print(region, attribute) === print(lead.region, attribute)));
  const others = regions.slice(1).map((region) => new Set(region.where.split(' · ')));
  const joined = NAMED.flatMap((attribute) => { const of = same.includes(attribute) ? null : unionOf(regions, attribute); return of ? [[attribute, of] as const] : []; });
  const wheres = [...joined.map(([attribute, { in: names }]) => countedNames(attribute, names)), ...lead.region.where.split(' · ').filter((part) => others.every((other) => other.has(part)))];
  const refs = (side: 'before' | 'after'): Region['rules']['before'] => [...new Map(regions.flatMap((region) => region.rules[side].map((ref) => [`${ref.id} ${ref.file} ${ref.span.start}`, ref] as const))).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rules = { before: refs('before'), after: refs('after') };
  return {
    ...rest,
    besides: joined.length > 0 || parts.length > MAX_UNITED ? null : alternativesOf(regions.map(({ region }) => region), new Set(same)),
    differs: attributes.filter((attribute) => !same.includes(attribute) && !joined.some(([name]) => name === attribute)),
    common: {
      ...lead.region,
      region: Object.fromEntries([...joined, ...same.flatMap((attribute) => { const of = lead.region.region[attribute]; return of ? [[attribute, of] as const] : []; })]),
      where: wheres.join(' · '),
      agents: union((item) => item.region.agents),
      before: shared(regions.map((region) => region.before)), after: shared(regions.map((region) => region.after)),
      rules: onlyObligations(lead.region) ? changedOf(rules) : rules, opaque: [...new Set(regions.flatMap((region) => region.opaque))].sort(),
    },
  };
}

/** Of many rules those that stand on one side only: what decides on both sides did not change what must be done. All of them where there are none. */
function changedOf({ before, after }: Region['rules']): Region['rules'] {
  const beyond = (side: Region['rules']['before'], other: Region['rules']['before']) => side.filter(({ id, file }) => !other.some((one) => one.id === id && one.file === file));
  const [gone, come] = [beyond(before, after), beyond(after, before)];
  return gone.length + come.length > 0 ? { before: gone, after: come } : { before, after };
}

/** What a request is about, in the order in which it is read. */
const NAMED = ['agent.id', 'action.name', 'resource'];

/** All that the parts name; null where one of them names nothing, or not by lists. */
function unionOf(regions: readonly Region[], attribute: string): { readonly in: readonly string[] } | null {
  const names = new Set<string>();
  for (const { region } of regions) {
    const of: Constraint | undefined = region[attribute];
    if (!of || !('in' in of)) return null;
    for (const name of of.in) names.add(String(name));
  }
  return { in: [...names].sort() };
}

/** The outcome with the approvals and obligations that all have. */
function shared(outcomes: readonly Outcome[]): Outcome {
  const first = outcomes[0] as Outcome;
  const lead = outcomes.every((one) => sideKey(one) === sideKey(first)) ? first : { ...first, approvals: [] };
  const others = outcomes.slice(1).map(({ obligations }) => new Set(obligations.map((one) => JSON.stringify(obligationJson(one)))));
  return { ...lead, obligations: lead.obligations.filter((one) => others.every((other) => other.has(JSON.stringify(obligationJson(one))))) };
}

/** More attributes than this are counted; more cases, or longer words, are told by what they hang on. */
const MAX_DIFFERS = 3;
const MAX_CASES = 3;
const MAX_WORDS = 400;

/** `when the day (UTC) is Saturday or Sunday (2 parts)`, or `depending on time, labels and via (12 parts)`: it may hold for some of them only; empty for a single one. */
export function partsWords({ parts, differs, besides }: ReviewGroup): string {
  if (parts.length === 1) return '';
  const count = `${parts.length} parts`;
  const said = besides && besides.cases.length <= MAX_CASES ? casesWords(besides) : null;
  if (said !== null && said.length <= MAX_WORDS) return said === '' ? `in ${count}` : `${said} (${count})`;
  const names = differs.map((attribute) => attribute.replace(/^context\.time\..*$/, 'time').replace(/^(args|context)\./, '').replace(/^size\(context\.(\w+)\)$/, '$1').replace(/^.* in (?:context|agent)\.(\w+)$/, '$1'));
  const unique = [...new Set(names)];
  const listed = [...unique.slice(0, MAX_DIFFERS), ...(unique.length > MAX_DIFFERS ? [`${unique.length - MAX_DIFFERS} more`] : [])];
  return listed.length === 0 ? `in ${count}` : `depending on ${[listed.slice(0, -1).join(', '), listed.at(-1)].filter(Boolean).join(' and ')} (${count})`;
}

function casesWords({ common, cases }: Alternatives): string {
  const each = cases.map(conditionWords);
  return [conditionWords(common), each.length > 0 ? `either ${each.join(', or ')}` : ''].filter((words) => words !== '').join(', ');
}

/** What may or may not be done now, in one sentence that claims no more than its parts do. */
export const sentenceOf = (group: ReviewGroup): string => nowWords(group.common, partsWords(group));
