// Files and folders that the user moves in the Explorer: the paths that lead to them follow, in the same step.
import { workspace, WorkspaceEdit, type Disposable, type FileWillRenameEvent } from 'vscode';
import type { Server } from './server';

export function registerMoves(server: Server): Disposable {
  return workspace.onWillRenameFiles((event) => event.waitUntil(edits(server, event)));
}

async function edits(server: Server, { files }: FileWillRenameEvent): Promise<WorkspaceEdit> {
  const found = await server.ask<Parameters<typeof server.client.protocol2CodeConverter.asWorkspaceEdit>[0]>('workspace/willRenameFiles', { files: files.map(({ oldUri, newUri }) => ({ oldUri: oldUri.toString(), newUri: newUri.toString() })) });
  return (await server.client.protocol2CodeConverter.asWorkspaceEdit(found)) ?? new WorkspaceEdit();
}
