// The arguments in the request of a policy test: those of the tool that it calls, by the tool's own schema.
import type { JsonType, Schema } from '../../core/documents';
import { nodeAt, textOf, valueOf, type PlainValue } from '../../core/yaml';
import { at, textAt, textsAt } from '../names/plain';
import type { Place } from './context';

export interface Argument {
  readonly key: string;
  readonly schema: Schema;
  readonly required: boolean;
}

const TYPES: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** The arguments that can stand in the map at the path, or null where none stand. */
export function argumentsOf({ schema, cursor, workspace }: Place, path = cursor.path): readonly Argument[] | null {
  const args = path.lastIndexOf('args');
  if (schema !== 'policytest' || args < 0 || args !== path.length - 1) return null;
  const request = path.slice(0, path.indexOf('request') + 1);
  const resource = textOf(valueOf(nodeAt(cursor.root, request), 'resource'));
  const tool = resource?.startsWith('tool:') ? workspace.find('tool', resource.slice(5))[0] : undefined;
  const input = at(tool?.value, 'input');
  const properties = at(input, 'properties');
  if (properties === undefined || properties === null || typeof properties !== 'object' || Array.isArray(properties)) return null;
  const required = textsAt(input, 'required') ?? [];
  return Object.entries(properties).slice(0, 200).map(([key, value]) => ({ key, schema: fieldOf(value), required: required.includes(key) }));
}

/** The part of a tool's schema that completion shows. */
function fieldOf(value: PlainValue): Schema {
  const type = textAt(value, 'type');
  const named = textsAt(value, 'enum');
  const description = textAt(value, 'description');
  const minimum = at(value, 'minimum');
  const kind = type !== null && TYPES.has(type) ? (type as JsonType) : 'string';
  const sample: PlainValue = kind === 'string' ? 'text' : kind === 'boolean' ? true : kind === 'array' ? [] : kind === 'object' ? {} : typeof minimum === 'number' ? minimum : 0;
  return {
    title: `Argument, ${type ?? 'of any type'}`, type: kind, ...(description ? { description } : {}),
    ...(named && named.length > 0 ? { oneOf: named.map((text) => ({ const: text })) } : { examples: [sample] }),
  };
}
