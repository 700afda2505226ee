// Renaming: what changes in which file, what is left to the user, what is refused; and that nothing new is wrong afterwards.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { applyEdits } from '../../server/src/core/text';
import type { Workspace } from '../../server/src/core/workspace';
import { ide, type FileEdits, type Renaming } from '../../server/src/ide';
import { applied, codesOf, fresh } from './rename-harness';
import { given } from './workspace';

const FILE = 'test/ide/rename.cases';
const MARK = '\n~~~\n';

interface Case {
  readonly title: string;
  readonly name: string;
  /** codes of findings that the rename may bring, for those that show why it is said */
  readonly may: readonly string[];
  readonly source: string;
  readonly expected: string;
}

const cases = (text: string): Case[] =>
  text.split(/^=== /m).slice(1).map((chunk) => {
    const [head = '', ...rest] = chunk.split('\n');
    const body = rest.join('\n');
    const match = /^> (\S.*?)(?: may (.*))?\n/.exec(body);
    assert.ok(match, `${head}: \`> name\` is missing`);
    const [source = '', expected = ''] = body.slice(match[0].length).split(MARK);
    return { title: head, name: match[1] ?? '', may: match[2]?.split(' ') ?? [], source: `${source}\n`, expected: expected.trimEnd() };
  });

/** The changed lines of a file, before and after. */
function changed(workspace: Workspace, { path, edits }: FileEdits): string {
  const before = (workspace.text(path) ?? '').split('\n');
  const after = applyEdits(workspace.text(path) ?? '', edits).split('\n');
  let [head, tail] = [0, 0];
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const same = before.length === after.length;
  const lines = (all: string[], sign: string): string[] => all.slice(head, all.length - tail).filter((_, index) => !same || before[head + index] !== after[head + index]).map((line) => `  ${sign} ${line}`);
  return [path, ...lines(before, '-'), ...lines(after, '+')].join('\n');
}

function told(workspace: Workspace, result: Renaming): string {
  return [
    ...result.files.map((file) => changed(workspace, file)),
    ...result.moves.map(({ from, to }) => `move ${from}\n  to ${to}`),
    ...result.choices.flatMap(({ label, description, files }) => [`choice: ${label}\n  ${description}`, ...files.map((file) => changed(workspace, file))]),
    ...result.notes.map((note) => `note: ${note}`),
  ].join('\n');
}

describe('ide rename', () => {
  const text = readFileSync(FILE, 'utf8');
  const all = cases(text);
  const outcomes = all.map(({ expected }) => expected);
  for (const [index, { title, name, may, source, expected }] of all.entries()) {
    it(title, () => {
      const { workspace, path, offset } = given(source);
      const prepared = ide.prepareRename?.(workspace, path, offset) ?? null;
      const result = ide.rename?.(workspace, path, offset, name) ?? 'nothing';
      const box = prepared !== null && typeof prepared !== 'string' ? prepared : null;
      if (box) assert.equal((workspace.text(path) ?? '').slice(box.span.start, box.span.end), box.placeholder, 'what stands in the box is what stands in the text');
      const actual = typeof result === 'string' ? `refused: ${result}` : told(workspace, result);
      if (process.env.UPDATE) outcomes[index] = actual;
      else assert.equal(actual, expected);
      if (typeof result === 'string') return;
      const [before, after] = [codesOf(workspace), codesOf(fresh(applied(workspace, result)))];
      assert.deepEqual([...after].filter(([code, count]) => count > (before.get(code) ?? 0) && !may.includes(code)), [], 'no new finding');
    });
  }
  after(() => {
    if (!process.env.UPDATE) return;
    const parts = text.split(/^=== /m);
    writeFileSync(FILE, `${parts[0] ?? ''}${parts.slice(1).map((chunk, index) => `=== ${chunk.split(MARK)[0]?.trimEnd() ?? ''}${MARK}${outcomes[index] ?? ''}\n\n`).join('')}`.trimEnd() + '\n');
  });
});
