// All rules over one file: severities set, suppressions applied, sorted. A rule that throws is our fault and takes no other down.
import { PARSE } from '../policy';
import type { Derived, Queries, Workspace } from '../workspace';
import { createConditionMemo, type ConditionMemo } from './condition-memo';
import type { Finding, Severity } from './finding';
import { ANALYSIS_CODES, RULES, codeDoc } from './registry';
import { applySuppressions } from './suppression';

/** The findings of each file of the workspace, kept until something that they rest on changes. */
export function createLinter(workspace: Workspace): Derived<readonly Finding[]> {
  const conditions = createConditionMemo(workspace.shared(PARSE));
  return workspace.derive('lint', (path, queries) => lintFile(path, queries, conditions));
}

export function lintFile(path: string, queries: Queries, conditions: ConditionMemo): readonly Finding[] {
  const facts = queries.facts(path);
  const text = queries.text(path);
  if (!facts || text === null || facts.role === 'none') return [];
  const findings: Finding[] = [];
  for (const rule of RULES) {
    try {
      rule.check({
        facts,
        path,
        text,
        queries,
        conditions,
        report(problem, severity, waived) {
          const doc = codeDoc(problem.code);
          findings.push({ ...problem, message: cut(problem.message), path, severity: severity ?? doc?.severity ?? 'warning', ...(doc?.sensitive ? { sensitive: true } : {}), ...(waived ? { waived } : {}) });
        },
      });
    } catch (error) {
      findings.push(fault(path, rule.codes[0]?.code ?? 'a rule', error));
    }
  }
  const kept = applySuppressions(findings, facts, queries.settings, (code) => !ANALYSIS_CODES.has(code));
  return unique(kept.flatMap((finding) => atLevel(finding, queries))).sort(byPlace);
}

/** Names in messages come from files of anybody; one of a million letters is not to be shown. */
const MAX_MESSAGE = 1_500;
const cut = (message: string): string => (message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message);

const fault = (path: string, where: string, error: unknown): Finding => ({
  path,
  code: 'internal/fault',
  severity: 'error',
  span: { start: 0, end: 0 },
  message: `Countersign failed while it checked this file (${where}: ${error instanceof Error ? error.message : String(error)}). This is a fault of Countersign, not of the file; please report it.`,
});

function atLevel(finding: Finding, queries: Queries): Finding[] {
  const level = queries.settings.level(finding.code, finding.path, finding.severity);
  if (finding.waived && level !== 'off') return [{ ...finding, severity: 'hint' }];
  return level === 'off' ? [] : [level === finding.severity ? finding : { ...finding, severity: level as Severity }];
}

function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((f) => {
    const id = `${f.code} ${f.span.start} ${f.span.end} ${f.message}`;
    return seen.has(id) ? false : seen.add(id);
  });
}

/** The order of reports: place, then code. */
export const byPlace = (a: Finding, b: Finding): number =>
  a.span.start - b.span.start || a.span.end - b.span.end || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
