// The arguments that a tool's schema asks of every call, so that a witness is a call that the tool would take.
import type { PlainValue } from '../yaml';
import { attribute, type Attribute } from './formula';

/** An argument, and a text for where any text will do. */
export interface RequiredArgument {
  readonly of: Attribute;
  readonly text: string;
}

const MOST = 100;
/** A longer text is nobody's example. */
const LONGEST = 1_000;

/** `schema`: of the whole call; what is no schema asks for nothing. */
export function requiredArguments(schema: PlainValue | undefined): readonly RequiredArgument[] {
  const required = fieldOf(schema, 'required');
  if (!Array.isArray(required)) return NOTHING;
  const properties = fieldOf(schema, 'properties');
  return required.slice(0, MOST).flatMap((name) => (typeof name === 'string' ? [{ of: attribute(['args', name]), text: exampleOf(name, fieldOf(properties, name)) }] : []));
}

const NOTHING: readonly RequiredArgument[] = [];

/** What the schema itself gives as an example, else the argument's name, as long as the schema wants it. */
function exampleOf(name: string, schema: PlainValue | undefined): string {
  const examples = fieldOf(schema, 'examples');
  for (const example of [...(Array.isArray(examples) ? examples : []), fieldOf(schema, 'default')]) if (typeof example === 'string' && example !== '' && example.length <= LONGEST) return example;
  const [least, most] = [sizeOf(schema, 'minLength', 0), sizeOf(schema, 'maxLength', LONGEST)];
  let text = name;
  while (text.length < Math.min(least, LONGEST)) text += `-${name || 'x'}`;
  return text.slice(0, Math.max(most, 0));
}

const sizeOf = (schema: PlainValue | undefined, name: string, otherwise: number): number => {
  const size = fieldOf(schema, name);
  return typeof size === 'number' ? size : otherwise;
};

const fieldOf = (map: PlainValue | undefined, name: string): PlainValue | undefined => (typeof map === 'object' && map !== null && !Array.isArray(map) && Object.hasOwn(map, name) ? map[name] : undefined);
