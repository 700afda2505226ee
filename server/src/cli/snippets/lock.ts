// The documents that were inserted from snippets which have changed, and as they become.
import { outdated } from '../../core/snippets';
import { LineIndex } from '../../core/text';
import { updatesOf } from '../../ide';
import type { Workspace } from '../../core/workspace';

/** A document that was inserted from a snippet which is another by now. */
export interface OutdatedDocument {
  readonly file: string;
  /** from 0 */
  readonly line: number;
  readonly snippet: string;
  readonly before: string | null;
  readonly after: string | null;
  /** true where the library has the snippet no longer */
  readonly gone: boolean;
}

/** The documents whose comment names a snippet that has changed. */
export const outdatedDocuments = (workspace: Workspace): readonly OutdatedDocument[] =>
  outdated(workspace).map(({ path, origin, library, snippet }) => {
    const { line } = new LineIndex(workspace.text(path) ?? '').position(origin.span.start);
    return { file: path, line, snippet: `${origin.library}/${origin.prefix}`, before: origin.version, after: library.version, gone: snippet === null };
  });

/** A file whose documents take over what became of their snippets. */
export interface UpdatedFile {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** places that stay as they were written here, since both sides changed them */
  readonly conflicts: number;
}

/** Brings documents up to date in the workspace (nothing is written), one after the other; those whose snippet as it was is not known stay. */
export function updateDocuments(workspace: Workspace, concerns: (library: string) => boolean): readonly UpdatedFile[] {
  const files = new Map<string, UpdatedFile>();
  for (let left = outdated(workspace).length; left > 0; left--) {
    const next = updatesOf(workspace).documents.find(({ text, snippet }) => text !== null && concerns(snippet.slice(0, snippet.indexOf('/'))));
    if (!next || next.text === null) break;
    const { path, text, conflicts } = next;
    const known = files.get(path);
    files.set(path, { file: path, before: known?.before ?? workspace.text(path) ?? '', after: text, conflicts: (known?.conflicts ?? 0) + conflicts });
    workspace.applyChange({ files: [[path, text]] });
  }
  return [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}
