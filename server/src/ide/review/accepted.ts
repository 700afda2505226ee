// `.countersign/accepted.yaml`: changes of decisions that somebody accepted, with the reason. Which regions they speak of.
import type { Region } from '../../core/analysis';
import { canonicalJson } from '../../core/policy';
import type { Span } from '../../core/text';
import { parseYaml, plainValue, resolve, valueOf, type Node, type PlainValue } from '../../core/yaml';
import { outcomeJson, ruleIds } from './outcome';

export interface AcceptedEntry {
  readonly span: Span;
  /** equal for entries and regions that mean the same; null where the entry lacks what it takes to match anything */
  readonly key: string | null;
  readonly change: string | null;
  readonly reason: string;
  readonly by: string;
  readonly on: string | null;
  readonly value: PlainValue;
  /** why it does not count, or null */
  readonly fault: string | null;
}

export interface AcceptedFile {
  readonly entries: readonly AcceptedEntry[];
  /** why the file as a whole cannot be read, or null */
  readonly fault: string | null;
}

/** Comes from anybody, and each entry is compared with every region. */
const MAX_ENTRIES = 5_000;

type PlainMap = { readonly [key: string]: PlainValue };
const mapOf = (value: PlainValue | undefined): PlainMap | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null);
const listOf = (value: PlainValue | undefined): readonly PlainValue[] => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
const textOf = (value: PlainValue | undefined): string => (typeof value === 'string' ? value.trim() : '');

/** The entries of the file; null text: there is none. */
export function readAccepted(text: string | null): AcceptedFile {
  if (text === null || text.trim() === '') return { entries: [], fault: null };
  const [document, second] = parseYaml(text).documents;
  const problem = document?.problems[0];
  if (!document || problem) return { entries: [], fault: problem ? problem.message : 'it cannot be read' };
  if (second) return { entries: [], fault: 'it holds more than one YAML document' };
  const root = resolve(document.root);
  if (root === null || (root.kind === 'scalar' && root.value === null)) return { entries: [], fault: null };
  const list = root.kind === 'map' ? resolve(valueOf(root, 'accepted')) : root;
  if (list?.kind !== 'seq') return { entries: [], fault: 'it must be a list of `{ region, rules, change, before, after, reason, by, on }`' };
  if (list.items.length > MAX_ENTRIES) return { entries: [], fault: `it has more than ${MAX_ENTRIES.toLocaleString('en')} entries` };
  return { entries: list.items.map(entryOf), fault: null };
}

function entryOf(node: Node): AcceptedEntry {
  const value = plainValue(node);
  const map = mapOf(value);
  const missing = ['region', 'rules', 'before', 'after', 'reason', 'by'].filter((name) => {
    const part = map?.[name];
    return part === undefined || part === null || part === '';
  });
  const fault = missing.length > 0 ? `it lacks ${missing.map((name) => `\`${name}\``).join(', ')}` : mapOf(map?.region) ? null : 'its `region` is no map';
  const complete = map !== null && fault === null;
  return {
    span: { start: node.start, end: node.end }, value, fault,
    key: complete ? keyOf(map.region ?? null, map.rules ?? null, map.before ?? null, map.after ?? null) : null,
    change: textOf(map?.change) || null, reason: textOf(map?.reason), by: textOf(map?.by), on: textOf(map?.on) || null,
  };
}

/** A region as an entry would have to say it. */
export const keyOfRegion = ({ region, rules, before, after }: Region): string => keyOf(region as unknown as PlainValue, ruleIds(rules), outcomeJson(before), outcomeJson(after));

/** The entry speaks of the region: region, rules, before and after are the same, and so is the change where it names one. */
export const accepts = (entry: AcceptedEntry, region: Region): boolean =>
  entry.key !== null && (entry.change === null || entry.change === region.change) && entry.key === keyOfRegion(region);

function keyOf(region: PlainValue, rules: PlainValue, before: PlainValue, after: PlainValue): string {
  return canonicalJson([sets(region), rulesOf(rules), sideOf(before), sideOf(after)]);
}

/** Lists of a region are sets. */
function sets(value: PlainValue): PlainValue {
  if (Array.isArray(value)) return sorted(value.map(sets));
  const map = mapOf(value);
  return map ? Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, sets(inner)])) : value;
}

const sorted = (values: readonly PlainValue[]): PlainValue[] => {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]));
  return [...byText.keys()].sort().flatMap((key) => byText.get(key) ?? null);
};

/** `{ before, after }`, or one list for both sides; ids, or objects with an id. */
function rulesOf(rules: PlainValue): PlainValue {
  const ids = (list: PlainValue | undefined): PlainValue => sorted(listOf(list).map((rule) => mapOf(rule)?.id ?? rule));
  const map = mapOf(rules);
  return map ? { before: ids(map.before), after: ids(map.after) } : ids(rules);
}

/** What makes two decisions equal: rule ids and people do not count. */
function sideOf(side: PlainValue): PlainValue {
  const map = mapOf(side);
  if (!map) return { effect: side, approvals: [], obligations: [] };
  const approvals = listOf(map.approvals).map((approval): PlainValue => {
    const one = mapOf(approval);
    return { from: sorted(listOf(one?.from)), count: one?.count ?? 1, within: one?.within ?? null, distinct: one?.distinct === true };
  });
  return { effect: map.effect ?? null, approvals: sorted(approvals), obligations: sorted(listOf(map.obligations).map(sets)) };
}
