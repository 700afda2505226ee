// The names of the whole workspace, by a few of their letters.
import type { NameKind } from '../../core/documents';
import type { Declared, Workspace } from '../../core/workspace';
import { best } from '../fuzzy';
import { textAt } from '../names/plain';
import { WORD } from '../names/words';
import type { SymbolKind, WorkspaceSymbol } from '../types';

const KIND: readonly (readonly [NameKind, SymbolKind])[] = [
  ['agent', 'agent'], ['policy', 'document'], ['rule', 'rule'], ['standard', 'document'], ['requirement', 'requirement'], ['tool', 'tool'], ['team', 'name'], ['data', 'name'], ['environment', 'name'], ['role', 'name'],
  ['channel', 'name'], ['system', 'name'], ['server', 'name'], ['model', 'name'], ['integration', 'name'], ['person', 'name'], ['region', 'name'], ['catalog', 'document'], ['policytest', 'document'], ['library', 'document'],
];

const MAX_SYMBOLS = 256;

export function workspaceSymbols(workspace: Workspace, query: string): readonly WorkspaceSymbol[] {
  const all = function* (): Iterable<readonly [Declared, SymbolKind]> {
    for (const [kind, symbol] of KIND) for (const list of workspace.names(kind).values()) for (const declared of list) yield [declared, symbol];
  };
  return best(query.trim().slice(0, 200), all(), ([declared]) => declared.name, MAX_SYMBOLS).map(([declared, kind]) => {
    const slash = kind === 'rule' || kind === 'requirement' ? declared.name.indexOf('/') : -1;
    return {
      name: declared.name.slice(slash + 1) || declared.name,
      kind,
      path: declared.path,
      span: declared.nameSpan,
      container: slash > 0 ? declared.name.slice(0, slash) : WORD[declared.kind],
      ...(declared.kind === 'agent' && textAt(declared.value, 'spec', 'lifecycle') === 'retired' ? { deprecated: true } : {}),
    };
  });
}
