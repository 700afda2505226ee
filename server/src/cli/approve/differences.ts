// Two signed states compared part by part: which keys of the manifest, which files, rules, variables and Catalog entries differ.
import { canonicalJson } from '../../core/policy';
import type { PlainValue } from '../../core/yaml';

type PlainMap = { readonly [key: string]: PlainValue };

const MAX_DEPTH = 4;

export interface PartDifference {
  readonly part: 'manifest' | 'governed file' | 'variable' | 'Catalog entry' | 'rule';
  /** a path in the manifest, else a name */
  readonly name: string;
  readonly word: 'added' | 'removed' | 'changed';
}

/** `manifest spec.tools: changed` */
export const partWords = ({ part, name, word: said }: PartDifference): string => `${part}${name === '' ? '' : ` ${name}`}: ${said}`;

export function differencesOf(before: PlainValue, after: PlainValue): readonly PartDifference[] {
  const [old, now] = [mapOf(before), mapOf(after)];
  return [
    ...keysOf(old.manifest ?? null, now.manifest ?? null),
    ...entries('governed file', mapOf(old.definitions), mapOf(now.definitions)), ...entries('variable', mapOf(old.variables), mapOf(now.variables)),
    ...entries('Catalog entry', mapOf(old.catalog), mapOf(now.catalog)), ...entries('rule', byId(old.rules), byId(now.rules)),
  ];
}

/** The deepest keys that tell the difference, lists as a whole. */
function keysOf(before: PlainValue, after: PlainValue): PartDifference[] {
  const found: PartDifference[] = [];
  const walk = (path: readonly string[], old: PlainValue, now: PlainValue): void => {
    if (canonicalJson(old) === canonicalJson(now)) return;
    if (path.length < MAX_DEPTH && isMap(old) && isMap(now)) {
      for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) walk([...path, key], own(old, key), own(now, key));
      return;
    }
    found.push({ part: 'manifest', name: path.join('.'), word: word(old, now) });
  };
  walk([], before, after);
  return found;
}

function entries(part: PartDifference['part'], before: PlainMap, after: PlainMap): PartDifference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    const [old, now] = [own(before, key), own(after, key)];
    return canonicalJson(old) === canonicalJson(now) ? [] : [{ part, name: key, word: word(old, now) }];
  });
}

const word = (old: PlainValue, now: PlainValue): PartDifference['word'] => (old === null ? 'added' : now === null ? 'removed' : 'changed');

function byId(rules: PlainValue | undefined): PlainMap {
  const found: { [id: string]: PlainValue[] } = Object.create(null) as { [id: string]: PlainValue[] };
  for (const rule of Array.isArray(rules) ? rules : []) (found[String(mapOf(rule).id)] ??= []).push(rule);
  return found;
}

const isMap = (value: PlainValue | undefined): value is PlainMap => typeof value === 'object' && value !== null && !Array.isArray(value);
const mapOf = (value: PlainValue | undefined): PlainMap => (isMap(value) ? value : {});
const own = (map: PlainMap, key: string): PlainValue => (Object.hasOwn(map, key) ? (map[key] ?? null) : null);
