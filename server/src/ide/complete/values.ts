// Values: those that the schema names, names that the workspace declares, examples of dates and durations, and the first item of a list.
import { allowedValues, isChoice, KINDS, nameKinds, typesOf, type Schema } from '../../core/documents';
import { resolve, textOf, valueOf, type Node } from '../../core/yaml';
import type { CompletionItem } from '../types';
import { fieldDoc } from '../hover/field-doc';
import { fits, pairBody, valueBody } from './body';
import { candidates } from './candidates';
import { besideIn, bodyContext, dayAfter, type Place } from './context';
import { insertion } from './insertion';
import { likelyAt } from './likely';

/** What can be written as a value that the schema describes; `wrap` where it would be the first item of a list. */
export function completeValues(place: Place, schema: Schema, wrap = false, parent: Schema | null = null): CompletionItem[] {
  const { cursor } = place;
  const taken = listed(place);
  const items: CompletionItem[] = [];
  const excluding = cursor.typed.startsWith('!') && nameKinds(schema).some(({ pattern }) => pattern);
  for (const { value: named, description, open } of allowedValues(schema)) {
    if (named === null || typeof named === 'object' || taken.has(String(named)) || (excluding && named === '*')) continue;
    const value = excluding ? `!${named}` : named;
    const partial = typeof value === 'string' && value.endsWith(':');
    if (partial && cursor.typed.includes(':')) continue;
    items.push({
      label: String(value), kind: typeof value === 'boolean' ? 'keyword' : open ? 'value' : 'enum', ...(description ? { documentation: description } : {}),
      ...insertion(place, { scalar: value, wrap }), sortText: `${partial ? '3' : fitting(place, parent, String(value)) ? '0' : '1'}${pad(items.length)}`, ...(value === schema.default ? { detail: 'default' } : {}),
    });
  }
  const { barred, first } = likelyAt(place);
  for (const { kind, pattern } of nameKinds(schema)) {
    const names = candidates({ workspace: place.workspace, path: place.path, kind, pattern, typed: cursor.typed, beside: besideIn(place) });
    for (const { name, detail, documentation, deprecated, late } of names) {
      if (taken.has(name) || barred(name)) continue;
      items.push({
        label: name, kind: kind === 'file' ? 'file' : 'name', detail, ...(documentation ? { documentation: documentation() } : {}), ...(deprecated ? { deprecated } : {}),
        ...insertion(place, { scalar: name, wrap }), sortText: `${late || deprecated ? '2' : first(name) ? '10' : '11'}${pad(items.length)}`,
      });
    }
  }
  if (items.length === 0) items.push(...examples(place, schema, wrap));
  return items;
}

/** Values that go with the other keys of the map come first. */
function fitting({ cursor }: Place, parent: Schema | null, value: string): boolean {
  const key = cursor.path[cursor.path.length - 1];
  return parent === null || typeof key !== 'string' || fits(parent, key, value, new Set(cursor.map?.pairs.map((pair) => pair.key.text) ?? []));
}

const pad = (n: number): string => String(n).padStart(4, '0');

/** The texts that the list holds already, short and long forms. */
function listed({ cursor }: Place): ReadonlySet<string> {
  const texts = (cursor.list?.items ?? []).map((item: Node) => {
    const value = resolve(item);
    if (value?.kind === 'scalar') return value.text;
    return ['ref', 'agent', 'channel', 'environment'].map((key) => textOf(valueOf(value, key))).find((text) => text !== null) ?? '';
  });
  return new Set(texts);
}

/** What expires does so in a while; what is recorded happened lately. */
function datesFor(now: number, expires: boolean): readonly (readonly [date: string, detail: string])[] {
  if (!expires) return [[dayAfter(now, 0), 'today'], [dayAfter(now, -1), 'yesterday'], [dayAfter(now, -7), 'a week ago']];
  const yearEnd = `${dayAfter(now, 0).slice(0, 4)}-12-31`;
  const dates: (readonly [string, string])[] = [[dayAfter(now, 30), 'in 30 days'], [dayAfter(now, 90), 'in 90 days'], [yearEnd, 'at the end of the year'], [dayAfter(now, 365), 'in a year'], [dayAfter(now, 0), 'today']];
  return dates.filter(([date], index) => dates.findIndex(([other]) => other === date) === index);
}

/** Texts of a form that the schema asks for. */
function examples(place: Place, schema: Schema, wrap: boolean): CompletionItem[] {
  const now = place.workspace.now;
  const item = (value: string | number, detail: string, index: number): CompletionItem => ({ label: String(value), kind: 'value', detail, ...insertion(place, { scalar: value, wrap }), sortText: `4${pad(index)}` });
  if (schema.format === 'date') {
    return datesFor(now, schema['x-expires'] === true).map(([date, detail], index) => item(date, detail, index));
  }
  if (schema.format === 'date-time') return [item(new Date(Math.max(0, now)).toISOString().replace(/\.\d+Z$/, 'Z'), 'now', 0)];
  const wellFormed = schema.pattern !== undefined || schema.format !== undefined;
  if (!wellFormed || !typesOf(schema).includes('string') || schema['x-declares']) return [];
  const given = (schema.examples ?? []).filter((value): value is string => typeof value === 'string');
  const durations = schema.pattern === '^[0-9]+[smhd]$' ? ['60s', '30m', '4h', '1d', '30d'] : [];
  return [...new Set([...given, ...durations])].map((value, index) => item(value, 'example', index));
}

/** A value that is no text: a map with what it needs, a list's first item. */
export function completeBodies(place: Place, schema: Schema): CompletionItem[] {
  const { cursor } = place;
  if (cursor.quote || cursor.typed !== '') return [];
  const shapes = schema.oneOf && !isChoice(schema) ? schema.oneOf : [schema];
  const items: CompletionItem[] = [];
  for (const shape of shapes) {
    const type = typesOf(shape).find((one) => one !== 'null');
    if (type === 'array' && shape.items) {
      const own = cursor.at === 'open' && cursor.style === 'block';
      const first = completeValues(place, shape.items, true);
      items.push(...first);
      if (first.length === 0 || mapOf(shape.items)) items.push(...bodyItem(place, mapOf(shape.items) ?? shape.items, own ? '- ' : '[', own ? '' : ']'));
    } else if (type === 'object' && shape.properties && cursor.at === 'value') items.push(...(shape.maxProperties === 1 ? eachKey(place, shape) : bodyItem(place, shape, '', '')));
  }
  return items;
}

const mapOf = (schema: Schema): Schema | null => (schema.oneOf && !isChoice(schema) ? schema.oneOf : [schema]).find((one) => typesOf(one)[0] === 'object' && one.properties) ?? null;

function bodyItem(place: Place, schema: Schema, open: string, close: string): CompletionItem[] {
  if (typesOf(schema)[0] !== 'object') return [];
  const { cursor } = place;
  const own = open === '- ' || cursor.at === 'open' || (open === '' && cursor.list !== null);
  const style = cursor.style === 'json' ? 'json' : own && cursor.style === 'block' ? 'block' : 'flow';
  const body = valueBody(schema, cursor.column + 2, bodyContext(place, style));
  const keys = schema.required?.length ? schema.required : Object.keys(schema.properties ?? {}).slice(0, 2);
  return [{
    label: `${keys.join(', ')}${schema.required?.length ? '' : ', …'}`, kind: 'snippet', detail: schema.title ?? '', ...(schema.description ? { documentation: schema.description } : {}),
    ...insertion(place, { body: `${open}${body}${close}` }), sortText: `5${keys.join()}`,
  }];
}

/** A map of one key (an obligation): one item for each that it can be. */
function eachKey(place: Place, schema: Schema): CompletionItem[] {
  const { cursor } = place;
  const style = cursor.style === 'json' ? 'json' : 'flow';
  return Object.entries(schema.properties ?? {}).map(([key, field], index) => {
    const body = pairBody(key, field, cursor.column + 2, bodyContext(place, style));
    return { label: key, kind: 'snippet', detail: field.title ?? '', documentation: fieldDoc(field), ...insertion(place, { body: `{ ${body} }` }), filterText: key, sortText: `5${pad(index)}` };
  });
}

/** The kinds of documents, the one that the file's name speaks of first. */
export function completeKinds(place: Place): CompletionItem[] {
  return KINDS.map((kind, index) => ({
    label: kind, kind: 'enum', ...insertion(place, { scalar: kind }), sortText: `${kind === place.expected ? '0' : '1'}${index}`, ...(kind === place.expected ? { preselect: true, detail: 'as the file is named' } : {}),
  }));
}
