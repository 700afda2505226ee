// Keys: those that are missing, the required ones first, with what they need to be valid.
import { allowedKeys, KINDS, keySchema, nameKinds, schemaAt, type Schema, type SchemaPlace } from '../../core/documents';
import type { CompletionItem } from '../types';
import { fieldDoc } from '../hover/field-doc';
import { argumentsOf } from './arguments';
import { fittingFirst, pairBody, valueBody } from './body';
import { blocksAt } from './blocks';
import { candidates } from './candidates';
import { besideIn, bodyContext, type Place } from './context';
import { insertion } from './insertion';

/** The keys that can be added to the map at the cursor. */
export function completeKeys(place: Place, at: SchemaPlace): CompletionItem[] {
  const { cursor } = place;
  if (/[:\n]|\s\S/.test(cursor.typed)) return [];
  const present = new Set(cursor.map?.pairs.map((pair) => pair.key.text) ?? []);
  const choices = allowedKeys(mapSchema(at), cursor.map).filter((choice) => !present.has(choice.key));
  const items = choices.map(({ key, schema, required }, index) => keyItem(place, key, schema.oneOf ? fittingFirst(mapSchema(at), key, present) : schema, required, index));
  const needed = choices.filter(({ required }) => required).map(({ key }) => key);
  return [...(present.size === 0 && needed.length > 1 && !cursor.colon && cursor.path.length > 0 ? [togetherItem(place, mapSchema(at), needed)] : []), ...items, ...blocksAt(place, new Set(choices.map(({ key }) => key)), present), ...nameKeys(place, at, present)];
}

/** All that a new map needs at once: one key alone would leave it wanting. */
function togetherItem(place: Place, schema: Schema, needed: readonly string[]): CompletionItem {
  const body = valueBody(schema, place.cursor.column, bodyContext(place)).replace(/^\{ | \}$/g, '');
  return { label: needed.join(', '), kind: 'snippet', detail: schema.title ?? '', ...(schema.description ? { documentation: schema.description } : {}), ...insertion(place, { pair: body }), sortText: '!' };
}

const mapSchema = ({ schema, field }: SchemaPlace): Schema => (schema.properties || schema.propertyNames ? schema : field);

function keyItem(place: Place, key: string, schema: Schema, required: boolean, index: number): CompletionItem {
  const { cursor } = place;
  const field = key === 'kind' && cursor.path.length === 0 && place.schema === null ? { ...schema, const: undefined, oneOf: KINDS.map((kind) => ({ const: kind })) } : schema;
  const body = cursor.colon ? null : pairBody(key, field as Schema, cursor.column, bodyContext(place));
  return {
    label: key,
    kind: 'key',
    detail: [schema.title, required ? 'required' : ''].filter(Boolean).join(' · '),
    documentation: fieldDoc(schema),
    ...insertion(place, body === null ? { key } : { pair: body }),
    sortText: `${required ? '0' : '1'}${String(index).padStart(3, '0')}`,
  };
}

/** Keys that are names of something: codes of severities, standards, formats. */
function nameKeys(place: Place, at: SchemaPlace, present: ReadonlySet<string>): CompletionItem[] {
  const schema = mapSchema(at);
  const names = keySchema(schema);
  const values = schema.additionalProperties;
  if (!names || typeof values !== 'object') return [];
  return nameKinds(names).flatMap(({ kind, pattern }) =>
    candidates({ workspace: place.workspace, path: place.path, kind, pattern, typed: place.cursor.typed, beside: besideIn(place) })
      .filter(({ name }) => !present.has(name))
      .map(({ name, detail, documentation, late }, index): CompletionItem => ({
        label: name,
        kind: 'name',
        detail,
        ...(documentation ? { documentation: documentation() } : {}),
        ...insertion(place, place.cursor.colon ? { key: name } : { pair: pairBody(name, values, place.cursor.column, bodyContext(place)) }),
        sortText: `2${late ? '1' : '0'}${String(index).padStart(4, '0')}`,
      })),
  );
}

/** The arguments of the tool that a request calls. */
export function completeArguments(place: Place): CompletionItem[] {
  const present = new Set(place.cursor.map?.pairs.map((pair) => pair.key.text) ?? []);
  const missing = (argumentsOf(place) ?? []).filter(({ key }) => !present.has(key));
  return missing.map(({ key, schema, required }, index) => keyItem(place, key, schema, required, index));
}

export const placeAt = (place: Place): SchemaPlace | null => (place.schema ? schemaAt(place.schema, place.cursor.root, place.cursor.path) : null);
