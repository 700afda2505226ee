// The language server in a worker of the browser. It has no file system: the client sends the files.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer, type Host } from '../lsp';
import { loadCedar } from './cedar';

declare const self: DedicatedWorkerGlobalScope & { countersignBase?: string };

/** What the client says first tells where the files lie that are loaded when they are needed; a worker may not know from where it was started. */
function hear({ data }: MessageEvent<{ readonly method?: unknown; readonly params?: { readonly initializationOptions?: { readonly base?: unknown } | null } } | null>): void {
  if (data?.method !== 'initialize') return;
  const base = data.params?.initializationOptions?.base;
  if (typeof base === 'string') self.countersignBase = base;
  self.removeEventListener('message', hear);
}
self.addEventListener('message', hear);

/** A message to ourselves comes after the input that waits, and sooner than any timer. */
function createSoon(): (run: () => void) => void {
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.addEventListener('message', () => {
    const [first, ...rest] = waiting;
    waiting = rest;
    first?.();
  });
  port1.start();
  return (run) => {
    waiting.push(run);
    port2.postMessage(null);
  };
}

const host: Host = {
  disk: null,
  timer: {
    soon: createSoon(),
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  now: () => Date.now(),
  cedar: loadCedar,
};

startServer(createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self)), host);
