// `# countersign-ignore <code>: <reason>` on the line before hides one finding; what may be hidden, and the findings about the comments themselves.
import type { FileFacts, Settings } from '../workspace';
import { nearest } from '../text';
import { CODE_NAMES, isCodeName } from './code-names';
import type { Finding } from './finding';
import type { CodeDoc } from './rule';
import { agent, catalog } from './rules/examples';

const TEAMS = catalog('teams:\n  payments: { title: Payments }');
const ignoring = (comment: string, owner = 'paymens'): string => TEAMS + agent('', 'refund-assistant', `${comment}\nowner: { team: ${owner} }`);

export const SUPPRESSION_CODES: readonly CodeDoc[] = [
  {
    code: 'suppression/no-reason',
    severity: 'warning',
    title: 'A suppression without a reason',
    doc: '`# countersign-ignore <code>: <reason>` on the line before a finding hides it. Without a reason nobody can tell later whether it still holds, so such a comment hides nothing and is itself a finding.',
    bad: ignoring('# countersign-ignore reference/unknown-team', 'payments'),
    good: ignoring('# countersign-ignore reference/unknown-team: joins the Catalog with CHG-4711'),
  },
  {
    code: 'suppression/unused',
    severity: 'warning',
    title: 'A suppression that hides nothing',
    doc: 'There is no finding of that code on the next line, or it cannot be hidden by a comment: `syntax/`, `waiver/`, `approval/`, errors of `policy/` and whatever the workspace locks. What an approver signs is not to be waived by a comment. Remove the comment.',
    bad: ignoring('# countersign-ignore reference/unknown-team: joins the Catalog with CHG-4711', 'payments'),
    good: ignoring('# countersign-ignore reference/unknown-team: joins the Catalog with CHG-4711'),
  },
];

const NEVER = ['syntax/', 'waiver/', 'approval/', 'suppression/', 'internal/'];

/** `concerns`: the codes whose comments are looked at. Removes what a comment with a reason hides and adds `suppression/...` for comments without reason or effect. */
export function applySuppressions(findings: readonly Finding[], facts: FileFacts, settings: Settings, concerns: (code: string) => boolean): Finding[] {
  if (facts.suppressions.length === 0) return [...findings];
  const left = [...findings].sort((a, b) => a.span.start - b.span.start);
  const added: Finding[] = [];
  for (const comment of facts.suppressions) {
    if (!concerns(comment.code)) continue;
    const at = { path: facts.path, severity: 'warning' as const, span: comment.span };
    if (comment.reason === '') {
      added.push({ ...at, code: 'suppression/no-reason', message: `A suppression needs a reason: write \`# countersign-ignore ${comment.code || '<code>'}: why\`. Until then it hides nothing.` });
      continue;
    }
    const index = left.findIndex((f) => f.code === comment.code && f.span.start >= comment.line.start && f.span.start <= comment.line.end && mayHide(f, settings));
    if (index >= 0) left.splice(index, 1);
    else added.push({ ...at, code: 'suppression/unused', message: unused(comment.code, left, comment.line, settings) });
  }
  return [...left, ...added];
}

function mayHide(finding: Finding, settings: Settings): boolean {
  if (NEVER.some((family) => finding.code.startsWith(family))) return false;
  if (finding.code.startsWith('policy/') && finding.severity === 'error') return false;
  return !settings.locked(finding.code);
}

function unused(code: string, left: readonly Finding[], line: { start: number; end: number }, settings: Settings): string {
  const there = left.find((f) => f.code === code && f.span.start >= line.start && f.span.start <= line.end);
  if (there && settings.locked(code)) return `\`${code}\` is locked by the workspace's settings and cannot be hidden by a comment.`;
  if (there) return `\`${code}\` cannot be hidden by a comment.`;
  if (!isCodeName(code)) {
    const guess = nearest(code, CODE_NAMES);
    return `There is no code \`${code}\`, so this comment hides nothing. ${guess ? `Did you mean \`${guess}\`?` : 'Write the code of the finding, such as `reference/unknown-team`.'}`;
  }
  return `There is no \`${code}\` on the next line. Remove this comment.`;
}
