// A workspace out of text, and the example of the repository, for the tests of the editor's features.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Workspace } from '../../server/src/core/workspace';

export const NOW = Date.UTC(2026, 10, 22, 10);

export interface Given {
  readonly workspace: Workspace;
  /** the file that holds `$0`, else the last */
  readonly path: string;
  readonly text: string;
  /** of `$0` */
  readonly offset: number;
}

/** Files by `#- path` lines; `$0` stands for the cursor. */
export function given(source: string, more: readonly (readonly [string, string])[] = []): Given {
  const files = new Map<string, string>(more);
  let at = { path: '', text: '', offset: -1 };
  for (const part of source.split(/^#- /m).slice(1)) {
    const newline = part.indexOf('\n');
    const name = (newline < 0 ? part : part.slice(0, newline)).trim();
    const marked = newline < 0 ? '' : part.slice(newline + 1);
    const offset = marked.indexOf('$0');
    const text = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 2);
    files.set(name, text);
    if (offset >= 0 || at.offset < 0) at = { path: name, text, offset: Math.max(0, offset) };
  }
  const workspace = new Workspace();
  workspace.applyChange({ files, now: NOW, packages: true });
  return { workspace, ...at };
}

const ACME = path.resolve('test/workspaces/acme');

/** The files of the example workspace. */
export const acmeFiles = (): [string, string][] =>
  readdirSync(ACME, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file): [string, string] => [path.relative(ACME, file).split(path.sep).join('/'), readFileSync(file, 'utf8')])
    .sort(([a], [b]) => (a < b ? -1 : 1));
