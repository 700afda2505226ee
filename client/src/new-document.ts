// "New Document…": which kind, which name, where; then the file with its first lines, ready to be filled in.
import { commands, SnippetString, Uri, window, workspace, WorkspaceEdit, type Disposable, type QuickPickItem, type TextDocument, type WorkspaceFolder } from 'vscode';
import { NEW_DOCUMENT, type NewDocumentParams, type NewDocumentResult } from '../../server/src/protocol';
import { tell } from './crashes';
import { YAML } from './documents';
import type { Server } from './server';

type Kind = NewDocumentParams['kind'];

const KINDS: readonly (QuickPickItem & { readonly label: Kind })[] = [
  { label: 'Agent', description: 'one agent', detail: 'Its purpose, owner, tools and data, who approves it and who stops it.' },
  { label: 'Policy', description: 'rules', detail: 'What agents may do, what needs approval, what is denied, and what must be logged.' },
  { label: 'PolicyTest', description: 'cases for policies', detail: 'Requests with the decision that is expected of them.' },
  { label: 'Catalog', description: 'names that the others use', detail: 'Teams, people, roles, environments, tools, data sources, models and channels.' },
  { label: 'Standard', description: 'requirements', detail: 'What every agent must declare, with a severity and the reason.' },
  { label: 'SnippetLibrary', description: 'shared snippets', detail: 'A folder of snippets that other workspaces can use.' },
];

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** What a caller knows already; the rest is asked. */
interface Request {
  readonly kind?: Kind;
  readonly name?: string;
  /** path within the workspace folder */
  readonly path?: string;
}

export function registerNewDocument(server: Server): Disposable[] {
  return [commands.registerCommand('countersign.newDocument', (at?: unknown) => (at instanceof Uri ? create(server, {}, at) : create(server, (at ?? {}) as Request)))];
}

/** What a page of ours asks for where there is nothing yet. */
export const createFromPage = (kind: Kind | 'Example', name?: string): Thenable<unknown> => (kind === 'Example' ? commands.executeCommand('countersign.openExample') : commands.executeCommand('countersign.newDocument', { kind, name }));

/** `target` is a folder that was chosen in the Explorer. */
async function create(server: Server, known: Request, target?: Uri): Promise<void> {
  const kind = known.kind ?? (await window.showQuickPick(KINDS, { title: 'Countersign: New Document', placeHolder: 'The kind of document' }))?.label;
  if (!kind) return;
  const name = known.name ?? (await askName(kind));
  if (!name) return;
  const folder = await chooseFolder(target);
  if (folder === undefined) return;
  const params: NewDocumentParams = { kind, name, folder: folder?.uri.toString() };
  const proposal = await server.ask<NewDocumentResult>(NEW_DOCUMENT, params);
  if (!proposal) return tell(window.showErrorMessage, 'The Countersign server did not answer, so there is no text for a new document.', ['Restart Server', 'Show Output']);
  const document = folder ? await createFile(folder, proposal.path, known.path, target) : await workspace.openTextDocument({ language: YAML, content: '' });
  if (!document) return;
  const editor = await window.showTextDocument(document);
  await editor.insertSnippet(new SnippetString(proposal.snippet), undefined, { undoStopBefore: false, undoStopAfter: true });
}

function askName(kind: Kind): Thenable<string | undefined> {
  return window.showInputBox({
    title: `Countersign: New ${kind}`,
    prompt: 'Its name: small letters, digits and hyphens',
    placeHolder: kind === 'Agent' ? 'refund-assistant' : 'payments',
    validateInput: (text) => (text === '' || NAME.test(text) ? undefined : 'A name has small letters, digits and hyphens, up to 63, and begins and ends with a letter or digit.'),
  });
}

/** The workspace folder; null without any; undefined when the user turned back. */
async function chooseFolder(target?: Uri): Promise<WorkspaceFolder | null | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const near = target ?? window.activeTextEditor?.document.uri;
  const own = target && workspace.getWorkspaceFolder(target);
  if (own) return own;
  if (folders.length === 0) return null;
  if (folders.length === 1) return folders[0];
  const first = near && workspace.getWorkspaceFolder(near);
  const ordered = first ? [first, ...folders.filter((folder) => folder !== first)] : folders;
  const chosen = await window.showQuickPick(ordered.map((folder) => ({ label: folder.name, description: folder.uri.path, folder })), { placeHolder: 'The workspace folder' });
  return chosen?.folder;
}

/** Asks where (unless that is known), creates the empty file and opens it. */
async function createFile(folder: WorkspaceFolder, proposed: string, path: string | undefined, target: Uri | undefined): Promise<TextDocument | undefined> {
  const within = target && relative(folder.uri, target);
  const value = within === undefined ? proposed : [within, proposed.split('/').at(-1)].filter(Boolean).join('/');
  const chosen = path ?? (await askPath(folder, value));
  if (!chosen) return undefined;
  const uri = Uri.joinPath(folder.uri, chosen);
  const edit = new WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false });
  if (!(await workspace.applyEdit(edit))) {
    tell(window.showErrorMessage, `\`${chosen}\` could not be created: it exists already, or the folder cannot be written to.`, ['Show Output']);
    return undefined;
  }
  return workspace.openTextDocument(uri);
}

function askPath(folder: WorkspaceFolder, value: string): Thenable<string | undefined> {
  const end = value.lastIndexOf('/') + 1;
  return window.showInputBox({
    title: 'Countersign: New Document',
    prompt: `The file, within ${folder.name}`,
    value,
    valueSelection: [end, value.indexOf('.', end)],
    validateInput: async (text) => {
      if (text === '') return undefined;
      if (text.startsWith('/') || text.includes('\\') || text.split('/').some((part) => part === '' || part === '.' || part === '..')) return 'A path within the folder, with forward slashes.';
      const exists = await workspace.fs.stat(Uri.joinPath(folder.uri, text)).then(() => true, () => false);
      return exists ? 'There is a file of this name.' : undefined;
    },
  });
}

/** The path of `uri` under `base`, empty for the folder itself, undefined outside. */
function relative(base: Uri, uri: Uri): string | undefined {
  const root = base.path.endsWith('/') ? base.path : `${base.path}/`;
  if (uri.path === base.path) return '';
  return uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined;
}
