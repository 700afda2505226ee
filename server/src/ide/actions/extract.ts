// What a manifest says of a thing that others use too, moved to the Catalog: the channel's trust, or a name that no Catalog has.
import type { NameKind } from '../../core/documents';
import { nodeAt, pairOf, resolve, textOf, type Path } from '../../core/yaml';
import type { Workspace } from '../../core/workspace';
import type { CodeAction, FileEdits } from '../types';
import { declaration } from './declare';

const KINDS: ReadonlySet<NameKind> = new Set<NameKind>(['team', 'role', 'environment', 'tool', 'data', 'channel', 'system', 'integration']);

/** At a name of a manifest that no Catalog declares: its declaration, with what the manifest says of it. */
export function extractActions(workspace: Workspace, path: string, offset: number): CodeAction[] {
  for (const document of workspace.facts(path)?.documents ?? []) {
    if (document.kind !== 'Agent' || document.syntax.length > 0) continue;
    const reference = document.references.find(({ span, kind, pattern }) => KINDS.has(kind) && !pattern && offset >= span.start && offset <= span.end);
    if (!reference || workspace.find(reference.kind, reference.name).length > 0) continue;
    const trust = reference.kind === 'channel' ? inlineTrust(document.root, reference.path) : null;
    const declared = declaration(workspace, reference.kind, reference.name, trust ? `{ trust: ${trust.trust} }` : null);
    if (!declared) continue;
    const edits: FileEdits[] = [{ path: declared.path, edits: [declared.edit] }];
    const written = trust ? (workspace.text(path) ?? '').slice(reference.span.start, reference.span.end) : '';
    if (trust && declared.path !== path) edits.push({ path, edits: [{ span: trust.span, newText: written }] });
    return [{ title: `Extract \`${reference.name}\` into ${declared.path}`, kind: 'refactor.extract', edits }];
  }
  return [];
}

/** `{ channel: x, trust: y }` on one line: its trust, and the whole entry, which the name then stands for. */
function inlineTrust(root: Parameters<typeof nodeAt>[0], path: Path): { readonly trust: string; readonly span: { readonly start: number; readonly end: number } } | null {
  const node = nodeAt(root, path.slice(0, -1));
  const entry = resolve(node);
  if (path[1] !== 'inputs' || node?.kind === 'alias' || entry?.kind !== 'map' || !entry.flow || entry.pairs.length !== 2) return null;
  const trust = textOf(resolve(pairOf(entry, 'trust')?.value));
  return trust !== null && /^[a-z]+$/.test(trust) ? { trust, span: { start: entry.start, end: entry.end } } : null;
}
