// JUnit XML, as CI systems read it: a suite a file, a case a finding; a file without any is one case that passed.
import { wellFormed } from './plain';
import { byFile, fails } from './report';
import type { FailOn, LocatedFinding, Report } from './report';

export interface JunitOptions {
  /** findings below it are shown, and do not fail */
  readonly failOn: FailOn;
}

export function junitReport(report: Report, options: JunitOptions): string {
  const groups = byFile(report.findings);
  const names = [...new Set([...report.files, ...groups.keys()])].sort();
  const suites = names.map((file) => suite(file, groups.get(file) ?? [], options.failOn));
  const tests = suites.reduce((n, s) => n + s.tests, 0);
  const failures = suites.reduce((n, s) => n + s.failures, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="countersign" tests="${tests}" failures="${failures}" errors="0" time="0">`,
    ...suites.map((s) => s.xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(file: string, findings: readonly LocatedFinding[], failOn: FailOn): { tests: number; failures: number; xml: string } {
  const failing = findings.filter((f) => fails(f.severity, failOn)).length;
  const cases = findings.length > 0 ? findings.map((f) => testcase(f, fails(f.severity, failOn))) : [`    <testcase name="no problems" classname="${attribute(file)}" time="0"/>`];
  const xml = [
    `  <testsuite name="${attribute(file)}" tests="${cases.length}" failures="${failing}" errors="0" skipped="0" time="0">`,
    ...cases,
    '  </testsuite>',
  ].join('\n');
  return { tests: cases.length, failures: failing, xml };
}

function testcase(finding: LocatedFinding, failing: boolean): string {
  const { line, character } = finding.range.start;
  const where = `${finding.file}:${line + 1}:${character + 1}`;
  const fix = finding.fixes[0] ? `\nFix: ${finding.fixes[0].title}` : '';
  const body = text(`${where}: ${finding.severity} ${finding.code}\n${finding.message}${fix}\nMore: ${finding.docs}`);
  const open = `    <testcase name="${attribute(`${finding.code} at ${line + 1}:${character + 1}`)}" classname="${attribute(finding.file)}" file="${attribute(finding.file)}" line="${line + 1}" time="0">`;
  const inner = failing
    ? `      <failure type="${attribute(finding.code)}" message="${attribute(finding.message)}">${body}</failure>`
    : `      <system-out>${body}</system-out>`;
  return [open, inner, '    </testcase>'].join('\n');
}

/** Characters that XML 1.0 cannot hold at all are replaced. */
const valid = (value: string): string =>
  wellFormed(value).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

export const text = (value: string): string => valid(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
export const attribute = (value: string): string => text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\r', '&#13;').replaceAll('\t', '&#9;');
