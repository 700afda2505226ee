// What the tests of renaming share: the files after a rename, and what is found in them.
import { createLinter } from '../../server/src/core/lint';
import { applyEdits } from '../../server/src/core/text';
import { Workspace } from '../../server/src/core/workspace';
import type { FileEdits, Renaming } from '../../server/src/ide';
import { NOW } from './workspace';

/** The files after a rename, with what was left to the user taken. */
export const applied = (workspace: Workspace, result: Renaming): [string, string][] => {
  const texts = new Map(workspace.paths().map((path): [string, string] => [path, workspace.text(path) ?? '']));
  const byPath = new Map<string, FileEdits['edits'][number][]>();
  for (const { path, edits } of [...result.files, ...result.choices.flatMap(({ files }) => files)]) byPath.set(path, [...(byPath.get(path) ?? []), ...edits]);
  for (const [path, edits] of byPath) texts.set(path, applyEdits(texts.get(path) ?? '', edits));
  for (const { from, to } of result.moves) {
    texts.set(to, texts.get(from) ?? '');
    texts.delete(from);
  }
  return [...texts];
};

/** How often each code is found. */
export function codesOf(workspace: Workspace): ReadonlyMap<string, number> {
  const linter = createLinter(workspace);
  const found = new Map<string, number>();
  // a requirement's code holds the name of its standard
  for (const code of workspace.paths().flatMap((path) => linter.get(path)).map((finding) => finding.code.replace(/^standard\/.*/, 'standard'))) found.set(code, (found.get(code) ?? 0) + 1);
  return found;
}

export function fresh(files: readonly (readonly [string, string])[]): Workspace {
  const workspace = new Workspace();
  workspace.applyChange({ files, now: NOW });
  return workspace;
}
