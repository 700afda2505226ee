// Long files under edit are read in parts that are kept: what is said of them must be what a first reading says.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLinter } from '../../../server/src/core/lint';
import { Workspace, type FileFacts } from '../../../server/src/core/workspace';
import { NOW, lintAll } from '../../harness/workspace';

const rule = (n: number): string => `    - id: rule-${n}
      effect: ${['allow', 'deny', 'require_approval', 'oblige'][n % 4]}
      roles: [clerk-${n % 3}]
      actions: [call]
      resources: ["tool:payments/refund"]
      ${n % 2 ? 'when: args.amount > 5' : `unless: variables.large || args.amount > ${n}`}
      ${n % 4 === 2 ? 'approval: { from: [risk] }' : n % 4 === 3 ? 'obligations: [{ log: full }]' : 'reason: so'}
`;
const check = (n: number): string => `    - name: check-${n}
      kind: evaluation
      metric: right
      threshold: 0.${n}
      lastRun: 2026-01-0${1 + (n % 9)}
`;
const team = (n: number): string => `    team-${n}:
      title: Team ${n}
      members: [ann-${n}, bob]
      oncall: night-${n}
`;
const many = (count: number, part: (n: number) => string): string => Array.from({ length: count }, (_, n) => part(n)).join('');

const FILES: Readonly<Record<string, string>> = {
  'a.policy.yaml': `apiVersion: countersign/v1\nkind: Policy\nmetadata: { name: guardrails }\nspec:\n  variables:\n    large: args.amount > 500\n  rules:\n${many(14, rule)}`,
  'a.agent.yaml': `apiVersion: countersign/v1\nkind: Agent\nmetadata:\n  name: helper\nspec:\n  purpose: Helps.\n  owner: { team: risk }\n  roles: [clerk-1]\n  tools:\n    - payments/refund\n    - ref: crm/*\n      reason: to look\n  validation:\n${many(12, check)}  approvals:\n    - gate: deploy\n      from: [team-1]\n`,
  'a.catalog.yaml': `apiVersion: countersign/v1\nkind: Catalog\nspec:\n  teams:\n    risk: { members: [ann-1, cid] }\n${many(14, team)}  tools:\n    payments/refund:\n      capabilities: [changes-state]\n`,
};
const PARTS = ['', 'x', '\n', '  ', ' ', '"', '[', '}', ': ', '- ', '#', '&a', '*a', '!', 'rule-1', 'allow', 'deny', 'large', '    - id: new\n', '---\n', 'metadata: { name: other }\n', 'kind: Agent\n', '😀'];

/** All that facts say, the lazy parts too. */
const plain = (facts: FileFacts | null): string =>
  JSON.stringify(facts, (key, value: unknown) => (key === 'places' ? undefined : value)) + JSON.stringify(facts?.declared.map((d) => d.value)) + JSON.stringify(facts?.documents.map((d) => [d.value, d.places.value('/spec'), d.places.key('/spec/rules/3/id')]));

describe('long files under edit', () => {
  it('say what a first reading says', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ file: fc.constantFrom(...Object.keys(FILES)), at: fc.nat(), length: fc.oneof({ weight: 3, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.nat(300) }), text: fc.constantFrom(...PARTS), undo: fc.nat(3) }), { minLength: 1, maxLength: 10 }),
        (steps) => {
          const files = new Map(Object.entries(FILES));
          const workspace = new Workspace();
          workspace.applyChange({ files, now: NOW });
          const linter = createLinter(workspace);
          for (const { file, at, length, text, undo } of steps) {
            const before = files.get(file) ?? '';
            const start = at % (before.length + 1);
            files.set(file, undo === 0 ? (FILES[file] ?? '') : before.slice(0, start) + text + before.slice(start + length));
            workspace.applyChange({ files: [[file, files.get(file) ?? '']] });
            const fresh = new Workspace();
            fresh.applyChange({ files, now: NOW });
            assert.equal(plain(workspace.facts(file)), plain(fresh.facts(file)));
            assert.deepEqual(workspace.tree(file), fresh.tree(file));
          }
          const fresh = new Workspace();
          fresh.applyChange({ files, now: NOW });
          assert.deepEqual(workspace.paths().flatMap((path) => [...linter.get(path)]), lintAll(fresh));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are kept as they were where nothing moved', () => {
    const workspace = new Workspace();
    const text = FILES['a.policy.yaml'] ?? '';
    workspace.applyChange({ files: [['a.policy.yaml', text]], now: NOW });
    workspace.applyChange({ files: [['a.policy.yaml', `${text}\n`]] });
    const before = workspace.facts('a.policy.yaml')?.documents[0];
    workspace.applyChange({ files: [['a.policy.yaml', text.replace('id: rule-9', 'id: rule-x')]] });
    const after = workspace.facts('a.policy.yaml')?.documents[0];
    const rules = (value: unknown): readonly unknown[] => (value as { spec: { rules: unknown[] } }).spec.rules;
    assert.equal(rules(before?.value)[3], rules(after?.value)[3]);
    assert.notEqual(rules(before?.value)[9], rules(after?.value)[9]);
    assert.ok(before?.references[0] && after?.references.includes(before.references[0]));
  });
});
