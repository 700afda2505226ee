// Code actions: the fixes of findings, all safe ones at once, a suppression with its reason, the documentation of a code.
import { overlaps, touches, type Fix, type FixEdit, type Span, type TextEdit } from '../../core/text';
import type { Finding } from '../../core/lint';
import type { Workspace } from '../../core/workspace';
import type { CodeAction, CodeActionQuery, FileEdits } from '../types';
import { ignoreAction } from './ignore';

const FIX_ALL = 'source.fixAll.countersign';

/** No list of actions is longer. */
const MAX_ACTIONS = 60;

export function codeActions(workspace: Workspace, path: string, { span, only, findings }: CodeActionQuery): readonly CodeAction[] {
  const wants = (kind: string): boolean => !only || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  const here = findings.filter((finding) => finding.path === path && touching(finding.span, span));
  if (wants('quickfix')) {
    for (const finding of here) actions.push(...fixesOf(finding));
    for (const finding of here) {
      const ignore = ignoreAction(workspace, path, finding);
      if (ignore) actions.push(ignore);
    }
    for (const code of new Set(here.map((finding) => finding.code))) actions.push({ title: `Show documentation of ${code}`, kind: 'quickfix', edits: [], command: { name: 'countersign.explainFinding', arguments: [code] } });
  }
  if (wants(FIX_ALL)) actions.push(...fixAll(path, findings));
  return actions.slice(0, MAX_ACTIONS);
}

const touching = (finding: Span, selected: Span): boolean => (selected.start === selected.end ? touches(finding, selected.start) : overlaps(finding, selected) || touches(selected, finding.start));

function fixesOf(finding: Finding): CodeAction[] {
  const fixes = finding.fixes ?? [];
  return fixes.map((fix, index) => ({
    title: fix.title,
    kind: 'quickfix',
    edits: byFile(finding.path, fix.edits),
    ...(fix.snippet ? { snippet: true } : {}),
    mends: [finding],
    ...(index === 0 && isBest(finding, fix) ? { preferred: true } : {}),
  }));
}

/** The first fix where there is no other, where it is safe, or where the message itself proposes it. */
const isBest = (finding: Finding, fix: Fix): boolean => finding.fixes?.length === 1 || fix.safe || finding.message.includes('Did you mean');

function byFile(path: string, edits: readonly FixEdit[]): FileEdits[] {
  const files = new Map<string, TextEdit[]>();
  for (const { span, newText, path: other = path } of edits) {
    const list = files.get(other);
    if (list) list.push({ span, newText });
    else files.set(other, [{ span, newText }]);
  }
  return [...files].map(([file, list]) => ({ path: file, edits: list }));
}

/** The safe fixes of the file that do not meet, in the order of the text. */
function fixAll(path: string, findings: readonly Finding[]): CodeAction[] {
  const mends: Finding[] = [];
  const edits: FixEdit[] = [];
  for (const finding of findings) {
    const fix = finding.fixes?.find(({ safe, snippet }) => safe && !snippet);
    if (finding.path !== path || !fix || fix.edits.length === 0 || fix.edits.some((edit) => edits.some((other) => meets(edit, other)))) continue;
    edits.push(...fix.edits);
    mends.push(finding);
  }
  if (mends.length === 0) return [];
  return [{ title: mends.length === 1 ? 'Apply the safe fix of this file' : `Apply all ${mends.length} safe fixes of this file`, kind: FIX_ALL, edits: byFile(path, edits), mends }];
}

const meets = (a: FixEdit, b: FixEdit): boolean => a.path === b.path && (overlaps(a.span, b.span) || (a.span.start <= b.span.end && b.span.start <= a.span.end));
