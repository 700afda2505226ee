// "Save as test": which file, which name; the server says what is written where.
import { Position, Range, Uri, window, workspace, WorkspaceEdit, type QuickPickItem } from 'vscode';
import { SIMULATOR_SAVE, SIMULATOR_TESTS, type SimulatorDecideParams, type SimulatorSaveParams, type SimulatorSaveResult, type SimulatorTestsResult } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';

const TITLE = 'Countersign: Save as Test';

export async function saveAsTest(server: Server, params: SimulatorDecideParams): Promise<void> {
  const tests = await server.ask<SimulatorTestsResult | null>(SIMULATOR_TESTS, params);
  if (!tests) return tell(window.showWarningMessage, 'There is no valid request to save yet: fill in what the simulator marks.', []);
  const file = await chooseFile(tests, params.folder);
  if (!file) return;
  const name = await window.showInputBox({ title: TITLE, prompt: 'The name of the case', value: tests.name, validateInput: (text) => (text.trim() === '' ? 'A case has a name.' : undefined) });
  if (!name) return;
  const saved = await server.ask<SimulatorSaveResult>(SIMULATOR_SAVE, { ...params, file: file.toString(), name } satisfies SimulatorSaveParams);
  if (!saved) return tell(window.showWarningMessage, `\`${workspace.asRelativePath(file)}\` cannot take the case: it holds no list of \`cases\`. Mend it, or choose another file.`, ['Show Output']);
  const edit = new WorkspaceEdit();
  if (saved.create) edit.createFile(file, { overwrite: false, ignoreIfExists: false });
  const { start, end } = saved.range;
  edit.replace(file, new Range(start.line, start.character, end.line, end.character), saved.newText);
  if (!(await workspace.applyEdit(edit))) return tell(window.showErrorMessage, `\`${workspace.asRelativePath(file)}\` could not be changed; it may be read-only.`, ['Show Output']);
  const document = await workspace.openTextDocument(file);
  const from = saved.create ? document.positionAt(document.getText().indexOf(name)) : new Position(start.line + 1, 0);
  await window.showTextDocument(document, { selection: new Range(from, from) });
}

interface FileItem extends QuickPickItem {
  readonly uri?: Uri;
}

/** One of the PolicyTests, or a new one. */
async function chooseFile(tests: SimulatorTestsResult, folder: string | undefined): Promise<Uri | undefined> {
  const root = folder ? Uri.parse(folder, true) : workspace.workspaceFolders?.[0]?.uri;
  const items: FileItem[] = tests.files.map(({ uri, path }) => ({ label: path, uri: Uri.parse(uri, true) }));
  if (root) items.push({ label: '$(new-file) New file…', description: tests.newPath, alwaysShow: true });
  const chosen = items.length === 1 ? items[0] : await window.showQuickPick(items, { title: TITLE, placeHolder: 'The test file' });
  if (!chosen) return undefined;
  if (chosen.uri) return chosen.uri;
  const path = await window.showInputBox({
    title: TITLE, prompt: 'The new file', value: tests.newPath,
    validateInput: (text) => (/^[^/\\][^\\]*\.policytest\.(yaml|yml|json)$/.test(text) && !text.split('/').includes('..') ? undefined : 'A path within the folder that ends in `.policytest.yaml`.'),
  });
  return path && root ? Uri.joinPath(root, path) : undefined;
}
