// The next lifecycle stage, with all that the Standards then require: one edit, the comments kept, blanks to be filled in.
import { insertPair, plainOfSnippet, replaceScalar, schemaFor, yamlScalar, type Lifecycle } from '../../core/documents';
import { asksForKey, insertExample, insertSnippet, missingFor, nextLifecycle, snippetBody, type RequirementResult } from '../../core/lint';
import { applyEdits, type FixEdit } from '../../core/text';
import { fromPointer, nodeAt, pairOf, parseJson, parseYaml, resolve, type Node } from '../../core/yaml';
import { AGENTS, type Workspace } from '../../core/workspace';
import type { CodeAction } from '../types';
import { difference, documentAt } from './edits';
import { withKnownNames } from './known-names';

export function nextStageAction(workspace: Workspace, path: string, offset: number): CodeAction | null {
  const text = workspace.text(path);
  const at = documentAt(workspace, path, offset);
  const facts = workspace.facts(path);
  const document = facts?.documents.find((one) => one.index === at?.index);
  if (text === null || !at || document?.kind !== 'Agent' || !isAt(document.places, offset) || facts?.documents.some(({ syntax, problems }) => syntax.length + problems.length > 0)) return null;
  const agent = workspace.shared(AGENTS).ofDocument(path, at.index);
  const next = nextLifecycle(agent?.lifecycle ?? null);
  if (!agent || next === null) return null;
  const missing = missingFor(workspace, agent, next);
  const rootOf = (source: string): Node | null => (at.json ? parseJson(source) : parseYaml(source)).documents[at.index]?.root ?? null;
  const owner = { team: agent.owner?.team ?? null, accountable: null };
  let now = applyEdits(text, staged(text, rootOf(text), next));
  for (const { requirement } of missing) {
    const target = { text: now, json: at.json, root: rootOf(now) };
    const pointer = fromPointer(requirement.at ?? '');
    const body = requirement.fix === null ? null : snippetBody(requirement.fix, workspace.ask());
    const edits = body === null ? (asksForKey(requirement) ? insertExample(target, pointer) : []) : insertSnippet(target, withKnownNames(workspace, body, owner), pointer);
    const after = applyEdits(now, edits.map(({ span, newText }) => ({ span, newText: plainOfSnippet(newText) })));
    if (rootOf(after)) now = after;
  }
  const edit = difference(text, now);
  return edit && { title: title(next, missing), kind: 'refactor.rewrite', edits: [{ path, edits: [edit] }] };
}

/** On the lifecycle, or on the document's name. */
function isAt(places: { value(pointer: string): { start: number; end: number } | null; key(pointer: string): { start: number; end: number } | null }, offset: number): boolean {
  return [places.key('/spec/lifecycle'), places.value('/spec/lifecycle'), places.value('/metadata/name')].some((span) => span !== null && offset >= span.start && offset <= span.end);
}

function staged(text: string, root: Node | null, next: Lifecycle): readonly FixEdit[] {
  const spec = resolve(nodeAt(root, ['spec']));
  if (spec?.kind !== 'map') return [];
  const there = pairOf(spec, 'lifecycle');
  const value = there?.value;
  const edit = value?.kind === 'scalar' ? replaceScalar(value, next, yamlScalar) : there ? null : insertPair(text, spec, 'lifecycle', Object.keys(schemaFor('agent').properties?.spec?.properties ?? {}), ({ style }) => (style === 'json' ? `"lifecycle": "${next}"` : `lifecycle: ${next}`));
  return edit ? [edit] : [];
}

const title = (next: Lifecycle, missing: readonly RequirementResult[]): string => (missing.length === 0 ? `Move to \`${next}\`: nothing is missing` : `Move to \`${next}\` and insert what it requires (${missing.length})`);
