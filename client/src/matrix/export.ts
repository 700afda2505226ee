// The matrix as a file: the server writes the text, the user says where it goes.
import { Uri, window, workspace } from 'vscode';
import { MATRIX_EXPORT, type MatrixExportParams, type MatrixExportResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';

const FILTERS = { csv: { 'Table (CSV)': ['csv'] }, svg: { 'Picture (SVG)': ['svg'] } } as const;

/** Gives what to say about it; undefined where nothing was saved. */
export async function saveMatrix(server: Server, params: MatrixExportParams): Promise<string | undefined> {
  const name = `matrix${params.environment === '' ? '' : `-${params.environment.replaceAll(/[^\w.-]/g, '_')}`}.${params.as}`;
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.toString() === params.folder)?.uri ?? workspace.workspaceFolders?.[0]?.uri;
  const filters: Record<string, string[]> = Object.fromEntries(Object.entries(FILTERS[params.as]).map(([words, endings]) => [words, [...endings]]));
  const target = await window.showSaveDialog({ title: 'Countersign: Export the Matrix', filters, ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}) });
  if (!target) return undefined;
  const text = await server.ask<MatrixExportResult>(MATRIX_EXPORT, params);
  if (typeof text !== 'string') {
    tell(window.showWarningMessage, 'The matrix could not be exported: it changed meanwhile, or has more than a million cells. Filter it, or try again.', ['Show Output']);
    return undefined;
  }
  try {
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    server.log.error(`Export of the matrix: ${String(error)}`);
    tell(window.showErrorMessage, `\`${workspace.asRelativePath(target)}\` could not be written: it is read-only, or its folder is gone.`, ['Show Output']);
    return undefined;
  }
  return `Saved ${workspace.asRelativePath(target)}.`;
}
