// What every report is made from: findings with lines and columns, in order, and the files they were looked for in.
import { LineIndex } from '../../core/text';
import type { Range, Span } from '../../core/text';
import type { Finding, Severity } from '../../core/lint';

/** The documentation of a code, as far as reports need it. */
export interface CodeDocumentation {
  /** a few words, no full stop */
  readonly title: string;
  /** Markdown */
  readonly markdown: string;
  readonly severity: Severity;
  /** where the same stands on a page, if anywhere */
  readonly url?: string;
}

/** What a check gives. */
export interface CheckSource {
  readonly findings: Iterable<Finding>;
  /** the files in which findings were looked for, those without any included */
  readonly files: readonly string[];
  text(path: string): string | null;
  documentation(code: string): CodeDocumentation | null;
}

export interface LocatedRelated {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

export interface LocatedEdit {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}

export interface LocatedFix {
  readonly title: string;
  readonly safe: boolean;
  /** null for a fix with tab stops, which only an editor can apply */
  readonly edits: readonly LocatedEdit[] | null;
}

export interface LocatedFinding {
  readonly file: string;
  readonly range: Range;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** what to run or open to read more */
  readonly docs: string;
  readonly fixes: readonly LocatedFix[];
  readonly related: readonly LocatedRelated[];
}

export interface Report {
  readonly findings: readonly LocatedFinding[];
  readonly files: readonly string[];
  readonly summary: Summary;
  /** a line of a file without its break; what is secret in it is covered */
  line(file: string, line: number): string;
  documentation(code: string): CodeDocumentation | null;
}

export interface Summary {
  readonly files: number;
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  readonly hint: number;
}

const ORIGIN: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Findings with their places, sorted by file, place and code. */
export function makeReport(source: CheckSource): Report {
  const indexes = new Map<string, LineIndex | null>();
  const index = (file: string): LineIndex | null => {
    let known = indexes.get(file);
    if (known === undefined) {
      const text = source.text(file);
      indexes.set(file, (known = text === null ? null : new LineIndex(text)));
    }
    return known;
  };
  const range = (file: string, span: Span): Range => index(file)?.range(span) ?? ORIGIN;
  const all = [...source.findings];
  const secrets = new Map<string, Range[]>();
  for (const finding of all) if (finding.sensitive) secrets.set(finding.path, [...(secrets.get(finding.path) ?? []), range(finding.path, finding.span)]);
  const findings = all
    .sort((a, b) => order(a.path, b.path) || a.span.start - b.span.start || a.span.end - b.span.end || order(a.code, b.code) || order(a.message, b.message))
    .map((finding): LocatedFinding => ({
      file: finding.path,
      range: range(finding.path, finding.span),
      code: finding.code,
      severity: finding.severity,
      message: finding.message,
      docs: source.documentation(finding.code)?.url ?? `countersign explain ${finding.code}`,
      fixes: (finding.fixes ?? []).filter((fix) => fix.choice !== true).map((fix) => ({
        title: fix.title,
        safe: fix.safe,
        edits: fix.snippet ? null : fix.edits.map((edit) => ({ file: edit.path ?? finding.path, range: range(edit.path ?? finding.path, edit.span), newText: edit.newText })),
      })),
      related: (finding.related ?? []).map((r) => ({ file: r.path ?? finding.path, range: range(r.path ?? finding.path, r.span), message: r.message })),
    }));
  const files = [...source.files].sort(order);
  const number = (severity: Severity): number => findings.filter((f) => f.severity === severity).length;
  return {
    findings,
    files,
    summary: { files: files.length, error: number('error'), warning: number('warning'), information: number('information'), hint: number('hint') },
    line: (file, line) => covered(index(file)?.line(line) ?? '', line, secrets.get(file) ?? []),
    documentation: (code) => source.documentation(code),
  };
}

/** The line with a mark for each character of a secret, so that all others stay where they are. */
function covered(text: string, line: number, secrets: readonly Range[]): string {
  let shown = text;
  for (const { start, end } of secrets) {
    if (start.line > line || end.line < line) continue;
    const from = start.line < line ? 0 : start.character;
    const to = end.line > line ? shown.length : Math.min(end.character, shown.length);
    shown = `${shown.slice(0, from)}${'•'.repeat(Math.max(0, to - from))}${shown.slice(to)}`;
  }
  return shown;
}

/** The findings of each file that has any, in order. */
export function byFile(findings: readonly LocatedFinding[]): ReadonlyMap<string, readonly LocatedFinding[]> {
  const groups = new Map<string, LocatedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file);
    if (group) group.push(finding);
    else groups.set(finding.file, [finding]);
  }
  return groups;
}

export type FailOn = 'error' | 'warning' | 'information' | 'never';
export const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'information', 'never'];
const RANK: Readonly<Record<Severity | 'never', number>> = { hint: 0, information: 1, warning: 2, error: 3, never: 4 };

/** True for a severity that makes a check fail. */
export const fails = (severity: Severity, failOn: FailOn): boolean => RANK[severity] >= RANK[failOn];
