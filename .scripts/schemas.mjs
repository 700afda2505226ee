// From schemas/*.schema.json to the typed constants that the server validates, completes and explains with: references resolved, regular
// expressions compiled by the build. Called by build, type check and tests; does nothing while neither the schemas nor this file changed.
// The schemas are also checked here: by ajv as JSON Schema, and that they use only what our validator (documents/validate.ts) knows.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSnippets } from './snippets.mjs';
import { generateStandards } from './standards.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const source = path.join(root, 'schemas');
const target = path.join(root, 'server/src/core/documents/generated/schemas.ts');
const NAMES = ['agent', 'catalog', 'policy', 'standard', 'policytest', 'snippets', 'config'];
const DEFS = '#/$defs/';
const KEYWORDS = new Set(['$ref', 'title', 'description', 'examples', 'default', 'type', 'const', 'enum', 'oneOf', 'allOf', 'properties', 'patternProperties', 'additionalProperties',
  'propertyNames', 'required', 'items', 'minItems', 'minProperties', 'maxProperties', 'minimum', 'maximum', 'pattern', 'format', '$schema', '$id', '$defs']);
const FORMATS = ['date', 'date-time', 'json-pointer'];

/** Generates when something changed; returns whether it did. Throws with all faults of the schemas in the message. */
export async function generateSchemas() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  const texts = NAMES.map((name) => readFileSync(path.join(source, `${name}.schema.json`), 'utf8'));
  for (const text of texts) hash.update(text);
  const stamp = `// Generated from schemas/ by .scripts/schemas.mjs; not to be edited. ${hash.digest('hex').slice(0, 16)}`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) return false;
  const schemas = Object.fromEntries(NAMES.map((name, index) => [name, JSON.parse(texts[index])]));
  const shared = sharedDefinitions(schemas);
  const faults = [...shared.faults, ...NAMES.flatMap((name) => [...fieldFaults(schemas[name], name), ...keywordFaults(schemas[name], name)]), ...(await metaFaults(schemas))];
  if (faults.length > 0) throw new Error(`The schemas have faults:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, `${stamp}\n${constants(schemas, shared.all)}`);
  return true;
}

/** One map of all `$defs`: each file holds its own so that it stands alone; a name that means two things is a fault. */
function sharedDefinitions(schemas) {
  const all = {};
  const faults = [];
  for (const [name, schema] of Object.entries(schemas)) {
    for (const [key, value] of Object.entries(schema.$defs ?? {})) {
      if (all[key] && JSON.stringify(all[key]) !== JSON.stringify(value)) faults.push(`${name}: $defs/${key} differs from that of another schema`);
      all[key] ??= value;
    }
  }
  return { all, faults };
}

/** Every field, key, item and branch says what it is, with an example. */
function fieldFaults(schema, name) {
  const faults = [];
  const definitions = schema.$defs ?? {};
  const visit = (field, where) => {
    const words = field.$ref ? { ...definitions[field.$ref.slice(DEFS.length)], ...field } : field;
    for (const key of ['title', 'description', 'examples']) if (words[key] === undefined || words[key].length === 0) faults.push(`${name}: ${where} has no ${key}`);
    inside(field, where);
  };
  const inside = (field, where) => {
    for (const [key, value] of Object.entries(field.properties ?? {})) visit(value, `${where}/${key}`);
    for (const key of ['items', 'additionalProperties', 'propertyNames']) if (typeof field[key] === 'object') visit(field[key], `${where}/${key}`);
    for (const [index, branch] of (field.oneOf ?? []).entries()) {
      if (!('const' in branch)) visit(branch, `${where}/${index}`);
      else if (!branch.description) faults.push(`${name}: ${where} does not describe its value ${branch.const}`);
    }
  };
  inside(schema, '');
  for (const [key, value] of Object.entries(definitions)) visit(value, `$defs/${key}`);
  return faults;
}

/** What our validator does not know must not be used; branches of a union must differ by type, since the type chooses the branch. */
function keywordFaults(schema, name) {
  const faults = [];
  const definitions = schema.$defs ?? {};
  const visit = (field, where) => {
    if (typeof field !== 'object' || field === null) return;
    for (const key of Object.keys(field)) if (!KEYWORDS.has(key) && !key.startsWith('x-')) faults.push(`${name}: ${where} uses ${key}, which the validator does not know`);
    if (field.format && !FORMATS.includes(field.format)) faults.push(`${name}: ${where} uses the format ${field.format}, which the validator does not know`);
    if (field.oneOf && !field.oneOf.every((branch) => 'const' in branch)) {
      const types = field.oneOf.map((branch) => (branch.$ref ? definitions[branch.$ref.slice(DEFS.length)].type : branch.type));
      if (types.some((type) => typeof type !== 'string') || new Set(types).size !== types.length) faults.push(`${name}: the branches of ${where} do not differ by type`);
    }
    for (const key of ['properties', '$defs']) for (const [inner, value] of Object.entries(field[key] ?? {})) visit(value, `${where}/${inner}`);
    for (const key of ['items', 'additionalProperties', 'propertyNames']) visit(field[key], `${where}/${key}`);
    for (const branch of field.oneOf ?? []) visit(branch, `${where}/oneOf`);
    for (const part of field.allOf ?? []) if (!part.if || !part.then || Object.keys(part).some((key) => !['if', 'then', 'else'].includes(key))) faults.push(`${name}: ${where}/allOf holds something else than if, then, else`);
  };
  visit(schema, '');
  return faults;
}

async function metaFaults(schemas) {
  const { default: Ajv } = await import('ajv/dist/2020.js');
  const faults = [];
  for (const [name, schema] of Object.entries(schemas)) {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false, formats: Object.fromEntries(FORMATS.map((format) => [format, true])) });
    ajv.addVocabulary([...new Set(JSON.stringify(schema).match(/(?<=")x-[\w-]+(?=":)/g))]);
    try {
      ajv.compile(schema);
    } catch (error) {
      faults.push(`${name}: ${error.message}`);
    }
  }
  return faults;
}

/** The schemas with every reference written as the object that it means; definitions are shared between them. */
function constants(schemas, definitions) {
  const order = [];
  const place = (key) => {
    if (order.includes(key)) return;
    referencesIn(definitions[key]).forEach(place);
    order.push(key);
  };
  Object.keys(definitions).forEach(place);
  const lines = [`import type { Schema, SchemaName } from '../schema';`, ''];
  for (const key of order) lines.push(`const ${key}: Schema = ${literal(definitions[key])};`);
  lines.push('', 'export const schemas: Readonly<Record<SchemaName, Schema>> = {');
  for (const name of NAMES) {
    const { $schema: _schema, $id: _id, $defs: _defs, ...rest } = schemas[name];
    lines.push(`  ${name}: ${literal(rest)},`);
  }
  lines.push('};', '');
  return lines.join('\n');
}

function referencesIn(value) {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [inner.slice(DEFS.length)] : referencesIn(inner)));
}

function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (!value || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value);
  if (entries.length === 1 && '$ref' in value) return value.$ref.slice(DEFS.length);
  return `{ ${entries.map(([key, inner]) => member(key, inner)).join(', ')} }`;
}

function member(key, value) {
  if (key === '$ref') return `...${value.slice(DEFS.length)}`;
  // the only user of patterns is the validator; a literal spares it compiling them
  if (key === 'pattern' && typeof value === 'string') return `"pattern": ${JSON.stringify(value)}, "regexp": ${new RegExp(value, 'u')}`;
  return `${JSON.stringify(key)}: ${literal(value)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (await generateSchemas()) console.log('schemas: constants written');
    if (generateStandards()) console.log('standards: constants written');
    if (generateSnippets()) console.log('snippets: constants written');
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
