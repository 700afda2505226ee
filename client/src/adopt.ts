// "Adopt Agents…": manifests for agents that have none, with what is known filled in, as one edit that can be looked at and undone.
import { commands, Uri, window, workspace, WorkspaceEdit, type Disposable, type QuickPickItem } from 'vscode';
import { ADOPT, type AdoptParams, type AdoptResult } from '../../server/src/protocol';
import { tell } from './crashes';
import type { Server } from './server';

export function registerAdopt(server: Server): Disposable[] {
  return [commands.registerCommand('countersign.adoptAgents', () => adopt(server))];
}

async function adopt(server: Server): Promise<void> {
  const near = window.activeTextEditor && workspace.getWorkspaceFolder(window.activeTextEditor.document.uri);
  const folder = (near ?? workspace.workspaceFolders?.[0])?.uri.toString();
  const known = await server.ask<AdoptResult | null>(ADOPT, { folder } satisfies AdoptParams);
  if (!known) return tell(window.showErrorMessage, 'The Countersign server did not answer, so it is not known which agents have no manifest.', ['Restart Server', 'Show Output']);
  if (known.agents.length === 0) return void window.showInformationMessage('There is nothing to adopt: every agent of this workspace has a manifest, or there is no agent.');
  const items = known.agents.map((agent): QuickPickItem & { readonly id: string } => ({ label: agent.id, description: agent.format, detail: agent.file, picked: true, id: agent.id }));
  const chosen = await window.showQuickPick(items, { title: 'Countersign: Adopt Agents', placeHolder: 'The agents to write a manifest for', canPickMany: true, matchOnDescription: true, matchOnDetail: true });
  if (!chosen || chosen.length === 0) return;
  const result = await server.ask<AdoptResult | null>(ADOPT, { folder: known.folder, agents: chosen.map(({ id }) => id) } satisfies AdoptParams);
  if (!result || result.files.length === 0) return;
  const edit = new WorkspaceEdit();
  const root = Uri.parse(result.folder);
  for (const { path, text } of result.files) edit.createFile(Uri.joinPath(root, path), { overwrite: false, ignoreIfExists: false, contents: new TextEncoder().encode(text) });
  if (!(await workspace.applyEdit(edit))) return tell(window.showErrorMessage, 'The manifests could not be written: a file of that name exists, or the folder cannot be written to. Nothing was overwritten.', ['Show Output']);
  const first = result.files[0];
  if (first) await window.showTextDocument(Uri.joinPath(root, first.path));
  const gaps = result.files.reduce((sum, file) => sum + file.gaps.length, 0);
  void window.showInformationMessage(`${result.files.length} ${result.files.length === 1 ? 'file' : 'files'} written. ${gaps} ${gaps === 1 ? 'gap is' : 'gaps are'} marked with a comment \`gap\` and left for you to fill in.`);
}
