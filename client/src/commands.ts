// The commands that concern the server itself.
import { commands, window, type Disposable } from 'vscode';
import type { Server } from './server';

export function registerCommands(server: Server): Disposable[] {
  return [
    commands.registerCommand('countersign.restartServer', async () => {
      await server.restart();
      // one that did not start has said so
      if (server.running) window.setStatusBarMessage('Countersign: the server was started anew.', 4000);
    }),
    commands.registerCommand('countersign.showOutput', () => server.log.show(true)),
  ];
}
