// Names that are used although nothing declares them, for workspaces without a Catalog.
import type { NameKind } from '../../core/documents';
import type { Workspace } from '../../core/workspace';

/** Kinds whose names people choose, and that no Catalog need declare. */
const KINDS: ReadonlySet<NameKind> = new Set<NameKind>(['team', 'role', 'environment', 'region', 'tool', 'data', 'channel', 'system', 'integration', 'model', 'person']);
const MAX_USED = 100;
const MAX_FILES = 3000;

/** Names of a kind with the first file that uses each. */
export function usedNames(workspace: Workspace, kind: NameKind): ReadonlyMap<string, string> {
  const used = new Map<string, string>();
  if (!KINDS.has(kind)) return used;
  const add = (name: string, path: string): void => {
    if (name !== '' && name.length <= 200 && !name.includes('*') && !used.has(name)) used.set(name, path);
  };
  for (const path of workspace.paths().slice(0, MAX_FILES)) {
    if (used.size >= MAX_USED) break;
    const facts = workspace.facts(path);
    for (const document of facts?.documents ?? []) for (const reference of document.references) if (reference.kind === kind) add(reference.name, path);
    if (kind === 'tool') for (const agent of facts?.foreign?.agents ?? []) for (const tool of agent.tools) if (!tool.assumed && !tool.unresolved) add(tool.pattern, path);
  }
  return used;
}
