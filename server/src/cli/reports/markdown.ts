// Markdown for the comment of a pull request, cut to what a comment may hold.
import { count } from '../terminal/wrap';
import { wellFormed } from './plain';
import { byFile } from './report';
import type { LocatedFinding, Report, Summary } from './report';
import { severities, summaryLine } from './words';

/** Bytes; comments end at 65,536 characters. */
export const LIMIT = 60_000;

export function markdownReport(report: Report): string {
  const head = `### Countersign\n\n${summaryLine(report)}.\n`;
  if (report.findings.length === 0) return head;
  const groups = [...byFile(report.findings)];
  const out = new Cut(LIMIT - 400);
  out.add(head);
  const rows = ['', '| File | Errors | Warnings | Other |', '| --- | ---: | ---: | ---: |', ''].join('\n');
  out.add(rows);
  let listed = 0;
  for (const [file, findings] of groups) {
    const n = countOf(findings);
    if (!out.add(`| ${code(file).replaceAll('|', '\\|')} | ${n.error} | ${n.warning} | ${n.information + n.hint} |\n`, LIMIT / 3)) break;
    listed++;
  }
  if (listed < groups.length) out.force(`\nand ${count(groups.length - listed, 'more file')}.\n`);
  let shown = 0;
  for (const [file, findings] of groups) {
    if (!out.add(`\n<details><summary><code>${html(file)}</code>: ${severities(countOf(findings))}</summary>\n\n`)) break;
    let all = true;
    for (const finding of findings) {
      all = out.add(item(finding));
      if (!all) break;
      shown++;
    }
    out.force('\n</details>\n');
    if (!all) break;
  }
  if (shown < report.findings.length) {
    out.force(`\nCut here: ${count(shown, 'problem')} of ${report.findings.length.toLocaleString('en')} shown. Run \`countersign check\` for all of them.\n`);
  }
  return out.text;
}

/** Text that takes additions until it is full. */
export class Cut {
  text = '';
  #size = 0;
  constructor(readonly limit: number) {}

  add(part: string, limit = this.limit): boolean {
    const size = new TextEncoder().encode(part).length;
    if (this.#size + size > limit) return false;
    this.force(part, size);
    return true;
  }

  force(part: string, size = new TextEncoder().encode(part).length): void {
    this.text += part;
    this.#size += size;
  }
}

const countOf = (findings: readonly LocatedFinding[]): Summary => {
  const n = (severity: string): number => findings.filter((f) => f.severity === severity).length;
  return { files: 1, error: n('error'), warning: n('warning'), information: n('information'), hint: n('hint') };
};

function item(finding: LocatedFinding): string {
  const { line, character } = finding.range.start;
  const fix = finding.fixes[0] ? ` _Fix:_ ${prose(finding.fixes[0].title)}` : '';
  return `- **${finding.severity}** ${code(finding.code)} at ${line + 1}:${character + 1}: ${prose(finding.message)}${fix}\n`;
}

const MAX_MESSAGE = 2_000;

/** Text of a message: one line, its code spans kept, and nothing else in it read as Markdown, HTML or a mention (found in what is rendered, so that no escape helps, but an empty space after its sign). */
export function prose(message: string): string {
  const line = message.replace(/\s*[\r\n]+\s*/g, ' ');
  const cut = line.length > MAX_MESSAGE ? `${wellFormed(line.slice(0, MAX_MESSAGE))}…` : line;
  return cut
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? code(part.slice(1, -1)) : part.replace(/[\\`*_{}[\]()#+!|~<>&@]/g, (c) => (c === '<' ? '&lt;' : c === '>' ? '&gt;' : c === '&' ? '&amp;' : c === '@' ? '@\u200b' : c === '#' ? '\\#\u200b' : `\\${c}`))))
    .join('');
}

/** A code span that holds any text. */
export function code(text: string): string {
  const line = text.replace(/[\r\n]+/g, ' ');
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

const html = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
