// From a name to where it is declared, to every place that uses it, and to its places in one file.
import { pattern } from '../../core/text';
import type { FileFacts, Workspace } from '../../core/workspace';
import type { Definition, Highlight, Place } from '../types';
import { declarationsOf, nameAt, namesIn, type NameAt } from './at';
import { fileLinkAt } from '../links';

const matches = (source: string, text: string): boolean => source.includes('*') && pattern(source).matches(text);

/** Where the name at the offset is declared; of a path the file. */
export function definition(workspace: Workspace, path: string, offset: number): Definition | null {
  const link = fileLinkAt(workspace, path, offset);
  if (link) return { origin: link.span, targets: [{ path: link.path, span: { start: 0, end: 0 } }] };
  const name = nameAt(workspace, path, offset);
  if (!name) return null;
  const declared = declarationsOf(workspace, name, matches);
  const places = declared.map((d) => ({ path: d.path, span: d.nameSpan }));
  return places.length > 0 ? { origin: name.span, targets: places } : null;
}

/** The places that declare the name and those that use it, sorted by file and place. */
export function references(workspace: Workspace, path: string, offset: number, declaration: boolean): readonly Place[] {
  const name = nameAt(workspace, path, offset);
  return name ? usesOf(workspace, name, declaration) : [];
}

/** How many places are told at the most. */
const MAX_PLACES = 5000;

export function usesOf(workspace: Workspace, name: Pick<NameAt, 'kind' | 'name'>, declaration: boolean): readonly Place[] {
  const places: Place[] = [];
  for (const path of workspace.paths()) {
    const facts = workspace.facts(path);
    if (!facts || !mayName(facts, name.name)) continue;
    const found = namesIn(workspace, facts).filter((other) => same(name, other) && (declaration || other.role === 'uses'));
    places.push(...found.map(({ span }) => ({ path, span })).sort((a, b) => a.span.start - b.span.start));
    if (places.length >= MAX_PLACES) break;
  }
  return places;
}

/** False where the file surely does not speak of the name: cheap, since most do not. */
const mayName = (facts: FileFacts, name: string): boolean =>
  facts.foreign !== null || facts.declared.some((d) => d.name === name) || facts.documents.some(({ references: all }) => all.some((reference) => reference.pattern || reference.name.includes(name)));

/** The same name; a pattern that is used also means each name that it matches. */
const same = (name: Pick<NameAt, 'kind' | 'name'>, other: NameAt): boolean => other.kind === name.kind && (other.name === name.name || (other.pattern && other.role === 'uses' && other.name !== '*' && matches(other.name, name.name)));

/** The places of the name in this file. */
export function highlights(workspace: Workspace, path: string, offset: number): readonly Highlight[] {
  const name = nameAt(workspace, path, offset);
  const facts = workspace.facts(path);
  if (!name || !facts) return [];
  return namesIn(workspace, facts).filter((other) => other.kind === name.kind && other.name === name.name).map(({ span, role }) => ({ span, kind: role }));
}
