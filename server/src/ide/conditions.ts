// Conditions in documents, for features inside them: the text as it is now, the place in it, and what it sees.
import { environmentAt } from '../core/lint';
import type { TypeEnvironment } from '../core/conditions';
import type { PlainValue } from '../core/yaml';
import { plainValue, type Node, type Path } from '../core/yaml';
import { queries, type DocumentFacts, type Workspace } from '../core/workspace';
import { at } from './names/plain';

/** What the condition at a path sees; the tree is the document as far as it matters, the rest is taken from what is known of the file. */
export function environmentIn(workspace: Workspace, path: string, offset: number, root: Node | null, steps: Path): TypeEnvironment | null {
  const document = documentAt(workspace, path, offset);
  if (!document) return null;
  const now = plainValue(root);
  const spec = at(now, 'spec');
  const known = at(document.value, 'spec');
  // what a variable sees depends on the rules that use it
  const rules = steps[1] === 'variables' ? pick(known, 'rules') : {};
  const value: PlainValue = { ...asMap(now), spec: { ...asMap(spec), ...pick(known, 'scope'), ...pick(known, 'variables'), ...rules } };
  return environmentAt({ ...document, value }, steps, queries(workspace, new Set()));
}

/** The document of the file in which the offset stands. */
export function documentAt(workspace: Workspace, path: string, offset: number): DocumentFacts | null {
  const documents = workspace.facts(path)?.documents ?? [];
  return documents.find(({ span }) => span.start <= offset && offset < span.end) ?? documents.find(({ span }) => span.start <= offset && offset <= span.end) ?? null;
}

const asMap = (value: PlainValue | undefined): { [key: string]: PlainValue } => (value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {});

const pick = (value: PlainValue | undefined, key: string): { [key: string]: PlainValue } => {
  const found = at(value, key);
  return found === undefined ? {} : { [key]: found };
};
