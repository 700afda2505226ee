// From a place to its schema: what can stand there.
import assert from 'node:assert/strict';
import { allowedKeys, allowedValues, keySchema, keySnippet, nameKinds, plainOfSnippet, schemaAt, schemaFor } from '../../../server/src/core/documents';
import { nodeAt, resolve, type MapNode, type Path } from '../../../server/src/core/yaml';
import { documentOf, problemsOf } from './support';

const POLICY = `apiVersion: countersign/v1
kind: Policy
metadata: { name: p }
spec:
  rules:
    - { id: a, effect: allow }
    - { id: b, effect: require_approval }
    - { id: c, effect: oblige, obligations: [ { log: full } ] }
`;

const place = (text: string, path: Path): NonNullable<ReturnType<typeof schemaAt>> => {
  const document = documentOf(text);
  const found = document.schema ? schemaAt(document.schema, document.root, path) : null;
  assert.ok(found, path.join('/'));
  return found;
};
const mapOf = (text: string, path: Path): MapNode | null => {
  const node = resolve(nodeAt(documentOf(text).root, path));
  return node?.kind === 'map' ? node : null;
};

describe('documents: navigation', () => {
  it('keys of a rule follow its effect', () => {
    const keys = (index: number): string[] => allowedKeys(place(POLICY, ['spec', 'rules', index]).schema, mapOf(POLICY, ['spec', 'rules', index])).filter((choice) => !choice.present).map((choice) => choice.key + (choice.required ? '*' : ''));
    assert.deepEqual(keys(0).filter((key) => /actions|resources|approval/.test(key)), ['actions*', 'resources*']);
    assert.deepEqual(keys(1).filter((key) => /actions|resources|approval/.test(key)), ['actions', 'resources', 'approval*']);
    assert.deepEqual(allowedKeys(place(POLICY, ['spec', 'rules', 2, 'obligations', 0]).schema, mapOf(POLICY, ['spec', 'rules', 2, 'obligations', 0])).map((choice) => choice.key), ['log']);
  });

  it('values with what they mean', () => {
    const values = allowedValues(place(POLICY, ['spec', 'rules', 0, 'effect']).schema);
    assert.deepEqual(values.map(({ value }) => value), ['allow', 'require_approval', 'deny', 'oblige']);
    assert.ok(values.every(({ description }) => description));
    assert.deepEqual(allowedValues(place(POLICY, ['spec', 'rules', 0, 'actions', 0]).schema).slice(0, 2).map(({ value, open }) => [value, open]), [['call', true], ['read', true]]);
  });

  it('a union is decided by what stands there, and open while nothing does', () => {
    const agent = 'apiVersion: countersign/v1\nkind: Agent\nspec: { tools: [ a/b, { reason: x }, ], model: , hosting: [] }\n';
    assert.equal(place(agent, ['spec', 'tools', 0]).schema['x-patterns'], 'tool');
    assert.deepEqual(allowedKeys(place(agent, ['spec', 'tools', 1]).schema, null).map((choice) => choice.key), ['ref', 'reason']);
    assert.equal(place(agent, ['spec', 'model']).schema.oneOf?.length, 2);
    assert.deepEqual(nameKinds(place(agent, ['spec', 'hosting', 0]).schema), [{ kind: 'environment', pattern: false }]);
    assert.equal(place(agent, ['spec', 'hosting', 0, 'region']).schema['x-ref'], 'region');
    assert.equal(place(agent, ['spec', 'model']).field.title, 'Model');
  });

  it('keys of a Catalog declare', () => {
    const catalog = 'apiVersion: countersign/v1\nkind: Catalog\nspec: { teams: { a: {} } }\n';
    assert.equal(keySchema(place(catalog, ['spec', 'teams']).schema)?.['x-declares'], 'team');
    assert.deepEqual(allowedKeys(place(catalog, ['spec', 'teams', 'a']).schema, null).map((choice) => choice.key), ['title', 'members', 'contact', 'oncall', 'github', 'backstage']);
  });

  it('what completion inserts for each key is sound', () => {
    const layout = { style: 'block', indent: '  ', eol: '\n' } as const;
    const spec = schemaFor('agent').properties?.spec ?? {};
    for (const style of ['block', 'flow'] as const) {
      for (const { key, schema } of allowedKeys(spec, null)) {
        if (key === 'purpose' || key === 'owner') continue;
        const body = plainOfSnippet(keySnippet(key, schema, style === 'block' ? layout : { ...layout, style }));
        const text = style === 'block'
          ? `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: p\n  owner: { team: t }\n  ${body}\n`
          : `apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t }, ${body} }\n`;
        assert.deepEqual(problemsOf('x.yaml', text), [], text);
      }
    }
  });

  it('nothing is said of free maps and wrong paths', () => {
    const agent = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { annotations: { a: 1 } }\nspec: { x-a: 1 }\n';
    const document = documentOf(agent);
    for (const path of [['metadata', 'annotations', 'a'], ['spec', 'x-a'], ['nope'], ['spec', 0]]) assert.equal(schemaAt('agent', document.root, path), null);
  });
});
