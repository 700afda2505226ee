// Whatever snippet is offered, wherever: taking it as it is leaves no new fault of syntax or shape.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ide, snippetChoices } from '../../server/src/ide';
import { expand, parseBody, valuesAt } from '../../server/src/core/snippets';
import { readDocuments } from '../../server/src/core/documents';
import { parseJson, parseYaml } from '../../server/src/core/yaml';
import { NOW, filesOf, workspaceOf } from '../harness/workspace';

const DOCUMENTS: Readonly<Record<string, string>> = {
  'a.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: a\nspec:\n  purpose: Something.\n  owner:\n    team: t\n  intervention:\n    fallback: a person\n  validation:\n    - name: x\n  hosting: [production]\n',
  'p.policy.yaml': 'apiVersion: countersign/v1\nkind: Policy\nmetadata:\n  name: p\nspec:\n  rules:\n    - id: a\n      effect: oblige\n      obligations:\n        - log: full\n',
  't.policytest.yaml': 'apiVersion: countersign/v1\nkind: PolicyTest\nspec:\n  cases:\n    - name: a\n      request: { agent: a, action: call, resource: "tool:a/b" }\n      expect: deny\n',
  's.standard.yaml': 'apiVersion: countersign/v1\nkind: Standard\nmetadata:\n  name: s\nspec:\n  requirements:\n    - id: a\n      require: "true"\n      message: m\n',
  'f.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: >\n    Something\n    long.\n  owner: { team: t }\n  approvals:\n  - gate: deploy\n    from: [t]\n  logging:\n      sink: s\n      events: [input]\n  intervention: { fallback: f }\n---\napiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  scope: { agents: [a] }\n  rules: []\n',
  'g.agent.yaml': 'apiVersion: countersign/v1\r\nkind: Agent\r\nmetadata:\r\n  name: a\r\nspec:\r\n  purpose: p\r\n  owner:\r\n    team: t\r\n  # a comment\r\n',
  'c.catalog.yaml': 'apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams:\n    t: { title: T }\n  tools:\n    a/b:\n      capabilities: []\n',
  'e.agent.yaml': '',
  'j.agent.json': '{\n  "apiVersion": "countersign/v1",\n  "kind": "Agent",\n  "metadata": { "name": "a" },\n  "spec": {\n    "purpose": "p",\n    "owner": { "team": "t" },\n    "validation": [\n      { "name": "a" },\n      {\n      }\n    ],\n  }\n}\n',
  'k.policy.json': '{ "apiVersion": "countersign/v1", "kind": "Policy", "metadata": { "name": "p" }, "spec": { "rules": [\n  { "id": "a", "effect": "oblige", "obligations": [\n  ] },\n] } }\n',
  'b.agent.yaml': 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec: { purpose: p, owner: { team: t },\n  validation: [ { name: a },\n    {\n    } ],\n  }\n',
  'n.policy.json': '',
};

/** RUNS=10000 for as many */
const RUNS = Number(process.env.RUNS ?? 200);

const LIBRARY = `#- lib/l.snippets.yaml
apiVersion: countersign/v1
kind: SnippetLibrary
metadata: { name: lib, owner: t }
spec: { version: 1.0.0, snippets: ["./*.code-snippets"] }
#- lib/x.code-snippets
{ "two": { "prefix": "two", "description": "d", "body": ["logging:", "\\tsink: \${1:siem}", "\\tevents: [input]", "budget: { monthlyUsd: \${2:5} }", "$0"] },
  "transforms": { "prefix": "transforms", "description": "d", "body": ["labels:", "  a: \${1:my text}", "  b: \${1/[^a-z]+/-/g}", "  c: \\"\${TM_FILENAME/(.*)\\\\..+$/\${1:/upcase}/}\\"", "  d: \\"$CURRENT_YEAR\\"", "  e: \${1|x y,z|}"] },
  "labels": { "prefix": "labels", "description": "d", "body": "labels: { a: \${1|b,c|} }" } }
`;

/** How many faults a text has. */
const faults = (path: string, text: string): number => {
  const tree = path.endsWith('.json') ? parseJson(text) : parseYaml(text);
  return tree.documents.reduce((sum, { problems }) => sum + problems.length, 0) + readDocuments(tree, path, text).reduce((sum, { problems }) => sum + problems.length, 0);
};

describe('snippets where they are offered', () => {
  it('leave no new fault', () => {
    let taken = 0;
    let inJson = 0;
    let chosen = 0;
    fc.assert(fc.property(fc.constantFrom(...Object.keys(DOCUMENTS)), fc.nat(), fc.constantFrom('', '  ', '    ', '      ', '- ', '    - ', '      - ', '---\n', '{ ', '[ ', ', '), fc.constantFrom('', 'o', 'log', '"log'), (path, at, lead, typed) => {
      const whole = DOCUMENTS[path] ?? '';
      const lines = whole.split('\n');
      const line = at % lines.length;
      const before = [...lines.slice(0, line), lead + typed].join('\n');
      const text = [before, ...lines.slice(line)].join('\n');
      const workspace = workspaceOf(filesOf(`${LIBRARY}#- ${path}\n${text}`));
      workspace.applyChange({ packages: true });
      for (const item of ide.complete?.(workspace, path, before.length) ?? []) {
        if (item.kind !== 'snippet' || !item.documentation?.includes('From library')) continue;
        taken++;
        if (path.endsWith('.json')) inJson++;
        const after = text.slice(0, item.replace.start) + expand(parseBody(item.insert).parts, valuesAt(NOW)).text + text.slice(item.replace.end);
        const without = text.slice(0, item.replace.start) + text.slice(item.replace.end);
        assert.ok(faults(path, after) <= faults(path, without), `${item.label} in ${path}:\n${after}`);
      }
      // *Insert Snippet…* says where else in the document a block belongs
      for (const { id, here } of typed === '' ? snippetChoices(workspace, path, before.length) : []) {
        if (!here) continue;
        chosen++;
        const after = text.slice(0, here.replace.start) + expand(parseBody(here.insert).parts, valuesAt(NOW)).text + text.slice(here.replace.end);
        const without = text.slice(0, here.replace.start) + text.slice(here.replace.end);
        assert.ok(faults(path, after) <= faults(path, without), `${id} in ${path}:\n${after}`);
      }
    }), { numRuns: RUNS });
    assert.ok(chosen > RUNS / 4, `${chosen} were chosen`);
    assert.ok(taken > RUNS / 4, `${taken} were tried`);
    assert.ok(inJson > RUNS / 10, `${inJson} were tried in JSON`);
  });
});
