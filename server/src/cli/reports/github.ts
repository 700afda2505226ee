// Workflow commands: annotations in a pull request's diff on GitHub.
import type { Severity } from '../../core/lint';
import type { Report } from './report';
import { summaryLine } from './words';

export interface GithubOptions {
  /** path of the workspace folder within the checked-out repository, with a slash at its end; empty when they are one */
  readonly prefix: string;
}

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };

export function githubReport(report: Report, options: GithubOptions): string {
  // the closing line must not be read as a command
  return [...annotations(report, options), summaryLine(report)].join('\n') + '\n';
}

/** A line a finding. */
export function annotations(report: Report, options: GithubOptions): readonly string[] {
  return report.findings.map(({ file, range, severity, code, message, fixes }) => {
    const sameLine = range.start.line === range.end.line;
    const properties: [string, string | number][] = [
      ['file', options.prefix + file],
      ['line', range.start.line + 1],
      ['endLine', range.end.line + 1],
      // columns are only taken where the range stays on its line
      ...(sameLine ? ([['col', range.start.character + 1], ['endColumn', Math.max(range.start.character, range.end.character - 1) + 1]] as [string, number][]) : []),
      ['title', `Countersign ${code}`],
    ];
    const fix = fixes[0] ? `\nFix: ${fixes[0].title}` : '';
    return `::${COMMAND[severity]} ${properties.map(([key, value]) => `${key}=${property(String(value))}`).join(',')}::${data(message + fix)}`;
  });
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
