// Findings for report tests, written as text: the range is found by what stands there.
import type { Finding } from '../../server/src/core/lint';
import { makeReport } from '../../server/src/cli/reports';
import type { CodeDocumentation, Report } from '../../server/src/cli/reports';

export interface Said extends Partial<Omit<Finding, 'span'>> {
  /** text in the file that the finding is about; the first place where it stands */
  readonly at?: string;
  readonly span?: { readonly start: number; readonly end: number };
}

export function reportOf(files: Readonly<Record<string, string>>, said: readonly Said[], docs: Readonly<Record<string, CodeDocumentation>> = {}): Report {
  const findings = said.map(({ at, span, ...rest }): Finding => {
    const path = rest.path ?? Object.keys(files)[0] ?? '';
    const start = at === undefined ? 0 : (files[path] ?? '').indexOf(at);
    if (start < 0) throw new Error(`no \`${at}\` in ${path}`);
    return { code: 'schema/enum', severity: 'error', message: 'Wrong.', ...rest, path, span: span ?? { start, end: start + (at ?? '').length } };
  });
  return makeReport({ findings, files: Object.keys(files), text: (path) => files[path] ?? null, documentation: (code) => docs[code] ?? null });
}

/** A text without its first line break and the indent of its first line. */
export function block(strings: TemplateStringsArray, ...values: unknown[]): string {
  const text = String.raw(strings, ...values).replace(/^\n/, '');
  const indent = /^ */.exec(text)?.[0] ?? '';
  return text.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart())).join('\n');
}
