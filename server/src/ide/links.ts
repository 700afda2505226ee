// Paths that a document names, as links to files of the workspace; addresses as they are.
import { touches, type Span } from '../core/text';
import { resolve, type Node } from '../core/yaml';
import type { FileFacts, Workspace } from '../core/workspace';
import type { Link } from './types';
import { treeOf } from './tree';

export interface FileLink {
  readonly span: Span;
  /** the file that is meant, as a path of the workspace */
  readonly path: string;
}

/** A path as the workspace has it, or null for one that leaves it. */
export function within(base: string, written: string): string | null {
  if (written === '' || written.includes('\\') || written.startsWith('/') || /^[A-Za-z][\w+.-]*:/.test(written) || written.length > 1000) return null;
  const parts = base === '' ? [] : base.split('/');
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.length > 0 ? parts.join('/') : null;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The files that a file names and that exist. */
export function fileLinks(workspace: Workspace, path: string, facts: FileFacts): FileLink[] {
  const links: FileLink[] = [];
  for (const document of facts.documents) {
    for (const { kind, name, nameSpan } of document.references) {
      if (kind !== 'file') continue;
      const target = within(document.schema === 'snippets' ? folderOf(path) : '', name);
      if (target === null) continue;
      if (/[*?[{]/.test(target)) continue;
      const file = workspace.exists(target) ? target : libraryIn(workspace, target);
      if (file !== null) links.push({ span: nameSpan, path: file });
    }
  }
  return links;
}

/** Of a folder that is named as a library the document that describes it. */
const libraryIn = (workspace: Workspace, folder: string): string | null => [...workspace.names('library').values()].flat().find((library) => folderOf(library.path) === folder)?.path ?? null;

export const fileLinkAt = (workspace: Workspace, path: string, offset: number): FileLink | null => {
  const facts = workspace.facts(path);
  return (facts && fileLinks(workspace, path, facts).find(({ span }) => touches(span, offset))) ?? null;
};

/** Links to the files that a document of ours names, and its https addresses. */
export function links(workspace: Workspace, path: string): readonly Link[] {
  const facts = workspace.facts(path);
  if (!facts || (facts.role !== 'countersign' && facts.role !== 'config')) return [];
  const files = fileLinks(workspace, path, facts).map(({ span, path: target }): Link => ({ span, target: { path: target }, tooltip: `Open ${target}` }));
  return [...files, ...addresses(workspace, path)].sort((a, b) => a.span.start - b.span.start);
}

const MAX_LINKS = 2000;

function addresses(workspace: Workspace, path: string): Link[] {
  const found: Link[] = [];
  const text = workspace.text(path) ?? '';
  const visit = (given: Node | null): void => {
    const node = given?.kind === 'alias' ? null : resolve(given);
    if (!node || found.length >= MAX_LINKS) return;
    if (node.kind === 'map') for (const { value } of node.pairs) visit(value);
    else if (node.kind === 'seq') node.items.forEach(visit);
    else if (typeof node.value === 'string' && /^https:\/\/[^\s"'<>\\]+$/.test(node.value)) {
      const start = text.indexOf(node.value, node.start);
      if (start >= 0 && start <= node.start + 1) found.push({ span: { start, end: start + node.value.length }, target: { url: node.value }, tooltip: `Open ${node.value}` });
    }
  };
  if (text.includes('https://')) for (const document of treeOf(workspace, path)?.documents ?? []) visit(document.root);
  return found;
}
