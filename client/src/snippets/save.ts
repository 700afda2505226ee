// "Save Selection as Snippet…": what differs between agents becomes a placeholder, names of the Catalog become choices; the snippet goes into a library of the workspace.
import { commands, Range, Uri, window, workspace, WorkspaceEdit, type Disposable } from 'vscode';
import { SAVE_SNIPPET, type SaveSnippetParams, type SaveSnippetResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';

export const registerSave = (server: Server): Disposable => commands.registerCommand('countersign.saveSnippet', (known?: unknown) => save(server, (known ?? {}) as Known));

/** What a caller knows already; the rest is asked. */
interface Known {
  readonly library?: string;
  readonly prefix?: string;
  readonly description?: string;
}

async function save(server: Server, wanted: Known): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor || editor.selection.isEmpty) return void window.showInformationMessage('Select the keys or the entries that are to become a snippet, then run this again.');
  const { start, end } = editor.selection;
  const params: SaveSnippetParams = { uri: editor.document.uri.toString(), range: { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } } };
  const known = await server.ask<SaveSnippetResult | null>(SAVE_SNIPPET, params);
  if (known === undefined) return tell(window.showErrorMessage, 'The Countersign server did not answer, so the selection was not saved.', ['Restart Server', 'Show Output']);
  if (known === null) return void window.showInformationMessage('The selection is no whole block: select complete keys with their values, complete entries of a list, or a whole document of Countersign.');
  if (known.files.length === 0) {
    const answer = await window.showInformationMessage('This workspace has no snippet library with a file of snippets that could take it.', 'New Library…');
    if (answer) await commands.executeCommand('countersign.newLibrary');
    return;
  }
  const title = 'Countersign: Save Selection as Snippet';
  const file = known.files.find(({ library }) => library === wanted.library) ?? (known.files.length === 1 ? known.files[0] : (await window.showQuickPick(known.files.map((one) => ({ label: one.library, description: one.file, one })), { title, placeHolder: 'The library that it goes into' }))?.one);
  if (!file) return;
  const prefix = wanted.prefix ?? await window.showInputBox({
    title, prompt: 'The word that people type to get it', value: known.prefix,
    validateInput: (text) => (text.trim() === '' || /\s/.test(text) ? 'One word, without blanks.' : file.prefixes.includes(text) ? 'Another snippet of this library has this prefix.' : undefined),
  });
  if (!prefix) return;
  const description = wanted.description ?? await window.showInputBox({ title, prompt: 'What it inserts, and when to use it', validateInput: (text) => (text.trim() === '' ? 'A line that people read before they choose.' : undefined) });
  if (!description) return;
  const readmeUri = Uri.parse(file.readme);
  const readme = await workspace.fs.stat(readmeUri).then(() => workspace.openTextDocument(readmeUri), () => undefined);
  const result = await server.ask<SaveSnippetResult | null>(SAVE_SNIPPET, { ...params, into: { file: file.file, name: prefix, prefix, description, readme: readme?.getText() } } satisfies SaveSnippetParams);
  if (!result?.edit) return tell(window.showErrorMessage, `\`${file.file}\` could not take the snippet: it is not sound JSON. Mend it first.`, ['Show Output']);
  const { uri, range, newText } = result.edit;
  const edit = new WorkspaceEdit();
  edit.replace(Uri.parse(uri), new Range(range.start.line, range.start.character, range.end.line, range.end.character), newText);
  if (readme && result.readme !== null && result.readme !== readme.getText()) edit.replace(readmeUri, new Range(0, 0, readme.lineCount, 0), result.readme);
  await workspace.applyEdit(edit);
  const shown = await window.showTextDocument(Uri.parse(uri));
  shown.revealRange(new Range(range.start.line, 0, range.start.line + newText.split('\n').length, 0));
}
