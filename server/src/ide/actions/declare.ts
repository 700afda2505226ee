// A name that the Catalog lacks: take another one that it has, or add this one to it.
import { insertPair, yamlScalar, type NameKind } from '../../core/documents';
import type { Finding } from '../../core/lint';
import type { Workspace } from '../../core/workspace';
import { nodeAt, pairOf, resolve, type MapNode } from '../../core/yaml';
import { isPattern, type TextEdit } from '../../core/text';
import type { CodeAction } from '../types';

const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['team', 'teams'], ['person', 'people'], ['role', 'roles'], ['environment', 'environments'], ['region', 'regions'], ['server', 'servers'],
  ['tool', 'tools'], ['data', 'data'], ['channel', 'channels'], ['system', 'systems'], ['integration', 'integrations'],
]);
const ORDER = [...SECTIONS.values(), 'models'];

/** no longer list is offered */
const MAX_NAMES = 8;

/** For a name that is not known: the names that the workspace has, and its declaration. */
export function nameActions(workspace: Workspace, path: string, finding: Finding): CodeAction[] {
  const kind = /^reference\/unknown-(.+)$/.exec(finding.code)?.[1];
  const reference = kind === undefined ? undefined : workspace.facts(path)?.documents.flatMap(({ references }) => references).find(({ span }) => span.start === finding.span.start && span.end === finding.span.end);
  if (!kind || !reference || reference.nameSpan.end - reference.nameSpan.start !== reference.name.length) return [];
  const prefix = /^(?:team|person):/.exec(reference.name)?.[0] ?? '';
  const name = reference.name.slice(prefix.length);
  const actions: CodeAction[] = [];
  if (kind !== 'file' && reference.kind !== 'code' && !reference.pattern) {
    const known = workspace.sortedNames(kind as NameKind).filter((one) => one !== name && !isPattern(one) && !(finding.fixes ?? []).some(({ edits }) => edits.some(({ newText }) => newText === one)));
    // near things first: those of the same server, those that begin alike
    const order = [...known].sort((a, b) => alike(b, name) - alike(a, name)).slice(0, MAX_NAMES);
    const span = { start: reference.nameSpan.start + prefix.length, end: reference.nameSpan.end };
    for (const other of order) if (yamlScalar(other) === other) actions.push({ title: `Replace by \`${other}\``, kind: 'quickfix', edits: [{ path, edits: [{ span, newText: other }] }], mends: [finding] });
    const declared = declaration(workspace, kind as NameKind, name, null);
    if (declared) actions.push({ title: `Declare \`${name}\` in ${declared.path}`, kind: 'quickfix', edits: [{ path: declared.path, edits: [declared.edit] }], mends: [finding] });
  }
  return actions;
}

function alike(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** The edit that adds a name to a Catalog: the one that has names of its kind, else the first; null where there is none, or it cannot be edited. */
export function declaration(workspace: Workspace, kind: NameKind, name: string, value: string | null): { readonly path: string; readonly edit: TextEdit } | null {
  const section = SECTIONS.get(kind);
  if (section === undefined || !/^[\w][\w./@ -]*$/.test(name)) return null;
  const near = workspace.sortedNames(kind).flatMap((one) => workspace.find(kind, one)).filter(({ ours }) => ours).sort((a, b) => alike(b.name, name) - alike(a.name, name))[0];
  for (const path of [...(near ? [near.path] : []), ...workspace.filesOf('Catalog')]) {
    const text = workspace.text(path);
    for (const document of workspace.facts(path)?.documents ?? []) {
      const spec = document.kind === 'Catalog' && document.syntax.length === 0 ? resolve(nodeAt(document.root, ['spec'])) : null;
      if (text === null || spec?.kind !== 'map' || (near && path === near.path && document.index !== near.document)) continue;
      const edit = entryIn(text, spec, section, name, value, /\.json$/i.test(path));
      if (edit) return { path, edit };
    }
  }
  return null;
}

function entryIn(text: string, spec: MapNode, section: string, name: string, value: string | null, json: boolean): TextEdit | null {
  const key = json ? JSON.stringify(name) : yamlScalar(name);
  const written = `${key}: ${value ?? '{}'}`;
  const pair = pairOf(spec, section);
  const names = resolve(pair?.value);
  if (names?.kind === 'map' && pair?.value.kind !== 'alias') return insertPair(text, names, name, [], () => written);
  if (pair) return null;
  return insertPair(text, spec, section, ORDER, ({ style, eol, indent }) => (style === 'block' ? `${section}:${eol}${indent}  ${written}` : `${json ? JSON.stringify(section) : section}: { ${written} }`));
}
