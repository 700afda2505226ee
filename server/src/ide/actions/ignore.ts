// A comment that hides a finding, on the line before it, with room for the reason.
import { applyEdits } from '../../core/text';
import type { Finding } from '../../core/lint';
import { parseYaml } from '../../core/yaml';
import type { Workspace } from '../../core/workspace';
import type { CodeAction } from '../types';

/** What a comment must not hide: faults of syntax, what approvers sign, and our own findings about comments. */
const NEVER = ['syntax/', 'waiver/', 'approval/', 'suppression/', 'internal/'];

export function ignoreAction(workspace: Workspace, path: string, finding: Finding): CodeAction | null {
  const text = workspace.text(path);
  const role = workspace.facts(path)?.role;
  if (text === null || !/\.ya?ml$/i.test(path) || (role !== 'countersign' && role !== 'config') || !mayHide(workspace, finding)) return null;
  const line = text.lastIndexOf('\n', finding.span.start - 1) + 1;
  const indent = /^ */.exec(text.slice(line))?.[0] ?? '';
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  const comment = `${indent}# countersign-ignore ${finding.code}: `;
  const edit = (reason: string): { span: { start: number; end: number }; newText: string } => ({ span: { start: line, end: line }, newText: `${comment}${reason}${eol}` });
  if (!staysComment(text, edit('reason'), line + indent.length)) return null;
  return { title: `Ignore ${finding.code} with a reason`, kind: 'quickfix', edits: [{ path, edits: [edit('${1:why this is right here}')] }], snippet: true, mends: [finding] };
}

function mayHide({ settings }: Workspace, { code, severity }: Finding): boolean {
  return !NEVER.some((family) => code.startsWith(family)) && !(code.startsWith('policy/') && severity === 'error') && !settings.locked(code);
}

/** True where the new line is read as a comment: within a text over several lines it would be part of the text. */
function staysComment(text: string, edit: { span: { start: number; end: number }; newText: string }, at: number): boolean {
  const before = parseYaml(text).documents.reduce((sum, { problems }) => sum + problems.length, 0);
  const after = parseYaml(applyEdits(text, [edit])).documents;
  return after.some(({ comments }) => comments.some(({ start }) => start === at)) && after.reduce((sum, { problems }) => sum + problems.length, 0) <= before;
}
