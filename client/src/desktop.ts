// What the desktop and remote machines have: the server is a process of its own, beside the extension host.
import { Uri, type ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind, type ServerOptions } from 'vscode-languageclient/node';
import { start } from './start';

export function begin(context: ExtensionContext): void {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server.js').fsPath;
  // Not in the workspace's folder: nothing that lies there may have a say in how the process starts.
  const run = { module, transport: TransportKind.ipc, options: { cwd: context.extensionPath } };
  const serverOptions: ServerOptions = { run, debug: { ...run, options: { ...run.options, execArgv: ['--nolazy', '--inspect=6009'] } } };
  start(context, {
    serverHasFiles: true,
    createClient: (id, name, options) => new LanguageClient(id, name, serverOptions, options),
  });
}
