// "New Snippet Library…": a folder that is ready to be published.
import { commands, Uri, window, workspace, WorkspaceEdit, type Disposable } from 'vscode';
import { NEW_LIBRARY, type NewLibraryParams, type NewLibraryResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';
import { currentFolder } from '.';

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const SCOPE = /^@[a-z0-9][-a-z0-9._]{0,60}\//;
const WORDS = 'Small letters, digits and hyphens, up to 63; it begins and ends with a letter or digit.';

export const registerNewLibrary = (server: Server): Disposable => commands.registerCommand('countersign.newLibrary', (known?: unknown) => create(server, (known ?? {}) as Known));

/** What a caller knows already; the rest is asked. */
interface Known {
  readonly name?: string;
  readonly owner?: string;
}

async function create(server: Server, known: Known): Promise<void> {
  const title = 'Countersign: New Snippet Library';
  const validateInput = (text: string): string | undefined => (NAME.test(text) ? undefined : WORDS);
  const name = known.name ?? (await window.showInputBox({ title, prompt: 'Its name, which is also that of its folder; with the scope of the package, if it is to have one: @acme/governance-snippets', value: 'governance-snippets', validateInput: (text) => (NAME.test(text.replace(SCOPE, '')) ? undefined : WORDS) }));
  if (!name) return;
  const owner = known.owner ?? (await window.showInputBox({ title, prompt: 'The team that owns it', placeHolder: 'platform', validateInput }));
  if (!owner) return;
  const made = await server.ask<NewLibraryResult | null>(NEW_LIBRARY, { folder: currentFolder(), name, owner } satisfies NewLibraryParams);
  if (!made || made.folder === '') return tell(window.showErrorMessage, 'No library was written: open a folder first, or see the log.', ['Show Output']);
  const edit = new WorkspaceEdit();
  const root = Uri.parse(made.folder);
  for (const { path, text } of made.files) edit.createFile(Uri.joinPath(root, path), { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) });
  if (!(await workspace.applyEdit(edit))) return tell(window.showErrorMessage, `The library could not be written: a folder \`${name}\` with such files exists, or the workspace cannot be written to. Nothing was overwritten.`, ['Show Output']);
  const first = made.files.find(({ path }) => path.endsWith('.code-snippets'));
  if (first) await window.showTextDocument(Uri.joinPath(root, first.path));
}
