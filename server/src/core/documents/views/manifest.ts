// The manifest as the conditions of Standards see it: defaults filled in, short forms written out, everything else as it stands.
import type { PlainValue } from '../../yaml';
import type { CountersignDocument } from '../document';
import { valueAt } from './read';

type PlainMap = { [key: string]: PlainValue };

const isMap = (value: PlainValue | undefined): value is PlainMap => value !== null && typeof value === 'object' && !Array.isArray(value);

/** A new value; the document's own is not changed. Blocks that are absent stay absent. */
export function normalisedManifest(document: Pick<CountersignDocument, 'value'>): PlainValue {
  const value = document.value;
  if (!isMap(value)) return value;
  return isMap(value.spec) ? copy(value, { spec: normalisedSpec(value.spec) }) : value;
}

/** The spec of an Agent alone, for formats that bring one in the same shape. */
export function normalisedSpec(spec: PlainMap): PlainMap {
  const changes: PlainMap = { lifecycle: valueAt(spec, 'lifecycle') ?? 'draft' };
  const change = (key: string, make: (value: PlainValue) => PlainValue): void => {
    const value = valueAt(spec, key);
    if (value !== undefined) changes[key] = make(value);
  };
  change('definition', (value) => (typeof value === 'string' ? [value] : value));
  change('model', model);
  for (const [list, key] of [['tools', 'ref'], ['delegates', 'agent'], ['inputs', 'channel'], ['outputs', 'channel'], ['hosting', 'environment']] as const) {
    change(list, (value) => (Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? { [key]: item } : item)) : value));
  }
  change('approvals', (value) => (Array.isArray(value) ? value.map((gate) => (isMap(gate) && !Object.hasOwn(gate, 'count') ? copy(gate, { count: 1 }) : gate)) : value));
  return copy(spec, changes);
}

function model(value: PlainValue): PlainValue {
  if (typeof value !== 'string') return value;
  const slash = value.indexOf('/');
  return slash < 0 ? value : { provider: value.slice(0, slash), name: value.slice(slash + 1) };
}

/** A copy with some keys replaced or added; a key such as `__proto__` stays an ordinary one. */
function copy(map: PlainMap, changes: PlainMap): PlainMap {
  const result: PlainMap = {};
  for (const from of [map, changes]) for (const [key, value] of Object.entries(from)) Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
  return result;
}
