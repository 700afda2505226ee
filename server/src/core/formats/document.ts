// YAML and JSON files of other tools as documents. A template that another program fills in is no YAML yet, and is left alone.
import type { Problem } from '../text';
import { parseJson, parseYaml, resolve, type MapNode, type SourceDocument } from '../yaml';
import { syntaxProblem } from './syntax';

export const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path);
export const isJson = (path: string): boolean => /\.jsonc?$/i.test(path) && !NEVER.test(path);

/** Files that every project has, and that no tool of agents reads. */
const NEVER = /(?:^|\/)(?:package|package-lock|npm-shrinkwrap|composer|deno|[jt]sconfig(?:\.[\w-]+)*)\.json$/i;

/** Files longer than this are data, not configuration of an agent. */
const MAX_TEXT = 1_000_000;

export interface RootMap {
  readonly map: MapNode;
  readonly document: SourceDocument;
}

/** The documents of a file whose root is a map; none for a template or a file that is too large to be one of an agent. */
export function rootMaps(path: string, text: string): readonly RootMap[] {
  if (text.length > MAX_TEXT || (isYaml(path) && isTemplate(text))) return [];
  const tree = isJson(path) ? parseJson(text, { comments: true }) : parseYaml(text);
  return tree.documents.flatMap((document) => {
    const map = resolve(document.root);
    return map?.kind === 'map' ? [{ map, document }] : [];
  });
}

/** The faults of the documents' syntax, as findings. */
export const syntaxProblems = (roots: readonly RootMap[]): Problem[] => roots.flatMap(({ document }) => document.problems.map((problem) => syntaxProblem(problem)));

/** Lines that are nothing but a template's own: Helm, Jinja. */
const isTemplate = (text: string): boolean => /^\s*(?:\{\{[-%\s]|\{%)/m.test(text);
