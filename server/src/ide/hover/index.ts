// Hover: what stands under the cursor, in words: a condition's part, a name, a field with its value, a server or tool of a foreign file.
import { hoverCondition } from '../../core/conditions';
import { schemaAt } from '../../core/documents';
import { touches } from '../../core/text';
import { scalarMap } from '../../core/yaml';
import { AGENTS, type DocumentFacts, type Workspace } from '../../core/workspace';
import { documentAt, environmentIn } from '../conditions';
import { nameAt } from '../names/at';
import { code } from '../names/words';
import { gateStates } from '../ownership/approvals';
import { documentOf, findAt, treeOf } from '../tree';
import type { Hover } from '../types';
import { fieldDoc } from './field-doc';
import { hoverForeign } from './foreign';
import { hoverName } from './name';
import { valueWords } from './value-words';

export function hover(workspace: Workspace, path: string, offset: number): Hover | null {
  const facts = workspace.facts(path);
  if (!facts) return null;
  if (facts.role === 'foreign') return hoverForeign(workspace, facts, offset);
  const document = documentAt(workspace, path, offset);
  if (!document) return null;
  const condition = document.conditions.find(({ node }) => touches(node, offset));
  if (condition) return conditionHover(workspace, path, offset, condition) ?? fieldHover(workspace, path, offset, document);
  const name = nameAt(workspace, path, offset);
  const named = name && hoverName(workspace, name);
  if (name && named) return { span: name.span, markdown: named };
  return fieldHover(workspace, path, offset, document);
}

function conditionHover(workspace: Workspace, path: string, offset: number, { node, path: steps }: DocumentFacts['conditions'][number]): Hover | null {
  const text = workspace.text(path) ?? '';
  const map = scalarMap(text, node);
  if (!map.exact) return null;
  let index = 0;
  while (index < node.text.length && map.at(index + 1) <= offset) index++;
  const tree = treeOf(workspace, path);
  const root = tree && documentOf(tree, offset)?.root;
  const environment = root ? environmentIn(workspace, path, offset, root, steps) : null;
  const found = environment && hoverCondition(node.text, index, environment);
  if (!found) return null;
  const span = map.span(found.span.start, found.span.end);
  if (!touches(span, offset)) return null;
  return { span, markdown: [`**${code(found.title)}**${found.type ? ` · ${found.type}` : ''}`, found.doc].filter(Boolean).join('\n\n') };
}

/** Within an approval gate of a manifest: who approved what and when, and whether it still holds. */
function gateWords(workspace: Workspace, path: string, document: DocumentFacts, at: readonly (string | number)[]): string | null {
  if (document.kind !== 'Agent' || at[0] !== 'spec' || at[1] !== 'approvals' || at.length < 3 || (at.length > 3 && at[3] !== 'gate' && at[3] !== 'records')) return null;
  const agent = workspace.shared(AGENTS).ofDocument(path, document.index);
  const state = agent ? gateStates(workspace, agent).find(({ gate }) => gate.index === Number(at[2])) : undefined;
  return state ? state.facts.map((line) => `${line}  `).join('\n') : null;
}

/** The field of the schema that holds at the offset; for a value also what the value means. */
function fieldHover(workspace: Workspace, path: string, offset: number, document: DocumentFacts): Hover | null {
  const tree = treeOf(workspace, path);
  const root = tree && documentOf(tree, offset)?.root;
  const found = root && findAt(root, offset);
  if (!root || !found || !document.schema || found.path.length === 0) return null;
  const place = schemaAt(document.schema, root, found.path);
  if (!place || (found.role === 'value' && found.node.kind !== 'scalar')) return null;
  const span = { start: found.node.start, end: found.node.end };
  if (!touches(span, offset)) return null;
  const text = found.node.kind === 'scalar' ? found.node.text : '';
  const words = found.role === 'value' && text !== '' ? valueWords(place.schema, text, workspace.now) : null;
  const doc = fieldDoc({ ...place.schema, ...(place.field.title ? { title: place.field.title } : {}), ...(place.field.description ? { description: place.field.description } : {}), ...(place.field.examples ? { examples: place.field.examples } : {}) }, true);
  const markdown = [words, gateWords(workspace, path, document, found.path), doc].filter(Boolean).join('\n\n');
  return markdown === '' ? null : { span, markdown };
}
