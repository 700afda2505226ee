// `# countersign-ignore <code>: <reason>` on the line before hides one finding; what may be hidden, and the findings about the comments themselves.
import type { FileFacts, Settings } from '../workspace';
import type { Finding } from './finding';

const NEVER = ['syntax/', 'waiver/', 'approval/', 'suppression/', 'internal/'];

/** Removes what a comment with a reason hides and adds `suppression/...` for comments without reason or effect. */
export function applySuppressions(findings: readonly Finding[], facts: FileFacts, settings: Settings): Finding[] {
  if (facts.suppressions.length === 0) return [...findings];
  const left = [...findings].sort((a, b) => a.span.start - b.span.start);
  const added: Finding[] = [];
  for (const comment of facts.suppressions) {
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
  return `There is no \`${code}\` on the next line. Remove this comment.`;
}
