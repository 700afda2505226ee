// What a browser has: the server is a worker, and the client reads the files for it.
import { Uri, workspace, type ExtensionContext } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient, type MessageTransports } from 'vscode-languageclient/browser';
import { CEDAR_MODULE, type InitializationOptions } from '../../server/src/protocol';
import { start } from './start';

export function begin(context: ExtensionContext): void {
  const base = `${Uri.joinPath(context.extensionUri, 'dist').toString(true)}/`;
  const script = `${base}server-web.js`;
  let worker: Worker | undefined;
  const launch = async (): Promise<MessageTransports> => {
    worker?.terminate();
    const own = (worker = new Worker(script));
    const reader = new WorkerReader(own);
    // A worker has no end that one could hear of; an error that nobody caught leaves it in no known state, so it counts as the end.
    own.addEventListener('error', (event) => {
      event.preventDefault();
      own.terminate();
      reader.end();
    });
    return { reader, writer: new BrowserMessageWriter(own) };
  };
  start(context, {
    serverHasFiles: false,
    createClient(id, name, options) {
      const common = options.initializationOptions as () => InitializationOptions;
      // the worker does not know from where it was started
      const client = new LanguageClient(id, name, launch, { ...options, initializationOptions: (): InitializationOptions => ({ ...common(), base }) });
      // loaded once a folder holds Cedar; the module lies in the extension
      client.onRequest(CEDAR_MODULE, () => workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'dist', 'cedar.wasm')));
      return client;
    },
  });
  context.subscriptions.push({ dispose: () => worker?.terminate() });
}

class WorkerReader extends BrowserMessageReader {
  end(): void {
    this.fireClose();
  }
}
