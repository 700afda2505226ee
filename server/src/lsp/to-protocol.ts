// Our plain data to the protocol's: positions, diagnostics, edits.
import { DiagnosticSeverity, DiagnosticTag, type CreateFile, type Diagnostic, type DiagnosticRelatedInformation, type SnippetTextEdit, type TextDocumentEdit, type TextEdit as ProtocolEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { Finding } from '../core/lint';
import type { TextEdit } from '../core/text';
import type { FileEdits } from '../ide';
import type { Client } from './client';
import type { Documents } from './documents';
import type { Folder } from './folder';
import { keyOf } from './uris';

const SEVERITY = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** What has no effect is drawn faint, what is on its way out struck through. */
const TAGS: Readonly<Record<string, DiagnosticTag>> = {
  'suppression/unused': DiagnosticTag.Unnecessary,
  'waiver/unneeded': DiagnosticTag.Unnecessary,
  'policy/redundant-rule': DiagnosticTag.Unnecessary,
  'policy/shadowed-rule': DiagnosticTag.Unnecessary,
  'model/deprecated': DiagnosticTag.Deprecated,
};

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** The address of a code's documentation, or null where the client wants none. */
export const docsHref = (client: Client, code: string): string | null => client.docs?.replaceAll('{code}', encodeURI(code)) ?? null;

export function toDiagnostics(client: Client, folder: Folder, findings: readonly Finding[]): Diagnostic[] {
  return findings.map((finding) => {
    const diagnostic: Diagnostic = {
      range: folder.lines(finding.path)?.range(finding.span) ?? NOWHERE,
      severity: SEVERITY[finding.severity],
      code: finding.code,
      source: 'countersign',
      message: finding.message,
    };
    const tag = TAGS[finding.code];
    if (tag !== undefined && client.tags) diagnostic.tags = [tag];
    const href = client.codeDescription ? docsHref(client, finding.code) : null;
    if (href !== null) diagnostic.codeDescription = { href };
    const related = client.relatedInformation ? relatedOf(folder, finding) : [];
    if (related.length > 0) diagnostic.relatedInformation = related;
    if (client.diagnosticData && finding.fixes?.length) diagnostic.data = { fixes: finding.fixes.map(({ title, safe }) => ({ title, safe })) };
    return diagnostic;
  });
}

function relatedOf(folder: Folder, finding: Finding): DiagnosticRelatedInformation[] {
  return (finding.related ?? []).flatMap(({ path = finding.path, span, message }) => {
    const lines = folder.lines(path);
    return lines ? [{ location: { uri: folder.uriOf(path), range: lines.range(span) }, message }] : [];
  });
}

/** Edits of one file; none where its text is not known. */
export function toTextEdits(folder: Folder, path: string, edits: readonly TextEdit[]): ProtocolEdit[] {
  const lines = folder.lines(path);
  return lines ? edits.map(({ span, newText }) => ({ range: lines.range(span), newText })) : [];
}

/** Edits of several files, with versions where the client can hold them against its own. `snippet`: the new texts hold tab stops. */
export function toWorkspaceEdit(client: Client, documents: Documents, folder: Folder, files: readonly FileEdits[], snippet = false): WorkspaceEdit {
  const asSnippets = snippet && client.snippetEdits && client.documentChanges;
  const plain = (edits: readonly TextEdit[]): readonly TextEdit[] => (snippet ? edits.map((edit) => ({ ...edit, newText: plainText(edit.newText) })) : edits);
  if (!client.documentChanges) {
    const changes: Record<string, ProtocolEdit[]> = {};
    for (const { path, edits } of files) (changes[folder.uriOf(path)] ??= []).push(...toTextEdits(folder, path, plain(edits)));
    return { changes };
  }
  const documentChanges = files.flatMap(({ path, edits, create }): (TextDocumentEdit | CreateFile)[] => {
    const uri = folder.uriOf(path);
    if (create) {
      const start = { line: 0, character: 0 };
      return [{ kind: 'create', uri, options: { ignoreIfExists: true } }, { textDocument: { uri, version: null }, edits: plain(edits).map(({ newText }) => ({ range: { start, end: start }, newText })) }];
    }
    const version = documents.get(keyOf(uri) ?? '')?.text.version ?? null;
    return [{
      textDocument: { uri, version },
      edits: asSnippets
        ? edits.flatMap((edit): (ProtocolEdit | SnippetTextEdit)[] => {
            const snippetEdit = underLine(folder.workspace.text(path) ?? '', edit);
            if (!snippetEdit) return toTextEdits(folder, path, [{ ...edit, newText: plainText(edit.newText) }]);
            return toTextEdits(folder, path, [snippetEdit]).map(({ range, newText }) => ({ range, snippet: { kind: 'snippet', value: newText } }));
          })
        : toTextEdits(folder, path, plain(edits)),
    }];
  });
  return { documentChanges };
}

/**
 * Editors indent a snippet's lines like the line that it is put into: what ours have of that already is taken off. Where one of them stands
 * further left, they go to the beginning of the next line, which has nothing before it; null where there is none.
 */
function underLine(text: string, edit: TextEdit): TextEdit | null {
  const { span, newText } = edit;
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start))?.[0] ?? '';
  const [first = '', ...rest] = newText.split('\n');
  if (rest.every((one) => one.trim() === '' || one.startsWith(indent))) return { span, newText: [first, ...rest.map((one) => (one.startsWith(indent) ? one.slice(indent.length) : one.trimStart()))].join('\n') };
  const ending = /^\r?\n/.exec(text.slice(span.end, span.end + 2))?.[0];
  if (first.trim() !== '' || span.start !== span.end || ending === undefined) return null;
  return { span: { start: span.end + ending.length, end: span.end + ending.length }, newText: `${rest.join('\n')}${ending}` };
}

/** Snippet syntax as the text that stands there when nothing is filled in. */
export function plainText(snippet: string): string {
  let text = '';
  const open: boolean[] = [];
  for (let at = 0; at < snippet.length; at++) {
    const rest = snippet.slice(at, at + 64);
    const escaped = /^\\([\\$}|,])/.exec(rest);
    const stop = /^\$(\d+|[A-Za-z_]\w*)/.exec(rest);
    const choice = /^\$\{\d+\|((?:[^,|\\]|\\.)*)/.exec(snippet.slice(at, at + 500));
    const holder = /^\$\{(?:\d+|[A-Za-z_]\w*)(:|(?=\}))/.exec(rest);
    if (escaped) {
      text += escaped[1] ?? '';
      at += 1;
    } else if (stop) at += stop[0].length - 1;
    else if (choice) {
      text += (choice[1] ?? '').replace(/\\(.)/g, '$1');
      const end = snippet.indexOf('|}', at + choice[0].length);
      at = end < 0 ? snippet.length : end + 1;
    } else if (holder) {
      open.push(true);
      at += holder[0].length - 1;
    } else if (snippet[at] === '}' && open.length > 0) open.pop();
    else text += snippet[at];
  }
  return text;
}
