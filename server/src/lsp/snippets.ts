// Requests about snippet libraries.
import type { CancellationToken } from 'vscode-languageserver';
import { LOCK_FILE } from '../core/snippets';
import { addSnippet, bareName, newLibrary, ownLibraries, snippetChoices, snippetOf, updatesOf, withTable } from '../ide';
import { NEW_LIBRARY, SAVE_SNIPPET, SNIPPETS, SNIPPET_UPDATES, type NewLibraryParams, type NewLibraryResult, type SaveSnippetParams, type SaveSnippetResult, type SnippetUpdatesParams, type SnippetUpdatesResult, type SnippetsParams, type SnippetsResult } from '../protocol';
import { fileOf, type FeatureContext } from './features/context';
import type { Folder } from './folder';
import { Malformed, positionOf } from './guard';

const NAME = /^(?:@[a-z0-9][a-z0-9._-]{0,60}\/)?[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** `look` looks at what packages and other folders hold now. */
export function registerSnippets(context: FeatureContext, look: (folder: Folder) => Promise<void>): void {
  const { connection, guard, folders, readiness } = context;
  const refresh = async (folder: Folder, token: CancellationToken): Promise<void> => {
    await readiness.settled(folder, token, false);
    await look(folder);
  };
  const folderOf = (uri: unknown): Folder | undefined => {
    folders.flush();
    return (typeof uri === 'string' ? folders.named(uri) : null) ?? folders.all().at(0);
  };
  connection.onRequest(SNIPPETS, guard.request(SNIPPETS, async (params: SnippetsParams, token): Promise<SnippetsResult> => {
    const file = (): ReturnType<typeof fileOf> => (typeof params?.uri === 'string' ? fileOf(context, { textDocument: { uri: params.uri } }) : null);
    const folder = file()?.folder ?? folderOf(params?.folder);
    if (!folder) return [];
    await refresh(folder, token);
    const [at, { workspace }] = [file(), folder];
    const offset = at && params.position ? at.lines.offset(positionOf(params.position)) : 0;
    return snippetChoices(workspace, at?.path ?? null, offset).map(({ here, ...choice }) => ({ ...choice, here: here && at ? { range: at.lines.range(here.replace), insert: here.insert } : null }));
  }));
  connection.onRequest(SAVE_SNIPPET, guard.request(SAVE_SNIPPET, (params: SaveSnippetParams): SaveSnippetResult | null => {
    const at = fileOf(context, { textDocument: { uri: params?.uri } });
    if (!at || !params.range) return null;
    const { folder, path, lines } = at;
    const span = { start: lines.offset(positionOf(params.range.start)), end: lines.offset(positionOf(params.range.end)) };
    const text = folder.workspace.text(path) ?? '';
    // the first line counts with its indentation where nothing else stands before the selection
    const line = text.lastIndexOf('\n', span.start - 1) + 1;
    const saved = snippetOf(folder.workspace, text.slice(text.slice(line, span.start).trim() === '' ? line : span.start, span.end));
    if (!saved) return null;
    const files = ownLibraries(folder.workspace).flatMap((library) => library.files.map((file) => ({ library: library.name, file: file.path, uri: folder.uriOf(file.path), readme: folder.uriOf(`${library.folder}README.md`), prefixes: library.files.flatMap(({ snippets }) => snippets.flatMap(({ prefixes }) => prefixes.map((one) => one.text))) })));
    const { into } = params;
    const target = into && files.find(({ file }) => file === into.file);
    const edit = into && target ? addSnippet(folder.workspace.text(into.file) ?? '', String(into.name), { prefix: String(into.prefix), description: String(into.description), body: saved.body }) : null;
    const before = into ? (folder.workspace.text(into.file) ?? '') : '';
    const library = into && ownLibraries(folder.workspace).find((one) => one.files.some(({ path: file }) => file === into.file));
    const after = edit && library && into ? library.files.map((file) => (file.path === into.file ? { text: before.slice(0, edit.span.start) + edit.newText + before.slice(edit.span.end) } : file)) : null;
    const readme = after && typeof into?.readme === 'string' ? withTable(into.readme, after) : null;
    const range = edit && into ? folder.lines(into.file)?.range(edit.span) : undefined;
    return { ...saved, files, edit: edit && target && range ? { uri: target.uri, range, newText: edit.newText } : null, readme };
  }));
  connection.onRequest(NEW_LIBRARY, guard.request(NEW_LIBRARY, (params: NewLibraryParams): NewLibraryResult | null => {
    if (typeof params?.name !== 'string' || !NAME.test(params.name) || typeof params.owner !== 'string' || !NAME.test(params.owner)) throw new Malformed('`name` and `owner` must be names');
    const folder = folderOf(params.folder);
    return folder ? { folder: folder.uri, files: newLibrary(params.name, params.owner, bareName(params.name)) } : null;
  }));
  connection.onRequest(SNIPPET_UPDATES, guard.request(SNIPPET_UPDATES, async (params: SnippetUpdatesParams, token): Promise<SnippetUpdatesResult | null> => {
    const folder = folderOf(params?.folder);
    if (!folder) return null;
    await refresh(folder, token);
    const { libraries, documents, lock } = updatesOf(folder.workspace);
    return { folder: folder.uri, libraries, documents: documents.map(({ span: _span, ...update }) => ({ ...update, uri: folder.uriOf(update.path) })), lock: { path: LOCK_FILE, text: lock } };
  }));
}
