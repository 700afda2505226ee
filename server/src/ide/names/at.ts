// The name that stands at an offset: declared or used, in our documents and in files of other tools.
import { touches, type Span } from '../../core/text';
import type { Declared, Workspace } from '../../core/workspace';
import { namesIn, type NameAt } from './names-in';

export { namesIn, type NameAt } from './names-in';

const length = (span: Span): number => span.end - span.start;

/** The innermost name at the offset, or null. `parts`: the server of a tool's name counts as one. */
export function nameAt(workspace: Workspace, path: string, offset: number, parts = false): NameAt | null {
  const facts = workspace.facts(path);
  if (!facts) return null;
  const found = namesIn(workspace, facts, { parts }).filter(({ span }) => touches(span, offset));
  const first = found.sort((a, b) => length(a.span) - length(b.span) || Number(a.role === 'uses') - Number(b.role === 'uses'))[0] ?? null;
  const home = first?.kind === 'variable' ? facts.documents.find((document) => touches(document.span, offset)) : undefined;
  return first && home ? { ...first, home: { path, span: home.span } } : first;
}

/** The declarations that a name means; of a model the patterns that match it, of a pattern all that it matches. */
export function declarationsOf(workspace: Workspace, { kind, name, pattern: isPattern }: Pick<NameAt, 'kind' | 'name' | 'pattern'>, matches: (source: string, text: string) => boolean): readonly Declared[] {
  if (kind === 'model' && !isPattern) return [...workspace.names('model')].filter(([declared]) => declared === name || matches(declared, name)).flatMap(([, list]) => list);
  // a manifest says more than the file that it governs
  if (!isPattern) return [...workspace.find(kind, name)].sort((a, b) => Number(b.ours) - Number(a.ours));
  const found: Declared[] = [];
  for (const [declared, list] of workspace.names(kind)) {
    if (declared === name || matches(name, declared)) found.push(...list);
    if (found.length >= 200) break;
  }
  return found;
}
