// SARIF 2.1.0, as code scanning services take it.
import type { Range } from '../../core/text';
import type { Severity } from '../../core/lint';
import { fingerprints } from './fingerprint';
import { plainText } from './plain';
import type { LocatedFinding, LocatedFix, Report } from './report';

export interface SarifOptions {
  /** version of the tool */
  readonly version: string;
  /** file URI of the workspace folder, with a slash at its end */
  readonly root: string;
}

const BASE = '%SRCROOT%';
const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export function sarifReport(report: Report, options: SarifOptions): string {
  const codes = [...new Set(report.findings.map((f) => f.code))].sort();
  const indexOf = new Map(codes.map((code, i) => [code, i]));
  const prints = fingerprints(report);
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Countersign',
            semanticVersion: options.version,
            version: options.version,
            rules: codes.map((code) => rule(code, report)),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [BASE]: { uri: options.root } },
        results: report.findings.map((finding, i) => result(finding, indexOf.get(finding.code) ?? -1, prints[i] ?? '')),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const level = (severity: Severity): string => (severity === 'error' || severity === 'warning' ? severity : 'note');

function rule(code: string, report: Report): object {
  const documentation = report.documentation(code);
  const severity = documentation?.severity ?? report.findings.find((f) => f.code === code)?.severity ?? 'warning';
  const title = documentation?.title ?? code;
  const markdown = documentation?.markdown ?? `Run \`countersign explain ${code}\`.`;
  return {
    id: code,
    name: code.split(/[/-]/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
    shortDescription: { text: title },
    fullDescription: { text: firstParagraph(markdown) || title },
    ...(documentation?.url ? { helpUri: documentation.url } : {}),
    help: { text: plainText(markdown), markdown },
    defaultConfiguration: { level: level(severity) },
    properties: {
      tags: ['governance', code.split('/')[0] ?? code],
      precision: 'high',
      'problem.severity': severity === 'error' || severity === 'warning' ? severity : 'recommendation',
    },
  };
}

function result(finding: LocatedFinding, ruleIndex: number, print: string): object {
  const fixes = finding.fixes.map(fixOf).filter((fix) => fix !== null);
  return {
    ruleId: finding.code,
    ruleIndex,
    level: level(finding.severity),
    message: { text: finding.message },
    locations: [{ physicalLocation: location(finding.file, finding.range) }],
    ...(finding.related.length > 0
      ? { relatedLocations: finding.related.map((r, id) => ({ id: id + 1, message: { text: r.message }, physicalLocation: location(r.file, r.range) })) }
      : {}),
    partialFingerprints: { primaryLocationLineHash: print },
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}

function fixOf(fix: LocatedFix): object | null {
  if (!fix.edits || fix.edits.length === 0) return null;
  const files = [...new Set(fix.edits.map((edit) => edit.file))];
  return {
    description: { text: fix.title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: (fix.edits ?? [])
        .filter((edit) => edit.file === file)
        .map((edit) => ({ deletedRegion: region(edit.range), insertedContent: { text: edit.newText } })),
    })),
  };
}

const artifact = (file: string): object => ({ uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: BASE });
const location = (file: string, range: Range): object => ({ artifactLocation: artifact(file), region: region(range) });
const region = ({ start, end }: Range): object => ({
  startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1,
});

const firstParagraph = (markdown: string): string =>
  plainText(markdown.split(/\n\s*\n/).find((part) => part.trim() !== '' && !/^\s*(#|```|\|)/.test(part)) ?? '').replace(/\s+/g, ' ').trim();
