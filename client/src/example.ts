// "Open the Example": a workspace with agents, policies and faults to look at, as a folder of its own that may be edited. The extension brings it as one file.
import { commands, Uri, window, workspace, type Disposable, type ExtensionContext } from 'vscode';
import { tell } from './crashes';

/** path → text */
type Example = Readonly<Record<string, string>>;

const FOLDER = 'countersign-example';
/** written last: where it is, the example is complete */
const README = 'README.md';

export function registerExample(context: ExtensionContext, hasFiles: boolean): Disposable[] {
  return [commands.registerCommand('countersign.openExample', () => open(context, hasFiles))];
}

/** Resolves to the folder where it lies. Where there are files the editor has a place for it; in a browser it goes into the folder that is open. */
async function open({ extension, extensionUri, globalStorageUri }: ExtensionContext, hasFiles: boolean): Promise<Uri | undefined> {
  const parent = hasFiles ? Uri.joinPath(globalStorageUri, String((extension.packageJSON as { readonly version: unknown }).version)) : workspace.workspaceFolders?.[0]?.uri;
  if (!parent) return refuse('Open a folder first: in a browser the example is written into the folder that is open.');
  const folder = Uri.joinPath(parent, FOLDER);
  const readme = Uri.joinPath(folder, README);
  const there = await workspace.fs.stat(readme).then(() => true, () => false);
  if (!there && !hasFiles && (await window.showInformationMessage(`The example is written into the folder \`${FOLDER}\` of this workspace.`, { modal: true }, 'Write It')) === undefined) return undefined;
  try {
    if (!there) await write(folder, JSON.parse(new TextDecoder('utf-8').decode(await workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', 'example.json')))) as Example);
  } catch {
    return refuse('The example could not be written: there is no room for it, or the folder is read-only.');
  }
  if (hasFiles) await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: workspace.workspaceFolders !== undefined });
  else await window.showTextDocument(readme);
  return folder;
}

function refuse(why: string): undefined {
  tell(window.showWarningMessage, why, ['Show Output']);
  return undefined;
}

async function write(folder: Uri, files: Example): Promise<void> {
  for (const [path, text] of [...Object.entries(files).filter(([path]) => path !== README), [README, files[README] ?? '']] as const) await workspace.fs.writeFile(Uri.joinPath(folder, ...path.split('/')), new TextEncoder().encode(text));
}
