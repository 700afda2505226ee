// All forms that a check can be reported in: name to function.
import { githubReport } from './github';
import type { GithubOptions } from './github';
import { jsonReport } from './json';
import { junitReport } from './junit';
import type { JunitOptions } from './junit';
import { markdownReport } from './markdown';
import type { Report } from './report';
import { sarifReport } from './sarif';
import type { SarifOptions } from './sarif';
import { textReport } from './text';
import type { TextOptions } from './text';

export interface ReportOptions {
  readonly text: TextOptions;
  readonly sarif: SarifOptions;
  readonly github: GithubOptions;
  readonly junit: JunitOptions;
}

export const REPORTS = {
  text: (report: Report, options: ReportOptions) => textReport(report, options.text),
  json: (report: Report) => jsonReport(report),
  sarif: (report: Report, options: ReportOptions) => sarifReport(report, options.sarif),
  github: (report: Report, options: ReportOptions) => githubReport(report, options.github),
  junit: (report: Report, options: ReportOptions) => junitReport(report, options.junit),
  markdown: (report: Report) => markdownReport(report),
} as const satisfies Record<string, (report: Report, options: ReportOptions) => string>;

export type ReportFormat = keyof typeof REPORTS;
export const REPORT_FORMATS = Object.keys(REPORTS) as readonly ReportFormat[];

export * from './report';
export { githubReport, jsonReport, junitReport, markdownReport, sarifReport, textReport };
