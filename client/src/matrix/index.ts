// The matrix, a tab of the editor: one panel, brought to the front when it is there already, and back after the window was loaded again.
import { commands, ViewColumn, window, type Disposable, type ExtensionContext, type WebviewPanel } from 'vscode';
import { MATRIX, MATRIX_CHANGED, type MatrixResult } from '../../../server/src/protocol';
import type { Server } from '../server';
import { MatrixPanel } from './panel';

const TYPE = 'countersign.matrix';

export function registerMatrix(server: Server, { extensionUri }: ExtensionContext): Disposable[] {
  let shown: MatrixPanel | undefined;
  const take = (panel: WebviewPanel): void => {
    const mine = new MatrixPanel(server, extensionUri, panel);
    shown = mine;
    panel.onDidDispose(() => {
      mine.dispose();
      if (shown === mine) shown = undefined;
    });
  };
  return [
    { dispose: () => shown?.dispose() },
    server.client.onNotification(MATRIX_CHANGED, () => shown?.changed()),
    server.onRunning(() => shown?.changed()),
    window.registerWebviewPanelSerializer(TYPE, {
      async deserializeWebviewPanel(panel) {
        take(panel);
      },
    }),
    // Resolves to the rows and columns, for whoever calls it.
    commands.registerCommand('countersign.openMatrix', async (): Promise<MatrixResult | undefined> => {
      if (shown) shown.reveal();
      else take(window.createWebviewPanel(TYPE, 'Matrix', ViewColumn.Active, {}));
      return server.ask<MatrixResult>(MATRIX, {});
    }),
  ];
}
