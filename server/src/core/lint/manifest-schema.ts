// The shape of a normalised manifest, for the conditions of Standards: the Agent's schema with short forms written out.
import { choices, isChoice, schemaFor, typesOf, type Schema } from '../documents';

/** A JSON Schema of what `normalisedManifest` gives. A new value at each call; callers keep it. */
export const manifestSchema = (): unknown => written(schemaFor('agent'));

function written(schema: Schema): unknown {
  if (isChoice(schema)) return { type: 'string', enum: choices(schema) ?? [] };
  // text or map becomes the map, text or list the list
  if (schema.oneOf) return written(schema.oneOf.find((branch) => !typesOf(branch).includes('string')) ?? schema.oneOf[0] ?? {});
  const properties = schema.properties && Object.fromEntries(Object.entries(schema.properties).map(([key, field]) => [key, written(field)]));
  return {
    ...(schema.type ? { type: schema.type } : {}),
    get description() {
      return schema.description;
    },
    ...(properties ? { properties } : {}),
    ...(schema.items ? { items: written(schema.items) } : {}),
    ...(typeof schema.additionalProperties === 'object' ? { additionalProperties: written(schema.additionalProperties) } : properties ? { additionalProperties: false } : {}),
    ...(choices(schema) ? { enum: choices(schema) } : {}),
  };
}
