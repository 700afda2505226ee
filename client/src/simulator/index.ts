// The simulator's view in the side bar: hosts the page, carries its questions to the server and the answers back.
import { commands, window, type Disposable, type ExtensionContext } from 'vscode';
import { SIMULATOR_CHANGED, SIMULATOR_DECIDE, type SimulatorDecideResult } from '../../../server/src/protocol';
import type { Server } from '../server';
import { SimulatorView } from './view';

const VIEW = 'countersign.simulator';

export function registerSimulator(server: Server, { extensionUri }: ExtensionContext): Disposable[] {
  const view = new SimulatorView(server, extensionUri);
  return [
    view,
    window.registerWebviewViewProvider(VIEW, view),
    window.onDidChangeActiveTextEditor((editor) => view.showFile(editor)),
    server.client.onNotification(SIMULATOR_CHANGED, () => view.changed()),
    server.onRunning(() => view.changed()),
    // Resolves to the decision, for whoever calls it with a request.
    commands.registerCommand('countersign.simulate', async (request?: unknown, folder?: unknown, options?: unknown): Promise<SimulatorDecideResult | undefined> => {
      const given = typeof request === 'object' && request !== null && !Array.isArray(request) ? request : undefined;
      const uri = typeof folder === 'string' ? folder : undefined;
      const compare = (options as { compare?: unknown } | null | undefined)?.compare === true;
      if (given) view.fill(given, uri, compare);
      await commands.executeCommand(`${VIEW}.focus`);
      return given ? server.ask<SimulatorDecideResult>(SIMULATOR_DECIDE, { request: given, folder: uri, compare }) : undefined;
    }),
  ];
}
