// What the workspace says after any edits is what a new workspace says of the same files.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { createLinter, type Finding } from '../../../server/src/core/lint';
import { Workspace } from '../../../server/src/core/workspace';
import { NOW, lintAll, workspaceOf } from '../../harness/workspace';

const ACME = 'test/workspaces/acme';

function acme(): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(ACME, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = path.join(entry.parentPath ?? entry.path, entry.name);
    files.set(path.relative(ACME, full).split(path.sep).join('/'), readFileSync(full, 'utf8'));
  }
  return files;
}

const plain = (findings: readonly Finding[]): string[] => findings.map((f) => JSON.stringify(f)).sort();

const SNIPPETS = ['payments', 'x', '\n', ' ', '"', '- ', 'team: ', '#', 'countersign/v1', 'production', '!', '*', '{', ']', 'name: refund-assistant', 'definition: .github/agents/release-notes.agent.md\n'];

describe('incremental checking', () => {
  const original = acme();
  const paths = [...original.keys()].filter((p) => /\.(ya?ml|json|md)$/.test(p));

  it('equals checking from scratch after random edits, deletions and moves', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ file: fc.nat(), action: fc.nat(9), at: fc.nat(), length: fc.nat(30), text: fc.constantFrom(...SNIPPETS), to: fc.nat() }), { minLength: 1, maxLength: 12 }), (steps) => {
        const files = new Map(original);
        const workspace = workspaceOf(files);
        const linter = createLinter(workspace);
        workspace.paths().forEach((p) => linter.get(p));
        for (const step of steps) {
          const file = paths[step.file % paths.length] ?? '';
          const changes = new Map<string, string | null>();
          const text = files.get(file) ?? '';
          if (step.action === 0) changes.set(file, null);
          else if (step.action === 1) {
            const to = paths[step.to % paths.length] ?? '';
            changes.set(to, text).set(file, to === file ? text : null);
          } else if (step.action === 2) changes.set(file, original.get(file) ?? '');
          else {
            const at = step.at % (text.length + 1);
            changes.set(file, text.slice(0, at) + step.text + text.slice(at + step.length));
          }
          for (const [p, t] of changes) {
            if (t === null) files.delete(p);
            else files.set(p, t);
          }
          workspace.applyChange({ files: changes });
        }
        const kept = workspace.paths().flatMap((p) => [...linter.get(p)]);
        const fresh = new Workspace();
        fresh.applyChange({ files, now: NOW });
        assert.deepEqual(plain(kept), plain(lintAll(fresh, true)));
      }),
      { numRuns: 15 },
    );
  });

  it('checks again only what a change concerns', () => {
    const workspace = workspaceOf(original);
    const linter = createLinter(workspace);
    workspace.paths().forEach((p) => linter.get(p));
    const file = 'agents/newsletter-planner.agent.yaml';
    const text = original.get(file) ?? '';
    assert.notEqual(text, '');
    const stale = workspace.applyChange({ files: [[file, text.replace(/purpose: /, 'purpose: Now, ')]] });
    assert.ok(stale.has(file));
    assert.ok(stale.size <= 4, [...stale].join(', '));
  });
});
