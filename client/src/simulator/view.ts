// One webview: its page, its messages. What it shows is decided by the server; what it may do is a short list.
import { commands, env, Range, Uri, window, type Disposable, type TextEditor, type WebviewView, type WebviewViewProvider } from 'vscode';
import { SIMULATOR_CHOICES, SIMULATOR_COPY, SIMULATOR_DECIDE, type SimulatorChoicesResult, type SimulatorCopyResult, type SimulatorDecideResult, type SimulatorPlace } from '../../../server/src/protocol';
import { tell } from '../crashes';
import type { Server } from '../server';
import type { FromPage, ToPage } from './messages';
import { pageOf } from './page';
import { saveAsTest } from './save';

const COPIED = { authzen: 'The AuthZEN request was copied.', command: 'The command line was copied.', short: 'The request was copied as JSON.' } as const;

export class SimulatorView implements WebviewViewProvider, Disposable {
  private view: WebviewView | undefined;
  /** what the page is to show once it is there */
  private waiting: ToPage | undefined;
  private readonly disposables: Disposable[] = [];

  constructor(private readonly server: Server, private readonly extensionUri: Uri) {}

  resolveWebviewView(view: WebviewView): void {
    this.view = view;
    const dist = Uri.joinPath(this.extensionUri, 'dist');
    view.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.disposables.push(
      view.webview.onDidReceiveMessage((message: FromPage) => void this.answer(message).catch((error: unknown) => this.server.log.error(`The simulator: ${String(error)}`))),
      view.onDidChangeVisibility(() => {
        if (view.visible) this.changed();
      }),
      view.onDidDispose(() => {
        if (this.view === view) this.view = undefined;
      }),
    );
    view.webview.html = pageOf(view.webview, dist);
  }

  /** What is shown may no longer hold; a hidden view asks when it is shown. */
  changed(): void {
    if (this.view?.visible) this.post({ kind: 'changed' });
  }

  showFile(editor: TextEditor | undefined): void {
    // Without an editor the focus is in the page itself, or in a view: the file before stays the one that is meant.
    if (editor) this.post({ kind: 'file', uri: editor.document.uri.toString() });
  }

  fill(request: object, folder?: string): void {
    const message: ToPage = { kind: 'fill', request, folder };
    this.waiting = message;
    this.post(message);
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private post(message: ToPage): void {
    void this.view?.webview.postMessage(message).then(undefined, () => undefined);
  }

  private async answer(message: FromPage): Promise<void> {
    switch (message.kind) {
      case 'ready': {
        this.showFile(window.activeTextEditor);
        if (this.waiting) this.post(this.waiting);
        this.waiting = undefined;
        return;
      }
      case 'choices':
        return this.post({ kind: 'choices', n: message.n, result: (await this.server.ask<SimulatorChoicesResult>(SIMULATOR_CHOICES, message.params)) ?? null });
      case 'decide':
        // A page that asks has taken what it was given.
        this.waiting = undefined;
        return this.post({ kind: 'decision', n: message.n, result: (await this.server.ask<SimulatorDecideResult>(SIMULATOR_DECIDE, message.params)) ?? null });
      case 'copy': {
        const text = await this.server.ask<SimulatorCopyResult>(SIMULATOR_COPY, message.params);
        if (typeof text !== 'string') return tell(window.showWarningMessage, 'There is no valid request to copy yet.', []);
        await env.clipboard.writeText(text);
        return this.post({ kind: 'said', text: COPIED[message.params.as] });
      }
      case 'save':
        return saveAsTest(this.server, message.params);
      case 'open':
        return open(message.place);
      case 'new':
        await commands.executeCommand('countersign.newDocument', { kind: message.document, name: message.name });
    }
  }
}

async function open({ uri, range: { start, end } }: SimulatorPlace): Promise<void> {
  await window.showTextDocument(Uri.parse(uri, true), { selection: new Range(start.line, start.character, end.line, end.character), preserveFocus: false });
}
