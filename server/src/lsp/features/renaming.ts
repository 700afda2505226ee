// A rename as the protocol has it: edits, files that move, and what only the user can decide, with its reason.
import { ErrorCodes, LogMessageNotification, MessageType, ResponseError, ShowMessageNotification, type AnnotatedTextEdit, type ChangeAnnotation, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { Renaming } from '../../ide';
import type { Folder } from '../folder';
import { toTextEdits, toWorkspaceEdit } from '../to-protocol';
import { uriWithin } from '../uris';
import type { FeatureContext } from './context';

/** The edit of a rename. Choices are left out for a client that cannot show them; their notes are told all the same. */
export function renamingEdit({ client, documents }: FeatureContext, folder: Folder, { files, moves, choices }: Renaming): WorkspaceEdit {
  if (moves.length > 0 && !client.movesFiles) {
    throw new ResponseError(ErrorCodes.InvalidRequest, `The agent has its name from ${moves.map(({ from }) => `\`${from}\``).join(', ')}, and this editor cannot move files with a rename. Move the file to ${moves.map(({ to }) => `\`${to}\``).join(', ')} by hand.`);
  }
  const edit = toWorkspaceEdit(client, documents, folder, files);
  if (!edit.documentChanges) return edit;
  const changes: NonNullable<WorkspaceEdit['documentChanges']> = [...edit.documentChanges];
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  for (const [index, choice] of (client.changeAnnotations ? choices : []).entries()) {
    const id = `choice-${index + 1}`;
    changeAnnotations[id] = { label: choice.label, description: choice.description, needsConfirmation: true };
    for (const { path, edits } of choice.files) {
      const annotated = toTextEdits(folder, path, edits).map((one): AnnotatedTextEdit => ({ ...one, annotationId: id }));
      const own = toWorkspaceEdit(client, documents, folder, [{ path, edits: [] }]).documentChanges?.[0];
      if (own && 'textDocument' in own) changes.push({ ...own, edits: annotated } satisfies TextDocumentEdit);
    }
  }
  // one entry a file: a client may refuse a second one whose version is that of the first
  const joined = joinFiles(changes);
  for (const { from, to } of moves) joined.push({ kind: 'rename', oldUri: folder.uriOf(from), newUri: uriWithin(folder.uri, to) });
  return { documentChanges: joined, ...(Object.keys(changeAnnotations).length > 0 ? { changeAnnotations } : {}) };
}

function joinFiles(changes: NonNullable<WorkspaceEdit['documentChanges']>): NonNullable<WorkspaceEdit['documentChanges']> {
  const byFile = new Map<string, TextDocumentEdit>();
  for (const change of changes) {
    if (!('textDocument' in change)) continue;
    const known = byFile.get(change.textDocument.uri);
    byFile.set(change.textDocument.uri, known ? { ...known, edits: [...known.edits, ...change.edits] } : change);
  }
  return [...byFile.values()];
}

/** How many sentences a message holds; the others are in the log. */
const MAX_TOLD = 3;

export function tellNotes({ connection }: FeatureContext, notes: readonly string[]): void {
  if (notes.length === 0) return;
  for (const note of notes) void connection.sendNotification(LogMessageNotification.type, { type: MessageType.Info, message: `Rename: ${note}` });
  const more = notes.length - MAX_TOLD;
  const message = ['Not everything follows the new name.', ...notes.slice(0, MAX_TOLD), ...(more > 0 ? [`${more} more ${more === 1 ? 'place is' : 'places are'} named in the log.`] : [])].join(' ');
  void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
}
