// Completion: what can stand at the cursor, and nothing where nothing fits.
import { isChoice, type Schema } from '../../core/documents';
import type { Workspace } from '../../core/workspace';
import { locate } from '../cursor/locate';
import type { CompletionItem } from '../types';
import { argumentsOf } from './arguments';
import { documentsAt, entriesAt } from './blocks';
import { completeInCondition } from './condition';
import { placeOf, type Place } from './context';
import { completeForeign } from './foreign';
import { completeArguments, completeKeys, placeAt } from './keys';
import { completeDocuments } from './skeletons';
import { completeBodies, completeKinds, completeValues } from './values';

/** The completions at an offset; in files of other tools only names that are ours to know. */
export function complete(workspace: Workspace, path: string, offset: number): readonly CompletionItem[] {
  const text = workspace.text(path);
  const facts = workspace.facts(path);
  const role = facts?.role;
  if (text === null || role === 'snippets') return [];
  if (facts && role === 'foreign') return completeForeign(workspace, facts, text, offset);
  const items: CompletionItem[] = [];
  for (const cursor of locate(text, path.endsWith('.json'), offset)) {
    const place = placeOf(workspace, path, text, offset, cursor);
    const found = place ? completeAt(place) : [];
    // of two readings of the place the first that says something counts, unless both are open
    if (items.length > 0 && cursor.at !== 'key') break;
    items.push(...found.filter((item) => !items.some((other) => other.label === item.label)));
  }
  return items;
}

function completeAt(place: Place): CompletionItem[] {
  const { cursor } = place;
  if (cursor.path.length === 0) return completeRoot(place);
  if (cursor.path.length === 1 && cursor.path[0] === 'kind' && cursor.at === 'value' && place.schema !== 'config') return completeKinds(place);
  const at = placeAt(place);
  if (!at) return cursor.at === 'value' ? completeArgumentValue(place) : completeArguments(place);
  if (cursor.at === 'key') return [...completeKeys(place, at), ...completeArguments(place)];
  const values = completeSchema(place, at.field, at.parent);
  if (cursor.at !== 'open') return cursor.list && cursor.style !== 'block' ? [...values, ...entriesOf(place, [at.field])] : values;
  const keys = [...completeKeys(place, at), ...completeArguments(place), ...completeEntries(place, at.field)];
  // where a name does, the long form comes behind the names
  const short = values.some((item) => item.kind === 'name');
  return [...(short ? keys.map((item) => ({ ...item, sortText: `6${item.sortText ?? ''}` })) : keys), ...values];
}

/** Entries of a list that has none yet. */
function completeEntries(place: Place, field: Schema): CompletionItem[] {
  return entriesOf(place, (field.oneOf && !isChoice(field) ? field.oneOf : [field]).flatMap(({ items }) => items ?? []));
}

/** `items`: what an entry of the list can be. */
function entriesOf(place: Place, items: readonly Schema[]): CompletionItem[] {
  const maps = items.flatMap((item) => (item.oneOf && !isChoice(item) ? item.oneOf : [item]));
  const keys = new Set(maps.flatMap(({ properties }) => Object.keys(properties ?? {})));
  return keys.size > 0 ? entriesAt(place, keys) : [];
}

function completeSchema(place: Place, schema: Schema, parent: Schema | null): CompletionItem[] {
  if (schema['x-condition']) return completeInCondition(place);
  const items = [...completeValues(place, schema, false, parent), ...completeBodies(place, schema)];
  return items.filter((item, index) => items.findIndex((other) => other.label === item.label) === index);
}

function completeRoot(place: Place): CompletionItem[] {
  const { cursor, text } = place;
  if (cursor.at === 'value' && !(place.path.endsWith('.json') && text.trim() === '')) return [];
  const empty = cursor.at !== 'key' && place.schema !== 'config';
  const alone = text.trim() === '' || text.trim() === cursor.typed;
  const documents = empty ? [...completeDocuments(place, alone), ...documentsAt(place, alone)] : [];
  if (cursor.at === 'value') return documents;
  const at = placeAt(place) ?? placeAt({ ...place, schema: 'agent' });
  return [...documents, ...(at ? completeKeys(place, at) : [])];
}

function completeArgumentValue(place: Place): CompletionItem[] {
  const argument = argumentsOf(place, place.cursor.path.slice(0, -1))?.find(({ key }) => key === place.cursor.path.at(-1));
  return argument ? completeValues(place, argument.schema) : [];
}
