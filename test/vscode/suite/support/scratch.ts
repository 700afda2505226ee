// A folder of the suite's own in the open workspace: files are written, opened, edited there, and all is removed at the end.
import { commands, Position, Range, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { ok } from './check';

const FOLDER = 'countersign-suite';

export function root(): Uri {
  const folder = workspace.workspaceFolders?.[0];
  ok(folder, 'a workspace folder is open');
  return folder.uri;
}

export const inScratch = (name: string): string => `${FOLDER}/${name}`;
export const uriOf = (name: string): Uri => Uri.joinPath(root(), FOLDER, name);

export async function write(name: string, text: string): Promise<Uri> {
  const uri = uriOf(name);
  await workspace.fs.createDirectory(Uri.joinPath(root(), FOLDER));
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Writes a file and shows it. */
export async function show(name: string, text: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(await write(name, text));
  await window.showTextDocument(document);
  return document;
}

/** Shows a text with its `¦` left out, and gives the place where that stood. */
export async function showAt(name: string, text: string): Promise<{ document: TextDocument; at: Position }> {
  const offset = text.indexOf('¦');
  ok(offset >= 0, 'the text has a ¦');
  const document = await show(name, text.slice(0, offset) + text.slice(offset + 1));
  return { document, at: document.positionAt(offset) };
}

/** The place of the first `part` in the document. */
export function rangeOf(document: TextDocument, part: string): Range {
  const offset = document.getText().indexOf(part);
  ok(offset >= 0, `the document holds ${part}`);
  return new Range(document.positionAt(offset), document.positionAt(offset + part.length));
}

/** Replaces the first `part`, as typing would, unsaved. */
export async function replace(document: TextDocument, part: string, by: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, part), by);
  ok(await workspace.applyEdit(edit), 'the edit was applied');
}

export async function clean(): Promise<void> {
  for (const document of workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.path.includes(`/${FOLDER}/`))) {
    await window.showTextDocument(document);
    await commands.executeCommand('workbench.action.files.revert');
  }
  await commands.executeCommand('workbench.action.closeAllEditors');
  await workspace.fs.delete(Uri.joinPath(root(), FOLDER), { recursive: true }).then(undefined, () => undefined);
}
