// What came of the PolicyTests: for people, as JSON, as JUnit XML.
import { attribute, text as xml } from '../reports/junit';
import { printable } from '../terminal/cells';
import type { Style } from '../terminal/style';
import { count, wrap } from '../terminal/wrap';
import type { TestCase, TestRun } from './run';

export interface TestTextOptions {
  readonly style: Style;
  readonly columns: number;
}

const say = (value: unknown): string => printable(typeof value === 'string' ? value : JSON.stringify(value));

export function textOf(run: TestRun, { style, columns }: TestTextOptions): string {
  const lines: string[] = [];
  for (const [file, cases] of byFile(run.cases)) {
    const failed = cases.filter((one) => !one.result.passed);
    lines.push(`${failed.length === 0 ? style.green('✓') : style.red('✗')} ${style.bold(printable(file))}  ${count(cases.length, 'case')}${failed.length > 0 ? `, ${failed.length} failed` : ''}`);
    for (const one of failed) lines.push(...failure(one, style, columns));
  }
  if (run.coverage) lines.push('', ...coverageLines(run, style));
  const failed = run.cases.filter((one) => !one.result.passed).length;
  const passed = run.cases.length - failed;
  lines.push('', run.cases.length === 0 ? 'There is no PolicyTest case here.' : `${count(run.cases.length, 'case')}: ${passed} passed, ${failed} failed.`);
  return `${lines.join('\n').replace(/^\n/, '')}\n`;
}

function failure({ result, line, decision }: TestCase, style: Style, columns: number): readonly string[] {
  const lines = [`  ${style.red('✗')} ${printable(result.name)}  ${style.dim(`${printable(result.file)}:${line + 1}`)}`];
  if (result.fault !== null) lines.push(`      ${printable(result.fault)}`);
  for (const { field, expected, actual } of result.differences) lines.push(`      ${field}: expected ${say(expected)}, got ${say(actual)}`);
  if (decision) {
    lines.push(style.dim(`      decided: ${decision.effect}, ${decision.cause}${decision.rules.length > 0 ? ` ${decision.rules.map((rule) => rule.id).join(', ')}` : ''}`));
    for (const entry of result.decision?.trace.filter((rule) => rule.effect !== 'oblige' && (rule.matched || rule.concerns)) ?? []) {
      const words = `${entry.matched ? '●' : '–'} ${entry.id} (${entry.matched ? entry.effect : entry.because}): ${printable(entry.detail)}`;
      lines.push(...wrap(words, Math.max(40, columns - 8)).map((part, index) => style.dim(`${index === 0 ? '      ' : '        '}${part}`)));
    }
  }
  return lines;
}

function coverageLines(run: TestRun, style: Style): readonly string[] {
  const coverage = run.coverage ?? [];
  const branches = coverage.flatMap((one) => one.branches.flatMap(({ yes, no }) => [yes, no]));
  const missed = coverage.filter((one) => one.hits === 0);
  const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${Math.floor((part / whole) * 100)} %`);
  return [
    `${style.bold('Coverage')}  rules ${percent(coverage.length - missed.length, coverage.length)} (${coverage.length - missed.length} of ${coverage.length}), branches ${percent(branches.filter((taken) => taken > 0).length, branches.length)} (${branches.filter((taken) => taken > 0).length} of ${branches.length})`,
    ...missed.map(({ rule }) => `  no case makes ${rule.id} apply  ${style.dim(printable(rule.file))}`),
  ];
}

export function jsonOf(run: TestRun): string {
  const failed = run.cases.filter((one) => !one.result.passed).length;
  return `${JSON.stringify({
    cases: run.cases.map(({ result, line, expected, decision }) => ({
      name: result.name, file: result.file, line, passed: result.passed, expected, actual: decision, differences: result.differences, error: result.fault,
    })),
    summary: { cases: run.cases.length, passed: run.cases.length - failed, failed, incomplete: run.incomplete.length > 0 },
    ...(run.coverage ? {
      coverage: run.coverage.map(({ rule, hits, branches }) => ({ rule: rule.id, file: rule.file, hits, branches: branches.map(({ text, yes, no }) => ({ text, true: yes, false: no })) })),
    } : {}),
  }, null, 2)}\n`;
}

export function junitOf(run: TestRun): string {
  const failures = run.cases.filter((one) => !one.result.passed).length;
  const suites = [...byFile(run.cases)].map(([file, cases]) => {
    const failed = cases.filter((one) => !one.result.passed).length;
    return [`  <testsuite name="${attribute(file)}" tests="${cases.length}" failures="${failed}" errors="0" skipped="0" time="0">`, ...cases.map(testcase), '  </testsuite>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="countersign" tests="${run.cases.length}" failures="${failures}" errors="0" time="0">`, ...suites, '</testsuites>', ''].join('\n');
}

function testcase({ result, line, decision }: TestCase): string {
  const open = `    <testcase name="${attribute(result.name)}" classname="${attribute(result.file)}" file="${attribute(result.file)}" line="${line + 1}" time="0"`;
  if (result.passed) return `${open}/>`;
  const words = result.fault ?? result.differences.map(({ field, expected, actual }) => `${field}: expected ${say(expected)}, got ${say(actual)}`).join('; ');
  const trace = (decision?.trace ?? []).filter((entry) => entry.matched).map((entry) => `${entry.id} (${entry.effect}): ${entry.detail}`).join('\n');
  return [`${open}>`, `      <failure type="${result.fault === null ? 'test/failed' : 'test/invalid'}" message="${attribute(words)}">${xml(`${words}\n${trace}`)}</failure>`, '    </testcase>'].join('\n');
}

function byFile(cases: readonly TestCase[]): ReadonlyMap<string, readonly TestCase[]> {
  const files = new Map<string, TestCase[]>();
  for (const one of cases) {
    const there = files.get(one.result.file);
    if (there) there.push(one);
    else files.set(one.result.file, [one]);
  }
  return files;
}
