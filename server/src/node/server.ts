// The language server as a process of its own: over the channel of its parent (`--node-ipc`), a socket, a pipe, or the standard streams.
import { createConnection } from 'vscode-languageserver/node';
import { startServer } from '../lsp';
import { lspHost } from './lsp-host';
import { serveStdio, survive } from './lsp-stdio';

const channel = process.argv.some((word) => /^--(node-ipc|socket|pipe)\b/.test(word));
if (channel) {
  survive();
  startServer(createConnection(), lspHost);
} else void serveStdio();
