// A workspace in memory from a text of several files: `#- path` begins a file. It is the real one; only the disk is missing.
import { createLinter, type Finding } from '../../server/src/core/lint';
import { Workspace } from '../../server/src/core/workspace';
import { cedarOf } from './cedar';

/** The day on which the tests look at their workspaces. */
export const NOW = Date.UTC(2026, 10, 22, 10);

/** Splits `#- path` files; a text without such a line is one file named `only`. */
export function filesOf(text: string, only = 'only.yaml'): Map<string, string> {
  const files = new Map<string, string>();
  if (!/^#- /m.test(text)) return files.set(only, text);
  for (const part of text.split(/^(?=#- )/m)) {
    const match = /^#- (\S+)\r?\n/.exec(part);
    if (match?.[1]) files.set(match[1], part.slice(match[0].length));
  }
  return files;
}

export function workspaceOf(files: ReadonlyMap<string, string>, now = NOW): Workspace {
  const workspace = new Workspace();
  workspace.applyChange({ files, now });
  if (workspace.awaitsCedar) workspace.applyChange({ cedar: cedarOf() });
  return workspace;
}

/** The shipped Standards that are on for everybody. They ask much of an agent in production, and tests of other things show agents that have little. */
const EVERYWHERE = /^standard\/(?:baseline|production-readiness)\//;

/** All findings of all files; `everything`: also what the shipped Standards that are always on ask for. */
export function lintAll(workspace: Workspace, everything = false): Finding[] {
  const linter = createLinter(workspace);
  return workspace.paths().flatMap((path) => linter.get(path).filter(({ code }) => everything || !EVERYWHERE.test(code)));
}

export const lintText = (text: string, now = NOW, everything = false): Finding[] => lintAll(workspaceOf(filesOf(text), now), everything);
