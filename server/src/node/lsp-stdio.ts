// The language server on the standard streams, for `countersign lsp`: its client ends it.
import { createConnection } from 'vscode-languageserver/node';
import { startServer } from '../lsp';
import { lspHost } from './lsp-host';

/** A promise that nobody caught is told, and is no reason to fall. */
export function survive(): void {
  process.on('unhandledRejection', (reason) => console.error('countersign:', reason));
}

/** Serves until the client says `exit` or closes the stream, which ends the process with 0 after a shutdown and 1 without. */
export function serveStdio(version?: string): Promise<number> {
  survive();
  // what else is written must not get between the messages
  console.log = console.info = console.debug = (...words: unknown[]) => console.error(...words);
  startServer(createConnection(process.stdin, process.stdout), lspHost, { version });
  return new Promise(() => {});
}
