// What stays the same of a finding when lines move: its code, its file and what its line says.
import { createHash } from 'node:crypto';
import type { LocatedFinding, Report } from './report';

/** One fingerprint a finding, in the report's order: a hash, and which of its equals it is (from 1). */
export function fingerprints(report: Report): readonly string[] {
  const seen = new Map<string, number>();
  return report.findings.map((finding) => {
    const hash = hashOf(finding, report.line(finding.file, finding.range.start.line));
    const number = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, number);
    return `${hash}:${number}`;
  });
}

function hashOf(finding: LocatedFinding, line: string): string {
  const said = line.replace(/\s+/g, ' ').trim();
  return createHash('sha256').update(`${finding.code}\0${finding.file}\0${said}`).digest('hex').slice(0, 32);
}
