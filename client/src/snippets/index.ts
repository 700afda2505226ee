// Snippet libraries in the editor: insert, save a selection, begin a library, see what changed.
import { window, workspace, type Disposable, type ExtensionContext } from 'vscode';
import type { Server } from '../server';
import { registerInsert } from './insert';
import { registerNewLibrary } from './new-library';
import { registerSave } from './save';
import { registerTexts } from './texts';
import { registerUpdates } from './updates';

export function registerSnippets(server: Server, context: ExtensionContext): Disposable[] {
  const texts = registerTexts();
  context.subscriptions.push(texts);
  return [registerInsert(server, texts), registerSave(server), registerNewLibrary(server), registerUpdates(server, texts)];
}

/** The folder of the file in front, else the first. */
export function currentFolder(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  const folder = (uri && workspace.getWorkspaceFolder(uri)) ?? workspace.workspaceFolders?.[0];
  return folder?.uri.toString();
}
