// The smallest value that a schema accepts, from its examples: what fixes and skeletons insert.
import type { PlainValue } from '../yaml';
import { choices, typesOf, type Schema } from './schema';

/** A value for a field that has just been inserted: its required keys only, else its first example. Null where nothing is known. */
export function exampleOf(schema: Schema): PlainValue {
  if (typesOf(schema)[0] === 'object' && schema.required && schema.properties) {
    const value: { [key: string]: PlainValue } = {};
    for (const key of schema.required) value[key] = exampleOf(schema.properties[key] ?? {});
    return value;
  }
  const named = choices(schema);
  return schema.examples?.[0] ?? named?.[0] ?? null;
}
