// The closing line of a check, in words.
import type { Report, Summary } from './report';
import { byFile } from './report';
import { count } from '../terminal/wrap';

/** `3 errors, 9 warnings`, only what there is. */
export function severities(summary: Summary): string {
  const parts = [
    summary.error > 0 ? count(summary.error, 'error') : '',
    summary.warning > 0 ? count(summary.warning, 'warning') : '',
    summary.information > 0 ? count(summary.information, 'note') : '',
    summary.hint > 0 ? count(summary.hint, 'hint') : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** `12 problems (3 errors, 9 warnings) in 5 of 31 files`, or that there is none. */
export function summaryLine(report: Report): string {
  const { files } = report.summary;
  if (report.findings.length > 0) {
    return `${count(report.findings.length, 'problem')} (${severities(report.summary)}) in ${byFile(report.findings).size} of ${count(files, 'file')}`;
  }
  if (files === 0) return 'Nothing to check: no file here is a Countersign document or has a format that Countersign reads';
  return `No problems in ${count(files, 'file')}`;
}
