// One panel: its page, its messages. The server decides what stands in the cells; what the page may do is a short list.
import { commands, Range, Uri, window, type Disposable, type WebviewPanel } from 'vscode';
import {
  MATRIX, MATRIX_CELLS, MATRIX_PLACE, MATRIX_WHY,
  type FilePlace, type MatrixCellsResult, type MatrixPlaceParams, type MatrixResult, type MatrixWhyResult,
} from '../../../server/src/protocol';
import { createFromPage } from '../new-document';
import type { Server } from '../server';
import { pageOf } from '../simulator/page';
import { saveMatrix } from './export';
import type { FromPage, ToPage } from './messages';

export class MatrixPanel implements Disposable {
  private readonly disposables: Disposable[] = [];
  private gone = false;

  constructor(private readonly server: Server, extensionUri: Uri, private readonly panel: WebviewPanel) {
    const dist = Uri.joinPath(extensionUri, 'dist');
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    const icon = (theme: string): Uri => Uri.joinPath(extensionUri, 'client', 'media', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.disposables.push(
      webview.onDidReceiveMessage((message: FromPage) => void this.answer(message).catch((error: unknown) => this.server.log.error(`The matrix: ${String(error)}`))),
      panel.onDidChangeViewState(() => this.changed()),
    );
    webview.html = pageOf(webview, dist, { name: 'matrix', title: 'Matrix' });
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** What is shown may no longer hold; a hidden page asks when it is shown. */
  changed(): void {
    if (!this.gone && this.panel.visible) this.post({ kind: 'changed' });
  }

  dispose(): void {
    this.gone = true;
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private post(message: ToPage): void {
    if (this.gone) return;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window, but the editor's own channel
    void this.panel.webview.postMessage(message).then(undefined, () => undefined);
  }

  private async answer(message: FromPage): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return;
      case 'frame':
        return this.post({ kind: 'frame', n: message.n, result: (await this.server.ask<MatrixResult>(MATRIX, message.params)) ?? null });
      case 'cells':
        return this.post({ kind: 'cells', n: message.n, result: (await this.server.ask<MatrixCellsResult>(MATRIX_CELLS, message.params)) ?? null });
      case 'why':
        return this.post({ kind: 'why', n: message.n, result: (await this.server.ask<MatrixWhyResult>(MATRIX_WHY, message.params)) ?? null });
      case 'simulate':
        await commands.executeCommand('countersign.simulate', message.request, message.folder);
        return;
      case 'agent':
        return this.open({ folder: message.folder, agent: message.agent });
      case 'export': {
        const said = await saveMatrix(this.server, message.params);
        return said === undefined ? undefined : this.post({ kind: 'said', text: said });
      }
      case 'new':
        await createFromPage(message.document);
    }
  }

  private async open(params: MatrixPlaceParams): Promise<void> {
    const place = await this.server.ask<FilePlace | null>(MATRIX_PLACE, params);
    if (!place) return;
    const { start, end } = place.range;
    await window.showTextDocument(Uri.parse(place.uri, true), { selection: new Range(start.line, start.character, end.line, end.character) });
  }
}
