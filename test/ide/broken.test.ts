// Nothing throws in whatever a file may hold while it is typed, and what is offered stays within its line.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ide } from '../../server/src/ide';
import { acmeFiles, given } from './workspace';

const files = acmeFiles().filter(([path, text]) => text.length < 12_000 && !path.endsWith('CODEOWNERS'));
const JUNK = ['', ' ', '\n', '\r\n', '\t', ':', '-', '- ', '[', ']', '{', '}', '"', "'", '!', '*', '&a', '|', '>', '#', ',', '---\n', '\ufeff', '\ue000', '😀', 'x', 'when: ', '<<', '? ', '%', '\u0000'];

describe('ide in broken text', () => {
  it('completion, hover, names, structure and formatting never throw', () => {
    const { workspace } = given('', files);
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), fc.constantFrom(...JUNK)), { minLength: 1, maxLength: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), (index, edits, where) => {
        const [path, original] = files[index] as [string, string];
        let text = original;
        let offset = 0;
        for (const [place, cut, junk] of edits) {
          const at = Math.floor(place * text.length);
          text = text.slice(0, at) + junk + text.slice(at + cut);
          offset = at + junk.length;
        }
        workspace.applyChange({ files: [[path, text]] });
        for (const at of [offset, Math.floor(where * text.length), text.length]) {
          for (const { replace } of ide.complete?.(workspace, path, at) ?? []) {
            assert.ok(replace.start <= at && at <= replace.end && !text.slice(replace.start, replace.end).includes('\n'), `${JSON.stringify(text.slice(replace.start, replace.end))} at ${at}`);
          }
          ide.hover?.(workspace, path, at);
          ide.definition?.(workspace, path, at);
          ide.highlights?.(workspace, path, at);
          ide.selectionRanges?.(workspace, path, [at]);
        }
        ide.documentSymbols?.(workspace, path);
        ide.folding?.(workspace, path);
        ide.links?.(workspace, path);
        ide.format?.(workspace, path, { indent: 2 });
        workspace.applyChange({ files: [[path, original]] });
      }),
      { numRuns: 300 },
    );
  });

  it('deep and wide text', () => {
    for (const text of ['['.repeat(5000), `${'a: {'.repeat(3000)}`, '- '.repeat(2000), `spec:\n${'  x: y\n'.repeat(5000)}`, '"'.repeat(9999), `a: ${'x'.repeat(100_000)}`]) {
      const { workspace } = given('');
      for (const path of ['a.agent.yaml', 'a.agent.json']) {
        workspace.applyChange({ files: [[path, text]] });
        for (const at of [0, text.length >> 1, text.length]) {
          ide.complete?.(workspace, path, at);
          ide.hover?.(workspace, path, at);
        }
        ide.format?.(workspace, path, { indent: 2 });
        ide.folding?.(workspace, path);
        ide.documentSymbols?.(workspace, path);
      }
    }
  });
});
