// Code actions: fixes of findings, and all safe ones at once.
import { CodeActionRequest, type CodeAction } from 'vscode-languageserver';
import type { Finding } from '../../core/lint';
import { rangeOf } from '../guard';
import { toDiagnostics, toWorkspaceEdit } from '../to-protocol';
import { fileOf, handle, type FeatureContext } from './context';

export function registerActions(context: FeatureContext): void {
  const { codeActions } = context.ide;
  const { client, documents } = context;
  if (!codeActions || !client.codeActionLiterals) return;
  handle(context, CodeActionRequest.type, (params) => {
    const { start, end } = rangeOf(params.range);
    const at = fileOf(context, params);
    if (!at) return [];
    const { folder, path, lines } = at;
    const only: unknown = params.context?.only;
    const found = codeActions(folder.workspace, path, {
      span: { start: lines.offset(start), end: lines.offset(end) },
      only: Array.isArray(only) ? only.filter((kind): kind is string => typeof kind === 'string') : undefined,
      findings: context.findings(folder, path),
    });
    // a command is the client's own; one that did not say so at the start would not know it
    return found.filter((action) => (!action.command || client.docs) && (client.createsFiles || !action.edits.some(({ create }) => create))).map(({ title, kind, edits, snippet, mends, preferred, command }): CodeAction => ({
      title,
      kind,
      edit: edits.length > 0 || !command ? toWorkspaceEdit(client, documents, folder, edits, snippet) : undefined,
      command: command ? { title, command: command.name, arguments: [...command.arguments] } : undefined,
      diagnostics: mends?.length ? toDiagnostics(client, folder, mends as readonly Finding[]) : undefined,
      isPreferred: preferred && client.preferredActions ? true : undefined,
    }));
  });
}
