// One webview: its page, its messages. What it shows is decided by the server; what it may do is a short list.
import { Range, Uri, window, type Disposable, type TextEditor, type WebviewView, type WebviewViewProvider } from 'vscode';
import { SIMULATOR_CHOICES, SIMULATOR_DECIDE, type SimulatorChoicesResult, type SimulatorDecideResult, type FilePlace } from '../../../server/src/protocol';
import { createFromPage } from '../new-document';
import type { Server } from '../server';
import { copyRequest } from './copy';
import type { FromPage, ToPage } from './messages';
import { pageOf } from './page';
import { saveAsTest } from './save';

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
    view.webview.html = pageOf(view.webview, dist, { name: 'simulator', title: 'Simulator' });
  }

  /** What is shown may no longer hold; a hidden view asks when it is shown. */
  changed(): void {
    if (this.view?.visible) this.post({ kind: 'changed' });
  }

  showFile(editor: TextEditor | undefined): void {
    // Without an editor the focus is in the page itself, or in a view: the file before stays the one that is meant.
    if (editor) this.post({ kind: 'file', uri: editor.document.uri.toString() });
  }

  /** `compare`: with the decision of the base beside it. */
  fill(request: object, folder?: string, compare = false): void {
    const message: ToPage = { kind: 'fill', request, folder, compare: compare || undefined };
    this.waiting = message;
    this.post(message);
  }

  dispose(): void {
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private post(message: ToPage): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window, but the editor's own channel
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
        const said = await copyRequest(this.server, message.params);
        return said === undefined ? undefined : this.post({ kind: 'said', text: said });
      }
      case 'save':
        return saveAsTest(this.server, message.params);
      case 'open':
        return open(message.place);
      case 'new':
        await createFromPage(message.document, message.name);
    }
  }
}

async function open({ uri, range: { start, end } }: FilePlace): Promise<void> {
  await window.showTextDocument(Uri.parse(uri, true), { selection: new Range(start.line, start.character, end.line, end.character), preserveFocus: false });
}
