// What the editor shows of our findings, as lines that can be compared.
import { DiagnosticSeverity, languages, type Diagnostic, type Range, type TextDocument, type Uri } from 'vscode';
import { until } from './check';

export const ours = (uri: Uri): Diagnostic[] => languages.getDiagnostics(uri).filter(({ source }) => source === 'countersign');
export const codeOf = ({ code }: Diagnostic): string => String(typeof code === 'object' ? code.value : code);

const line = (severity: DiagnosticSeverity, code: string, { start, end }: Range): string =>
  `${start.line}:${start.character}-${end.line}:${end.character} ${DiagnosticSeverity[severity]} ${code}`;

/** `line:character-line:character Severity code`, sorted; only the families that language, names and formats are checked by. */
export function lines(uri: Uri): string[] {
  return ours(uri)
    .filter((each) => /^(syntax|schema|reference|condition|format)\//.test(codeOf(each)))
    .map((each) => line(each.severity, codeOf(each), each.range))
    .sort();
}

export type Expected = readonly [code: string, severity: keyof typeof DiagnosticSeverity, at: Range];

/** Waits until the document has exactly these findings. */
export async function untilFindings(document: TextDocument, expected: readonly Expected[]): Promise<void> {
  const wanted = expected.map(([code, severity, at]) => line(DiagnosticSeverity[severity], code, at)).sort();
  await until(`the findings ${JSON.stringify(wanted, null, 1)}`, () => JSON.stringify(lines(document.uri)) === JSON.stringify(wanted), () => lines(document.uri));
}
