// A field of the schema in words: title, description, allowed values, example.
import { allowedValues, inline, typesOf, type Schema } from '../../core/documents';
import { code } from '../names/words';

/** Markdown; without the title where `title` is false. */
export function fieldDoc(schema: Schema, title = false): string {
  const parts: string[] = [];
  if (title && schema.title) parts.push(`**${schema.title}**`);
  if (schema.description) parts.push(schema.description);
  const values = allowedValues(schema).filter(({ value }) => typeof value !== 'boolean');
  if (values.length > 0) {
    parts.push(values.map(({ value, description }) => `- ${code(String(value))}${description ? `: ${description}` : ''}`).join('\n'));
    if (values.some(({ open }) => open)) parts.push('Other values are allowed too.');
  }
  if (schema.default !== undefined) parts.push(`Default: ${code(inline(schema.default, false))}`);
  const example = values.length === 0 ? exampleOf(schema) : null;
  if (example) parts.push(`Example: ${example}`);
  return parts.join('\n\n');
}

function exampleOf(schema: Schema): string | null {
  const example = schema.examples?.[0];
  if (example === undefined || typesOf(schema).includes('boolean')) return null;
  const text = inline(example, false);
  return text.length > 120 ? null : code(text);
}
