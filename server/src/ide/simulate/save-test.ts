// "Save as test": the edit that adds a case with a request and its decision to a PolicyTest, or makes a new one.
import { block, inline, yamlScalar } from '../../core/documents';
import { shortForm, type Decision, type Request } from '../../core/model';
import { ENGINE } from '../../core/policy';
import type { TextEdit } from '../../core/text';
import type { Workspace } from '../../core/workspace';
import { nodeAt, type PlainValue, type SeqNode } from '../../core/yaml';
import { newDocument, nameOf } from '../complete/skeletons';
import { requestWords } from './words';

export interface TestFiles {
  /** PolicyTests that a case can be added to */
  readonly paths: readonly string[];
  readonly newPath: string;
  readonly name: string;
}

export interface SavedTest {
  /** the file is not there yet */
  readonly create: boolean;
  readonly edit: TextEdit;
}

export function testFiles(workspace: Workspace, request: Request): TestFiles {
  const paths = workspace.paths().filter((path) => casesOf(workspace, path) !== null);
  return { paths, newPath: newDocument('PolicyTest', request.agent, (path) => workspace.exists(path))?.path ?? 'policies/cases.policytest.yaml', name: requestWords(request).replaceAll(' · ', ', ') };
}

/** Null where the file holds no list of cases, or no PolicyTest. */
export function saveTest(workspace: Workspace, request: Request, path: string, name: string, now: number): SavedTest | null {
  const decision = workspace.shared(ENGINE).decide(request, { at: now, trace: false });
  const entry: { [key: string]: PlainValue } = { name };
  // without it, a rule with a date would make it another decision tomorrow
  if (request.time === null) entry.at = isoTime(now);
  Object.assign(entry, { request: shortForm(request), expect: expectation(decision) });
  const text = workspace.text(path);
  if (text === null) return { create: true, edit: { span: { start: 0, end: 0 }, newText: newFile(path, entry) } };
  const cases = casesOf(workspace, path);
  return cases && { create: false, edit: append(text, cases, entry, path.endsWith('.json')) };
}

export const isoTime = (now: number): string => new Date(now).toISOString().replace(/\.\d+Z$/, 'Z');

/** What must stay as it is. */
export function expectation(decision: Decision): PlainValue {
  const rules = decision.rules.map((rule) => rule.id);
  const approvals = decision.approvals.map(({ from, count }) => ({ from: [...from], count }));
  return {
    effect: decision.effect, cause: decision.cause,
    ...(rules.length > 0 ? { rules } : {}),
    ...(approvals.length > 0 && approvals.every((approval) => Number.isFinite(approval.count)) ? { approvals } : {}),
  };
}

function casesOf(workspace: Workspace, path: string): SeqNode | null {
  for (const document of workspace.facts(path)?.documents ?? []) {
    const cases = document.kind === 'PolicyTest' ? nodeAt(document.root, ['spec', 'cases']) : null;
    if (cases?.kind === 'seq' && (cases.flow || cases.items.length > 0)) return cases;
  }
  return null;
}

/** Behind the last case, written as the list is. */
function append(text: string, cases: SeqNode, entry: { [key: string]: PlainValue }, json: boolean): TextEdit {
  const last = cases.items[cases.items.length - 1];
  const eol = /\r?\n/.exec(text)?.[0] ?? '\n';
  if (cases.flow) {
    const at = last ? last.end : cases.start + 1;
    const newline = text.lastIndexOf('\n', (last?.start ?? 0) - 1);
    const lead = text.slice(newline + 1, last?.start ?? 0);
    const gap = last && lead.trim() === '' ? eol + lead : ' ';
    return { span: { start: at, end: at }, newText: last ? `,${gap}${inline(entry, json)}` : inline(entry, json) };
  }
  const first = cases.items[0]?.start ?? cases.start;
  const lineStart = text.lastIndexOf('\n', first - 1) + 1;
  const indent = /^[ ]*/.exec(text.slice(lineStart))?.[0] ?? '';
  let end = last?.end ?? cases.end;
  while (end > first && /\s/.test(text[end - 1] ?? '')) end--;
  const newline = text.indexOf('\n', end);
  const at = newline < 0 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  return { span: { start: at, end: at }, newText: `${eol}${caseLines(entry, indent, eol)}` };
}

/** One line for each part, the request as it would be typed. */
export function caseLines(entry: { [key: string]: PlainValue }, indent: string, eol: string): string {
  const parts = Object.entries(entry).map(([key, value]) => `${yamlScalar(key)}: ${inline(value, false)}`);
  return `${indent}- ${parts.join(`${eol}${indent}  `)}`;
}

function newFile(path: string, entry: { [key: string]: PlainValue }): string {
  const name = nameOf(path.slice(path.lastIndexOf('/') + 1).replace(/\.policytest\.(ya?ml|json)$/, ''));
  const value = { apiVersion: 'countersign/v1', kind: 'PolicyTest', metadata: { name } };
  if (path.endsWith('.json')) return `${JSON.stringify({ ...value, spec: { cases: [entry] } }, null, 2)}\n`;
  const head = Object.entries(value).map(([key, part]) => `${key}:${typeof part === 'string' ? ` ${part}` : block(part, '', '\n')}`);
  return `${head.join('\n')}\nspec:\n  cases:\n${caseLines(entry, '    ', '\n')}\n`;
}
