// A workflow with the files that it imports: each gives tools, servers, outputs and hosts to the whole.
import type { Span } from '../../text';
import { resolve, textOf, valueOf, type MapNode } from '../../yaml';
import { spanOf } from '../fields';
import type { OtherFiles, Spanned } from '../format';
import { readFrontmatter } from '../frontmatter';
import { folders } from '../paths';

/** One file's frontmatter; `place`: where the workflow names it, null for the workflow itself. */
export interface Source {
  readonly root: MapNode;
  readonly place: Span | null;
}

export interface Import extends Spanned<string> {
  /** the paths of the workspace where it may stand, none for one of another repository */
  readonly places: readonly string[];
  readonly optional: boolean;
}

const MAX_IMPORTS = 50;
const MAX_DEPTH = 5;

/** What `imports` names, as text or under `path`. */
export function importsOf(path: string, root: MapNode): readonly Import[] {
  const all = resolve(valueOf(root, 'imports'));
  const list = all?.kind === 'map' ? resolve(valueOf(all, 'aw')) : all;
  const items = list?.kind === 'seq' ? list.items : [];
  return items.slice(0, MAX_IMPORTS).flatMap((item): Import[] => {
    const node = resolve(item);
    const text = node?.kind === 'map' ? (valueOf(node, 'path') ?? valueOf(node, 'uses')) : node;
    const written = textOf(text);
    if (!text || written === null || written.trim() === '') return [];
    const plain = written.trim().replace(/\?$/, '').replace(/#.*$/, '');
    return [{ value: written, span: spanOf(text), optional: written.trim().endsWith('?'), places: placesOf(path, plain) }];
  });
}

/** From the folder of the workflow, from `.github/workflows`, and from the root of the repository. */
function placesOf(path: string, written: string): readonly string[] {
  // another repository: `owner/repo/path@ref`
  if (/[@:\\]|^[/~]|\$\{/.test(written)) return [];
  const way = folders(path);
  const base = way.slice(0, way.lastIndexOf('.github'));
  return [...new Set([way, [...base, '.github', 'workflows'], base].flatMap((from) => join(from, written) ?? []))];
}

function join(from: readonly string[], written: string): string | null {
  const parts = [...from];
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** The workflow and what it imports, and what that imports. */
export function sourcesOf(path: string, root: MapNode, others: OtherFiles): { readonly sources: readonly Source[]; readonly missing: readonly Import[] } {
  const sources: Source[] = [{ root, place: null }];
  const missing: Import[] = [];
  const seen = new Set([path]);
  const walk = (of: string, from: MapNode, place: Span | null, depth: number): void => {
    if (depth > MAX_DEPTH || sources.length > MAX_IMPORTS) return;
    for (const one of importsOf(of, from)) {
      const target = one.places.find((candidate) => others.text(candidate) !== null);
      if (target === undefined) {
        if (place === null && one.places.length > 0 && !one.optional && !one.places.some((candidate) => others.exists(candidate))) missing.push(one);
        continue;
      }
      if (seen.has(target)) continue;
      seen.add(target);
      const imported = readFrontmatter(others.text(target) ?? '')?.root;
      if (!imported) continue;
      sources.push({ root: imported, place: place ?? one.span });
      walk(target, imported, place ?? one.span, depth + 1);
    }
  };
  walk(path, root, null, 0);
  return { sources, missing };
}
