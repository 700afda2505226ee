// A tool's input schema as fields of a form. What a form cannot show becomes a field of JSON.
import type { PlainValue } from '../../core/yaml';
import type { SimulatorField } from '../../protocol';

const MAX_FIELDS = 100;
const MAX_CHOICES = 200;
const MAX_WORDS = 300;

/** Null where the schema does not say which arguments there are. */
export function fieldsOf(input: PlainValue | undefined): readonly SimulatorField[] | null {
  const properties = field(input, 'properties');
  if (!isMap(properties)) return null;
  const required = new Set(listOf(field(input, 'required')));
  return Object.entries(properties)
    .slice(0, MAX_FIELDS)
    .map(([name, schema]) => fieldOf(name, schema, required.has(name)));
}

function fieldOf(name: string, schema: PlainValue, required: boolean): SimulatorField {
  const choices = choicesOf(schema);
  const kind = choices.length > 0 ? 'choice' : kindOf(schema);
  const description = field(schema, 'description');
  return { name, kind, required, choices, words: wordsOf(kind, schema), description: typeof description === 'string' && description !== '' ? description.slice(0, MAX_WORDS) : null };
}

function choicesOf(schema: PlainValue): readonly PlainValue[] {
  const constant = field(schema, 'const');
  if (constant !== null) return [constant];
  return listOf(field(schema, 'enum')).slice(0, MAX_CHOICES);
}

function kindOf(schema: PlainValue): SimulatorField['kind'] {
  switch (field(schema, 'type')) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'boolean';
    default:
      return 'json';
  }
}

/** `number, 0.01 to 10000`; what a list or a box shows anyway is not said. */
function wordsOf(kind: SimulatorField['kind'], schema: PlainValue): string {
  const bound = (key: string): number | null => numberOf(field(schema, key));
  switch (kind) {
    case 'number':
    case 'integer': {
      const [low, high] = [bound('minimum'), bound('maximum')];
      return `${kind === 'integer' ? 'whole number' : 'number'}${between(low, high)}`;
    }
    case 'text': {
      const format = field(schema, 'format');
      const [low, high] = [bound('minLength'), bound('maxLength')];
      const length = low === null && high === null ? '' : `${between(low, high)} characters`;
      return `${typeof format === 'string' ? format.slice(0, 40) : 'text'}${length}`;
    }
    case 'json': {
      const type = field(schema, 'type');
      return type === 'array' ? 'list, as JSON' : type === 'object' ? 'map, as JSON' : 'JSON';
    }
    default:
      return '';
  }
}

function between(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `, ${low} to ${high}`;
  if (low !== null) return `, at least ${low}`;
  return high === null ? '' : `, at most ${high}`;
}

const isMap = (value: PlainValue | undefined): value is { [key: string]: PlainValue } => typeof value === 'object' && value !== null && !Array.isArray(value);
const field = (value: PlainValue | undefined, key: string): PlainValue => (isMap(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null);
const listOf = (value: PlainValue): readonly PlainValue[] => (Array.isArray(value) ? value : []);
const numberOf = (value: PlainValue): number | null => (typeof value === 'number' ? value : null);
