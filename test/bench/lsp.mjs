// A client of language servers over stdio, as an editor is one; the same for every server that is measured.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { memory, pause, start, within } from './processes.mjs';

const PATIENCE = 30_000;

const abilities = (pull) => ({
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    synchronization: { dynamicRegistration: false },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, dataSupport: true },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    completion: { completionItem: { snippetSupport: true } },
    ...(pull ? { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } } : {}),
  },
  workspace: { configuration: true, workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true }, ...(pull ? { diagnostics: { refreshSupport: true } } : {}) },
  window: { workDoneProgress: true },
});

/**
 * Starts a server on a folder and initialises it. `server` is { name, command, args, env, mode: 'pull' | 'push', settings, initializationOptions };
 * `settings` maps a section to its value. Gives a session; its `initialized()` must be called before documents are opened.
 */
export async function connect(server, folder) {
  const began = performance.now();
  const child = start(server.command, server.args, { cwd: folder, env: { ...process.env, ...server.env }, stdio: ['pipe', 'pipe', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (data) => (errors = (errors + data).slice(-4000)));
  const closed = new Promise((resolve) => {
    child.once('close', resolve);
  });
  const died = closed.then((code) => {
    throw new Error(`${server.name} ended with ${code}: ${errors.trim() || 'nothing on stderr'}`);
  });
  died.catch(() => {});

  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.onError(() => {});
  const listeners = new Set();
  connection.onNotification('textDocument/publishDiagnostics', (params) => {
    for (const listener of listeners) listener(params);
  });
  connection.onRequest('workspace/configuration', ({ items }) => items.map(({ section }) => server.settings?.[section] ?? null));
  connection.onRequest((method) => (method === 'workspace/workspaceFolders' ? [{ uri: pathToFileURL(folder).href, name: 'bench' }] : null));
  connection.listen();

  const request = (method, params, ms = PATIENCE) => within(ms, `${server.name} ${method}`, Promise.race([connection.sendRequest(method, params), died]));
  const notify = (method, params) => void connection.sendNotification(method, params).catch(() => {});

  const rootUri = pathToFileURL(folder).href;
  const { capabilities: offered } = await request('initialize', {
    processId: process.pid, rootUri, workspaceFolders: [{ uri: rootUri, name: 'bench' }], capabilities: abilities(server.mode === 'pull'), initializationOptions: server.initializationOptions,
  });
  const startup = performance.now() - began;

  const versions = new Map();
  const resultIds = new Map();
  const uriOf = (file) => pathToFileURL(path.join(folder, ...file.split('/'))).href;

  /** The findings of the present text, asked for as an editor does. */
  async function pull(file, ms = PATIENCE) {
    const uri = uriOf(file);
    const deadline = performance.now() + ms;
    for (;;) {
      try {
        const report = await request('textDocument/diagnostic', { textDocument: { uri }, previousResultId: resultIds.get(uri) }, ms);
        if (report.resultId) resultIds.set(uri, report.resultId);
        return report.items ?? null;
      } catch (error) {
        // "try again": the text or the world changed while the server worked
        if (![-32801, -32802].includes(error.code) || performance.now() > deadline) throw error;
      }
    }
  }

  /** The next findings that are sent for a file and satisfy `fits`. */
  function pushed(file, fits, ms = PATIENCE) {
    const uri = uriOf(file);
    let listener;
    const seen = new Promise((resolve) => {
      listener = (params) => {
        if (params.uri === uri && fits(params)) resolve(params.diagnostics);
      };
      listeners.add(listener);
    });
    return within(ms, `${server.name} publishDiagnostics`, Promise.race([seen, died])).finally(() => listeners.delete(listener));
  }

  return {
    server, connection, uriOf, request, notify, startup, pull, pushed,
    pid: child.pid,
    /** what the server offers */
    capabilities: offered,
    memory: () => memory(child.pid),
    /** Calls back for every publishDiagnostics; gives the function that ends it. */
    onPublish(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async initialized() {
      notify('initialized', {});
      // servers that wait to be told
      notify('workspace/didChangeConfiguration', { settings: server.settings ?? {} });
    },
    open(file, languageId, text) {
      versions.set(file, 1);
      notify('textDocument/didOpen', { textDocument: { uri: uriOf(file), languageId, version: 1, text } });
    },
    /** Replaces a range; resolves with the findings that speak of the new text. `fits` tells them where the server sends no version. */
    async edit(file, range, text, fits = () => true) {
      const version = versions.get(file) + 1;
      versions.set(file, version);
      const answer = server.mode === 'push' ? pushed(file, (params) => (params.version === undefined ? fits(params.diagnostics) : params.version === version)) : null;
      notify('textDocument/didChange', { textDocument: { uri: uriOf(file), version }, contentChanges: [{ range, text }] });
      return answer ?? pull(file);
    },
    /** Ends the server as an editor does, and by its handle when it does not go. */
    async end() {
      try {
        await request('shutdown', undefined, 2000);
        notify('exit');
      } catch {
        // it is ended all the same
      }
      await Promise.race([closed, pause(1000)]);
      connection.dispose();
      child.kill('SIGKILL');
    },
  };
}
