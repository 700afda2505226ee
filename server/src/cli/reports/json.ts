// The report for programs. Keys and their order are a contract.
import type { Report } from './report';

export function jsonReport(report: Report): string {
  const findings = report.findings.map(({ file, range, code, severity, message, docs, fixes, related }) => {
    const fix = fixes[0];
    return {
      file,
      range,
      code,
      severity,
      message,
      docs,
      fix: fix ? { title: fix.title, safe: fix.safe } : null,
      related: related.map((r) => ({ file: r.file, range: r.range, message: r.message })),
    };
  });
  const { files, error, warning, information, hint } = report.summary;
  return `${JSON.stringify({ version: 1, findings, summary: { files, error, warning, information, hint } }, null, 2)}\n`;
}
