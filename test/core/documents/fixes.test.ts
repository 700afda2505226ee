// Fixes: each leaves text that parses and no longer has the fault; some are shown before and after.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { applyEdits, type Fix } from '../../../server/src/core/text';
import { plainOfSnippet } from '../../../server/src/core/documents';
import { parseCases } from '../../harness/cases';
import { problemsOf, treeOf } from './support';

const FOLDER = 'test/core/documents/cases';

export const applyFix = (text: string, fix: Fix): string => applyEdits(text, fix.edits.map((edit) => ({ span: edit.span, newText: fix.snippet ? plainOfSnippet(edit.newText) : edit.newText })));

const syntax = (path: string, text: string): string[] => treeOf(path, text).documents.flatMap((document) => document.problems.map((problem) => `${problem.code} ${problem.message}`));

interface Example {
  readonly title: string;
  readonly fix: string;
  readonly before: string;
  readonly after: string;
  readonly path?: string;
}

const HEAD = 'apiVersion: countersign/v1\nkind: Agent\nmetadata: { name: a }\nspec:\n  purpose: p\n  owner: { team: t }\n';
const POLICY = 'apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: p }\nspec:\n  rules:\n';

const EXAMPLES: readonly Example[] = [
  { title: 'a required key goes where it usually stands', fix: 'Insert `purpose`', before: HEAD.replace('  purpose: p\n', ''), after: HEAD.replace('  purpose: p\n', '  purpose: Resolve refund requests from e-mail up to the limit that finance set.\n') },
  { title: 'a required map on lines of its own', fix: 'Insert `owner`', before: `${HEAD.replace('  owner: { team: t }\n', '')}  roles: [a] # why\n`, after: `${HEAD.replace('  owner: { team: t }\n', '')}  owner:\n    team: payments-platform\n  roles: [a] # why\n` },
  { title: 'into a flow map', fix: 'Insert `team`', before: HEAD.replace('{ team: t }', '{ model: central-it }'), after: HEAD.replace('{ team: t }', '{ team: payments-platform, model: central-it }') },
  { title: 'into an empty flow map', fix: 'Insert `team`', before: HEAD.replace('{ team: t }', '{}'), after: HEAD.replace('{ team: t }', '{ team: payments-platform }') },
  { title: 'into a list item, after its comment', fix: 'Insert `approval`', before: `${POLICY}    - id: a # first\n      effect: require_approval # second\n    - { id: b, effect: deny }\n`, after: `${POLICY}    - id: a # first\n      effect: require_approval # second\n      approval:\n        from: [finance-ops]\n    - { id: b, effect: deny }\n` },
  { title: 'before the first key of a list item', fix: 'Insert `id`', before: `${POLICY}    - effect: deny\n`, after: `${POLICY}    - id: refund-large\n      effect: deny\n` },
  { title: 'the apiVersion comes first', fix: 'Insert `apiVersion`', before: HEAD.replace('apiVersion: countersign/v1\n', ''), after: HEAD },
  { title: 'with the line breaks of the file', fix: 'Insert `owner`', before: 'apiVersion: countersign/v1\r\nkind: Agent\r\nmetadata: { name: a }\r\nspec:\r\n  purpose: |\r\n    p\r\n', after: 'apiVersion: countersign/v1\r\nkind: Agent\r\nmetadata: { name: a }\r\nspec:\r\n  purpose: |\r\n    p\r\n  owner:\r\n    team: payments-platform\r\n' },
  { title: 'at the end without a line break', fix: 'Insert `owner`', before: HEAD.replace('\n  owner: { team: t }\n', ''), after: HEAD.replace('\n  owner: { team: t }\n', '\n  owner:\n    team: payments-platform') },
  { title: 'the name of the file as the name of the document', fix: 'Insert `metadata`', path: 'agents/refund_bot.agent.yaml', before: HEAD.replace('metadata: { name: a }\n', ''), after: HEAD.replace('metadata: { name: a }\n', 'metadata:\n  name: refund-bot\n') },
  { title: 'JSON', fix: 'Insert `owner`', path: 'a.agent.json', before: '{\n  "apiVersion": "countersign/v1",\n  "kind": "Agent",\n  "metadata": { "name": "a" },\n  "spec": {\n    "purpose": "p"\n  }\n}\n', after: '{\n  "apiVersion": "countersign/v1",\n  "kind": "Agent",\n  "metadata": { "name": "a" },\n  "spec": {\n    "purpose": "p",\n    "owner": { "team": "payments-platform" }\n  }\n}\n' },
  { title: 'rename', fix: 'Change to `roles`', before: `${HEAD}  rolse: [a]\n`, after: `${HEAD}  roles: [a]\n` },
  { title: 'remove a line', fix: 'Remove `zzz`', before: `${HEAD}  zzz: # why\n    - a\n  roles: [a]\n`, after: `${HEAD}  roles: [a]\n` },
  { title: 'remove from a flow map', fix: 'Remove `zzz`', before: HEAD.replace('team: t', 'team: t, zzz: 1'), after: HEAD },
  { title: 'remove the first of a list item', fix: 'Remove `zzz`', before: `${POLICY}    - zzz: 1\n      id: a\n      effect: deny\n`, after: `${POLICY}    - id: a\n      effect: deny\n` },
  { title: 'a list of one', fix: 'Make it a list', before: `${HEAD}  roles: clerk\n`, after: `${HEAD}  roles: [clerk]\n` },
  { title: 'quote', fix: 'Quote it', before: HEAD.replace('purpose: p', 'purpose: 0x10'), after: HEAD.replace('purpose: p', 'purpose: "0x10"') },
  { title: 'nearest value', fix: 'Change to `production`', before: `${HEAD}  lifecycle: "prod"\n`, after: `${HEAD}  lifecycle: "production"\n` },
  { title: 'a tag becomes text', fix: 'Quote the text', before: `${POLICY}    - id: a\n      effect: deny\n      when: ! variables.large\n`, after: `${POLICY}    - id: a\n      effect: deny\n      when: "! variables.large"\n` },
  { title: 'a name in its form', fix: 'Change to `refund-bot`', before: HEAD.replace('name: a', 'name: Refund Bot'), after: HEAD.replace('name: a', 'name: refund-bot') },
  { title: 'an empty key', fix: 'Insert an example value', before: `${HEAD}  roles: # why\n`, after: `${HEAD}  roles: [refund-clerk] # why\n` },
  { title: 'an empty file', fix: 'Write a new Policy', path: 'freeze.policy.yaml', before: '', after: 'apiVersion: countersign/v1\nkind: Policy\nmetadata:\n  name: freeze\nspec:\n  rules:\n    - { id: freeze, effect: deny, actions: [deploy] }\n' },
];

describe('documents: fixes', () => {
  for (const { title, fix, before, after, path = before.includes('kind: Policy') ? 'x.policy.yaml' : 'x.agent.yaml' } of EXAMPLES) {
    it(title, () => {
      const fixes = problemsOf(path, before).flatMap((problem) => problem.fixes ?? []);
      const chosen = fixes.find((each) => each.title === fix);
      assert.ok(chosen, `no such fix; there are: ${fixes.map((each) => each.title).join(', ')}`);
      assert.equal(applyFix(before, chosen), after);
    });
  }

  it('every fix of every case parses and mends its finding', () => {
    let count = 0;
    for (const name of readdirSync(FOLDER)) {
      for (const { title, files } of parseCases(readFileSync(`${FOLDER}/${name}`, 'utf8'), 'x.agent.yaml')) {
        for (const { path, text } of files) {
          for (const problem of problemsOf(path, text)) {
            for (const fix of problem.fixes ?? []) {
              const fixed = applyFix(text, fix);
              const where = `${title}: ${problem.code} ${problem.message} → ${fix.title}\n${fixed}`;
              assert.deepEqual(syntax(path, fixed).filter((each) => !syntax(path, text).includes(each)), [], where);
              const same = problemsOf(path, fixed).filter((other) => other.code === problem.code && String(other.path) === String(problem.path) && other.message === problem.message);
              assert.deepEqual(same, [], where);
              count++;
            }
          }
        }
      }
    }
    assert.ok(count > 60, `only ${count}`);
  });
});
