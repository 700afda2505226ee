// Every place of the language that holds a map or a list of maps, with the keys that can stand there: where a fragment may belong.
import { isChoice, propertySchema, schemaFor, typesOf, type Schema, type SchemaName } from '../documents';

/** A step from the root: a key, any name (`*`), or an entry of a list (`[]`). */
export type Step = string;

export interface FragmentPlace {
  readonly schema: SchemaName;
  /** to the map itself; ends with `[]` for the entries of a list */
  readonly steps: readonly Step[];
  readonly keys: ReadonlySet<string>;
}

export const ENTRY = '[]';
export const ANY_NAME = '*';

const SCHEMAS: readonly SchemaName[] = ['agent', 'policy', 'catalog', 'standard', 'policytest', 'snippets', 'config'];
const MAX_DEPTH = 9;

/** All places, the shallow ones first. */
export function fragmentPlaces(): readonly FragmentPlace[] {
  const places: FragmentPlace[] = [];
  const walk = (name: SchemaName, schema: Schema, steps: readonly Step[]): void => {
    if (steps.length > MAX_DEPTH) return;
    for (const branch of schema.oneOf && !isChoice(schema) ? schema.oneOf : [schema]) {
      if (branch.items) walk(name, branch.items, [...steps, ENTRY]);
      if (!typesOf(branch).includes('object')) continue;
      const keys = Object.keys(branch.properties ?? {});
      if (keys.length > 0) places.push({ schema: name, steps, keys: new Set(keys) });
      for (const key of keys) {
        const field = propertySchema(branch, key);
        if (field) walk(name, field, [...steps, key]);
      }
      if (typeof branch.additionalProperties === 'object') walk(name, branch.additionalProperties, [...steps, ANY_NAME]);
    }
  };
  for (const name of SCHEMAS) walk(name, schemaFor(name), []);
  return places.map((place, index) => ({ place, index })).sort((a, b) => a.place.steps.length - b.place.steps.length || a.index - b.index).map(({ place }) => place);
}
