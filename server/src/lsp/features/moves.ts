// Before the user moves files or folders: the paths that lead to them are rewritten.
import { WillRenameFilesRequest, type WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdits } from '../../ide';
import { Malformed } from '../guard';
import { toWorkspaceEdit } from '../to-protocol';
import type { Folder } from '../folder';
import { handle, type FeatureContext } from './context';

/** More than this the user does not move by hand. */
const MAX_MOVES = 1000;

export function registerMoves(context: FeatureContext): void {
  const { moveFiles } = context.ide;
  if (!moveFiles) return;
  handle(context, WillRenameFilesRequest.type, (params): WorkspaceEdit | null => {
    if (!Array.isArray(params?.files)) throw new Malformed('`files` must be a list');
    context.folders.flush();
    const byFolder = new Map<Folder, { from: string; to: string }[]>();
    for (const { oldUri, newUri } of params.files.slice(0, MAX_MOVES)) {
      if (typeof oldUri !== 'string' || typeof newUri !== 'string') throw new Malformed('`oldUri` and `newUri` must be texts');
      const from = context.folders.locate(oldUri);
      const to = context.folders.locate(newUri);
      // a path cannot lead into another folder: the finding at it says that it leads nowhere
      if (!from || from.folder !== to?.folder) continue;
      byFolder.set(from.folder, [...(byFolder.get(from.folder) ?? []), { from: from.path, to: to.path }]);
    }
    const edits = [...byFolder].map(([folder, moves]) => ({ folder, files: moveFiles(folder.workspace, moves) })).filter(({ files }) => files.length > 0);
    return edits.length === 0 ? null : joined(context, edits);
  });
}

function joined({ client, documents }: FeatureContext, edits: readonly { readonly folder: Folder; readonly files: readonly FileEdits[] }[]): WorkspaceEdit {
  const all = edits.map(({ folder, files }) => toWorkspaceEdit(client, documents, folder, files));
  return client.documentChanges ? { documentChanges: all.flatMap(({ documentChanges }) => documentChanges ?? []) } : { changes: Object.assign({}, ...all.map(({ changes }) => changes)) };
}
