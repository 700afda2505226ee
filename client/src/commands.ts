// The commands that concern the server itself.
import { commands, type Disposable } from 'vscode';
import type { Server } from './server';

export function registerCommands(server: Server): Disposable[] {
  return [
    commands.registerCommand('countersign.restartServer', () => server.restart()),
    commands.registerCommand('countersign.showOutput', () => server.log.show(true)),
  ];
}
