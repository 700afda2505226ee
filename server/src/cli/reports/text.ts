// The report for people at a terminal: by file, with the line of source, carets under the exact range, and what to do next.
import type { Severity } from '../../core/lint';
import { printable, printableLines } from '../terminal/cells';
import { excerpt } from '../terminal/excerpt';
import { style } from '../terminal/style';
import type { Style } from '../terminal/style';
import { wrap } from '../terminal/wrap';
import { byFile } from './report';
import type { LocatedFinding, LocatedRelated, Report } from './report';
import { summaryLine } from './words';

export interface TextOptions {
  readonly colour: boolean;
  readonly columns: number;
}

const INDENT = '    ';

export function textReport(report: Report, options: TextOptions): string {
  const s = style(options.colour);
  const columns = Math.max(40, Math.min(options.columns, 140));
  let out = '';
  for (const [file, findings] of byFile(report.findings)) {
    out += `${s.bold(printable(file))}\n`;
    for (const finding of findings) out += `${one(finding, report, columns, s)}\n`;
  }
  const clean = report.findings.length === 0;
  const colour = report.summary.error > 0 ? s.red : clean ? s.green : s.yellow;
  out += `${s.bold(colour(summaryLine(report)))}.\n`;
  const first = report.findings[0];
  if (first) out += s.dim(`To read more about a code: countersign explain ${printable(first.code)}`) + '\n';
  return out;
}

function one(finding: LocatedFinding, report: Report, columns: number, s: Style): string {
  const { start } = finding.range;
  const colour = colourOf(finding.severity, s);
  const lines = [`  ${start.line + 1}:${start.character + 1}  ${colour(finding.severity)}  ${s.dim(finding.code)}`];
  for (const line of wrap(printableLines(finding.message), columns - INDENT.length)) lines.push(INDENT + line);
  lines.push(...source(finding, report, columns, colour, s));
  const fix = finding.fixes[0];
  if (fix) lines.push(...labelled('fix', printable(fix.title), columns, s.green));
  for (const related of finding.related) lines.push(...labelled('see', place(related, finding.file), columns, s.cyan));
  return lines.join('\n') + '\n';
}

function source(finding: LocatedFinding, report: Report, columns: number, colour: (text: string) => string, s: Style): readonly string[] {
  const { start, end } = finding.range;
  const line = report.line(finding.file, start.line);
  if (line.trim() === '') return [];
  const number = String(start.line + 1);
  const gutter = ' '.repeat(number.length);
  const several = end.line > start.line;
  const shown = excerpt(line, start.character, several ? line.length : end.character, columns - INDENT.length - number.length - 3);
  const rows = [
    `${INDENT}${s.dim(`${number} │`)} ${shown.source}`,
    `${INDENT}${s.dim(`${gutter} │`)} ${shown.underline.replace(/\^+/, (carets) => colour(carets))}${several ? s.dim(` to line ${end.line + 1}`) : ''}`,
  ];
  return rows;
}

function labelled(label: string, text: string, columns: number, colour: (text: string) => string): readonly string[] {
  const room = columns - INDENT.length - label.length - 2;
  return wrap(text, room).map((line, i) => INDENT + (i === 0 ? `${colour(`${label}:`)} ` : ' '.repeat(label.length + 2)) + line);
}

const place = (related: LocatedRelated, file: string): string => {
  const { line, character } = related.range.start;
  const where = related.file === file ? `line ${line + 1}` : `${related.file}:${line + 1}:${character + 1}`;
  return printable(`${where}: ${related.message}`);
};

function colourOf(severity: Severity, s: Style): (text: string) => string {
  return severity === 'error' ? s.red : severity === 'warning' ? s.yellow : severity === 'information' ? s.blue : s.dim;
}
