// Hooks of all files: which of them stand before a call of an agent.
import type { Agent } from '../model';
import type { ForeignHook } from '../formats';
import type { Shared } from './shared';
import type { Workspace } from './workspace';

export interface HookAt {
  readonly path: string;
  readonly hook: ForeignHook;
}

export interface Hooks {
  /** those that may run before a call of `server/tool`, in the order of the files */
  before(agent: Agent, tool: string): readonly HookAt[];
}

/** Null where no file has any. */
export const HOOKS: Shared<Hooks | null> = {
  id: 'hooks',
  kinds: ['files'],
  make(workspace) {
    const all = workspace.filesOf('files').flatMap((path) => (workspace.facts(path)?.foreign?.hooks ?? []).map((hook) => ({ path, hook })));
    return all.length === 0 ? null : hooksOf(all, (path) => formatOf(workspace, path));
  },
};

const formatOf = (workspace: Workspace, path: string): string | null => workspace.facts(path)?.format ?? null;

/** `format`: of the file at a path. */
export function hooksOf(all: readonly HookAt[], format: (path: string) => string | null): Hooks {
  return { before: (agent, tool) => all.filter(({ path, hook }) => [agent.path, ...agent.definition].some((file) => isFor(hook, path, agent, file, format(file), tool))) };
}

function isFor({ scope, matches }: ForeignHook, path: string, agent: Agent, file: string, format: string | null, tool: string): boolean {
  if (format === null || format === 'countersign') return false;
  const mine = scope.kind === 'file' ? file === path && (scope.names?.includes(agent.name) ?? true) : scope.formats.includes(format) && (scope.under === '' || file.startsWith(`${scope.under}/`));
  return mine && matches(tool, format);
}
