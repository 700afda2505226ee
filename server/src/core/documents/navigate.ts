// From a place in a document to the part of the schema that holds there, for validation, hover and completion.
import { pairOf, resolve, type MapNode, type Node, type Path, type Plain, type PlainValue } from '../yaml';
import { schemas } from './generated/schemas';
import { choices, isChoice, typesOf, type Condition, type Demand, type Schema, type SchemaName, type Test } from './schema';

/** The schema of a kind of document, its references resolved. */
export const schemaFor = (name: SchemaName): Schema => schemas[name];

/** The branch of a union that a value means, by its type; the schema itself where it is no union; null where no branch fits. Without a value the union. */
export function branchFor(schema: Schema, node: Plain | null): Schema | null {
  if (!schema.oneOf || isChoice(schema) || !node) return schema;
  const type = node.kind === 'map' ? 'object' : node.kind === 'seq' ? 'array' : node.value === null ? 'null' : typeof node.value;
  return schema.oneOf.find((branch) => typesOf(branch).includes(type as never)) ?? null;
}

/** The schema of a key's value in a map, or null where the key is not described. */
export function propertySchema(schema: Schema, key: string): Schema | null {
  if (schema.properties && Object.hasOwn(schema.properties, key)) return schema.properties[key] ?? null;
  return typeof schema.additionalProperties === 'object' && !isOwn(schema, key) ? schema.additionalProperties : null;
}

/** Keys that the author may add: `x-...`, and any in free maps. */
export const keyAllowed = (schema: Schema, key: string): boolean => schema.additionalProperties !== false || isOwn(schema, key);

const isOwn = (schema: Schema, key: string): boolean => schema.patternProperties !== undefined && key.startsWith('x-');

/** The schema's conditions with what each demands of a map as it stands. */
export function conditionsOf(schema: Schema, map: MapNode | null): readonly { readonly condition: Condition; readonly demand: Demand }[] {
  if (!schema.allOf || !map) return [];
  return schema.allOf.flatMap((condition) => {
    const demand = holds(condition.if, map) ? condition.then : condition.else;
    return demand ? [{ condition, demand }] : [];
  });
}

function holds(test: Test, map: MapNode): boolean {
  const text = (key: string): PlainValue => {
    const value = resolve(pairOf(map, key)?.value);
    return value?.kind === 'scalar' ? value.value : null;
  };
  if (!(test.required ?? []).every((key) => map.pairs.some((pair) => pair.key.text === key))) return false;
  return Object.entries(test.properties ?? {}).every(([key, wanted]) => wanted.enum.includes(text(key) as string));
}

/** What holds at a place. */
export interface SchemaPlace {
  /** of the value at the path, the union branch chosen by what stands there; the union itself while nothing does */
  readonly schema: Schema;
  /** of the same value before a branch was chosen: its title and description are those of the field */
  readonly field: Schema;
  /** the schema of the map that holds the key, where the last step is one */
  readonly parent: Schema | null;
  /** the value, aliases resolved */
  readonly node: Plain | null;
}

/** The schema of the value at a path, or null where nothing is described (free maps, keys of one's own, a wrong path). */
export function schemaAt(name: SchemaName, root: Node | null, path: Path): SchemaPlace | null {
  let field: Schema = schemaFor(name);
  let node = resolve(root);
  let parent: Schema | null = null;
  let schema = branchFor(field, node) ?? field;
  for (const step of path) {
    const next = stepInto(schema, step);
    if (!next) return null;
    parent = next.parent;
    field = next.field;
    const here: Node | null | undefined = node?.kind === 'map' ? pairOf(node, String(step))?.value : node?.kind === 'seq' ? node.items[Number(step)] : null;
    node = resolve(here);
    schema = branchFor(field, isEmpty(node) ? null : node) ?? field;
  }
  return { schema, field, parent, node };
}

const isEmpty = (node: Plain | null): boolean => node?.kind === 'scalar' && node.value === null;

/** One step into a schema; in a union that no value has decided, into the first branch that has such a part. */
function stepInto(schema: Schema, step: string | number): { field: Schema; parent: Schema | null } | null {
  const branches = schema.oneOf && !isChoice(schema) ? schema.oneOf : [schema];
  for (const branch of branches) {
    if (typeof step === 'number') {
      if (branch.items) return { field: branch.items, parent: null };
    } else {
      const field = propertySchema(branch, step);
      if (field) return { field, parent: branch };
    }
  }
  return null;
}

/** A key that may stand in a map. */
export interface KeyChoice {
  readonly key: string;
  readonly schema: Schema;
  /** always, or as the map's other values demand */
  readonly required: boolean;
  readonly present: boolean;
}

/** The keys of a map by its schema, in their usual order; those that the map's values rule out are left out. Of a union, those of its map branch. */
export function allowedKeys(schema: Schema, map: MapNode | null): readonly KeyChoice[] {
  const shape = schema.oneOf && !isChoice(schema) ? (schema.oneOf.find((branch) => typesOf(branch).includes('object')) ?? schema) : schema;
  const demands = conditionsOf(shape, map);
  const keys: KeyChoice[] = [];
  for (const [key, field] of Object.entries(shape.properties ?? {})) {
    const present = map?.pairs.some((pair) => pair.key.text === key) ?? false;
    if (!present && demands.some(({ demand }) => demand.properties && key in demand.properties)) continue;
    keys.push({ key, schema: field, present, required: (shape.required ?? []).includes(key) || demands.some(({ demand }) => demand.required?.includes(key) === true) });
  }
  const full = shape.maxProperties !== undefined && keys.some((choice) => choice.present);
  return full ? keys.filter((choice) => choice.present) : keys;
}

/** What the keys of a map stand for where it has no fixed ones (Catalog sections, variables, severities), or null. */
export const keySchema = (schema: Schema): Schema | null => schema.propertyNames ?? null;

/** A value that can stand at a place. */
export interface ValueChoice {
  readonly value: PlainValue;
  readonly description?: string;
  /** others are allowed too */
  readonly open: boolean;
}

/** The values that a schema names, with what they mean; through all branches of a union; none where any text can stand. */
export function allowedValues(schema: Schema): readonly ValueChoice[] {
  if (isChoice(schema)) return (schema.oneOf ?? []).map((branch) => ({ value: branch.const ?? null, ...(branch.description ? { description: branch.description } : {}), open: false }));
  if (schema.oneOf) return schema.oneOf.flatMap(allowedValues);
  const named = choices(schema);
  if (named) return named.map((value) => ({ value, open: false }));
  if (typesOf(schema).includes('boolean')) return [{ value: true, open: false }, { value: false, open: false }];
  return Object.entries(schema['x-values'] ?? {}).map(([value, description]) => ({ value, description, open: true }));
}

/** The kinds of names that can stand as a value here; of a list those of its entries are asked for at the entry's own path. */
export function nameKinds(schema: Schema): readonly { readonly kind: NonNullable<Schema['x-ref']>; readonly pattern: boolean }[] {
  if (schema.oneOf && !isChoice(schema)) return schema.oneOf.flatMap(nameKinds);
  if (schema['x-ref']) return [{ kind: schema['x-ref'], pattern: false }];
  return schema['x-patterns'] ? [{ kind: schema['x-patterns'], pattern: true }] : [];
}
