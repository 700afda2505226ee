// A new document of each kind as a snippet: what is required, with tab stops.
import type { PlainValue } from '../yaml';
import { exampleOf } from './examples';
import { API_VERSION, schemaNameOf, type Kind } from './kinds';
import { schemaFor } from './navigate';
import { block, inline } from './render';
import { placeholder } from './snippet-text';

/** The text of a new document in snippet syntax; `name` is proposed for `metadata.name`. */
export function skeleton(kind: Kind, name: string, json = false): string {
  const schema = schemaFor(schemaNameOf(kind));
  const value: { [key: string]: PlainValue } = { metadata: { name }, spec: exampleOf(schema.properties?.spec ?? {}) };
  let count = 0;
  const hook = (text: string): string => (text.startsWith('"') ? `"${placeholder(++count, text.slice(1, -1))}"` : placeholder(++count, text));
  if (json) return `${inline({ apiVersion: API_VERSION, kind }, true).slice(0, -2)}, ${inline(value, true, hook).slice(2)}\n`;
  const parts = Object.entries(value).map(([key, part]) => `${key}:${block(part, '', '\n', hook)}`);
  return `apiVersion: ${API_VERSION}\nkind: ${kind}\n${parts.join('\n')}\n`;
}
