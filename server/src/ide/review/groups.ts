// Changes as they are read: regions that say the same of the same agents, action and resource are one, in parts that differ by other conditions.
import type { Outcome, Region } from '../../core/analysis';
import { obligationJson } from '../../core/policy';
import type { ReviewItem, RulePlace } from './review';

export interface ReviewGroup {
  /** at least one; the first leads */
  readonly parts: readonly ReviewItem[];
  /** what all parts have in common, with the witness of the first; a single part as it is */
  readonly common: Region;
  /** by which attributes the parts differ */
  readonly differs: readonly string[];
  readonly teams: readonly string[];
  readonly approvers: readonly string[];
  readonly place: RulePlace | null;
}

/** In the order of their first parts; what is accepted and what is not stand apart. */
export function groupItems(items: readonly ReviewItem[]): readonly ReviewGroup[] {
  const groups = new Map<string, ReviewItem[]>();
  for (const item of items) {
    const { change, agents, region, before, after } = item.region;
    const key = JSON.stringify([change, item.accepted !== null, agents, region['agent.id'], region['action.name'], region.resource, sideKey(before), sideKey(after), item.place?.path, item.place?.span.start]);
    const there = groups.get(key);
    if (there) there.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].map(groupOf);
}

const sideKey = ({ effect, approvals }: Outcome): string => JSON.stringify([effect, approvals]);

function groupOf(parts: readonly ReviewItem[]): ReviewGroup {
  const lead = parts[0] as ReviewItem;
  const union = (names: (item: ReviewItem) => readonly string[]): readonly string[] => [...new Set(parts.flatMap(names))].sort();
  const rest = { parts, teams: union((item) => item.teams), approvers: union((item) => item.approvers), place: lead.place };
  if (parts.length === 1) return { ...rest, common: lead.region, differs: [] };
  const regions = parts.map((part) => part.region);
  const print = (region: Region, attribute: string): string => JSON.stringify(region.region[attribute] ?? null);
  const attributes = [...new Set(regions.flatMap((region) => Object.keys(region.region)))];
  const same = attributes.filter((attribute) => regions.every((region) => print(region, attribute) === print(lead.region, attribute)));
  const others = regions.slice(1).map((region) => new Set(region.where.split(' · ')));
  const refs = (side: 'before' | 'after'): Region['rules']['before'] => [...new Map(regions.flatMap((region) => region.rules[side].map((ref) => [`${ref.id} ${ref.file} ${ref.span.start}`, ref] as const))).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...rest,
    differs: attributes.filter((attribute) => !same.includes(attribute)),
    common: {
      ...lead.region,
      region: Object.fromEntries(same.flatMap((attribute) => { const of = lead.region.region[attribute]; return of ? [[attribute, of]] : []; })),
      where: lead.region.where.split(' · ').filter((part) => others.every((other) => other.has(part))).join(' · '),
      before: shared(regions.map((region) => region.before)), after: shared(regions.map((region) => region.after)),
      rules: { before: refs('before'), after: refs('after') }, opaque: [...new Set(regions.flatMap((region) => region.opaque))].sort(),
    },
  };
}

/** The outcome with the obligations that all have. */
function shared(outcomes: readonly Outcome[]): Outcome {
  const lead = outcomes[0] as Outcome;
  const others = outcomes.slice(1).map(({ obligations }) => new Set(obligations.map((one) => JSON.stringify(obligationJson(one)))));
  return { ...lead, obligations: lead.obligations.filter((one) => others.every((other) => other.has(JSON.stringify(obligationJson(one))))) };
}

/** More attributes than this are counted. */
const MAX_DIFFERS = 3;

/** `in 12 parts, by time, labels and via`; empty for a single one. */
export function partsWords({ parts, differs }: ReviewGroup): string {
  if (parts.length === 1) return '';
  const names = differs.map((attribute) => attribute.replace(/^(args|context)\./, '').replace(/^size\(context\.(\w+)\)$/, '$1').replace(/^context\.time\..*$/, 'time').replace(/^.* in (?:context|agent)\.(\w+)$/, '$1'));
  const unique = [...new Set(names)];
  const said = unique.slice(0, MAX_DIFFERS).join(', ');
  return `in ${parts.length} parts${said === '' ? '' : `, by ${said}${unique.length > MAX_DIFFERS ? ` and ${unique.length - MAX_DIFFERS} more` : ''}`}`;
}
