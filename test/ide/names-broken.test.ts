// Navigation and renaming in whatever text: no feature throws, spans lie inside the text, edits do not overlap.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Workspace } from '../../server/src/core/workspace';
import { ide } from '../../server/src/ide';
import { acmeFiles, NOW } from './workspace';

const FILES = acmeFiles().filter(([path]) => /\.(?:yaml|json|md)$/.test(path));
const BITS = ['', ' ', '\n', '"', "'", ': ', '- ', '{', '}', '[', ']', '#', '*', '!', '&a ', '*a', '|', '>-', '\\x41', 'variables.', 'agent.id == "', 'team:', '/', '\u{1f600}', '\r\n', '---\n', '\ue000'];

const inside = (workspace: Workspace, path: string, { start, end }: { start: number; end: number }): void => {
  const { length } = workspace.text(path) ?? '';
  assert.ok(start >= 0 && start <= end && end <= length, `${path} ${start}-${end} of ${length}`);
};

describe('ide names in broken text', () => {
  const workspace = new Workspace();
  workspace.applyChange({ files: acmeFiles(), now: NOW });

  it('never throws', () => {
    fc.assert(fc.property(fc.constantFrom(...FILES), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(...BITS), fc.nat(12), fc.constantFrom('x', 'a/b', 'true', '1', 'a b', 'é'), ([path, text], where, bit, cut, name) => {
      const offset = Math.floor(where * text.length);
      const broken = text.slice(0, offset) + bit + text.slice(offset + cut);
      workspace.applyChange({ files: [[path, broken]] });
      for (const at of [offset, Math.min(broken.length, offset + bit.length), Math.max(0, offset - 3)]) {
        for (const found of [ide.definition?.(workspace, path, at), ide.declaration?.(workspace, path, at), ide.implementations?.(workspace, path, at)]) for (const place of found?.targets ?? []) inside(workspace, place.path, place.span);
        for (const place of ide.references?.(workspace, path, at, true) ?? []) inside(workspace, place.path, place.span);
        for (const place of ide.highlights?.(workspace, path, at) ?? []) inside(workspace, path, place.span);
        for (const span of ide.linkedEditing?.(workspace, path, at)?.spans ?? []) inside(workspace, path, span);
        for (const item of ide.prepareCalls?.(workspace, path, at) ?? []) for (const call of ide.incomingCalls?.(workspace, item) ?? []) for (const span of call.at) inside(workspace, call.item.path, span);
        ide.complete?.(workspace, path, at);
        const prepared = ide.prepareRename?.(workspace, path, at);
        if (prepared && typeof prepared !== 'string') inside(workspace, path, prepared.span);
        const renamed = ide.rename?.(workspace, path, at, name);
        for (const file of renamed && typeof renamed !== 'string' ? renamed.files : []) {
          let end = 0;
          for (const edit of file.edits) {
            inside(workspace, file.path, edit.span);
            assert.ok(edit.span.start >= end, `edits of ${file.path} overlap`);
            end = edit.span.end;
          }
        }
      }
      workspace.applyChange({ files: [[path, text]] });
    }), { numRuns: process.env.ALL ? 1500 : 60 });
  }).timeout(600_000);
});
