// Code actions: the fixes of findings, all safe ones at once, a suppression with its reason, the documentation of a code.
import { overlaps, touches, type Fix, type FixEdit, type Span } from '../../core/text';
import type { Finding } from '../../core/lint';
import { AGENTS, type Workspace } from '../../core/workspace';
import type { CodeAction, CodeActionQuery } from '../types';
import { nameActions } from './declare';
import { byFile, documentAt } from './edits';
import { extractActions } from './extract';
import { ignoreAction } from './ignore';
import { withKnownNames } from './known-names';
import { nextStageAction } from './next-stage';
import { testOfRule } from './test-of-rule';
import { waiveAction } from './waive';

const FIX_ALL = 'source.fixAll.countersign';

/** No list of actions is longer. */
const MAX_ACTIONS = 60;

export function codeActions(workspace: Workspace, path: string, { span, only, findings }: CodeActionQuery): readonly CodeAction[] {
  const wants = (kind: string): boolean => !only || only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  const here = findings.filter((finding) => finding.path === path && touching(finding.span, span));
  if (wants('quickfix')) {
    for (const finding of here) actions.push(...fixesOf(workspace, finding), ...nameActions(workspace, path, finding));
    for (const finding of here) {
      const waive = waiveAction(workspace, path, finding);
      if (waive) actions.push(waive);
    }
    for (const finding of here) {
      const ignore = ignoreAction(workspace, path, finding);
      if (ignore) actions.push(ignore);
    }
    for (const code of new Set(here.map((finding) => finding.code))) actions.push({ title: `Show documentation of ${code}`, kind: 'quickfix', edits: [], command: { name: 'countersign.explainFinding', arguments: [code] } });
  }
  if (wants('refactor.extract')) actions.push(...extractActions(workspace, path, span.start).filter((action) => !actions.some((other) => other.title.startsWith('Declare') && other.edits[0]?.path === action.edits[0]?.path)));
  const offered = [wants('refactor.rewrite') ? nextStageAction(workspace, path, span.start) : null, wants('refactor') ? testOfRule(workspace, path, span.start) : null];
  actions.push(...offered.filter((action) => action !== null));
  if (wants(FIX_ALL)) actions.push(...fixAll(path, findings));
  return actions.slice(0, MAX_ACTIONS);
}

const touching = (finding: Span, selected: Span): boolean => (selected.start === selected.end ? touches(finding, selected.start) : overlaps(finding, selected) || touches(selected, finding.start));

function fixesOf(workspace: Workspace, finding: Finding): CodeAction[] {
  const fixes = finding.fixes ?? [];
  return fixes.map((fix, index) => ({
    title: fix.title,
    kind: 'quickfix',
    edits: byFile(finding.path, finding.code.startsWith('standard/') && fix.snippet ? fix.edits.map((edit) => ({ ...edit, newText: filled(workspace, finding, edit.newText) })) : fix.edits),
    ...(fix.snippet ? { snippet: true } : {}),
    mends: [finding],
    ...(index === 0 && isBest(finding, fix) ? { preferred: true } : {}),
  }));
}

/** The blanks of a requirement's snippet, filled with what the Catalog has. */
function filled(workspace: Workspace, finding: Finding, snippet: string): string {
  const at = documentAt(workspace, finding.path, finding.span.start);
  const agent = at && workspace.shared(AGENTS).ofDocument(finding.path, at.index);
  return withKnownNames(workspace, snippet, { team: agent?.owner?.team ?? null, accountable: null });
}

/** The first fix where there is no other, where it is safe, or where the message itself proposes it. */
const isBest = (finding: Finding, fix: Fix): boolean => finding.fixes?.length === 1 || fix.safe || finding.message.includes('Did you mean');

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
