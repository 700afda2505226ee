// The schemas as other tools see them, and our validator against ajv.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import Ajv from 'ajv/dist/2020';
import * as fc from 'fast-check';
import { exampleOf, hasFormat, KINDS, plainOfSnippet, schemaFor, schemaNameOf, skeleton, validate, type Schema, type SchemaName } from '../../../server/src/core/documents';
import { parseJson, plainValue, type PlainValue } from '../../../server/src/core/yaml';
import { parseCases } from '../../harness/cases';
import { documentsOf, problemsOf, treeOf } from './support';

const NAMES: readonly SchemaName[] = ['agent', 'catalog', 'policy', 'standard', 'policytest', 'snippets', 'config'];
const FOLDER = 'test/core/documents/cases';

function newAjv(): Ajv {
  const formats = Object.fromEntries(['date', 'date-time', 'json-pointer'].map((format) => [format, (text: string) => hasFormat(format, text)]));
  return new Ajv({ strict: false, allErrors: true, formats });
}

const read = (name: SchemaName): Schema => JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as Schema;

/** What our validator says of a value that is written as JSON. */
function ours(name: SchemaName, value: PlainValue): boolean {
  const text = JSON.stringify(value);
  const root = parseJson(text).documents[0]?.root;
  // that exclusions must not stand alone is an annotation of ours; JSON Schema could say it only in a way that helps nobody
  return root !== null && root !== undefined && validate(root, schemaFor(name), { text, json: true, tags: [], broken: [], stem: 'a' }).every((problem) => problem.message.includes('exclusions alone'));
}

/** Sound values of each kind, from the case files and from the schemas' examples. */
function soundValues(): { name: SchemaName; value: PlainValue }[] {
  const found: { name: SchemaName; value: PlainValue }[] = KINDS.map((kind) => ({ name: schemaNameOf(kind), value: plainValue(treeOf('x.yaml', plainOfSnippet(skeleton(kind, 'a'))).documents[0]?.root ?? null) }));
  for (const file of readdirSync(FOLDER)) {
    for (const { files } of parseCases(readFileSync(`${FOLDER}/${file}`, 'utf8'), 'x.agent.yaml')) {
      for (const { path, text } of files) for (const document of documentsOf(path, text)) if (document.schema && document.kind) found.push({ name: document.schema, value: document.value });
    }
  }
  return found;
}

describe('documents: schemas', () => {
  for (const name of NAMES) {
    it(`${name}: every example of every field is accepted by the field`, () => {
      const schema = read(name) as Schema & { $defs?: Record<string, Schema> };
      const visit = (field: Schema & { $ref?: string }, where: string): void => {
        if (typeof field !== 'object' || field === null) return;
        if (field.examples) {
          const check = newAjv().compile({ ...field, ...(where === '' ? {} : { $defs: schema.$defs ?? {} }) });
          const wholes = where === '' ? [] : field.examples;
          for (const example of wholes) assert.ok(check(example), `${where}: ${JSON.stringify(example)} ${JSON.stringify(check.errors)}`);
        }
        for (const [key, inner] of Object.entries(field.properties ?? {})) visit(inner, `${where}/${key}`);
        for (const [key, inner] of Object.entries((field as { $defs?: Record<string, Schema> }).$defs ?? {})) visit(inner, `$defs/${key}`);
        for (const inner of [field.items, field.additionalProperties, field.propertyNames]) if (typeof inner === 'object') visit(inner, `${where}/*`);
        for (const inner of field.oneOf ?? []) if (inner.const === undefined) visit(inner, `${where}/oneOf`);
      };
      visit(schema, '');
    }).timeout(60_000);
  }

  it('a new document of each kind is sound', () => {
    for (const kind of KINDS) {
      for (const json of [false, true]) {
        const text = plainOfSnippet(skeleton(kind, 'a', json));
        assert.deepEqual(problemsOf(json ? 'x.json' : 'x.yaml', text), [], text);
      }
    }
  });

  it('the smallest example of a field is accepted', () => {
    const ajv = newAjv();
    const policy = read('policy');
    assert.ok(ajv.validate(policy, { apiVersion: 'countersign/v1', kind: 'Policy', metadata: { name: 'a' }, spec: exampleOf(schemaFor('policy').properties?.spec ?? {}) }));
  });

  it('agrees with ajv on documents that were changed at random', () => {
    const values = soundValues();
    const checks = new Map(NAMES.map((name) => [name, newAjv().compile(read(name))]));
    let sound = 0;
    for (const { name, value } of values) {
      assert.equal(ours(name, value), checks.get(name)?.(value), JSON.stringify(value));
      if (ours(name, value)) sound++;
    }
    assert.ok(sound >= 8, `only ${sound} sound`);
    const junk = fc.constantFrom<PlainValue>(null, 1, 0, -1, 1.5, true, 'x', '', '2027-02-29', '30m', 'a/b', 'tool:x', '!x', 'deny', 'require_approval', 'oblige', [], ['x'], [1], {}, { from: ['x'] }, { 'x-a': 1 });
    const key = fc.constantFrom('id', 'effect', 'approval', 'obligations', 'name', 'x-own', 'zzz', 'path', 'package', 'team', 'spec', 'metadata', 'log', 'kind', 'toString', '__proto__');
    const edit = fc.record({ at: fc.nat(), how: fc.constantFrom('set', 'remove', 'add', 'copy'), junk, key });
    fc.assert(fc.property(fc.constantFrom(...values), fc.array(edit, { minLength: 1, maxLength: 4 }), ({ name, value }, edits) => {
      const changed = edits.reduce<PlainValue>((now, each) => mutate(now, each), structuredClone(value));
      assert.equal(ours(name, changed), checks.get(name)?.(JSON.parse(JSON.stringify(changed))), JSON.stringify(changed));
    }), { numRuns: 3_000 });
  });
});

interface Edit {
  readonly at: number;
  readonly how: string;
  readonly junk: PlainValue;
  readonly key: string;
}

/** Changes one place of a value. */
function mutate(root: PlainValue, { at, how, junk, key }: Edit): PlainValue {
  const places: { holder: PlainValue[] | { [key: string]: PlainValue }; key: string | number }[] = [];
  const visit = (value: PlainValue): void => {
    if (value === null || typeof value !== 'object') return;
    const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
    for (const inner of keys) {
      places.push({ holder: value, key: inner });
      visit((value as { [key: string]: PlainValue })[inner] ?? null);
    }
  };
  visit(root);
  const place = places[at % Math.max(1, places.length)];
  if (!place) return junk;
  const holder = place.holder as { [key: string | number]: PlainValue };
  if (how === 'remove') {
    if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
    else delete holder[place.key];
  } else if (how === 'add' && !Array.isArray(place.holder)) Object.defineProperty(holder, key, { value: structuredClone(junk), enumerable: true, configurable: true, writable: true });
  else if (how === 'copy') holder[place.key] = structuredClone(places[(at * 7) % places.length]?.holder ?? null) as PlainValue;
  else holder[place.key] = structuredClone(junk);
  return root;
}
