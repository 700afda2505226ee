// "What Changed in Snippet Libraries": the difference to what is recorded, then the record, and the documents that came from what changed, each looked at before it is written.
import { commands, QuickPickItemKind, Range, Uri, window, workspace, WorkspaceEdit, type Disposable, type QuickPickItem } from 'vscode';
import { SNIPPET_UPDATES, type SnippetUpdatesParams, type SnippetUpdatesResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';
import { currentFolder } from '.';
import type { Texts } from './texts';

export const registerUpdates = (server: Server, texts: Texts): Disposable => commands.registerCommand('countersign.snippetUpdates', () => show(server, texts));

type Choice = QuickPickItem & { readonly run: () => Promise<void> };

async function show(server: Server, texts: Texts): Promise<void> {
  const found = await server.ask<SnippetUpdatesResult | null>(SNIPPET_UPDATES, { folder: currentFolder() } satisfies SnippetUpdatesParams);
  if (!found) return tell(window.showErrorMessage, 'The Countersign server did not answer, so it is not known what changed.', ['Restart Server', 'Show Output']);
  const { libraries, documents } = found;
  if (libraries.length + documents.length === 0) return void window.showInformationMessage('Every library is as it was recorded, and every document as its snippet.');
  const versions = (before: string | null, after: string | null): string => (before === after || before === null ? (after ?? '') : `${before} → ${after ?? ''}`);
  const heading = (label: string): Choice => ({ label, kind: QuickPickItemKind.Separator, run: () => Promise.resolve() });
  const state = ({ before, tampered }: SnippetUpdatesResult['libraries'][number]): string => (tampered ? ' · changed without a new version' : before === null ? ' · not recorded yet' : '');
  const items: Choice[] = [
    ...(libraries.length > 0 ? [heading('Libraries')] : []),
    ...libraries.map((one): Choice => ({ label: `$(diff) ${one.library}`, description: `${versions(one.before, one.after)}${state(one)}`, detail: one.before === null && !one.tampered ? 'Show what it holds' : 'Show what changed', run: () => report(texts, one.library, one.report) })),
    ...(libraries.length > 0 ? [{ label: '$(lock) Record the libraries as they are', detail: `Writes ${found.lock.path}`, run: () => record(found) }] : []),
    ...(documents.length > 0 ? [heading('Documents')] : []),
    ...documents.map((one): Choice => ({ label: `$(file) ${one.path}`, description: `${one.snippet} ${versions(one.before, one.after)}`, detail: one.gone ? 'The library no longer has this snippet: the document stays as it is' : one.text === null ? 'The snippet as it was is not recorded: compare the two by hand' : `Show it brought up to date${one.conflicts > 0 ? `; ${one.conflicts} ${one.conflicts === 1 ? 'place stays' : 'places stay'} as written here` : ''}`, run: () => update(texts, one) })),
  ];
  const chosen = await window.showQuickPick(items, { title: 'Countersign: What Changed in Snippet Libraries', placeHolder: 'Look at a change, record it, or bring a document up to date', matchOnDescription: true, matchOnDetail: true });
  await chosen?.run();
}

async function report(texts: Texts, library: string, markdown: string): Promise<void> {
  await commands.executeCommand('markdown.showPreview', texts.put(`${library}.md`, markdown));
}

async function record({ folder, lock }: SnippetUpdatesResult): Promise<void> {
  await workspace.fs.writeFile(Uri.joinPath(Uri.parse(folder), lock.path), new TextEncoder().encode(lock.text));
  void window.showInformationMessage(`Recorded in \`${lock.path}\`. Commit it.`);
}

async function update(texts: Texts, document: SnippetUpdatesResult['documents'][number]): Promise<void> {
  const uri = Uri.parse(document.uri);
  if (document.gone) return void (await window.showTextDocument(uri));
  if (document.text === null) return void (await commands.executeCommand('vscode.diff', texts.put(`now/${document.path}`, document.now), uri, `${document.snippet} ${document.after ?? ''} ↔ ${document.path}`));
  const open = await workspace.openTextDocument(uri);
  const before = open.version;
  await commands.executeCommand('vscode.diff', uri, texts.put(`updated/${document.path}`, document.text), `${document.path}: ${document.snippet} ${document.after ?? ''}`);
  const answer = await window.showInformationMessage(`Bring \`${document.path}\` up to date as shown?`, 'Update');
  if (answer !== 'Update') return;
  if (open.version !== before) return void window.showWarningMessage(`\`${document.path}\` changed meanwhile, so it was left alone. Run this again.`);
  const edit = new WorkspaceEdit();
  edit.replace(uri, new Range(0, 0, open.lineCount, 0), document.text);
  await workspace.applyEdit(edit);
  await window.showTextDocument(open);
}
